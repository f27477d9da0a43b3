"""Records in a notebook: a small piece of HTML, everything escaped, no script, no network.

``ArticleRecord``, ``FigureRecord``, ``EventRecord``, ``CanonicalEvent`` and ``SeriesRecord`` call
it when a notebook asks; nothing here is imported before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from extractor.signs import notation, plain

if TYPE_CHECKING:
    from extractor.records import (
        ArticleRecord,
        CanonicalEvent,
        EventRecord,
        FigureRecord,
        SeriesRecord,
    )

# What is shown of long things; what is not is counted.
MAX_ROWS: Final = 50
MAX_CHARS: Final = 3_000
# One hue a kind; half transparent, so that they are seen on white and on black.
HUES: Final = {
    "recipients": 210,
    "money": 130,
    "goods": 35,
    "volunteers": 280,
    "sites": 190,
    "requests": 320,
    "affected": 0,
    "share": 60,
}
Row = tuple[object, ...]


# --- what notebooks show --------------------------------------------------------------------


def article_html(record: ArticleRecord) -> str:
    """A head, the text with its figures marked if the record has it, figures and events."""
    about = (record.lang, record.script, record.published, record.source)
    owners = {name: event.id for event in record.events for name in event.figures}
    parts = [
        _heading(record.title or record.id, about),
        *([] if record.text is None else [_marked(record.text, record.figures)]),
        _figures_table(record.figures, owners),
        _table(EVENT_HEAD, (_event_row(event) for event in record.events), "events"),
    ]
    if not record.figures and not record.events:
        parts.append("<p>No aid is reported.</p>")
    return _box(parts)


def figure_html(figure: FigureRecord) -> str:
    """Its words, and its fields in one row."""
    return _box([_figures_table((figure,), {})])


def event_html(event: EventRecord) -> str:
    """Who, what, where and when, and the equations between its figures."""
    checks = (
        (check.rule, " ".join(check.operands), check.stated, check.expected, check.verdict)
        for check in event.checks
    )
    head = ("rule", "figures", "stated", "expected", "verdict")
    return _box([_table(EVENT_HEAD, [_event_row(event)], "events"), _table(head, checks, "checks")])


def canonical_html(event: CanonicalEvent) -> str:
    """Who, what, where and when, by how many reports; then what was stated, series by series."""
    name = event.campaign.text if event.campaign else ", ".join(event.aid) or event.id
    rows = (
        (mention.article, mention.lang, mention.published, mention.outlet)
        for mention in event.mentions
    )
    about = (event.period, event.status, f"{len(event.mentions)} reports")
    return _box(
        [
            _heading(name, about),
            _table(
                ("aid", "providers", "where"),
                [
                    (
                        _words(event.aid),
                        _words(one.text for one in event.providers),
                        _words((*event.locations, *event.places)),
                    )
                ],
                "events",
            ),
            *map(_series_table, event.series),
            _table(("article", "lang", "published", "outlet"), rows, "reports"),
        ]
    )


def series_html(series: SeriesRecord) -> str:
    """What was stated of one quantity, in time order."""
    return _box([_series_table(series)])


# --- parts ----------------------------------------------------------------------------------

EVENT_HEAD: Final = ("event", "aid", "campaign", "providers", "where", "when", "figures")
FIGURE_HEAD: Final = ("figure", "", "kind", "status", "scope", "event", "words")
STATED_HEAD: Final = ("as of", "", "label", "status", "sources")


def _figures_table(figures: Sequence[FigureRecord], owners: dict[str, str]) -> str:
    rows = (
        (
            figure.id,
            notation(figure),
            figure.kind,
            figure.status,
            figure.scope,
            owners.get(figure.id),
            figure.text,
        )
        for figure in figures
    )
    return _table(FIGURE_HEAD, rows, "figures")


def _event_row(event: EventRecord) -> Row:
    return (
        event.id,
        _words(event.aid),
        event.campaign.text if event.campaign else None,
        _words(provider.text for provider in event.providers),
        _words(dict.fromkeys((*event.locations, *(place.text for place in event.places)))),
        event.period,
        _words(event.figures),
    )


def _series_table(series: SeriesRecord) -> str:
    name = " ".join(part for part in (series.kind, series.unit, series.item) if part)
    latest = None if series.latest is None else f"latest {plain(series.latest)}"
    planned = None if series.planned is None else f"planned {plain(series.planned)}"
    conflicts = f"{len(series.conflicts)} conflicts" if series.conflicts else None
    rows = (
        (
            one.as_of,
            plain(one.value) if one.max is None else f"{plain(one.value)}..{plain(one.max)}",
            one.label,
            one.status,
            _words(f"{source.article}/{source.figure}" for source in one.sources),
        )
        for one in series.statements
    )
    return _heading(name, (latest, planned, conflicts)) + _table(STATED_HEAD, rows, "statements")


def _words(values: Iterable[str]) -> str:
    return ", ".join(values)


def _box(parts: Iterable[str]) -> str:
    return f'<div style="font-size:90%;max-width:60em">{"".join(parts)}</div>'


def _heading(name: str, about: Iterable[str | None]) -> str:
    said = " · ".join(part for part in about if part)
    return f'<div><b>{_safe(name)}</b> <span style="opacity:.7">{_safe(said)}</span></div>'


def _table(head: Sequence[str], rows: Iterable[Row], what: str) -> str:
    """At most ``MAX_ROWS``; how many more there are is said."""
    listed = list(rows)
    if not listed:
        return ""
    top = "".join(f"<th style='text-align:left'>{escape(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in listed[:MAX_ROWS])
    more = len(listed) - MAX_ROWS
    rest = f"<div>… {more} more {escape(what)}</div>" if more > 0 else ""
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _cell(value: object) -> str:
    return f"<td style='text-align:left'>{'' if value is None else _safe(str(value))}</td>"


def _marked(text: str, figures: Iterable[FigureRecord]) -> str:
    """The text with its figures on their hues; where two overlap, the first is shown."""
    parts, place = [], 0
    for figure in sorted(figures, key=lambda figure: figure.start):
        if figure.start >= place and figure.end <= MAX_CHARS:
            parts += [_safe(text[place : figure.start]), _mark(text, figure)]
            place = figure.end
    parts.append(_safe(text[place : max(place, MAX_CHARS)]))
    rest = len(text) - max(place, MAX_CHARS)
    more = f"<div>… {rest} more characters</div>" if rest > 0 else ""
    return f'<div style="white-space:pre-wrap;margin:.5em 0">{"".join(parts)}</div>{more}'


def _mark(text: str, figure: FigureRecord) -> str:
    title = escape(f"{figure.id}: {notation(figure)}, {figure.kind}, {figure.status or '–'}")
    style = f"background:hsla({HUES[figure.kind]},80%,55%,.35);color:inherit"
    words = _safe(text[figure.start : figure.end])
    return f'<mark style="{style}" title="{title}">{words}</mark>'


def _safe(text: str) -> str:
    """Escaped, and what turns the direction of writing cannot reach beyond it."""
    return f"<bdi>{escape(text)}</bdi>"
