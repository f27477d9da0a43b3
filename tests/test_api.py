"""The door: what a user calls, over every language, and over what is no article."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
import extractor.api
import extractor.explain
import extractor.loading
import extractor.pipeline
from extractor.io.readers import BadInput
from extractor.loading import Knowledge
from extractor.records import TextSpan

ROOT = Path(__file__).parent.parent

KK = (
    "«Жылу» қоры көмек таратты\n\n"
    "Қостанай қаласында «Жылу» қоры 120 отбасыға азық-түлік себетін таратты. "
    "Бұған 1,5 млн теңге жұмсалды."
)
KK_LATIN = (
    "«Jylý» qory kómek taratty\n\n"
    "Qostanaı qalasynda «Jylý» qory 120 otbasyǵa azyq-túlik sebetin taratty. "
    "Buǵan 1,5 mln teńge jumsaldy."
)
RU = (
    "Фонд «Жылу» передал помощь семьям\n\n"
    "В Костанае фонд «Жылу» передал 120 семьям продуктовые наборы. "
    "На это потратили более 1,5 млн тенге."
)
EN = (
    "Zhylu fund delivers aid to families\n\n"
    "In Kostanay the Zhylu fund delivered food packages to 120 families. "
    "It spent about 1.5 million tenge on the aid."
)
HTML = (
    "<!DOCTYPE html><html><head><title>Zhylu fund delivers aid</title></head><body><article>"
    "<h1>Zhylu fund delivers aid</h1><p>In Kostanay the Zhylu fund delivered food packages to 120 "
    "families &amp; their neighbours on Monday, the fund said in a long statement.</p>"
    "<p>It spent about 1.5 million tenge on the aid, which volunteers carried to every village."
    "</p></article></body></html>"
)
UKRAINIAN = (
    "Уряд виділив гроші на допомогу родинам, які постраждали від повені. Її отримають "
    "мешканці області, що втратили житло, повідомили в обласній адміністрації. Цього тижня "
    "волонтери привезли їжу, воду й теплі речі до кожного села."
)


@pytest.fixture(scope="module")
def know() -> Knowledge:
    return extractor.load()


def run(code: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
    )
    return done.stdout


# --- the door -------------------------------------------------------------------------------


def test_importing_is_free() -> None:
    loaded = set(run("import extractor, sys; print(*sys.modules)").split())
    heavy = {"spacy", "pydantic", "pymorphy3", "razdel", "regex", "trafilatura", "py3langid"}
    assert loaded.isdisjoint(heavy)
    assert [name for name in loaded if name.startswith("extractor.")] == []


def test_importing_opens_no_file() -> None:
    code = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(args[0]) if event == "open" else None)
import extractor
print([name for name in map(str, opened) if not name.endswith((".py", ".pyc"))])
"""
    assert run(code).strip() == "[]"


def test_extracting_by_rules_needs_no_spacy() -> None:
    """The English model of names does, where it is installed and asked."""
    code = (
        "import extractor, sys; know = extractor.load(ner='rules'); "
        f"extractor.extract({EN!r}, know=know); print('spacy' in sys.modules)"
    )
    assert run(code).strip() == "False"


@pytest.mark.parametrize("name", extractor.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(extractor, name) is not None
    assert name in dir(extractor)


@pytest.mark.parametrize("name", ["pipeline", "explain"])
def test_a_submodule_does_not_take_the_place_of_a_function(name: str) -> None:
    assert not isinstance(getattr(extractor, name), ModuleType)
    assert isinstance(sys.modules[f"extractor.{name}"], ModuleType)


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrac'"):
        _ = extractor.extrac  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "module", [extractor, extractor.api, sys.modules["extractor.explain"]], ids=lambda m: m.__name__
)
def test_docstrings(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0


def test_load_is_cached() -> None:
    assert extractor.load() is extractor.load()


def test_load_of_a_broken_file(tmp_path: Path) -> None:
    broken = tmp_path / "own.toml"
    broken.write_text("[[item]\n", encoding="utf-8")
    with pytest.raises(extractor.KnowledgeError, match=r"own\.toml"):
        extractor.load(domain=[broken])


# --- extract --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang", "script", "money"),
    [
        (KK, "kk", "Cyrl", "=1500000 KZT"),
        (KK_LATIN, "kk", "Latn", "=1500000 KZT"),
        (RU, "ru", "Cyrl", "\u22651500000 KZT"),
        (EN, "en", "Latn", "\u22481500000 KZT"),
    ],
    ids=["kk", "kk-latin", "ru", "en"],
)
def test_extract(know: Knowledge, text: str, lang: str, script: str, money: str) -> None:
    record = extractor.extract(text, know=know)
    assert (record.lang, record.script, record.text) == (lang, script, None)
    notations = [extractor.notation(figure) for figure in record.figures]
    assert {"=120 family", money} <= set(notations)
    assert all(text[one.start : one.end] == one.text for one in record.figures)
    assert record.events
    assert record.provenance.data == know.digest
    assert record.provenance.package == extractor.__version__


def test_html_is_recognised_and_its_text_returned(know: Knowledge) -> None:
    record = extractor.extract(HTML, know=know)
    assert record.text is not None
    assert record.title == "Zhylu fund delivers aid"
    assert "families & their neighbours" in record.text
    assert {"=120 family"} <= {extractor.notation(figure) for figure in record.figures}
    assert all(record.text[one.start : one.end] == one.text for one in record.figures)


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!doctype html><p>a", True),
        ("\ufeff\n <HTML lang='kk'>", True),
        ('<?xml version="1.0"?>\n<!-- saved -->\n<html>', True),
        ("<body class='x'>", True),
        ("<htmlx>", False),
        ("<p>Қор көмек берді</p>", False),
        ("5 < 6", False),
        ("", False),
        ("Қор <html> бетін ашты", False),
    ],
)
def test_looks_like_html(text: str, is_html: bool) -> None:
    assert extractor.api.looks_like_html(text) is is_html


def test_html_can_be_said_outright(know: Knowledge) -> None:
    plain = extractor.extract(HTML, know=know, html=False, with_text=True)
    assert plain.text == HTML
    fragment = HTML[HTML.index("<article>") :].replace("</body></html>", "")
    assert "<" not in (extractor.extract(fragment, know=know, html=True).text or "<")


def test_what_is_known_beside_the_text(know: Knowledge) -> None:
    record = extractor.extract(
        RU, know=know, id="ru-1", title="Помощь", published=date(2024, 4, 15), outlet="Новости"
    )
    assert (record.id, record.title, record.published, record.source) == (
        "ru-1",
        "Помощь",
        "2024-04-15",
        "Новости",
    )
    source = extractor.Source(RU, id="s", title="Помощь", outlet="Газета")
    record = extractor.extract(source, know=know, outlet="Новости", with_text=True)
    assert (record.id, record.title, record.source) == ("s", "Помощь", "Новости")
    assert record.text == RU


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\u00a0", "empty"),
        ("123 456", "no_letters"),
        ("a\0b", "binary"),
        (UKRAINIAN, "unsupported_language"),
        ("<html><body></body></html>", "empty"),
    ],
)
def test_no_article(know: Knowledge, text: str, reason: str) -> None:
    with pytest.raises(extractor.ArticleError) as raised:
        extractor.extract(text, know=know)
    assert raised.value.reason == reason


def test_neither_string_nor_source(know: Knowledge) -> None:
    with pytest.raises(TypeError, match="a str or a Source, not bytes"):
        extractor.extract(b"text", know=know)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Фонд передал 15 \U00017000 семьям", id="no-name"),
        pytest.param("Фонд \ud800 передал помощь\n\nФонд передал 15 семьям.", id="surrogate"),
    ],
)
def test_strange_letters(know: Knowledge, text: str) -> None:
    """A record that can be written, or an ``ArticleError``."""
    try:
        record = extractor.extract(text, know=know)
    except extractor.ArticleError:
        return
    assert record.to_json().encode()


# --- extract_many ---------------------------------------------------------------------------


def test_extract_many_loses_nothing(know: Knowledge) -> None:
    articles = [
        KK,
        "",
        extractor.Source("12", id="digits", origin="dump.jsonl:2"),
        BadInput("news/dump.jsonl", 3, "bad_json", "not JSON"),
        BadInput("news/page.html", None, "unreadable", "no such file"),
        None,
        EN,
    ]
    found = list(extractor.extract_many(articles, know=know))  # type: ignore[arg-type]
    assert [(one.id, getattr(one, "reason", "")) for one in found] == [
        ("article-1", ""),
        ("article-2", "empty"),
        ("digits", "no_letters"),
        ("dump-3", "bad_json"),
        ("page", "unreadable"),
        ("article-6", "not_an_article"),
        ("article-7", ""),
    ]
    failures = [one for one in found if isinstance(one, extractor.Failure)]
    assert [one.origin for one in failures] == [
        None,
        "dump.jsonl:2",
        "news/dump.jsonl:3",
        "news/page.html",
        None,
    ]
    assert all(one.message for one in failures)


def test_extract_many_is_lazy(know: Knowledge) -> None:
    taken: list[int] = []

    def articles() -> Iterator[str]:
        for number in range(3):
            taken.append(number)
            yield RU

    found = extractor.extract_many(articles(), know=know)
    assert taken == []
    next(found)
    assert taken == [0]


def test_a_mistake_of_ours_stops_nothing(know: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a stage broke")

    monkeypatch.setattr(extractor.api, "run_for_record", broken)
    (found,) = extractor.extract_many([RU], know=know)
    assert isinstance(found, extractor.Failure)
    assert (found.reason, found.message) == ("internal_error", "ZeroDivisionError: a stage broke")


# --- quantities -----------------------------------------------------------------------------

NOTATIONS = [
    ("15 мыңнан астам отбасы", "kk", ["\u226515000 family"]),
    ("15 myńnan astam otbasy", "kk", ["\u226515000 family"]),
    ("300-ге жуық адам", "kk", ["\u2248300 person"]),
    ("более 15 тысяч семей", "ru", ["\u226515000 family"]),
    ("от 10 до 15 тысяч человек", "ru", ["10000..15000 person"]),
    ("at most 7 people", "en", ["\u22647 person"]),
    ("about 300 people", "en", ["\u2248300 person"]),
    ("120 food packages", "en", ["=120 kit food_basket"]),
    ("2,3 млрд теңге", "kk", ["=2300000000 KZT"]),
    ("1,5 тонны муки", "ru", ["=1.5 tonne flour"]),
    ("17 июля 2020 года", "ru", []),
    ("", None, []),
    (" \n\t", "kk", []),
    ("\0\ud800", None, []),
    ("\ud800 получили \udfffя 15 семей", "ru", ["=15 family"]),
    ("№", "auto", []),
]


@pytest.mark.parametrize(("text", "lang", "expected"), NOTATIONS)
def test_quantities(know: Knowledge, text: str, lang: str | None, expected: list[str]) -> None:
    found = extractor.quantities(text, lang, know)
    assert [extractor.notation(one) for one in found] == expected


def test_language_by_line(know: Knowledge) -> None:
    text = (
        "Қор ауыл тұрғындарына 300-ге жуық жылы көрпе таратты\n"
        "Фонд раздал жителям сёл не менее 40 тысяч тенге на семью\n"
        "The fund handed out up to 25 tents in the villages\n"
    )
    for lang in (None, "auto"):
        found = extractor.quantities(text, lang, know)
        assert [(one.bound, one.value) for one in found] == [
            ("approx", Decimal(300)),
            ("min", Decimal(40000)),
            ("max", Decimal(25)),
        ]
        assert [text[one.start : one.end] for one in found] == [one.text for one in found]


def test_a_bare_number_has_no_unit(know: Knowledge) -> None:
    (found,) = extractor.quantities("Барлығы 43.", "kk", know)
    assert (found.value, found.unit, found.max) == (Decimal(43), None, None)
    assert repr(found) == "<=43 [8:10] '43'>"


def test_a_share_counts_percent(know: Knowledge) -> None:
    (found,) = extractor.quantities("80%", "kk", know)
    assert extractor.notation(found) == "=80 percent"


def test_unknown_language(know: Knowledge) -> None:
    with pytest.raises(ValueError, match="unknown language 'uz'; known are kk, ru, en"):
        extractor.quantities("10", "uz", know)


@pytest.mark.parametrize(
    ("value", "upper", "bound", "expected"),
    [
        ("1.5E+9", None, "exact", "=1500000000"),
        ("1.50", None, "approx", "\u22481.5"),
        ("0", None, "max", "\u22640"),
        ("1E-7", None, "min", "\u22650.0000001"),
        ("10", "20", "range", "10..20"),
        ("0", "0.5", "range", "0..0.5"),
        ("1000", None, "vague", "~1000"),
    ],
)
def test_notation(value: str, upper: str | None, bound: str, expected: str) -> None:
    quantity = extractor.QuantityRecord.model_validate(
        {"start": 0, "end": 1, "text": "1", "value": value, "max": upper, "bound": bound}
    )
    assert extractor.notation(quantity) == expected


# --- properties -----------------------------------------------------------------------------


def test_the_same_bytes_under_every_hash_seed() -> None:
    code = f"""
import extractor
for text in ({KK!r}, {KK_LATIN!r}, {RU!r}, {EN!r}, {HTML!r}):
    print(extractor.extract(text).to_json())
    print(extractor.explain(text))
    print(extractor.quantities(text))
"""
    pages = {run(code, PYTHONHASHSEED=seed) for seed in ("0", "77")}
    assert len(pages) == 1


FRAGMENTS = [
    *("15 мың", "14 478", "14\u00a0478", "1,5", "2,3 млрд", "млн.", "0", "1/3", "½", "12-18", "②"),
    *("мыңға жуық", "шамамен", "не менее", "от 10 до 15", "5-тен 10 мыңға дейін", "half a million"),
    *("отбасы", "отбасыға", "семей", "families", "тонн муки", "тонна ұн", "адам", "people"),
    *("теңге", "млн теңге", "KZT", "$14.3 million", "₸500", "80%-ы", "жартысы", "из них 5"),
    *("«Жылу» қоры", "фонд «Жылу»", "Red Crescent", "«Бір шаңырақ» акциясы", "otbasyǵa", "kómek"),
    *("Алматыда", "Костанай", "Qostanaı oblysynda", "Kazakhstan", "ауданы", "области"),
    *("көмек", "помощь", "aid", "таратты", "передал", "delivered", "per family", "әрқайсысы"),
    *("12 мамыр 2024 жыл", "вчера", "+7 701 000 00 00", "60 жастан асқан", "№5"),
    *("\U0001f600", "\U0001f468\u200d\U0001f469", "e\u0301", "И\u0306", "İ", "ﬁ"),
    *("\u202e", "\u200b", "\ufeff", "\u00ad", "\u2028", "\x85", "\r\n", "\n"),
    *("\n\n", "\t", "\u2009", " "),
    *(".", ",", ":", ";", "—", "–", "-", "(", ")", "«", "»", '"', "’", "…", "!", "•", "٣"),
    *("Читайте также:", "Фото: ", "Read also", "<b>", "&amp;", "\0"),
]

LETTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.tuples(
    st.sampled_from(["", " ", "\u00a0"]),
    st.lists(st.sampled_from(FRAGMENTS) | st.text(LETTERS, max_size=6), max_size=30),
).map(lambda made: made[0].join(made[1]))


def names_of(record: extractor.ArticleRecord) -> Iterator[TextSpan]:
    for event in record.events:
        yield from event.providers
        yield from event.places
        yield from [event.campaign] if event.campaign else []


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_offsets_of_a_record(text: str) -> None:
    try:
        record = extractor.extract(text, html=False)
    except extractor.ArticleError:
        return
    spans = [(one.start, one.end, one.text) for one in record.figures]
    spans += [(one.start, one.end, one.text) for one in names_of(record)]
    for start, end, words in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words
    known = {figure.id for figure in record.figures}
    assert all(known.issuperset(event.figures) for event in record.events)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, lang=st.sampled_from([None, "kk", "ru", "en"]))
def test_offsets_of_quantities(text: str, lang: str | None) -> None:
    for found in extractor.quantities(text, lang):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_every_text_can_be_explained(text: str) -> None:
    try:
        page = extractor.explain(extractor.Source(text))
    except extractor.ArticleError:
        return
    assert str(page)
    assert page.to_dict()["id"] == "article"


@pytest.mark.parametrize(
    ("text", "givers"),
    [
        ("Between November and February it brought coal to 300 families.", []),
        (
            "Eighteen of the 50 houses were handed over to families by the Altai foundation.",
            ["Altai foundation"],
        ),
        (
            "Ahead of Victory Day the akimat of Aktobe paid 300 veterans 50,000 tenge each.",
            ["akimat of Aktobe"],
        ),
        ("«Тамыз» қоры 300 отбасыға азық-түлік берді.", ["«Тамыз» қоры"]),
    ],
)
def test_dates_and_numbers_are_no_givers(text: str, givers: list[str]) -> None:
    record = extractor.extract(text, know=extractor.load(ner="rules"))
    found = [giver.text for event in record.events for giver in event.providers]
    assert list(dict.fromkeys(found)) == givers
