"""Whether those who are counted help others: agents, crews, who gathers; or are helped."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import cast

from extractor.match.candidates import Candidate, Verdict
from extractor.match.describing import describing
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.roles import GIVEN_CASES
from extractor.match.tense import TOLD
from extractor.match.things import to_each_of
from extractor.types import Concept

_PASSIVE = 6


def is_agent(candidate: Candidate, own: str | None) -> bool:
    """«assisted by | 43 volunteers», «sorted by | 64 students», «a team of | 12 people», but
    «received by 90 families»."""
    parsed, by = candidate.parsed, candidate.quantity.first - 1
    helping = _is_crew(candidate) or _are_helpers(candidate) or _gives_it(candidate)
    if own != "volunteers" and helping:
        return True
    if not parsed.ending("agent", by):
        return False
    told = [hit for hit in parsed.of_sort("verb") if 0 < by - hit.last <= _PASSIVE]
    verb = max(told, key=lambda hit: hit.last, default=None)
    gives = verb is not None and verb.entry.id in ("give", "giving", "collect", "build")
    gets = verb is not None and verb.entry.id == "receive"
    helping = own == "volunteers" or candidate.unit in _BODIES
    return gives or (helping and not gets)


_BODIES = frozenset({"organisation", "institution"})
_GIVEN = ("aid", "topic", "noun")


def _gives_it(candidate: Candidate) -> bool:
    """«Помощь оказали | 12 хозяйств», «Көмекті | 12 қожалық | көрсетті», «Twelve farms | gave hay»:
    who is counted is the subject of what is given."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if candidate.unit not in _BODIES:
        return False
    behind, before = quantity.last + 1, quantity.first - 1
    if parsed.language.suffixed:
        plain = all(noun.case in (None, "nom") for noun in quantity.nouns[-1:])
        given = any("acc" in _cases(parsed, index) for index in range(before + 1))
        return plain and given and _does(parsed, behind)
    if parsed.language.analytic:
        return bool(_finite(parsed.starting("verb", behind), _GIFTS))
    acts = _finite(parsed.ending("verb", before), _GIFTS)
    opens = min((hit.first for hit in acts), default=0)
    plain = all(noun.case not in GIVEN_CASES for noun in quantity.nouns[-1:])
    return plain and any(h.first == 0 for sort in _GIVEN for h in parsed.ending(sort, opens - 1))


def _does(parsed: Parsed, index: int) -> bool:
    """«көрсетті», «қолдады»: a verb, known or not, of what was done, and not of what was got."""
    readings = parsed.language.morphology.readings(parsed.norm(index))
    got = any(hit.entry.id == "receive" for hit in parsed.starting("verb", index))
    return not got and any(reading.tense in TOLD for reading in readings)


def _finite(hits: Iterable[Hit], names: Container[str]) -> list[Hit]:
    """Those verbs that tell what somebody does or did."""
    return [hit for hit in hits if hit.reading.tense in TOLD and hit.entry.id in names]


_GIFTS = frozenset({"give", "giving", "collect"})


def _cases(parsed: Parsed, index: int) -> set[str | None]:
    return {r.case for r in parsed.language.morphology.readings(parsed.norm(index))}


def gathers(candidate: Candidate) -> bool:
    """«1100 адам шығып, 550 650 теңге жинады»: who gathers money gives it."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if not parsed.language.suffixed or candidate.unit != "person":
        return False
    if any(noun.case not in (None, "nom") for noun in quantity.nouns[-1:]):
        return False
    here = candidate.context.by_sentence[quantity.sentence]
    behind = next((q for q in here if q.first > quantity.last), None)
    if behind is None or not any(c.sort == "currency" for n in behind.nouns for c in n.concepts):
        return False
    return bool(parsed.starting("gathering", behind.last + 1))


def _is_crew(candidate: Candidate) -> bool:
    """«a team of | 12 people», «40 маманнан | тұратын | жасақ»: who are counted by the crew, of
    no sort that is helped."""
    parsed, of = candidate.parsed, candidate.quantity.first - 1
    made = parsed.starting("made_of", candidate.quantity.last + 1)
    if made:
        named: Iterable[Hit] = parsed.between("noun", made[0].last + 1, made[0].last + _CREW)
    elif parsed.language.analytic and parsed.starting("of", of):
        named = parsed.ending("noun", of - 1)
    elif parsed.language.suffixed:
        # «Жасақта | 28 жігіт бар»
        named = (hit for hit in parsed.ending("noun", of) if hit.reading.case == "loc")
    else:
        return False
    if any(concept.category for concept in describing(candidate)):
        return False
    crews = (cast(Concept, hit.entry.meaning) for hit in named)
    return any(concept.unit == "team" and concept.id == "team" for concept in crews)


def _are_helpers(candidate: Candidate) -> bool:
    """«the second group of rescuers, | 41 people»: who they are stands before the comma."""
    parsed, comma = candidate.parsed, candidate.quantity.first - 1
    if not parsed.language.analytic or parsed.norm(comma) != "," or describing(candidate):
        return False
    after = candidate.quantity.last + 1
    closed = after >= len(parsed.tokens) or parsed.tokens[after].sort == "mark"
    closed = closed or bool(parsed.starting("and", after) or parsed.starting("whole", after))
    concepts = (cast(Concept, hit.entry.meaning) for hit in parsed.ending("noun", comma - 1))
    return closed and any(c.kind == "volunteers" and c.unit == "person" for c in concepts)


# «40 маманнан тұратын | шұғыл құтқару жасағы»: words to the crew.
_CREW = 3


def helpers(candidate: Candidate) -> Verdict:
    """Volunteers, doctors, soldiers: givers, unless they are the ones who are given to."""
    quantity = candidate.quantity
    role = next((c for c in candidate.cues("role") if c.hit.entry.id == "recipients"), None)
    dative = any(noun.case == "dat" for noun in quantity.nouns)
    dative = dative or to_each_of(candidate.parsed, quantity)
    told = role is not None and role.hit.reading.tense in ("past", "present", "future")
    governed = role is not None and told and role.distance <= 2 and role.hit.last < quantity.first
    given = role is not None and ((dative and role.distance <= 6) or governed)
    if role is not None and given:
        return Verdict("recipients", "helpers", role.hit.span)
    if candidate.unit == "organisation" and _is_line_of_receivers(candidate):
        return Verdict("recipients", "listed")
    taking = _taking_behind(candidate)
    if taking is not None:
        return Verdict("recipients", "helpers", taking.span)
    return Verdict("volunteers", "helpers")


def _is_line_of_receivers(candidate: Candidate) -> bool:
    """«Кто получал продукты: – 450 семей; | – 14 организаций»: a line of the same list."""
    before, index = candidate.before, candidate.quantity.sentence
    if before is None or before.kind != "recipients" or index - before.sentence > 1:
        return False
    lines = [candidate.parsed, candidate.context.parsed[before.sentence]]
    return index > before.sentence and all(parsed.is_list_line for parsed in lines)


def _taking_behind(candidate: Candidate) -> Hit | None:
    """«1 870 врачей и санитаров получили материальную помощь»: helpers who are helped, unless
    what they get are calls for help («волонтеры получили 200 заявок»)."""
    parsed, last = candidate.parsed, candidate.quantity.last
    told = (h for h in parsed.of_sort("verb") if h.entry.id == "receive" and h.first > last)
    verb = next((hit for hit in told if hit.reading.tense in TOLD), None)
    if verb is None or parsed.weight(last + 1, verb.first) > _SUBJECT:
        return None
    here = candidate.context.by_sentence[candidate.quantity.sentence]
    between = [q for q in here if last < q.first <= verb.first + _SUBJECT and q.unit is not None]
    calls = any(q.unit == "request" for q in between)
    crowded = any(q.first < verb.first and q.item is not None for q in between)
    return None if calls or (crowded and not parsed.language.suffixed) else verb


# Tokens from who is counted to the verb that they are the subject of, and behind it.
_SUBJECT = 6
