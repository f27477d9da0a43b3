"""Label Studio: a folder with ``tasks.json`` and ``labeling.xml``, and its export back to gold.

Every field of a figure has its control. Records become predictions, gold becomes annotations. An
event's own fields stand in the text area «events», one JSON object a line; which figures belong to
it stands at each figure, in «event».

Offsets count code points: Label Studio does so since its 1.4 (before, UTF-16 code units). The unit
is in each task as ``offset_unit``.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args
from xml.sax.saxutils import quoteattr

from extractor.exports.content import Content, ExportError, OffsetUnit, Report, fresh_folder
from extractor.exports.offsets import Ruler
from extractor.exports.sheets import Mark, Sheet, name_figures, sheets_of
from extractor.knowledge import HERE
from extractor.types import Bound, Kind, Scope, Span, Status
from extractor.vocabulary import CATEGORIES, ITEMS, UNITS

OFFSETS: Final[OffsetUnit] = "code_points"
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "bound": get_args(Bound),
    "unit": UNITS,
    "item": ITEMS,
    "category": CATEGORIES,
    "scope": get_args(Scope),
    "status": get_args(Status),
}
NUMBERS: Final = ("value", "max")
RELATIONS: Final = ("of", "same_as")
KIND, EVENT, EVENTS, TEXT = "kind", "event", "events", "text"


# --- out ------------------------------------------------------------------------------------


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → PATH/tasks.json for «Import», PATH/labeling.xml for «Labeling Interface».

    Raises:
        ExportError: PATH exists and is not an empty folder.
    """
    unit = content.options.offsets or OFFSETS
    units = dict.fromkeys([*UNITS, "MCI", *_currencies()])
    with fresh_folder(path) as folder:
        with (folder / "tasks.json").open("w", encoding="utf-8", newline="\n") as stream:
            before = "[\n"
            for sheet in sheets_of(content, report):
                stream.write(before + json.dumps(task_of(sheet, unit), ensure_ascii=False))
                before = ",\n"
                units |= dict.fromkeys(str((mark.fields or {})["unit"]) for mark in sheet.marks)
                report.written["tasks"] += 1
            stream.write("[]\n" if before == "[\n" else "\n]\n")
        config = labeling_config(units)
        (folder / "labeling.xml").write_text(config, encoding="utf-8", newline="\n")


def _currencies() -> list[str]:
    rows = tomllib.loads((HERE / "domain" / "currencies.toml").read_text(encoding="utf-8"))
    return [row["id"] for row in rows["currency"]]


def labeling_config(units: Iterable[str] = UNITS) -> str:
    """The labelling interface: a control for every field of the guidelines."""
    labels = "".join(f"    <Label value={quoteattr(kind)}/>\n" for kind in get_args(Kind))
    numbers = "".join(
        f'  <Number name="{name}" toName="text" perRegion="true"/>\n' for name in NUMBERS
    )
    choices = "".join(
        _choices(name, tuple(units) if name == "unit" else values)
        for name, values in CHOICES.items()
    )
    relations = "".join(f'    <Relation value="{name}"/>\n' for name in RELATIONS)
    return (
        "<View>\n"
        f'  <Labels name="{KIND}" toName="text">\n{labels}  </Labels>\n'
        '  <Text name="text" value="$text" granularity="symbol"/>\n'
        f"  <Relations>\n{relations}  </Relations>\n"
        f"{numbers}{choices}"
        f'  <TextArea name="{EVENT}" toName="text" perRegion="true" editable="true"/>\n'
        f'  <TextArea name="{EVENTS}" toName="text" editable="true"/>\n'
        "</View>\n"
    )


def _choices(name: str, values: Iterable[str]) -> str:
    choice = "multiple" if name == "category" else "single"
    rows = "".join(f"    <Choice value={quoteattr(value)}/>\n" for value in values)
    return (
        f'  <Choices name="{name}" toName="text" perRegion="true" choice="{choice}">\n'
        f"{rows}  </Choices>\n"
    )


def task_of(sheet: Sheet, unit: OffsetUnit = OFFSETS) -> dict[str, Any]:
    """«sheet» → a task whose offsets count in ``unit``."""
    ruler = Ruler(sheet.text)
    result = [item for mark in sheet.marks for item in _region(mark, sheet.text, ruler, unit)]
    result += [_relation(mark, name) for mark in sheet.marks for name in _targets(mark)]
    if sheet.events:
        lines = [json.dumps(event, ensure_ascii=False) for event in sheet.events]
        result.append(_item(EVENTS, EVENTS, "textarea", {"text": lines}))
    made: dict[str, Any] = {"result": result}
    task = {"data": {**sheet.head, "text": sheet.text, "offset_unit": unit}}
    if sheet.made_by is None:
        return {**task, "annotations": [made]}
    return {**task, "predictions": [{"model_version": sheet.made_by, **made}]}


def _region(mark: Mark, text: str, ruler: Ruler, unit: OffsetUnit) -> Iterator[dict[str, Any]]:
    """The marked words, then an item for each field that says something."""
    span = ruler.to_unit(mark.span, unit)
    place = {"start": span.start, "end": span.stop}
    quoted = {**place, "text": mark.span.of(text)}
    name, fields = str(mark.id), mark.fields or {}
    labelled = _item(name, KIND, "labels", {**quoted, "labels": [mark.kind]})
    yield labelled if mark.score is None else {**labelled, "score": mark.score}
    for key in NUMBERS:
        if fields.get(key) is not None:
            yield _item(name, key, "number", {**quoted, "number": fields[key]})
    for key in CHOICES:
        values = fields.get(key)
        if values:
            listed = values if isinstance(values, list) else [values]
            yield _item(name, key, "choices", {**quoted, "choices": listed})
    if mark.event is not None:
        yield _item(name, EVENT, "textarea", {**place, "text": [mark.event]})


def _item(name: str, control: str, sort: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": name, "from_name": control, "to_name": TEXT, "type": sort, "value": dict(value)}


def _targets(mark: Mark) -> list[str]:
    return [name for name in RELATIONS if (mark.fields or {}).get(name) is not None]


def _relation(mark: Mark, name: str) -> dict[str, Any]:
    target = (mark.fields or {})[name]
    ends = {"from_id": mark.id, "to_id": target}
    return {"type": "relation", **ends, "direction": "right", "labels": [name]}


# --- in -------------------------------------------------------------------------------------


def read(path: Path, report: Report) -> Iterator[tuple[str, Sheet | ExportError, OffsetUnit]]:
    """A JSON export of Label Studio → its sheets; what cannot be read is named by its task.

    Raises:
        ExportError: the file is no list of tasks.
    """
    try:
        tasks = json.loads((path / "tasks.json" if path.is_dir() else path).read_bytes())
    except ValueError as problem:
        raise ExportError(f"{path}: not JSON: {problem}") from problem
    if not isinstance(tasks, list):
        raise ExportError(f"{path}: expected a list of tasks: export as «JSON»")
    for number, task in enumerate(tasks, 1):
        place = f"{path}: task {number}"
        try:
            yield place, _sheet(task, report), _unit(task)
        except ExportError as problem:
            yield place, problem, OFFSETS
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as problem:
            reason = f"{type(problem).__name__}: {problem}"
            yield place, ExportError(f"not as Label Studio writes it: {reason}"), OFFSETS


def _unit(task: Mapping[str, Any]) -> OffsetUnit:
    return "utf16" if task["data"].get("offset_unit") == "utf16" else "code_points"


def _sheet(task: Mapping[str, Any], report: Report) -> Sheet:
    record = task["data"]
    head = {name: record.get(name) for name in ("id", "lang", "script", "published", "source")}
    result = _result(task, report)
    regions: dict[str, dict[str, Any]] = {}
    for item in result:
        if item["type"] != "relation" and item["from_name"] != EVENTS:
            regions.setdefault(item["id"], {})[item["from_name"]] = item["value"]
    related = {
        (item["from_id"], item["labels"][0]): item["to_id"]
        for item in result
        if item["type"] == "relation" and item.get("labels")
    }
    names = name_figures({name: _own_name(name) for name in regions})
    marks = tuple(_mark(name, controls, names, related) for name, controls in regions.items())
    events = [
        json.loads(line)
        for item in result
        if item.get("from_name") == EVENTS
        for line in _texts(item["value"])
    ]
    return Sheet(head, record["text"], marks, tuple(events))


def _result(task: Mapping[str, Any], report: Report) -> list[Any]:
    """The annotation changed last, or, where nobody annotated, the prediction."""
    made = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    if len(made) > 1:
        report.left_out["older annotations of a task"] += len(made) - 1
    made.sort(key=lambda one: str(one.get("updated_at") or ""))
    if not made:
        made = list(task.get("predictions") or ())
        report.changed["tasks taken from their prediction (nobody annotated them)"] += 1
    if not made:
        raise ExportError("has neither an annotation nor a prediction")
    found: list[Any] = made[-1]["result"]
    return found


def _own_name(region: str) -> str | None:
    """Regions that a person made have ids like «kX3p»."""
    return region if region[:1] == "f" and region[1:].isdecimal() else None


def _mark(
    name: str,
    controls: Mapping[str, Any],
    names: Mapping[str, str],
    related: Mapping[tuple[str, str], str],
) -> Mark:
    if KIND not in controls:
        raise ExportError(f"region {name} has no kind")
    words = controls[KIND]
    fields: dict[str, Any] = {key: controls[key]["number"] for key in NUMBERS if key in controls}
    for key in CHOICES:
        chosen = controls[key]["choices"] if key in controls else []
        fields[key] = sorted(chosen) if key == "category" else (chosen[0] if chosen else None)
    for key in RELATIONS:
        target = related.get((name, key))
        fields[key] = names.get(target, target) if target else None
    event = _texts(controls[EVENT]) if EVENT in controls else []
    return Mark(
        names[name],
        Span(words["start"], words["end"]),
        words["labels"][0],
        fields,
        event[0].strip() if event else None,
        quote=words.get("text"),
    )


def _texts(value: Mapping[str, Any]) -> list[str]:
    """A text area gives a list of texts, or one; an empty one is none."""
    listed = value["text"] if isinstance(value["text"], list) else [value["text"]]
    return [line for text in listed for line in text.split("\n") if line.strip()]
