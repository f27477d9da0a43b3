"""Tables that lost their lines: a header names the units, the rows are names and bare numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from extractor.match.nouns import measure_of, noun_at
from extractor.match.numerals import DASHES
from extractor.match.parsed import Parsed
from extractor.match.words import NumberWord
from extractor.types import Noun, Number, Quantity

_CELL = 8
_MARKS = frozenset("|;\t\u2502")
_ENDS = frozenset(".!?:,;")
_FEWEST = 2
RULE = "table"
# A table may open the article.
_TOLD = frozenset({"headline", "body"})


@dataclass(frozen=True, slots=True)
class _Column:
    """What the numbers of a column count, and in what they are told: «млн тенге»."""

    unit: str | None
    item: str | None
    nouns: tuple[Noun, ...]
    scale: Decimal


@dataclass(frozen=True, slots=True)
class _Cell:
    """Tokens first..last of a sentence: a name or heading, or one number."""

    sentence: int
    first: int
    last: int
    sort: Literal["name", "number"]


def fill_tables(
    parsed: Sequence[Parsed], quantities: Sequence[Quantity]
) -> tuple[tuple[Quantity, ...], frozenset[int]]:
    """«Семей, Человек … Байзакский, 412, 2 130» → 412 families, 2130 persons.

    Returns the quantities and the sentences that headings and rows stand in.
    """
    found = [*_lines(parsed), *_rows(parsed)]
    if not found:
        return tuple(quantities), frozenset()
    taken = {index for heads, cells in found for index in heads}
    filled: list[Quantity] = []
    for _, cells in found:
        taken |= {cell.sentence for cell, _ in cells}
        filled += [_quantity(parsed[cell.sentence], cell, column) for cell, column in cells]
    kept = [quantity for quantity in quantities if quantity.sentence not in taken]
    return tuple(sorted((*kept, *filled), key=lambda q: q.span.start)), frozenset(taken)


_Table = tuple[set[int], list[tuple[_Cell, _Column]]]


def _quantity(parsed: Parsed, cell: _Cell, column: _Column) -> Quantity:
    value = cast(Decimal, parsed.tokens[cell.first].value) * column.scale
    span = parsed.span(cell.first, cell.last)
    number = Number(span, value, cell.first, cell.last, RULE)
    return Quantity(
        span=span,
        sentence=cell.sentence,
        number=number,
        bound="exact",
        unit=column.unit,
        item=column.item,
        nouns=column.nouns,
        first=cell.first,
        last=cell.last,
        rule=RULE,
    )


# -- a cell on each line ------------------------------------------------------------------------


def _lines(parsed: Sequence[Parsed]) -> Iterator[_Table]:
    """A run of lines that are headings, then name and numbers, name and numbers."""
    run: list[_Cell] = []
    for index, sentence in enumerate(parsed):
        cell = _line(sentence, index)
        if cell is not None:
            run.append(cell)
            continue
        yield from _table_in(parsed, run)
        run = []
    yield from _table_in(parsed, run)


def _line(parsed: Parsed, index: int) -> _Cell | None:
    """A short line without an end mark: all of it one number, or no number at all."""
    tokens = parsed.tokens
    if not tokens or len(tokens) > _CELL or parsed.sentence.zone.kind != "body":
        return None
    values = [token.value is not None for token in tokens]
    if values == [True] or (len(tokens) == 1 and tokens[0].text in DASHES):
        return _Cell(index, 0, 0, "number")
    named = not any(values) and tokens[-1].text not in _ENDS
    return _Cell(index, 0, len(tokens) - 1, "name") if named else None


def _table_in(parsed: Sequence[Parsed], run: Sequence[_Cell]) -> Iterator[_Table]:
    run = _without_counter(parsed, run)
    start = next((i for i, cell in enumerate(run) if cell.sort == "number"), 0)
    width = next((i for i, cell in enumerate(run[start:]) if cell.sort == "name"), 0)
    if width < _FEWEST or start <= width:
        return
    heads = run[start - 1 - width : start - 1]
    columns = [_column(parsed[cell.sentence], cell) for cell in heads]
    pattern = ("name", *("number",) * width)
    rows: list[Sequence[_Cell]] = []
    for place in range(start - 1, len(run), width + 1):
        row = run[place : place + width + 1]
        if tuple(cell.sort for cell in row) != pattern:
            break
        rows.append(row[1:])
    if len(rows) >= _FEWEST and any(column.unit for column in columns):
        cells = [
            (cell, column)
            for row in rows
            for cell, column in zip(row, columns, strict=True)
            if parsed[cell.sentence].tokens[cell.first].value is not None
        ]
        yield {cell.sentence for cell in heads}, cells


def _without_counter(parsed: Sequence[Parsed], run: Sequence[_Cell]) -> list[_Cell]:
    """«1 | Burabay | 310 …», «2 | Tselinograd | 268 …»: the first column only counts the rows."""
    kept: list[_Cell] = []
    count = 0
    for place, cell in enumerate(run):
        named = place + 1 < len(run) and run[place + 1].sort == "name"
        value = parsed[cell.sentence].tokens[cell.first].value
        if cell.sort == "number" and named and value == count + 1:
            count += 1
        else:
            kept.append(cell)
    return kept if count >= _FEWEST else list(run)


# -- a row on each line -------------------------------------------------------------------------


def _rows(parsed: Sequence[Parsed]) -> Iterator[_Table]:
    """«Район – семей – человек», «Байзакский – 412 – 2 130»: cells parted by marks."""
    header: tuple[int, list[_Cell]] | None = None
    rows: list[list[_Cell]] = []
    for index in range(len(parsed) + 1):
        if header is not None and not rows and index < len(parsed) and _is_rule(parsed[index]):
            continue
        cells = _cells(parsed[index], index) if index < len(parsed) else []
        if header is not None and _is_row(cells) and len(cells) - 1 in _widths(header[1]):
            rows.append(cells)
            continue
        if header is not None and len(rows) >= _FEWEST:
            yield from _parted(parsed, header, rows)
        heading = len(cells) > 1 and all(cell.sort == "name" for cell in cells)
        header, rows = ((index, cells) if heading else None), []


def _is_rule(parsed: Parsed) -> bool:
    """«|---|:-:|»: the line below the headings."""
    return all(token.sort == "mark" for token in parsed.tokens)


def _widths(header: Sequence[_Cell]) -> tuple[int, int]:
    """A heading over the names may stand there or not."""
    return len(header) - 1, len(header)


def _is_row(cells: Sequence[_Cell]) -> bool:
    """A name, then numbers, at least two."""
    numbers = cells[1:]
    named = bool(cells) and cells[0].sort == "name"
    return named and len(numbers) >= _FEWEST and all(cell.sort == "number" for cell in numbers)


def _parted(
    parsed: Sequence[Parsed], header: tuple[int, list[_Cell]], rows: Sequence[Sequence[_Cell]]
) -> Iterator[_Table]:
    index, cells = header
    width = len(rows[0]) - 1
    columns = [_column(parsed[index], cell) for cell in cells[-width:]]
    if not any(column.unit for column in columns):
        return
    pairs = [
        (cell, column)
        for row in rows
        if len(row) == width + 1
        for cell, column in zip(row[1:], columns, strict=True)
    ]
    yield {index}, pairs


def _cells(parsed: Parsed, index: int) -> list[_Cell]:
    """A sentence cut at its marks; nothing if a cell is neither a name nor a number."""
    if parsed.sentence.zone.kind not in _TOLD:
        return []
    found: list[_Cell] = []
    start = 0
    for place in range(len(parsed.tokens) + 1):
        if place - start > _CELL:
            return []
        if place < len(parsed.tokens) and not _parts(parsed, place):
            continue
        if place > start:
            values = [token.value is not None for token in parsed.tokens[start:place]]
            if any(values) and len(values) > 1:
                return []
            found.append(_Cell(index, start, place - 1, "number" if values[0] else "name"))
        start = place + 1
    return found


def _parts(parsed: Parsed, index: int) -> bool:
    """A bar, or a dash with room around it."""
    text = parsed.tokens[index].text
    if text in _MARKS:
        return True
    return text in DASHES and not (parsed.glued(index) or parsed.glued(index + 1))


# -- what a heading says ------------------------------------------------------------------------


def _column(parsed: Parsed, cell: _Cell) -> _Column:
    """«Выплачено, млн тенге» → KZT by the million; the last noun is what is counted."""
    nouns = [
        noun
        for index in range(cell.first, cell.last + 1)
        if (noun := noun_at(parsed, index)) is not None and noun.last <= cell.last
    ]
    counted = _counted(nouns)
    unit, item = measure_of(counted)
    scales = [
        cast(NumberWord, hit.entry.meaning)
        for hit in parsed.between("number", cell.first, cell.last)
    ]
    scale = max((word.value for word in scales if word.role == "scale"), default=Decimal(1))
    return _Column(unit, item, counted, scale)


def _counted(nouns: Sequence[Noun]) -> tuple[Noun, ...]:
    """«мука, тонн», «сумма, тенге»: money first, then a measure with its thing."""
    for sort in ("currency", "measure"):
        if chosen := [n for n in nouns if any(c.sort == sort for c in n.concepts)]:
            return (chosen[0], *(n for n in nouns if n is not chosen[0]))
    return tuple(nouns[:1])
