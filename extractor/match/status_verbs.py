"""The verb that governs a figure, and what it says of its status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from extractor.match.candidates import GIVING, Candidate, Verdict
from extractor.match.counted import is_money, is_receiver
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS, RECEIVER_UNITS
from extractor.match.parsed import Parsed
from extractor.match.scopes import crosses
from extractor.match.tense import is_denied, status_of, weak_status_of
from extractor.match.things import is_thing
from extractor.types import Concept, Quantity, Status


def by_verb(candidate: Candidate) -> Verdict | None:
    """«таратылды», «будет направлена», «жиналды»: the finite verb that governs the quantity."""
    return _by_verb(candidate, status_of)


def by_weak_verb(candidate: Candidate) -> Verdict | None:
    """«Capital to buy computers»: an infinitive, for lack of a finite verb."""
    return _by_verb(candidate, weak_status_of)


def _by_verb(candidate: Candidate, read: Callable[[Parsed, Hit], Status | None]) -> Verdict | None:
    for cue in candidate.governing():
        if _describes_other(candidate, cue.hit) or _is_next(candidate, cue.hit):
            continue
        if _is_finished(candidate, cue.hit):
            continue
        status = read(candidate.parsed, cue.hit)
        if cue.hit.entry.id in GIVING and is_denied(candidate.parsed, cue.hit):
            return Verdict("", "denied", cue.hit.span)
        if is_receiver(candidate) and status == "collected":
            continue
        if status == "collected":
            given = _given_on(candidate, cue.hit) or _given_next(candidate)
            if given is not None:
                return Verdict("delivered", given.entry.form, given.span)
        if status == "delivered" and is_money(candidate) and _is_raised(candidate, cue.hit):
            status = "collected"
        if status is not None:
            return Verdict(status, cue.hit.entry.form, cue.hit.span)
    return None


def _is_next(candidate: Candidate, hit: Hit) -> bool:
    """«were built for 216 million | and will be rented out»: a second verb of what came before."""
    parsed, after = candidate.parsed, candidate.quantity.last + 1
    joined = parsed.language.analytic and parsed.starting("and", after)
    if not joined or not 0 < hit.first - joined[0].last <= _SECOND:
        return False
    first, start = candidate.quantity.first, joined[0].last + 1
    told = any(h.last < first and status_of(parsed, h) for h in parsed.of_sort("verb"))
    things = any(parsed.starting(sort, i) for sort in ("noun",) for i in range(start, hit.first))
    return told and not things


def _is_finished(candidate: Candidate, hit: Hit) -> bool:
    """«the | construction of | 80 houses … was completed»: what was planned has come to its end."""
    parsed, last = candidate.parsed, candidate.quantity.last
    named = hit.entry.id == "plan" and bool(parsed.ending("of", hit.last))
    if not named or hit.last >= candidate.quantity.first:
        return False
    later = (verb for verb in parsed.of_sort("verb") if verb.first > last)
    ends = (verb for verb in later if parsed.starting("completing", verb.first))
    end = next(ends, None)
    near = end is not None and not crosses(parsed, last, end.first)
    return near and end is not None and status_of(parsed, end) == "delivered"


# Words between «and» and the second verb: «will also be».
_SECOND = 3


def _takes_it(parsed: Parsed, hit: Hit) -> bool:
    """«gave | them | to», «handed | them | over»: what was told of before, by its pronoun."""
    inside = range(hit.first + 1, hit.last + 2)
    return any(parsed.starting("pronoun", index) for index in inside)


def _yields(parsed: Parsed, hit: Hit) -> bool:
    """«The fair brought in 3 million tenge»: it is there, and was given to nobody yet."""
    return bool(parsed.starting("yield", hit.first))


def _is_raised(candidate: Candidate, hit: Hit) -> bool:
    """Money that has come in, and that nobody has got of yet."""
    return _yields(candidate.parsed, hit) or _into_account(candidate, hit)


def _into_account(candidate: Candidate, verb: Hit) -> bool:
    """«На счёт больницы поступило 214 млн»: what the account of a fund is told to hold; a donor
    who «перечислил 20 млн на счёт фонда» has given them."""
    parsed = candidate.parsed
    for hit in parsed.of_sort("account"):
        behind = (one.first for one in parsed.of_sort("verb") if one.first > hit.last)
        if verb.entry.id != "give" or next(behind, None) != verb.first:
            continue
        owners = parsed.between("noun", hit.last + 1, hit.last + _OWNER)
        people = (n for n in owners if cast(Concept, n.entry.meaning).unit in PEOPLE_UNITS)
        if not any(people) and not _blocked(parsed, hit, candidate.quantity):
            return True
    return False


_OWNER = 2


def _blocked(parsed: Parsed, hit: Hit, quantity: Quantity) -> bool:
    start, stop = sorted((hit.first, quantity.first))
    return any(parsed.norm(index) in (";", ":") for index in range(start, stop))


def _given_on(candidate: Candidate, got: Hit) -> Hit | None:
    """«закупил 20 аппаратов | и передал», «knitted 140 pairs and | took them to»: got, and given
    in one breath."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if parsed.language.suffixed or got.reading.tense != "past":
        return None
    later = [hit for hit in parsed.of_sort("verb") if hit.first > got.last and hit.reading.tense]
    verb = min(later, key=lambda hit: (hit.first, -hit.last), default=None)
    if verb is None or verb.entry.id != "give" or status_of(parsed, verb) != "delivered":
        return None
    joined = (
        parsed.ending("and", verb.first - 1)
        or parsed.ending("and", verb.first - 2)
        or _takes_it(parsed, verb)
        or _which_was(parsed, got.last + 1, verb.first)
    )
    here = candidate.context.by_sentence[quantity.sentence]
    other = any(0 < one.first - verb.last <= 2 and one.first != quantity.first for one in here)
    marked = any(parsed.norm(index) in ".;:" for index in range(got.last + 1, verb.first))
    return verb if joined and not other and not marked else None


def _given_next(candidate: Candidate) -> Hit | None:
    """«Фонд приобрёл 19 кувезов. Оборудование | распределили | между роддомами»: the sentence
    behind counts nothing else that was given."""
    context, index = candidate.context, candidate.quantity.sentence
    for parsed in context.parsed[index + 1 : index + 2]:
        counted = (q.item or q.unit for q in context.by_sentence.get(index + 1, ()))
        if parsed.sentence.paragraph != candidate.parsed.sentence.paragraph:
            continue
        if any(thing not in RECEIVER_UNITS for thing in counted):
            continue
        if candidate.quantity.item is None and any(is_thing(h) for h in parsed.of_sort("noun")):
            continue
        told = [(hit, status_of(parsed, hit)) for hit in parsed.of_sort("verb")]
        done = all(status in (None, "delivered") for _, status in told)
        given = (hit for hit, status in told if status is not None and hit.entry.id == "give")
        return next(given, None) if done else None
    return None


def _which_was(parsed: Parsed, start: int, stop: int) -> Sequence[Hit]:
    """«собрал 12 тонн муки, | которые уже | раздали»: a clause about the same things."""
    commas = [index for index in range(start, stop) if parsed.norm(index) == ","]
    near = bool(commas) and stop - commas[-1] <= _CLAUSE
    return parsed.starting("stop", commas[-1] + 1) if near else ()


_CLAUSE = 4


def _describes_other(candidate: Candidate, hit: Hit) -> bool:
    """«отправили 650 тонн из | обещанной | тысячи»: a participle belongs to its noun alone."""
    quantity = candidate.quantity
    beside = hit.last == quantity.first - 1 or quantity.first <= hit.first <= quantity.last + 2
    if hit.first == quantity.last + 2 and candidate.parsed.norm(hit.first - 1) == ",":
        # «передано 4 тонны, | закупленных на средства спонсоров»: what was done with it before
        beside = not any(cue.hit.first < quantity.first for cue in candidate.cues("verb"))
    return hit.reading.pos == "PRTF" and not beside
