"""A look at the first rows of a dump: which fields would be taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import orjson

from extractor.io.dumps.inputs import InputError, Part, Reading, read_part
from extractor.io.dumps.rows import Row, Unread
from extractor.io.dumps.tables import column_names
from extractor.io.readers import GUESSED, Fields

LOOK = 50
ROLES = ("text", "id", "title", "published", "url", "outlet")


@dataclass(frozen=True, slots=True)
class Preview:
    """What the first rows of a part say: field by role, the fields nobody asked for."""

    part: Part
    taken: dict[str, str]
    unused: tuple[str, ...]
    rows: int
    without_text: int
    unread: int

    def __str__(self) -> str:
        """«dump.jsonl: text=body, published=date; not used: tags»."""
        more = f" and {len(self.part.paths) - 1} more" if len(self.part.paths) > 1 else ""
        said = ", ".join(f"{role}={field}" for role, field in self.taken.items())
        unused = f"; not used: {', '.join(self.unused)}" if self.unused else ""
        bad = f"; {self.unread} of the first rows cannot be read" if self.unread else ""
        return f"{self.part.paths[0]}{more}: {said or 'whole texts'}{unused}{bad}"


def look_at(part: Part, reading: Reading, rows: int = LOOK) -> Preview:
    """«Part» → what its first rows hold."""
    found = list(islice(read_part(part, reading), rows))
    fields = Counter[str]()
    objects = [value for one in found if isinstance(one, Row) for value in _objects(one)]
    for value in objects:
        fields.update(name for name, said in value.items() if said not in (None, ""))
    if part.form in ("parquet", "arrow"):
        fields.update(column_names(part.paths[0]))
    taken = {
        role: field
        for role in ROLES
        if (field := _first(getattr(reading.fields, role), fields)) is not None
    }
    texts = set(reading.fields.text)
    return Preview(
        part=part,
        taken=taken,
        unused=tuple(sorted(set(fields) - set(taken.values())))[:12],
        rows=len(objects),
        without_text=sum(not texts.intersection(value) for value in objects),
        unread=sum(isinstance(one, Unread) for one in found),
    )


def _objects(row: Row) -> Iterable[dict[str, object]]:
    if row.kind != "json":
        return
    try:
        value = orjson.loads(row.content)
    except orjson.JSONDecodeError:
        return
    if isinstance(value, dict):
        yield value


def _first(names: Iterable[str], fields: Counter[str]) -> str | None:
    return next((name for name in names if fields[name]), None)


def fields_of(mapping: str | None) -> Fields:
    """«text=body,published=date» → those fields alone for their roles, guesses for the rest.

    «html=page» says that the text is in the field «page», as HTML.

    >>> fields_of("text=body,id=nid").text
    ('body',)

    Raises:
        InputError: a role is unknown or said twice, or no field is named.
    """
    fields, seen = GUESSED, set[str]()
    for pair in (mapping or "").split(","):
        if not pair.strip():
            continue
        role, _, name = (word.strip() for word in pair.partition("="))
        if role not in (*ROLES, "html") or not name:
            raise InputError(f"--map {pair!r}: say ROLE=FIELD; roles are {', '.join(ROLES)}, html")
        slot = "text" if role == "html" else role
        if slot in seen:
            raise InputError(f"--map {mapping!r}: two fields for {slot}")
        seen.add(slot)
        if role == "html":
            fields = replace(fields, text=(name,), html=frozenset({name}))
        else:
            chosen: dict[str, Any] = {role: (name,)}
            fields = replace(fields, **chosen)
    return fields
