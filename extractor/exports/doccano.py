"""doccano: JSON lines ``{"text", "label": [[start, end, kind], …]}``, and its export back to gold.

What doccano has no place for (values, bounds, events) travels as JSON in the column «gold», which
doccano keeps as metadata. A mark that was moved keeps its fields; a new one gets those that can be
read from its words.

Offsets count UTF-16 code units, as doccano does in a browser; each line says so in
``offset_unit``. For a project that counts otherwise give ``--offsets``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from extractor.exports.content import Content, ExportError, OffsetUnit, Report, whole_file
from extractor.exports.offsets import Ruler
from extractor.exports.sheets import Mark, Sheet, sheets_of
from extractor.types import Span

OFFSETS: Final[OffsetUnit] = "utf16"


# --- out ------------------------------------------------------------------------------------


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → JSON lines for a project of the type «Sequence Labeling»."""
    unit = content.options.offsets or OFFSETS
    with (
        whole_file(path) as draft,
        draft.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        for sheet in sheets_of(content, report):
            stream.write(json.dumps(line_of(sheet, unit), ensure_ascii=False) + "\n")
            report.written["documents"] += 1


def line_of(sheet: Sheet, unit: OffsetUnit = OFFSETS) -> dict[str, Any]:
    """«sheet» → its line, with offsets in ``unit``."""
    ruler = Ruler(sheet.text)
    labels = [_place(ruler.to_unit(mark.span, unit), mark) for mark in sheet.marks]
    gold = {
        "head": sheet.head,
        "figures": [
            {
                "label": label,
                "quote": mark.span.of(sheet.text),
                "id": mark.id,
                "event": mark.event,
                **(mark.fields or {}),
            }
            for label, mark in zip(labels, sheet.marks, strict=True)
        ],
        "events": sheet.events,
    }
    return {
        "text": sheet.text,
        "label": labels,
        "article": sheet.head["id"],
        "offset_unit": unit,
        "gold": json.dumps(gold, ensure_ascii=False),
    }


def _place(span: Span, mark: Mark) -> list[Any]:
    return [span.start, span.stop, mark.kind]


# --- in -------------------------------------------------------------------------------------


def read(path: Path, _report: Report) -> Iterator[tuple[str, Sheet | ExportError, OffsetUnit]]:
    """A JSONL export of doccano → its sheets; what cannot be read is named by its line."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        place = f"{path}: line {number}"
        try:
            row = json.loads(line)
            unit: OffsetUnit = "utf16" if _meta(row, "offset_unit") == "utf16" else "code_points"
            yield place, _sheet(row), unit
        except ExportError as problem:
            yield place, problem, OFFSETS
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as problem:
            reason = f"{type(problem).__name__}: {problem}"
            yield place, ExportError(f"not as doccano writes it: {reason}"), OFFSETS


def _meta(row: Mapping[str, Any], name: str) -> Any:
    """A column of the import stands beside the text, or inside «meta» or «metadata»."""
    for holder in (row, row.get("meta") or {}, row.get("metadata") or {}):
        if name in holder:
            return holder[name]
    raise ExportError(f"the column «{name}» is gone: was it imported with the text?")


def _sheet(row: Mapping[str, Any]) -> Sheet:
    gold = _meta(row, "gold")
    gold = json.loads(gold) if isinstance(gold, str) else gold
    before = [_mark(fields) for fields in gold["figures"]]
    text = row["text"] if "text" in row else row["data"]
    labels = [(Span(start, stop), str(kind)) for start, stop, kind in _labels(row)]
    after = match_marks(before, labels)
    return Sheet(gold["head"], text, tuple(after), tuple(gold["events"]))


def _labels(row: Mapping[str, Any]) -> list[Sequence[Any]]:
    """Both forms: «label» with triples, «entities» with objects."""
    if "entities" in row:
        return [(one["start_offset"], one["end_offset"], one["label"]) for one in row["entities"]]
    found: list[Sequence[Any]] = row["label"] if "label" in row else row["labels"]
    return found


def _mark(figure: Mapping[str, Any]) -> Mark:
    start, stop, kind = figure["label"]
    own = ("label", "quote", "id", "event")
    fields = {name: value for name, value in figure.items() if name not in own}
    place = Span(start, stop)
    return Mark(figure["id"], place, kind, fields, figure["event"], quote=figure["quote"])


def match_marks(before: Sequence[Mark], labels: Sequence[tuple[Span, str]]) -> list[Mark]:
    """Labels as they came back, each with the fields of the mark that it was.

    The same place and kind, then the same place, then the one mark that it overlaps; else new.
    """
    left, open_labels, found = list(before), list(labels), []
    same = (
        lambda mark, span, kind: (mark.span, mark.kind) == (span, kind),
        lambda mark, span, _kind: mark.span == span,
    )
    for fits in same:
        for label in list(open_labels):
            mark = next((mark for mark in left if fits(mark, *label)), None)
            if mark is not None:
                left.remove(mark)
                open_labels.remove(label)
                found.append(replace(mark, kind=label[1]))
    for span, kind in open_labels:
        near = [mark for mark in left if mark.span.overlaps(span)]
        if len(near) == 1:
            left.remove(near[0])
            found.append(replace(near[0], span=span, kind=kind, quote=None))
        else:
            found.append(Mark(None, span, kind))
    return found
