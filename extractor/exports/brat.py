"""brat: a folder with ``x.txt``, ``x.ann`` and ``x.head.json`` an article, and back to gold.

Bound, unit, item, scope, status are attributes; the figure that another is a part of, or repeats,
is a relation; value, upper end, categories and event stand as JSON in the note of the figure. The
``.head.json`` beside them has the article's own fields and those of its events.

Offsets count code points, as brat does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from extractor.exports.content import Content, ExportError, OffsetUnit, Report, fresh_folder
from extractor.exports.gold_files import file_stem
from extractor.exports.sheets import Mark, Sheet, name_figures, sheets_of
from extractor.types import Bound, Kind, Scope, Span, Status
from extractor.vocabulary import ITEMS, UNITS

OFFSETS: Final[OffsetUnit] = "code_points"
ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "bound": get_args(Bound),
    "unit": UNITS,
    "item": ITEMS,
    "scope": get_args(Scope),
    "status": get_args(Status),
}
NOTED: Final = ("value", "max", "category")
RELATIONS: Final = ("of", "same_as")
HEAD: Final = ".head.json"


# --- out ------------------------------------------------------------------------------------


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → a folder to put under brat's ``data``, with its ``annotation.conf``.

    Raises:
        ExportError: PATH exists and is not an empty folder, or another unit is asked for.
    """
    if content.options.offsets not in (None, OFFSETS):
        raise ExportError("brat counts code points: leave out --offsets")
    taken: set[str] = set()
    units = dict.fromkeys(UNITS)
    with fresh_folder(path) as folder:
        for sheet in sheets_of(content, report):
            stem = file_stem(str(sheet.head["id"]), taken)
            _write(folder / f"{stem}.txt", sheet.text)
            _write(folder / f"{stem}.ann", standoff(sheet))
            head = {"offset_unit": OFFSETS, "head": sheet.head, "events": sheet.events}
            _write(folder / f"{stem}{HEAD}", json.dumps(head, ensure_ascii=False, indent=1) + "\n")
            units |= dict.fromkeys(str((mark.fields or {})["unit"]) for mark in sheet.marks)
            report.written["documents"] += 1
        _write(folder / "annotation.conf", config(tuple(units)))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def config(units: tuple[str, ...] = UNITS) -> str:
    """``annotation.conf``: kinds, relations and attributes."""
    kinds = "\n".join(get_args(Kind))
    relations = "\n".join(f"{name}\tArg1:<ENTITY>, Arg2:<ENTITY>" for name in RELATIONS)
    values = {**ATTRIBUTES, "unit": units}
    attributes = "\n".join(
        f"{name}\tArg:<ENTITY>, Value:{'|'.join(listed)}" for name, listed in values.items()
    )
    return (
        f"[entities]\n{kinds}\n\n[relations]\n{relations}\n"
        f"<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n"
        f"[attributes]\n{attributes}\n"
    )


def standoff(sheet: Sheet) -> str:
    """«sheet» → its ``.ann``: T, A, R and note lines."""
    names = {mark.id: f"T{number}" for number, mark in enumerate(sheet.marks, 1)}
    lines = [line for mark in sheet.marks for line in _lines(mark, sheet.text, names)]
    counted: dict[str, int] = {}
    return "".join(f"{_numbered(line, counted)}\n" for line in lines)


def _lines(mark: Mark, text: str, names: Mapping[str | None, str]) -> Iterator[str]:
    """Lines whose own number is still open («A», «R», «#»)."""
    name, fields = names[mark.id], mark.fields or {}
    places, words = _fragments(mark.span, text)
    yield f"{name}\t{mark.kind} {places}\t{words}"
    for key in ATTRIBUTES:
        if fields.get(key) is not None:
            yield f"A\t{key} {name} {fields[key]}"
    for key in RELATIONS:
        if fields.get(key) is not None:
            yield f"R\t{key} Arg1:{name} Arg2:{names[fields[key]]}"
    note = {"id": mark.id, "event": mark.event, **{key: fields.get(key) for key in NOTED}}
    yield f"#\tAnnotatorNotes {name}\t{json.dumps(note, ensure_ascii=False)}"


def _numbered(line: str, counted: dict[str, int]) -> str:
    sort, _, rest = line.partition("\t")
    if sort[:1] == "T":
        return line
    counted[sort] = counted.get(sort, 0) + 1
    return f"{sort}{counted[sort]}\t{rest}"


def _fragments(span: Span, text: str) -> tuple[str, str]:
    """Words over a line end are two fragments: «0 5;6 11»; their texts are joined by a space."""
    pieces, start = [], span.start
    for piece in span.of(text).split("\n"):
        if piece:
            pieces.append(Span(start, start + len(piece)))
        start += len(piece) + 1
    places = ";".join(f"{piece.start} {piece.stop}" for piece in pieces)
    words = " ".join(piece.of(text) for piece in pieces)
    return places, words.replace("\t", " ").replace("\r", " ")


# --- in -------------------------------------------------------------------------------------


def read(path: Path, _report: Report) -> Iterator[tuple[str, Sheet | ExportError, OffsetUnit]]:
    """A folder of brat → its sheets; what cannot be read is named by its file.

    Raises:
        ExportError: the folder holds no ``.ann``.
    """
    files = sorted(path.rglob("*.ann"))
    if not files:
        raise ExportError(f"{path}: holds no .ann file")
    for file in files:
        try:
            yield str(file), _sheet(file), OFFSETS
        except ExportError as problem:
            yield str(file), problem, OFFSETS
        except (KeyError, TypeError, IndexError, ValueError, FileNotFoundError) as problem:
            reason = f"{type(problem).__name__}: {problem}"
            yield str(file), ExportError(f"not as brat writes it: {reason}"), OFFSETS


def _sheet(file: Path) -> Sheet:
    stem = file.with_suffix("")
    text = stem.with_name(f"{stem.name}.txt").read_bytes().decode("utf-8")
    beside = json.loads(stem.with_name(f"{stem.name}{HEAD}").read_bytes())
    regions: dict[str, dict[str, Any]] = {}
    relations: list[tuple[str, str, str]] = []
    for number, line in enumerate(file.read_bytes().decode("utf-8").split("\n"), 1):
        if line.strip():
            try:
                _take(line, regions, relations)
            except (KeyError, IndexError, ValueError) as problem:
                raise ExportError(f"line {number}: {line!r}: {problem}") from problem
    names = name_figures({name: region.get("id") for name, region in regions.items()})
    for sort, one, other in relations:
        regions[one][sort] = names[other]
    marks = tuple(_mark(names[name], region, text) for name, region in regions.items())
    return Sheet(beside["head"], text, marks, tuple(beside["events"]))


def _take(
    line: str, regions: dict[str, dict[str, Any]], relations: list[tuple[str, str, str]]
) -> None:
    """«T1», «A1», «R1», «#1» → what it says, into its region; other lines are no figure's."""
    name, body, *words = line.split("\t")
    if name[0] == "T":
        kind, _, places = body.partition(" ")
        pairs = [pair.split(" ") for pair in places.split(";")]
        edges = [int(edge) for start, stop in pairs for edge in (start, stop)]
        region = {"kind": kind, "start": min(edges), "stop": max(edges), "words": words[0]}
        regions[name] = region | regions.get(name, {})
    elif name[0] in "AM":
        key, target, value = body.split(" ")
        if key in ATTRIBUTES:
            regions.setdefault(target, {})[key] = value
    elif name[0] == "R":
        sort, one, other = body.split(" ")
        if sort in RELATIONS:
            relations.append((sort, one.removeprefix("Arg1:"), other.removeprefix("Arg2:")))
    elif name[0] == "#" and words:
        regions.setdefault(body.split(" ")[1], {}).update(json.loads(words[0]))


def _mark(name: str, region: Mapping[str, Any], text: str) -> Mark:
    span = Span(region["start"], region["stop"])
    if _fragments(span, text)[1] != region["words"]:
        raise ExportError(f"[{span.start}:{span.stop}] is not «{region['words']}»")
    keys = (*ATTRIBUTES, *NOTED, *RELATIONS)
    fields = {"category": [], **{key: region[key] for key in keys if key in region}}
    return Mark(name, span, region["kind"], fields, region.get("event"))
