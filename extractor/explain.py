"""Why: the words, entries and rules behind a record, and why the rest of the numbers is not in it.

>>> print(explain("Қор 120 отбасыға көмек таратты.", figure="f1").figures[0].notation)
=120 family
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.api import as_source, notation, plain
from extractor.loading import Knowledge, load
from extractor.pipeline import run_pipeline
from extractor.records import plain_number
from extractor.types import (
    Check,
    Event,
    Evidence,
    Extraction,
    Figure,
    Lang,
    Mention,
    Number,
    Script,
    Source,
    Span,
    Zone,
    ZoneKind,
)

if TYPE_CHECKING:
    from rich.console import Console

_LONGEST_QUOTE = 90


# --- what is explained ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the article: ``text[start:end] == quote``."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class ZoneNote:
    """A stretch of the text, what it was taken for, and by which rule (empty: nothing spoke
    against an article's own text)."""

    kind: ZoneKind
    lang: Lang
    script: Script
    reason: str
    words: Words


@dataclass(frozen=True, slots=True)
class FieldNote:
    """A field of a figure or event, what decided it, and the words where there are any."""

    field: str
    value: str
    rule: str
    words: Words | None


@dataclass(frozen=True, slots=True)
class FigureNote:
    """A figure in the common notation, with the evidence of each of its fields."""

    id: str
    notation: str
    words: Words
    fields: tuple[FieldNote, ...]
    of: str | None
    same_as: str | None


@dataclass(frozen=True, slots=True)
class SlotNote:
    """Who, under which name, where: a name as written and what it was resolved to."""

    slot: str
    resolved: str | None
    rule: str
    words: Words


@dataclass(frozen=True, slots=True)
class CheckNote:
    """«f1 × f2 = 12000, stated 12000 (f3): holds»."""

    rule: str
    arithmetic: str
    expected: Decimal
    stated: Decimal
    gap: Decimal
    verdict: str


@dataclass(frozen=True, slots=True)
class EventNote:
    """An event with its figures, its names and the equations between its figures."""

    id: str
    figures: tuple[str, ...]
    aid: tuple[str, ...]
    locations: tuple[str, ...]
    period: str | None
    slots: tuple[SlotNote, ...]
    evidence: tuple[FieldNote, ...]
    checks: tuple[CheckNote, ...]


@dataclass(frozen=True, slots=True)
class RejectionNote:
    """A quantity that is no figure, why, and the words that said so."""

    value: str
    reason: str
    quantity: Words
    words: Words | None


@dataclass(frozen=True, slots=True)
class RefusedNote:
    """A number that counts nothing: a date, an age, the number of a house, …"""

    value: str
    reason: str
    words: Words


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found in one article and why; ``str`` is the page to read, without colours."""

    id: str
    lang: Lang
    script: Script
    published: str | None
    zones: tuple[ZoneNote, ...]
    figures: tuple[FigureNote, ...]
    events: tuple[EventNote, ...]
    rejections: tuple[RejectionNote, ...]
    refused: tuple[RefusedNote, ...]
    unused: tuple[SlotNote, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain Python values, ready for JSON."""
        plain_values: dict[str, Any] = _plain_values(asdict(self))
        return plain_values

    def __str__(self) -> str:
        return "\n".join("".join(part for part, _ in line) for line in _page(self))

    def render(self, console: Console) -> None:
        """The same page in the colours of a terminal."""
        from rich.text import Text

        for line in _page(self):
            console.print(Text.assemble(*line), soft_wrap=True)


# --- the way --------------------------------------------------------------------------------


def explain(
    article: str | Source, *, figure: str | None = None, know: Knowledge | None = None
) -> Explanation:
    """«Қор 120 отбасыға …» → every figure and event with its evidence, every number left out.

    ``figure`` («f3») keeps that figure and the events that it is in. Offsets are code points
    of the text, as in ``extract``.

    >>> page = explain("In 2023 the fund delivered 120 food packages to families in Almaty.")
    >>> [(number.value, number.reason) for number in page.refused]
    [('2023', 'date')]

    Raises:
        ArticleError: the article cannot be read, as in ``extract``.
        ValueError: it has no such figure; the message lists those that it has.
    """
    whole = note_extraction(run_pipeline(as_source(article), know or load()))
    return whole if figure is None else only_figure(whole, figure)


def only_figure(explanation: Explanation, figure: str) -> Explanation:
    """«f3» → its note, and those of the events that it is in."""
    figures = tuple(note for note in explanation.figures if note.id == figure)
    if not figures:
        known = ", ".join(note.id for note in explanation.figures) or "none"
        raise ValueError(f"no figure {figure!r} in {explanation.id!r}; it has: {known}")
    events = tuple(note for note in explanation.events if figure in note.figures)
    return replace(
        explanation, figures=figures, events=events, rejections=(), refused=(), unused=()
    )


def note_extraction(extraction: Extraction) -> Explanation:
    """What the stages found, each thing with its words and its reason."""
    text = extraction.article.text
    return Explanation(
        id=extraction.article.id,
        lang=extraction.lang,
        script=extraction.script,
        published=extraction.article.published,
        zones=tuple(_zone(zone, text) for zone in extraction.zones),
        figures=tuple(_figure(figure, text) for figure in extraction.figures),
        events=tuple(_event(event, text) for event in extraction.events),
        rejections=tuple(
            RejectionNote(
                plain(rejection.value),
                rejection.reason,
                _words(rejection.span, text),
                _words(rejection.words, text) if rejection.words else None,
            )
            for rejection in extraction.rejections
        ),
        refused=tuple(
            RefusedNote(_value(one.number), one.reason, _words(one.number.span, text))
            for one in extraction.refused
        ),
        unused=tuple(_slot(mention.sort, mention, text) for mention in _unused(extraction)),
        notes=extraction.notes,
    )


def _words(span: Span, text: str) -> Words:
    return Words(span.start, span.stop, span.of(text))


def _value(number: Number) -> str:
    value = plain(number.value)
    return value if number.max is None else f"{value}..{plain(number.max)}"


def _zone(zone: Zone, text: str) -> ZoneNote:
    return ZoneNote(zone.kind, zone.lang, zone.script, zone.reason, _words(zone.span, text))


def _figure(figure: Figure, text: str) -> FigureNote:
    return FigureNote(
        id=figure.id,
        notation=_notation(figure),
        words=_words(figure.span, text),
        fields=tuple(_fields(figure, text)),
        of=figure.of,
        same_as=figure.same_as,
    )


def _notation(figure: Figure) -> str:
    """The figure's own unit and item, which a figure before it may have given."""
    return notation(replace(figure.quantity, unit=figure.unit, item=figure.item))


def _fields(figure: Figure, text: str) -> Iterator[FieldNote]:
    """The fields that have evidence, and those that only have a value."""
    number = figure.quantity.number
    yield FieldNote("value", _value(number), number.rule, _words(number.span, text))
    seen = set()
    for evidence in figure.evidence:
        seen.add(evidence.field)
        yield _evidence(evidence, text)
    stated = (
        ("bound", figure.quantity.bound),
        ("unit", figure.unit),
        ("item", figure.item),
        ("category", ", ".join(figure.category)),
        ("status", figure.status),
    )
    for field, value in stated:
        if value and field not in seen:
            yield FieldNote(field, value, "", None)


def _evidence(evidence: Evidence, text: str) -> FieldNote:
    words = _words(evidence.span, text) if evidence.span else None
    return FieldNote(evidence.field, evidence.value, evidence.rule, words)


def _event(event: Event, text: str) -> EventNote:
    return EventNote(
        id=event.id,
        figures=event.figures,
        aid=event.aid,
        locations=event.locations,
        period=event.period,
        slots=tuple(_slot(slot, mention, text) for slot, mention in _slots(event)),
        evidence=tuple(_evidence(evidence, text) for evidence in event.evidence),
        checks=tuple(_check(check) for check in event.checks),
    )


def _slots(event: Event) -> Iterator[tuple[str, Mention]]:
    if event.campaign is not None:
        yield "campaign", event.campaign
    for provider in event.providers:
        yield "provider", provider
    for place in event.places:
        yield "place", place


def _slot(slot: str, mention: Mention, text: str) -> SlotNote:
    resolved = mention.id or mention.code or mention.value
    return SlotNote(slot, resolved, mention.rule, _words(mention.span, text))


def _check(check: Check) -> CheckNote:
    return CheckNote(
        rule=check.rule,
        arithmetic=_arithmetic(check),
        expected=check.expected,
        stated=check.stated,
        gap=check.stated - check.expected,
        verdict=check.verdict,
    )


def _arithmetic(check: Check) -> str:
    """«f1 × f2 = 12000, stated 12000 (f3)»: the last operand is the side that is stated."""
    *parts, whole = check.operands
    sign = " \u00d7 " if "*" in check.rule else " + "
    expected, stated = plain(check.expected), plain(check.stated)
    return f"{sign.join(parts)} = {expected}, stated {stated} ({whole})"


def _unused(extraction: Extraction) -> Iterator[Mention]:
    """Names that were seen and are in no event."""
    used = {mention.span for event in extraction.events for _, mention in _slots(event)}
    for mention in extraction.mentions:
        if mention.span not in used and mention.sort != "period":
            yield mention


def _plain_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain_values(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_values(inner) for inner in value]
    return plain_number(value) if isinstance(value, Decimal) else value


# --- the page -------------------------------------------------------------------------------

Part = tuple[str, str]
Line = list[Part]


def _page(explanation: Explanation) -> Iterator[Line]:
    """The page, line by line, each part with its style."""
    yield _head(explanation)
    yield from _section("Zones", map(_zone_line, explanation.zones))
    figures = (line for figure in explanation.figures for line in _figure_lines(figure))
    yield from _section("Figures", figures)
    events = (line for event in explanation.events for line in _event_lines(event))
    yield from _section("Events", events)
    yield from _section("Quantities that are no figures", map(_rejection, explanation.rejections))
    yield from _section("Numbers that count nothing", map(_refused, explanation.refused))
    yield from _section("Names in no event", map(_slot_line, explanation.unused))
    yield from _section("Notes", ([(f"  {note}", "")] for note in explanation.notes))


def _head(explanation: Explanation) -> Line:
    dated = f", published {explanation.published}" if explanation.published else ""
    about = f"  {explanation.lang} in {explanation.script}{dated}"
    return [(explanation.id, "bold"), (about, "")]


def _section(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    """A heading and its lines; nothing where there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            yield []
            yield [(title, "bold underline")]
        yield line


def _zone_line(zone: ZoneNote) -> Line:
    reason = f" ({zone.reason})" if zone.reason else ""
    return [(f"  {zone.kind}{reason}", "cyan"), (f" {zone.lang} ", ""), *_quote(zone.words)]


def _figure_lines(figure: FigureNote) -> Iterator[Line]:
    quote = _quote(figure.words)
    yield [(f"  {figure.id} ", "bold"), (figure.notation, "green"), ("  ", ""), *quote]
    yield from map(_field_line, figure.fields)
    for name, other in (("of", figure.of), ("same as", figure.same_as)):
        if other is not None:
            yield [(f"    {name:<10}", "cyan"), (other, "bold")]


def _field_line(field: FieldNote) -> Line:
    line: Line = [(f"    {field.field:<10}", "cyan"), (field.value or "-", "bold")]
    if field.rule:
        line.append((f"  by {field.rule}", "dim"))
    if field.words is not None:
        line += [("  ", ""), *_quote(field.words)]
    return line


def _event_lines(event: EventNote) -> Iterator[Line]:
    yield [(f"  {event.id} ", "bold"), (", ".join(event.figures) or "no figures", "green")]
    stated = (
        ("aid", event.aid),
        ("where", event.locations),
        ("when", (event.period,) if event.period else ()),
    )
    for name, values in stated:
        if values:
            yield [(f"    {name:<10}", "cyan"), (", ".join(values), "bold")]
    yield from (_indented(_slot_line(slot)) for slot in event.slots)
    yield from map(_field_line, event.evidence)
    for check in event.checks:
        colour = "green" if check.verdict == "holds" else "red"
        yield [("    check     ", "cyan"), (f"{check.arithmetic}: ", ""), (_verdict(check), colour)]


def _verdict(check: CheckNote) -> str:
    return f"{check.verdict}, gap {plain(check.gap)}" if check.gap else check.verdict


def _slot_line(slot: SlotNote) -> Line:
    line: Line = [(f"  {slot.slot:<10}", "cyan"), (slot.resolved or "-", "bold")]
    if slot.rule:
        line.append((f"  by {slot.rule}", "dim"))
    return [*line, ("  ", ""), *_quote(slot.words)]


def _indented(line: Line) -> Line:
    return [("  ", ""), *line]


def _rejection(note: RejectionNote) -> Line:
    line = [(f"  {note.reason}", "yellow"), (f" {note.value}  ", "bold"), *_quote(note.quantity)]
    return [*line, ("  because of ", "dim"), *_quote(note.words)] if note.words else line


def _refused(note: RefusedNote) -> Line:
    return [(f"  {note.reason}", "yellow"), (f" {note.value}  ", "bold"), *_quote(note.words)]


def _quote(words: Words) -> Sequence[Part]:
    """«… words …» [start:end], on one line and not too long."""
    quote = " ".join(words.quote.split())
    if len(quote) > _LONGEST_QUOTE:
        quote = f"{quote[: _LONGEST_QUOTE - 1]}\u2026"
    return [(f"\u00ab{quote}\u00bb", "italic"), (f" [{words.start}:{words.end}]", "dim")]
