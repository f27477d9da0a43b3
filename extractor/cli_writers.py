"""Records on paper: JSON lines, one JSON list, or a table of events for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Protocol, TextIO

from extractor import notation

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from extractor.records import ArticleRecord, EventRecord, FigureRecord


# The least width of each column: with the gaps between them, five columns fit into 80.
COLUMNS = {"aid": 12, "who": 13, "where": 13, "when": 11, "figures": 20}


class Writer(Protocol):
    def write(self, record: ArticleRecord, /) -> None: ...


@contextmanager
def make_writer(stream: TextIO, style: str) -> Iterator[Writer]:
    """«jsonl», «json», «table» → what writes a record after another."""
    if style == "table":
        yield Tables(stream)
    elif style == "json":
        listing = JsonList(stream)
        yield listing
        listing.close()
    else:
        yield JsonLines(stream)


class JsonLines:
    """One record a line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, record: ArticleRecord) -> None:
        self.stream.write(record.to_json() + "\n")


class JsonList:
    """One list of records, an element a line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.before = "[\n"

    def write(self, record: ArticleRecord) -> None:
        self.stream.write(self.before + record.to_json())
        self.before = ",\n"

    def close(self) -> None:
        self.stream.write("[]\n" if self.before == "[\n" else "\n]\n")


class Tables:
    """A heading and a table of events for each article."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        self.console = Console(file=stream, highlight=False, markup=False, emoji=False)

    def write(self, record: ArticleRecord) -> None:
        print_article(record, self.console)


def print_article(record: ArticleRecord, console: Console) -> None:
    """«record» → its heading, its events as rows, and the figures that belong to none."""
    from rich.text import Text

    about = ", ".join(part for part in (record.lang, record.published, record.source) if part)
    console.print(Text.assemble((record.id, "bold"), f"  {record.title or ''}".rstrip()))
    console.print(Text(about, style="dim"))
    if record.events:
        console.print(event_table(record, console.width))
    taken = {name for event in record.events for name in event.figures}
    loose = [figure for figure in record.figures if figure.id not in taken]
    if loose:
        heading = "Figures outside events: " if record.events else "Figures, no event: "
        console.print(Text(heading + "; ".join(map(phrase, loose))))
    if not record.events and not loose:
        console.print(Text("No aid is reported."))
    console.print()


def event_table(record: ArticleRecord, width: int) -> Table:
    """Events as rows, a blank one between them."""
    from rich.box import SIMPLE
    from rich.table import Table

    figures = {figure.id: figure for figure in record.figures}
    rows = [event_cells(event, [figures[id] for id in event.figures]) for event in record.events]
    gaps = 2 * len(COLUMNS) - 1
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for name, least in zip(COLUMNS, column_widths(rows, width - gaps), strict=True):
        table.add_column(name, width=least, overflow="fold")
    for number, row in enumerate(rows):
        if number:
            table.add_row()
        table.add_row(*("\n".join(lines) for lines in row))
    return table


def column_widths(rows: Sequence[Sequence[Sequence[str]]], room: int) -> list[int]:
    """What each column would like, taken back from the widest until all fit into the room."""
    from rich.cells import cell_len

    columns = zip(COLUMNS, zip(*rows, strict=True), strict=True)
    widths = [max(map(cell_len, [name, *chain(*cells)])) for name, cells in columns]
    while sum(widths) > room:
        spare = [width - least for width, least in zip(widths, COLUMNS.values(), strict=True)]
        if max(spare) <= 0:
            break
        widths[spare.index(max(spare))] -= 1
    return widths


def event_cells(event: EventRecord, figures: Sequence[FigureRecord]) -> list[list[str]]:
    """What stands in each column, line by line."""
    campaign = [f"«{event.campaign.text.strip('«»')}»"] if event.campaign else []
    places = ", ".join(dict.fromkeys(place.text for place in event.places))
    return [
        [", ".join(name.replace("_", " ") for name in event.aid) or "aid", *campaign],
        [provider.text for provider in event.providers],
        [part for part in (", ".join(event.locations), places) if part],
        (event.period or "").replace("/", "/\n").splitlines(),
        list(map(phrase, figures)),
    ]


def phrase(figure: FigureRecord) -> str:
    """«≥15000 family», «10..20 tonne flour», «=50 piece mask each»."""
    return notation(figure) if figure.scope == "total" else f"{notation(figure)} {figure.scope}"
