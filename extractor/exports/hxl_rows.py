"""``--to hxl``: who does what, where and when (3W), with a row of HXL hashtags.

The tags are a list of our own and ``schemas/hxl-3w.csv`` is the schema: libhxl by itself knows
no list of tags and would let «#delivred» pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from extractor.edtf import iso_days
from extractor.exports.cells import csv_rows
from extractor.exports.content import Content, Report, whole_file
from extractor.exports.stated import Amount, Stated, stated
from extractor.io.tables import Cell

# What 3W has no place for: people who help, offices, calls, percentages.
NO_3W: Final = frozenset({"volunteers", "sites", "requests", "share"})
DONE: Final = frozenset({"delivered", "ongoing"})
# HXL says «+hh» for households; units that are neither people nor households are «others».
COUNTED: Final[Mapping[str, str]] = {"person": "ind", "family": "hh"}
HEADS: Final[Mapping[str, str]] = {"ind": "people", "hh": "families", "other": "others"}
_LIST_JOINT: Final = ", "


@dataclass(frozen=True, slots=True)
class Tagged:
    """A column: its head, its hashtag with attributes, and how its cell is taken."""

    head: str
    tag: str
    take: Callable[[Stated], Cell]


def _of(take: Callable[[Amount], Cell]) -> Callable[[Stated], Cell]:
    """Nothing where no number was stated."""
    return lambda one: None if one.amount is None else take(one.amount)


def _value(holds: Callable[[Amount], bool]) -> Callable[[Stated], Cell]:
    return _of(lambda amount: amount.value if holds(amount) else None)


def _listed(values: Iterable[str]) -> str | None:
    return _LIST_JOINT.join(values) or None


def _is_region(code: str) -> bool:
    return "-" in code


def _people(role: str) -> Iterator[Tagged]:
    """People, households and others apart, so that a column can be summed."""
    for tag, words in HEADS.items():
        holds = partial(_plays, role, tag)
        yield Tagged(f"{role.capitalize()} {words}", f"#{role}+{tag}+num", _value(holds))


def _plays(role: str, tag: str, amount: Amount) -> bool:
    if COUNTED.get(amount.unit, "other") != tag:
        return False
    if amount.kind == "affected":
        return role == "affected"
    reached = "reached" if amount.status in DONE else "targeted"
    return amount.kind == "recipients" and role == reached


COLUMNS: Final = (
    Tagged("Id", "#meta+id", lambda one: one.id),
    Tagged("Who gives", "#org+name+list", lambda one: _listed(one.action.providers)),
    Tagged("Campaign", "#activity+name", lambda one: one.action.campaign),
    Tagged("Kinds of aid", "#sector+name+list", lambda one: _listed(one.action.aid)),
    Tagged(
        "Country codes",
        "#country+code+list",
        lambda one: _listed(dict.fromkeys(code[:2] for code in one.action.locations)),
    ),
    Tagged(
        "Region codes",
        "#adm1+code+list",
        lambda one: _listed(filter(_is_region, one.action.locations)),
    ),
    Tagged("Places", "#loc+name+list", lambda one: _listed(one.action.places)),
    Tagged("From", "#date+start", lambda one: iso_days(one.action.period, seasons=False)[0]),
    Tagged("To", "#date+end", lambda one: iso_days(one.action.period, seasons=False)[1]),
    Tagged("Reported", "#date+reported", lambda one: one.day),
    Tagged("Status", "#status+name", _of(lambda amount: amount.status)),
    *chain.from_iterable(map(_people, ("reached", "targeted", "affected"))),
    Tagged("Groups", "#beneficiary+type+list", _of(lambda amount: _listed(amount.category))),
    Tagged("Goods", "#item+num", _value(lambda amount: amount.kind == "goods")),
    Tagged("Item", "#item+name", _of(lambda amount: amount.item)),
    Tagged(
        "Counted in",
        "#meta+unit",
        _of(lambda amount: None if amount.kind == "money" else amount.unit),
    ),
    Tagged("Money", "#value+num", _value(lambda amount: amount.kind == "money")),
    Tagged(
        "Currency",
        "#currency+code",
        _of(lambda amount: amount.unit if amount.kind == "money" else None),
    ),
    Tagged("Bound", "#meta+bound", _of(lambda amount: amount.bound)),
    Tagged("Up to", "#meta+max", _of(lambda amount: amount.max)),
    Tagged("Part of", "#meta+part_of", _of(lambda amount: amount.of)),
    Tagged("Outlets", "#meta+source+list", lambda one: _listed(one.outlets)),
    Tagged("Articles", "#meta+article+list", lambda one: _listed(one.articles)),
)
TAGS: Final = tuple(column.tag for column in COLUMNS)


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → a CSV: heads, hashtags, then a row for each amount or numberless event."""
    heads = [column.head for column in COLUMNS]
    with whole_file(path) as draft, csv_rows(draft, heads, TAGS, report=report) as rows:
        for one in stated(content, report):
            if one.amount is not None and one.amount.kind in NO_3W:
                report.left_out[f"{one.amount.kind} (not in 3W)"] += 1
            else:
                rows(column.take(one) for column in COLUMNS)
                report.written["rows"] += 1
