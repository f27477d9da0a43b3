"""Explanations: every field with its words, every number left out with its reason."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from rich.console import Console

import extractor
from extractor.explain import CheckNote, Explanation, _check
from extractor.types import Check

TEXT = (
    "Фонд «Жылу» передал помощь семьям\n\n"
    "15 апреля 2024 года фонд «Жылу» в Костанае передал 120 семьям по 50 000 тенге, "
    "всего 6 млн тенге помощи. В школе работают 40 учителей.\n"
    "Читайте также: В области построят 300 домов"
)


@pytest.fixture(scope="module")
def page() -> Explanation:
    return extractor.explain(extractor.Source(TEXT, id="ru-1"))


def test_quotes_are_the_words_of_the_article(page: Explanation) -> None:
    words = [
        *(zone.words for zone in page.zones),
        *(figure.words for figure in page.figures),
        *(field.words for figure in page.figures for field in figure.fields),
        *(slot.words for event in page.events for slot in event.slots),
        *(field.words for event in page.events for field in event.evidence),
        *(one.quantity for one in page.rejections),
        *(one.words for one in page.rejections),
        *(one.words for one in page.refused),
        *(slot.words for slot in page.unused),
    ]
    assert all(TEXT[one.start : one.end] == one.quote for one in words if one is not None)


def test_zones_have_reasons(page: Explanation) -> None:
    assert [zone.kind for zone in page.zones] == ["headline", "body", "boilerplate"]
    assert page.zones[-1].reason == "read_also"


def test_every_field_of_every_figure_is_told(page: Explanation) -> None:
    record = extractor.extract(TEXT)
    assert [note.id for note in page.figures] == [figure.id for figure in record.figures]
    for note, figure in zip(page.figures, record.figures, strict=True):
        assert note.notation == extractor.notation(figure)
        told = {field.field: field.value for field in note.fields}
        for name in ("kind", "scope", "bound", "unit", "item", "status"):
            value = getattr(figure, name)
            assert value is None or told[name] == value
        assert told["value"] == f"{figure.value:f}"


def test_evidence_quotes_its_words(page: Explanation) -> None:
    families = next(note for note in page.figures if note.notation == "=120 family")
    unit = next(field for field in families.fields if field.field == "unit")
    assert unit.words is not None
    assert unit.words.quote == "семьям"


def test_what_is_left_out_has_a_reason(page: Explanation) -> None:
    assert ("15", "date") in [(one.value, one.reason) for one in page.refused]
    rejected = {one.quantity.quote: one.reason for one in page.rejections}
    assert rejected["300 домов"] == "boilerplate"
    counted = len(page.figures) + len(page.rejections)
    assert counted == len(extractor.quantities(TEXT))


def test_events_and_their_names(page: Explanation) -> None:
    known = {note.id for note in page.figures}
    assert page.events
    assert all(known.issuperset(event.figures) for event in page.events)
    slots = {(slot.slot, slot.words.quote) for event in page.events for slot in event.slots}
    assert ("place", "Костанае") in slots


def test_checks_show_their_arithmetic() -> None:
    check = Check(
        "count*each=total", ("f1", "f2", "f3"), Decimal(6000000), Decimal(5000000), "contradicts"
    )
    assert _check(check) == CheckNote(
        rule="count*each=total",
        arithmetic="f1 \u00d7 f2 = 6000000, stated 5000000 (f3)",
        expected=Decimal(6000000),
        stated=Decimal(5000000),
        gap=Decimal(-1000000),
        verdict="contradicts",
    )
    parts = Check("sum(parts)=whole", ("f2", "f3", "f1"), Decimal(9), Decimal(9), "holds")
    assert _check(parts).arithmetic == "f2 + f3 = 9, stated 9 (f1)"


def test_one_figure(page: Explanation) -> None:
    one = extractor.explain(extractor.Source(TEXT, id="ru-1"), figure="f2")
    assert one.figures == tuple(note for note in page.figures if note.id == "f2")
    assert one.events == tuple(event for event in page.events if "f2" in event.figures)
    assert (one.rejections, one.refused, one.unused) == ((), (), ())
    assert one.zones == page.zones


def test_a_figure_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no figure 'f99' in 'article'; it has: f1, f2"):
        extractor.explain(TEXT, figure="f99")
    with pytest.raises(ValueError, match="it has: none"):
        extractor.explain("Күн ашық болады.", figure="f1")


def test_what_is_no_article() -> None:
    with pytest.raises(extractor.ArticleError):
        extractor.explain("")


def test_page_to_read(page: Explanation) -> None:
    text = str(page)
    assert "\x1b" not in text
    for words in ("ru-1  ru in Cyrl", "=120 family", "«120 семьям»", "read_also", "date 15"):
        assert words in text
    assert "because of" in text


def test_page_in_colours(page: Explanation) -> None:
    coloured = io.StringIO()
    page.render(Console(file=coloured, force_terminal=True, width=40, color_system="standard"))
    assert "\x1b[" in coloured.getvalue()
    plain = io.StringIO()
    page.render(Console(file=plain, width=40))
    assert plain.getvalue() == f"{page}\n"


def test_markup_in_an_article_is_text() -> None:
    page = extractor.explain("Фонд [bold]«Жылу»[/bold] передал помощь 120 семьям.")
    plain = io.StringIO()
    page.render(Console(file=plain, width=200))
    assert "[bold]" in plain.getvalue()


def test_to_dict_is_json(page: Explanation) -> None:
    written = json.loads(json.dumps(page.to_dict()))
    assert written["figures"][0]["id"] == "f1"
    assert list(written) == list(page.to_dict())
