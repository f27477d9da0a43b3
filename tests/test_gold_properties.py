"""What must hold of any record, whatever it says: tried on all gold articles, and on made-up text.

The articles of ../shared/gold are not part of the project; where they are absent, the tests say
so and read those of corpora/ alone.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from extractor.api import QuantityRecord, quantities
from extractor.loading import Knowledge, load
from extractor.pipeline import run_for_record, run_pipeline
from extractor.records import ArticleRecord, TextSpan
from extractor.stages.articles import ArticleError
from extractor.stages.records import make_record
from extractor.types import Extraction, Source

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "gold"
SCHEMA = ROOT / "schemas" / "article.schema.json"


@cache
def know() -> Knowledge:
    return load()


@dataclass(frozen=True)
class Read:
    """An article as text, as what was found in it, and as its record."""

    text: str
    extraction: Extraction
    record: ArticleRecord


def read(source: Source) -> Read:
    extraction = run_pipeline(source, know())
    return Read(extraction.article.text, extraction, record_of(extraction))


def record_of(extraction: Extraction) -> ArticleRecord:
    return make_record(extraction, version="test", digest=know().digest)


# --- what must hold ------------------------------------------------------------------------------


def check(one: Read) -> None:
    """All of it, for one article."""
    check_spans(one)
    check_order(one)
    check_links(one)
    check_events(one)
    check_zones(one)


def check_spans(one: Read) -> None:
    """«text[start:end] == figure.text», and the same of every name and place."""
    record = one.record
    said: list[TextSpan] = []
    for event in record.events:
        said += [*event.providers, *event.places, *([event.campaign] if event.campaign else [])]
    spans = [(f.start, f.end, f.text) for f in record.figures]
    for start, end, words in (*spans, *((s.start, s.end, s.text) for s in said)):
        assert start < end, words
        assert one.text[start:end] == words
    evidence = [e for figure in record.figures for e in figure.evidence]
    evidence += [e for event in record.events for e in event.evidence]
    for proof in evidence:
        assert (proof.start is None) == (proof.end is None), proof
        if proof.start is not None and proof.end is not None:
            assert 0 <= proof.start < proof.end <= len(one.text), proof


def check_order(one: Read) -> None:
    """f1, f2, … as they are read; e1, e2, … by their first figures."""
    figures = one.record.figures
    assert [f.id for f in figures] == [f"f{n}" for n in range(1, len(figures) + 1)]
    assert [f.start for f in figures] == sorted(f.start for f in figures)
    spans = Counter((f.start, f.end) for f in figures)
    assert not [span for span, count in spans.items() if count > 1], "one quote, two figures"
    assert [e.id for e in one.record.events] == [
        f"e{n}" for n in range(1, len(one.record.events) + 1)
    ]


def check_links(one: Read) -> None:
    """``of`` and ``same_as`` name another figure of the article; ``same_as`` an earlier one."""
    places = {figure.id: n for n, figure in enumerate(one.record.figures)}
    for figure in one.record.figures:
        for link in (figure.of, figure.same_as):
            assert link is None or link in places, (figure.id, link)
            assert link != figure.id, figure.id
        if figure.same_as is not None:
            assert places[figure.same_as] < places[figure.id], (figure.id, figure.same_as)
        assert figure.max is None or figure.max >= figure.value, figure
        assert (figure.bound == "range") == (figure.max is not None), figure


def check_events(one: Read) -> None:
    """A figure belongs to one event or to none; checks are about figures of the event."""
    known = {figure.id for figure in one.record.figures}
    counted = Counter(id for event in one.record.events for id in event.figures)
    assert set(counted) <= known
    assert not [id for id, count in counted.items() if count > 1]
    for event in one.record.events:
        for equation in event.checks:
            assert set(equation.operands) <= known, equation


def check_zones(one: Read) -> None:
    """Other headlines, adverts and comments give no figures."""
    dead = [zone.span for zone in one.extraction.zones if zone.kind == "boilerplate"]
    for figure in one.extraction.figures:
        assert not any(span.overlaps(figure.span) for span in dead), figure.id


# --- articles ------------------------------------------------------------------------------------


def _articles() -> list[Path]:
    corpora = sorted((ROOT / "corpora").rglob("*.txt"))
    shared = sorted(SHARED.rglob("*.txt")) if SHARED.is_dir() else []
    return [*corpora, *shared]


def _source(path: Path) -> Source:
    """The text of an article; its gold, where it has some, says when it was published."""
    gold = path.with_suffix(".json")
    known = json.loads(gold.read_text(encoding="utf-8")) if gold.exists() else {}
    published = known.get("published")
    return Source(path.read_text(encoding="utf-8"), id=path.stem, published=published)


@cache
def _read_again(path: Path) -> Read:
    return read(_source(path))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


articles = pytest.mark.parametrize("path", _articles(), ids=_name)


def test_shared_gold_is_here() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here: only the articles of corpora/ are read")
    assert any(path.is_relative_to(SHARED) for path in _articles())


@articles
def test_record_of_article(path: Path) -> None:
    check(_read_again(path))


@articles
def test_two_runs_are_equal(path: Path) -> None:
    first, second = _read_again(path), read(_source(path))
    assert first.record == second.record
    assert first.record.to_json() == second.record.to_json()


@articles
def test_the_way_to_a_record_leaves_out_nothing_of_it(path: Path) -> None:
    short = record_of(run_for_record(_source(path), know()))
    assert short.to_json() == _read_again(path).record.to_json()


@cache
def _validator() -> Draft202012Validator:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


@pytest.mark.skipif(not SCHEMA.exists(), reason="schemas/article.schema.json is not here")
@articles
def test_record_has_its_schema(path: Path) -> None:
    found = json.loads(_read_again(path).record.to_json())
    problems = [f"{list(e.absolute_path)}: {e.message}" for e in _validator().iter_errors(found)]
    assert not problems, "\n".join(problems[:5])


# --- made-up text --------------------------------------------------------------------------------

KAZAKH = (
    "Қор 15 мыңнан астам отбасыға азық-түлік себетін таратты",
    "әр отбасына 50 бетпердеден",
    "жүз елу мың теңге",
    "olardyń 230-y bala",
    "ekı jüz erıktı",
    "723 млн.900 мың теңгеге",
    "5-тен 10 мыңға дейін",
    "80%-ы",
    "Алматы қаласында",
    "су тасқынынан зардап шеккендерге көмек",
    "300-дей адам эвакуацияланды",
)
RUSSIAN = (
    "Фонд передал более 50 тысяч масок",
    "по 42 500 тенге каждой семье",
    "из них 230",
    "от 10 до 15 тысяч человек",
    "тонн пять",
    "полтора миллиона",
    "маски — 70 тыс.",
    "Читайте также:",
    "16.04.2024",
    "Красный Полумесяц",
    "Из Нуры - 655, Мамыра - 90",
)
ENGLISH = (
    "The fund delivered 120 food packages",
    "half a million tenge",
    "about 300 people each",
    "2-3 tonnes of flour",
    "thousands of families",
    "Read also:",
    "$14.3 million",
    "as of 16 April 2024",
    "between 5 and 10 thousand",
    "Red Crescent",
)
MARKS = (
    " ", "\u00a0", "\u2009", "\u202f", "\u200b", "\u200d", "\ufeff", "\u2028", "\n", "\n\n", "\t",
    "\r\n", ". ", ", ", ": ", " – ", "—", "-", "«", "»", "(", ")", "%", "$", "№", "+", "/", "’",
    "1", "19", "2024", "1 000", "14\u00a0478", "0", "1,5", "3.5", "1'000", "²", "½", "٣", "Ⅷ", "İ",
    "ß", "ﬁ", "🙂", "👨‍👩‍👧", "🇰🇿", "e\u0301", "и\u0306", "\u0301", "Ё", "ґ", "қ", "Ǵ",
    "مليون", "万", "\x00", "\ufffd", "\U0010ffff",
)  # fmt: skip
FRAGMENTS = st.sampled_from((*KAZAKH, *RUSSIAN, *ENGLISH)) | st.sampled_from(MARKS)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=4), min_size=1, max_size=14).map("".join)
SPACED = st.lists(FRAGMENTS, min_size=1, max_size=14).map(" ".join)
CROSSING = "Қор 15 мыңнан астам отбасыға азық-түлік себетін тараттымаски — 70 тыс."
odd = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@odd
@given(TEXTS | SPACED)
@example(CROSSING)
def test_record_of_any_text(text: str) -> None:
    """Any text gives a record that holds, or an error that says why there is none."""
    try:
        found = read(Source(text, published="2024-04-16"))
    except ArticleError as error:
        assert error.reason
        return
    assert found.text == text
    check(found)
    assert not list(_validator().iter_errors(json.loads(found.record.to_json())))


@odd
@given(TEXTS | SPACED)
def test_two_runs_over_any_text(text: str) -> None:
    try:
        found = read(Source(text)).record
    except ArticleError:
        return
    assert found == read(Source(text)).record


@odd
@given(TEXTS | SPACED, st.sampled_from(("kk", "ru", "en", None)))
@example(CROSSING, "kk")
def test_quantities_of_any_text(text: str, lang: str | None) -> None:
    """Offsets are code points of the text, in order, in every language that one may give."""
    found: tuple[QuantityRecord, ...] = quantities(text, lang)
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.max is None or one.max >= one.value
    assert [one.start for one in found] == sorted(one.start for one in found)
