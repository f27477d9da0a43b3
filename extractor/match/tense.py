"""What a verb says has happened: its class, its tense and the words around it."""

from __future__ import annotations

from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.types import Status

_REACH = 5

# Class of the verb × time of the clause → status of what it governs.
_STATUS: dict[tuple[str, str], Status] = {
    ("give", "past"): "delivered",
    ("give", "present"): "ongoing",
    ("give", "future"): "planned",
    ("receive", "past"): "delivered",
    ("receive", "present"): "ongoing",
    ("receive", "future"): "planned",
    ("giving", "past"): "delivered",
    ("giving", "present"): "ongoing",
    ("giving", "future"): "planned",
    ("collect", "past"): "collected",
    ("collect", "present"): "ongoing",
    ("collect", "future"): "planned",
}


def status_of(parsed: Parsed, hit: Hit) -> Status | None:
    """«таратылды» → delivered, «жоспарлап отыр» → planned, «қажет» → nothing."""
    kind = hit.entry.id
    if kind == "plan":
        return "planned"
    if kind == "start":
        return "ongoing"
    time = time_of(parsed, hit)
    return _STATUS.get((kind, time)) if time else None


def time_of(parsed: Parsed, hit: Hit) -> str | None:
    """past, present or future, by ending and auxiliaries."""
    tense = hit.reading.tense
    if _auxiliary(parsed, hit, "auxiliary_future"):
        return "future"
    if tense in ("infinitive", None):
        return "future" if _governed(parsed, hit, "plan") or tense == "infinitive" else None
    if tense in ("future", "conditional"):
        return "future"
    if tense == "converb":
        return "present" if _auxiliary(parsed, hit, "auxiliary_progressive") else "past"
    if tense in ("progressive", "present"):
        return "present"
    return "past" if tense == "past" else None


def _auxiliary(parsed: Parsed, hit: Hit, sort: str) -> bool:
    """An auxiliary of that class near the verb, on the side where the language has it."""
    for other in parsed.of_sort("verb"):
        if other.entry.id != sort or other.first == hit.first:
            continue
        after = 0 < other.first - hit.last <= 2
        before = 0 < hit.first - other.last <= 4 and not _blocked(parsed, other.last, hit.first)
        final = parsed.language.distributive_case is not None
        if sort == "auxiliary_progressive":
            if after:
                return True
        elif final:
            if after and hit.reading.tense in ("future", "infinitive"):
                return True
        elif before:
            return True
    return False


def _blocked(parsed: Parsed, start: int, stop: int) -> bool:
    return any(parsed.norm(index) in ",;:" for index in range(start + 1, stop))


def _governed(parsed: Parsed, hit: Hit, kind: str) -> bool:
    return any(
        other.entry.id == kind and abs(other.first - hit.first) <= _REACH
        for other in parsed.of_sort("verb")
    )
