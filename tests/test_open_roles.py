"""Models of names in the pipeline: asked where rules leave a role open, missed without harm."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

import extractor
from extractor.cli import app
from extractor.loading import Knowledge
from extractor.ner import Entity, Label, Missing, ModelError, Models, Recognizer, load_recognizer
from extractor.ner.manifest import models_folder
from extractor.records import ArticleRecord
from extractor.types import Lang, Sentence, Span

ROOT = Path(__file__).parent.parent


@dataclass
class Listed:
    """A recognizer that knows a few names by heart, and remembers what it was asked."""

    names: dict[str, Label]
    asked: list[str] = field(default_factory=list)
    name: str = "listed"
    version: str = "1"
    digest: str = "0" * 64

    def recognize(self, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], ...]:
        return tuple(tuple(self._found(sentence)) for sentence in sentences)

    def _found(self, sentence: Sentence) -> list[Entity]:
        first = sentence.span.start
        text = "".join(
            token.text.rjust(token.span.stop - before)
            for before, token in zip(
                (first, *(t.span.stop for t in sentence.tokens)), sentence.tokens, strict=False
            )
        )
        self.asked.append(text)
        return [
            Entity(Span(first + at, first + at + len(name)), label, None, self.name)
            for name, label in self.names.items()
            if (at := text.find(name)) >= 0
        ]


class Given(Models):
    """The models of a test instead of those on the disk."""

    def __init__(self, recognizer: Recognizer) -> None:
        super().__init__("models")
        self._recognizer = recognizer

    def _load(self, lang: Lang) -> Recognizer | Missing:
        return self._recognizer


def knowing(names: dict[str, Label]) -> tuple[Knowledge, Listed]:
    listed = Listed(names)
    return replace(extractor.load(ner="rules"), models=Given(listed)), listed


def givers(record: ArticleRecord) -> list[str]:
    return [name.text for event in record.events for name in event.providers]


def places(record: ArticleRecord) -> list[str]:
    return [name.text for event in record.events for name in event.places]


# --- what a model's name may be -------------------------------------------------------------

# Text, the model's name and label, who gives with it. Without it nobody does.
GIVERS: tuple[tuple[str, str, Label, list[str]], ...] = (
    ("Шаңдөкей 300 отбасыға азық-түлік себетін таратты.", "Шаңдөкей", "ORG", ["Шаңдөкей"]),
    ("«Алтын сая» 300 отбасыға азық-түлік себетін таратты.", "Алтын сая", "ORG", ["Алтын сая"]),
    ("Ерлан 300 отбасыға азық-түлік себетін таратты.", "Ерлан", "PERSON", ["Ерлан"]),
    ("Казмырыш раздал 300 семьям продуктовые корзины.", "Казмырыш", "ORG", ["Казмырыш"]),
    ("300 корзин семьям поступило от «Алтын дән».", "Алтын дән", "ORG", ["Алтын дән"]),
    # A word that the lists know; of one that they do not, rules make a name.
    ("Harvest handed out 300 food baskets to families.", "Harvest", "ORG", ["Harvest"]),
    # A noun of no kind that the rules know belongs to the name in quotes.
    (
        "Автодром «Алтын дән» раздал 300 семьям корзины.",
        "Алтын дән",
        "ORG",
        ["Автодром «Алтын дән»"],
    ),
    # Whoever gets, or is where it happens, does not give.
    ("«Алтын дән» үйіне 300 азық-түлік себеті таратылды.", "Алтын дән", "ORG", []),
    ("В «Алтын дән» раздали 300 продуктовых корзин.", "Алтын дән", "ORG", []),
    ("Доставили 300 корзин семьям в гипермаркет «Алтын дән».", "Алтын дән", "ORG", []),
    ("Казмырышский раздал 300 семьям корзины.", "Казмырышский", "LOC", []),
)


@pytest.mark.parametrize(("text", "name", "label", "expected"), GIVERS)
def test_a_models_name_gives_by_its_part(
    text: str, name: str, label: Label, expected: list[str]
) -> None:
    know, listed = knowing({name: label})
    assert givers(extractor.extract(text, know=extractor.load(ner="rules"))) == []
    assert givers(extractor.extract(text, know=know)) == expected
    assert listed.asked, "the model was not asked at all"


PLACES: tuple[tuple[str, str, Label, list[str]], ...] = (
    ("Қор Шаңдөкейде 300 отбасыға азық-түлік таратты.", "Шаңдөкейде", "GPE", ["Шаңдөкей"]),
    ("Фонд в Казмырыше раздал 300 семьям корзины.", "Казмырыше", "LOC", ["Казмырыше"]),
    ("The fund gave 300 families food baskets in Qazmyrysh.", "Qazmyrysh", "GPE", ["Qazmyrysh"]),
    # Where it comes from, a street, and a name that is no place.
    ("Қор Шаңдөкейден 300 отбасыға азық-түлік әкелді.", "Шаңдөкейден", "GPE", []),
    ("The fund gave 300 food baskets to families in Qazmyrysh Street.", "Qazmyrysh", "GPE", []),
    ("Фонд в Казмырыше раздал 300 семьям корзины.", "Казмырыше", "ORG", []),
)


@pytest.mark.parametrize(("text", "name", "label", "expected"), PLACES)
def test_a_models_place_is_where_something_happens(
    text: str, name: str, label: Label, expected: list[str]
) -> None:
    know, _ = knowing({name: label})
    assert places(extractor.extract(text, know=extractor.load(ner="rules"))) == []
    assert places(extractor.extract(text, know=know)) == expected


# --- when a model is asked ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # No figure; a giver and a place that rules know; no capital at all.
        "Казмырыш в субботу встретился с Ораз Куат.",
        "Красный Полумесяц раздал 300 семьям корзины в Алматы.",
        "Вчера 300 семьям раздали продуктовые корзины.",
    ],
)
def test_a_model_is_asked_only_where_a_role_is_open(text: str) -> None:
    know, listed = knowing({"Казмырыш": "ORG", "Вчера": "ORG"})
    record = extractor.extract(text, know=know)
    assert listed.asked in ([], [text])
    assert bool(listed.asked) == ("Вчера" in text)
    if not listed.asked:
        assert record.provenance.models == {
            "ru": "not asked: rules know the givers, or nobody gives"
        }


def test_sentences_go_to_the_model_in_one_batch() -> None:
    class Counted(Listed):
        calls = 0

        def recognize(self, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], ...]:
            self.calls += 1
            return super().recognize(sentences)

    counted = Counted({})
    know = replace(extractor.load(ner="rules"), models=Given(counted))
    lines = [f"Казмырыш раздал {n}00 семьям продуктовые корзины." for n in range(2, 6)]
    extractor.extract("\n".join(lines), know=know)
    assert (counted.calls, len(counted.asked)) == (1, 4)


def test_nothing_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, extractor\n"
        "know = extractor.load(ner='models')\n"
        "heavy = ('slovnet', 'navec', 'stanza', 'torch', 'spacy.pipeline')\n"
        "extractor.extract('Қор 300 отбасыға көмек берді.', know=know)\n"
        "found = [name for name in heavy if name in sys.modules]\n"
        "sys.exit(f'{found} {know.models._loaded}' if found or 'ru' in know.models._loaded else 0)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- a model that is not there --------------------------------------------------------------

OPEN: dict[Lang, str] = {
    "kk": "Шаңдөкей 300 отбасыға азық-түлік себетін таратты. Бұл туралы хабарланды.",
    "ru": "Казмырыш раздал 300 семьям продуктовые корзины. Об этом сообщили вчера.",
    "en": "Harvest handed out 300 food baskets to families. It was said on Monday.",
}


def without_models(folder: Path) -> Knowledge:
    return replace(extractor.load(ner="rules"), models=Models("models", models=folder))


@pytest.mark.parametrize("lang", OPEN)
def test_extraction_goes_on_without_a_model(lang: Lang, tmp_path: Path) -> None:
    record = extractor.extract(OPEN[lang], know=without_models(tmp_path))
    by_rules = extractor.extract(OPEN[lang], know=extractor.load(ner="rules"))
    assert record.figures == by_rules.figures != ()
    assert record.events == by_rules.events != ()
    assert record.notes == (f"model_missing: {lang}: no {lang}-ner/model.toml",)
    assert record.provenance.models == {lang: f"missing: no {lang}-ner/model.toml"}
    assert by_rules.notes == ()
    assert by_rules.provenance.models == {lang: "off: switched off"}


def test_extraction_goes_on_with_a_broken_model(tmp_path: Path) -> None:
    shutil.copytree(models_folder() / "kk-ner", tmp_path / "kk-ner")
    (tmp_path / "kk-ner" / "weights.xz").write_bytes(b"broken")
    record = extractor.extract(OPEN["kk"], know=without_models(tmp_path))
    assert record.events
    (note,) = record.notes
    assert note.startswith("model_missing: kk: kk-crf 1: files differ from the pinned ones")
    assert record.provenance.models["kk"].startswith("missing: kk-crf 1: files differ")


def test_a_used_model_is_named_in_the_record() -> None:
    record = extractor.extract(OPEN["kk"], know=extractor.load(ner="models"))
    assert record.notes == ()
    assert record.provenance.models["kk"].startswith("kk-crf 1 sha256:")


def test_auto_leaves_out_the_models_that_win_nothing() -> None:
    models = extractor.load().models
    assert isinstance(models.get("kk"), Missing)
    assert models.missing(["kk"]) == {}
    assert str(models.get("kk")).startswith("off: rules alone score as well")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_real_models_fill_open_roles(lang: Lang) -> None:
    if isinstance(load_recognizer(lang), Missing):
        pytest.skip(f"the model of {lang} is not installed: make test-extras")
    text = {
        "ru": "Фонд раздал 300 семьям продуктовые корзины в Хайратоне. Об этом сообщили вчера.",
        "en": "Microsoft handed out 300 food baskets to families in Tuktoyaktuk.",
    }[lang]
    found = extractor.extract(text, know=extractor.load(ner="models"))
    expected = {"ru": "Хайратоне", "en": "Tuktoyaktuk"}[lang]
    assert expected in places(found)
    assert expected not in places(extractor.extract(text, know=extractor.load(ner="rules")))


# --- how it is asked for --------------------------------------------------------------------


def test_load_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="known are auto, models, rules, stanza"):
        extractor.load(ner="bert")
    with pytest.raises(ValueError, match="stanza_dir goes with ner='stanza'"):
        extractor.load(stanza_dir="somewhere")


def test_each_choice_of_models_shares_the_words() -> None:
    auto, rules = extractor.load(), extractor.load(ner="rules")
    assert auto is extractor.load(ner="auto")
    assert auto.languages is rules.languages
    assert auto.models is not rules.models


def invoke(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("command", ["extract", "evaluate"])
def test_the_command_line_says_what_stanza_needs(command: str, tmp_path: Path) -> None:
    path = tmp_path / "kk.txt"
    path.write_text(OPEN["kk"], encoding="utf-8")
    target = path if command == "extract" else ROOT / "corpora" / "dev"
    code, out, err = invoke(command, target, "--ner", "stanza", "--stanza-dir", tmp_path)
    needed = "resources.json" if find_spec("stanza") else "pip install 'extractor[stanza]'"
    assert (code, out) == (2, "")
    assert err.startswith("extractor: ner=stanza: ")
    assert needed in err


def test_the_command_line_names_a_missing_model_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know = without_models(tmp_path / "empty")
    monkeypatch.setattr(extractor, "load", lambda *_, **__: know)
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(OPEN["ru"], encoding="utf-8")
    code, out, err = invoke("extract", tmp_path / "1.txt", tmp_path / "2.txt")
    assert code == 0
    assert out.count('"model_missing: ru: no ru-ner/model.toml"') == 2
    assert err.count("model_missing: ru: no ru-ner/model.toml: names by rules alone\n") == 1


@pytest.mark.skipif(find_spec("stanza") is not None, reason="stanza is installed")
def test_load_says_what_stanza_needs() -> None:
    with pytest.raises(ModelError, match=r"pip install 'extractor\[stanza\]'"):
        extractor.load(ner="stanza")
