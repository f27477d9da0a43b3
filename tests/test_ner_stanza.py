"""The stanza backend, on tiny models that stanza's own trainer makes here."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

import extractor
from extractor.match.lexer import DigitStyle, read_tokens
from extractor.match.scripts import cyrillic_view, read_scripts
from extractor.ner import Missing, ModelError, Models, load_recognizer
from extractor.ner.stanza_backend import check_stanza, load_stanza
from extractor.types import Lang, Script, Sentence, Span, Zone

SCRIPTS = Path(__file__).parent.parent / "extractor" / "langs" / "kk" / "scripts.toml"
HAS_STANZA = find_spec("stanza") is not None
needs_stanza = pytest.mark.skipif(
    not HAS_STANZA, reason="stanza is not installed: pip install 'extractor[stanza]'"
)

# Our own sentences, with «word/TAG»; a few patterns that a tiny model can learn by heart.
SENTENCES: dict[Lang, tuple[str, ...]] = {
    "kk": (
        "Қарағандыда/GPE отбасыларға көмек берілді .",
        "Көмек Алматыда/GPE берілді .",
        "Ерлан/PERSON көмек берді .",
        "Отбасыларға Айгүл/PERSON көмек берді .",
    ),
    "ru": (
        "Помощь получили в Алматы/LOC .",
        "В Караганде/LOC помощь получили семьи .",
        "Помощь передал Серик/PER .",
        "Семьям Айгуль/PER передала помощь .",
    ),
    "en": (
        "Aid arrived in Almaty/GPE .",
        "Families in Karaganda/GPE received aid .",
        "Serik/PERSON brought aid .",
        "Aid was brought by Aigul/PERSON .",
        "Harvest/ORG handed out baskets .",
    ),
}


def sentence(text: str, lang: Lang, *, script: Script = "Cyrl", start: int = 0) -> Sentence:
    """A line of text at ``start`` of an article, as the pipeline cuts it."""
    zone = Zone(Span(start, start + len(text)), "body", lang, script)
    scripts = read_scripts(SCRIPTS)

    def fold(word: str) -> str:
        return cyrillic_view(word, scripts, "acute") if script == "Latn" else word.lower()

    padded = " " * start + text
    tokens = tuple(read_tokens(padded, start, len(padded), DigitStyle(",", "."), fold))
    return Sentence(zone.span, tokens, zone, 0, 0)


def train_tiny(folder: Path, lang: Lang) -> None:
    """Forty steps of stanza's own NER trainer over the sentences above."""
    from stanza.models import ner_tagger

    rows = [[_word(word) for word in line.split()] for line in SENTENCES[lang]]
    corpus = folder / f"{lang}.json"
    corpus.write_text(json.dumps(rows * 8, ensure_ascii=False), encoding="utf-8")
    ner_tagger.main(
        [
            *("--mode", "train", "--shorthand", f"{lang}_tiny", "--cpu", "--no_pretrain"),
            *("--train_file", str(corpus), "--eval_file", str(corpus)),
            *("--save_dir", str(folder / lang / "ner"), "--save_name", "tiny.pt"),
            *("--max_steps", "40", "--eval_interval", "20", "--batch_size", "16"),
            *("--optim", "adam", "--lr", "0.01", "--dropout", "0", "--seed", "1"),
            *("--hidden_dim", "32", "--char_hidden_dim", "32", "--char_emb_dim", "16"),
            *("--word_emb_dim", "16", "--word_dropout", "0"),
        ]
    )


def _word(word: str) -> dict[str, str]:
    text, _, tag = word.partition("/")
    return {"text": text, "ner": "B-" + tag if tag else "O"}


def write_resources(folder: Path, langs: tuple[Lang, ...]) -> None:
    """The index that stanza reads in a folder of models."""
    entry = {
        "lang_name": "tiny",
        "default_processors": {"tokenize": "tiny", "ner": "tiny"},
        "default_dependencies": {},
        "tokenize": {"tiny": {"md5": ""}},
        "ner": {"tiny": {"md5": ""}},
        "packages": {"default": {"tokenize": "tiny", "ner": "tiny"}},
    }
    index = dict.fromkeys(langs, entry)
    (folder / "resources.json").write_text(json.dumps(index), encoding="utf-8")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny model of each language."""
    folder = tmp_path_factory.mktemp("stanza")
    for lang in SENTENCES:
        train_tiny(folder, lang)
    write_resources(folder, tuple(SENTENCES))
    return folder


@needs_stanza
@pytest.mark.extras
@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("kk", "Ерлан көмек берді.", [("PERSON", "Ерлан")]),
        ("kk", "Көмек Алматыда берілді.", [("GPE", "Алматыда")]),
        ("ru", "Помощь получили в Алматы.", [("LOC", "Алматы")]),
        ("ru", "Помощь передал Серик.", [("PERSON", "Серик")]),
        ("en", "Aid arrived in Almaty.", [("GPE", "Almaty")]),
        ("en", "Serik brought aid.", [("PERSON", "Serik")]),
    ],
)
def test_stanza_finds_names(
    tiny: Path, lang: Lang, text: str, expected: list[tuple[str, str]]
) -> None:
    start = 7
    recognizer = load_stanza(lang, tiny)
    (entities,) = recognizer.recognize([sentence(text, lang, start=start)])
    article = " " * start + text
    assert [(entity.label, entity.span.of(article)) for entity in entities] == expected


@needs_stanza
@pytest.mark.extras
def test_stanza_reads_latin_kazakh(tiny: Path) -> None:
    text = "Kómek Almatyda berildi."
    recognizer = load_recognizer("kk", "stanza", stanza_dir=tiny)
    assert not isinstance(recognizer, Missing)
    (entities,) = recognizer.recognize([sentence(text, "kk", script="Latn")])
    assert [(entity.label, entity.span.of(text)) for entity in entities] == [("GPE", "Almatyda")]


@needs_stanza
@pytest.mark.extras
def test_stanza_keeps_the_order_of_a_mixed_article(tiny: Path) -> None:
    models = Models("stanza", stanza_dir=tiny)
    sentences = [
        sentence("Serik brought aid.", "en"),
        sentence("Көмек Алматыда берілді.", "kk"),
        sentence("No names.", "en"),
    ]
    found = models.recognize(sentences)
    assert [[entity.label for entity in row] for row in found[:2]] == [["PERSON"], ["GPE"]]
    assert models.recognize(sentences) == found
    assert models.provenance(["kk"])["kk"].startswith("stanza 1.")


@needs_stanza
@pytest.mark.extras
def test_stanza_folder_without_the_language(tmp_path: Path) -> None:
    write_resources(tmp_path, ("kk",))
    with pytest.raises(ModelError, match="«ru»"):
        load_stanza("ru", tmp_path)


@needs_stanza
@pytest.mark.extras
def test_stanza_folder_without_the_file(tmp_path: Path) -> None:
    write_resources(tmp_path, ("kk",))
    with pytest.raises(ModelError, match="no model of «kk»"):
        load_stanza("kk", tmp_path)


@needs_stanza
@pytest.mark.extras
def test_stanza_folder_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"resources\.json"):
        Models("stanza", stanza_dir=tmp_path)


@needs_stanza
@pytest.mark.extras
def test_stanza_folder_of_other_languages(tmp_path: Path) -> None:
    (tmp_path / "resources.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="kk, ru or en"):
        check_stanza(tmp_path)


@pytest.mark.skipif(HAS_STANZA, reason="stanza is installed")
def test_without_stanza_the_error_says_what_to_install() -> None:
    with pytest.raises(ModelError, match=r"pip install 'extractor\[stanza\]'"):
        Models("stanza")


# --- in the pipeline ------------------------------------------------------------------------


@needs_stanza
@pytest.mark.extras
def test_stanza_fills_open_roles(tiny: Path) -> None:
    # A word that the lists know; of one that they do not, rules make a name.
    text = "Harvest handed out 300 food baskets to families. It was said on Monday."
    by_rules = extractor.extract(text, know=extractor.load(ner="rules"))
    record = extractor.extract(text, know=extractor.load(ner="stanza", stanza_dir=tiny))
    assert [event.providers for event in by_rules.events] == [()]
    assert [name.text for event in record.events for name in event.providers] == ["Harvest"]
    assert record.provenance.models["en"].startswith("stanza 1.")
    assert record.notes == ()


@needs_stanza
@pytest.mark.extras
def test_a_folder_without_a_language_leaves_it_to_the_rules(tmp_path: Path) -> None:
    write_resources(tmp_path, ("kk",))
    text = "Казмырыш раздал 300 семьям продуктовые корзины. Об этом сообщили вчера."
    record = extractor.extract(text, know=extractor.load(ner="stanza", stanza_dir=tmp_path))
    assert record.events
    (note,) = record.notes
    assert note.startswith("model_missing: ru: ner=stanza: ") and "«ru»" in note
