"""What is yet to be: money announced or set apart, and verbs of the future."""

from __future__ import annotations

from extractor.match.candidates import GIVING, Candidate, Verdict
from extractor.match.counted import is_money
from extractor.match.parsed import Parsed
from extractor.match.tense import future_near, status_of, time_of, weak_status_of
from extractor.types import Quantity


def announced(candidate: Candidate) -> Verdict | None:
    """«Партия направляет 150 млн тенге. На них | закупят | маски»: what a lead tells of money in
    the present is a promise, where the story goes on in the future."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if not parsed.language.inversion or not is_money(candidate) or quantity.sentence > _LEAD:
        return None
    cue = next(iter(candidate.governing()), None)
    if cue is None or cue.hit.entry.id != "giving" or cue.hit.reading.tense != "progressive":
        return None
    rated = any(hit.entry.id in ("rate", "each") for hit in parsed.of_sort("scope"))
    after = candidate.context.parsed[quantity.sentence + 1 : quantity.sentence + 1 + _AHEAD]
    verbs = [(one, hit) for one in after for hit in one.of_sort("verb")]
    begun = any(status_of(one, hit) == "delivered" for one, hit in verbs)
    coming = any(time_of(one, hit) == "future" for one, hit in verbs if hit.entry.id in _ACTS)
    return (
        Verdict("planned", "announced", cue.hit.span) if coming and not (rated or begun) else None
    )


_LEAD, _AHEAD = 6, 5
_ACTS = frozenset({"give", "giving", "receive", "collect"})


def earmarked(candidate: Candidate) -> Verdict | None:
    """«14 billion was allotted | to restore the town», «… allocated | for the purchase of beds»:
    set apart for what is yet to be done, and given to nobody."""
    parsed, quantity = candidate.parsed, candidate.quantity
    cue = candidate.nearest("verb", lambda hit: status_of(parsed, hit) is not None)
    if cue is None or not parsed.starting("earmark", cue.hit.first):
        return None
    if not is_money(candidate):
        between = parsed.between("verb", cue.hit.last + 1, quantity.first - 1)
        coming = any(weak_status_of(parsed, hit) == "planned" for hit in between)
        coming = coming or _is_to_be_had(parsed, quantity)
        return Verdict("planned", "earmarked", cue.hit.span) if coming else None
    after = max(cue.hit.last, quantity.last) + 1
    aimed = [hit for hit in parsed.starting("scope", after) if hit.entry.id == "target"]
    if status_of(parsed, cue.hit) != "delivered" or not aimed:
        return None
    goal = max(hit.last for hit in aimed) + 1
    goal += bool(parsed.starting("stop", goal))
    done = [h for h in parsed.starting("verb", goal) if h.entry.id in (*GIVING, "collect", "start")]
    return Verdict("planned", "earmarked", cue.hit.span) if done else None


def _is_to_be_had(parsed: Parsed, quantity: Quantity) -> bool:
    """«выделил 5 млн тенге | на закуп | 300 корзин»: what the money is for, in so many words."""
    aims = (hit for hit in parsed.of_sort("scope") if hit.entry.id == "target")
    near = (hit for hit in aims if 0 < quantity.first - hit.last <= _AIM)
    return parsed.language.inversion and any(hit.last > hit.first for hit in near)


_AIM = 2


def foretold(candidate: Candidate) -> Verdict | None:
    """«Меценат осчастливит 40 семей»: a verb that the data do not know, of the future."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if not future_near(parsed, quantity.first, quantity.last):
        return None
    return Verdict("planned", "foretold")
