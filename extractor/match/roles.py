"""The role word of a figure: which of those around it is its own, and what kind it makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from extractor.match.candidates import GIVING, NEAR, Candidate
from extractor.match.describing import describing
from extractor.match.governors import Cue, cues
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS, PLACE_UNITS
from extractor.match.parsed import Parsed
from extractor.match.shelter import is_cared_for, is_fed_then, is_moved, was_moved
from extractor.match.tense import TOLD, is_ruled_out
from extractor.types import Concept

_OBJECTS = frozenset({"gen", "dat", "acc"})
_ATTRIBUTE = 2
# «нуждающимся» may be read in either case.
GIVEN_CASES = frozenset({"dat", "ins"})


def main_role(candidate: Candidate, roles: Sequence[Cue], role: Cue | None) -> Cue | None:
    """«пәтерінен айырылған | үш отбасы | баспана алды», «families | in need | received tents»: a
    participle or a phrase describes, a verb tells."""
    quantity = candidate.quantity
    analytic = candidate.parsed.language.analytic
    described = ("affected", "waiting") if analytic else ("affected",)
    if role is None or role.hit.entry.id not in described:
        return None
    describes = _describes_before if candidate.parsed.language.suffixed else _describes_behind
    if not describes(candidate, role.hit):
        return None
    start = max(quantity.last, role.hit.last)
    later = (one for one in roles if one.hit.first > start)
    if candidate.parsed.language.analytic:
        # «45 farmers who lost cattle | in the flood | got hay»: names say nothing
        later = (one for one in later if tells(candidate.parsed, one.hit))
    behind = next(later, None)
    told = behind is not None and (
        tells(candidate.parsed, behind.hit) or _is_past_perfect(candidate.parsed, behind.hit)
    )
    return behind if told and behind and behind.hit.entry.id in ("recipients", "housed") else None


def tells(parsed: Parsed, hit: Hit) -> bool:
    """«received», «will | be paid»: a finite verb."""
    linked = hit.last > hit.first and bool(parsed.starting("link", hit.first))
    return hit.reading.tense in TOLD or (linked and parsed.language.analytic)


def _is_past_perfect(parsed: Parsed, hit: Hit) -> bool:
    """«көмір алған», «қамтылған болатын»: a participle that ends its clause tells; behind a converb
    («шығарып алған») it is no verb of its own."""
    after = hit.last + 1
    closed = after >= len(parsed.tokens) or parsed.tokens[after].sort == "mark"
    closed = closed or bool(parsed.starting("stop", after) or parsed.starting("pluperfect", after))
    before = parsed.language.morphology.readings(parsed.norm(hit.first - 1))
    auxiliary = any(reading.tense == "converb" for reading in before)
    told = hit.reading.tense == "perfect" and not auxiliary
    if hit.reading.tense == "converb":
        # «алып | үлгерді»
        verbs = parsed.starting("verb", after)
        return any(h.entry.id == "manage" and h.reading.tense in TOLD for h in verbs)
    return told and parsed.language.suffixed and closed


def _describes_before(candidate: Candidate, hit: Hit) -> bool:
    """«мұқтаж | 90 баланы қамтыды», but not «217 отбасының | 40-ы үй алды»: a verb of others."""
    quantity = candidate.quantity
    if any(noun.case == "gen" for noun in quantity.nouns[-1:]):
        return False
    beside = hit.reading.tense is None and hit.last == quantity.first - 1
    return (beside or hit.reading.tense == "perfect") and hit.last < quantity.first


def _describes_behind(candidate: Candidate, hit: Hit) -> bool:
    """«200 families | in need | received», «200 families | that lost animals | will be paid», «200
    families | from the housing queue | got»: right behind those whom it is of, and no verb of
    theirs but in a clause of its own."""
    after = candidate.quantity.last + 1
    away = hit.first - after
    if hit.reading.tense is None and 0 <= away <= _reach_behind(candidate.parsed, after):
        return True
    after += candidate.parsed.norm(after) == ","
    opened = candidate.parsed.starting("relative", after)
    return bool(opened) and 0 < hit.first - after <= _RELATIVE


# Words between «that» or «from» and what befell them.
_RELATIVE = 6
_PHRASE = 4


def _reach_behind(parsed: Parsed, after: int) -> int:
    """How far what describes may stand: some words behind «from», none without it."""
    opened = parsed.starting("stop", after) and not parsed.starting("link", after)
    return _PHRASE if opened else 0


def kind_of_role(candidate: Candidate, hit: Hit) -> str:
    """«300 семей в очереди»: who waits is in need, and where the alarm is given.

    Who is housed is helped; after a flood only if somebody feeds or treats him there.
    """
    if hit.entry.id == "housed":
        waits = was_moved(candidate) and not is_cared_for(candidate)
        return "affected" if waits else "recipients"
    if hit.entry.id == "volunteers" and _owns_next(candidate, hit):
        return "recipients"
    taught = _is_taught(candidate) or _is_of_lessons(candidate.parsed, hit)
    if hit.entry.id == "volunteers" and taught:
        return "recipients"
    if hit.entry.id == "recipients" and is_ruled_out(candidate.parsed, hit):
        # «could not | help | 1,200 families»
        return "affected"
    if hit.entry.id == "affected" and is_moved(candidate) and is_fed_then(candidate):
        return "recipients"
    return "affected" if hit.entry.id in ("waiting", "alarm", "hurt") else hit.entry.id


def _owns_next(candidate: Candidate, hit: Hit) -> bool:
    """«37 үйдің | қарын күреді», «350 қарттың | отынын жарды»: whose it is, is helped."""
    owner = any(noun.case == "gen" for noun in candidate.quantity.nouns[-1:])
    after = candidate.quantity.last + 1
    beside = hit.first == after or bool(candidate.parsed.starting("aid", after))
    return candidate.parsed.language.suffixed and owner and beside


def _is_taught(candidate: Candidate) -> bool:
    """«Тегін курс ашты, оған 87 әйел қатысты»: who comes to a lesson that is named before."""
    lessons = candidate.parsed.of_sort("lesson")
    named = any(hit.last < candidate.quantity.first for hit in lessons)
    return named and candidate.parsed.language.suffixed


def _is_of_lessons(parsed: Parsed, hit: Hit) -> bool:
    """«38 newcomers were | engaged | in language courses»: taught, and no helpers."""
    behind = range(hit.last + 1, hit.last + 1 + _LESSONS)
    return any(parsed.starting("lesson", index) for index in behind)


_LESSONS = 9


def role_of_list(candidate: Candidate) -> Hit | None:
    """«2 900 адам, 512 техника мен 61 қайық жұмылдырылды»: a verb behind a list is of them all."""
    end = candidate.end_of_list
    if end == candidate.quantity.last:
        return None
    found = cues(candidate.parsed, candidate.quantity.first, end, "role")
    role = next((c for c in found if c.hit.first > end and is_role(candidate, c.hit)), None)
    return role.hit if role is not None and role.distance <= NEAR else None


def is_role(candidate: Candidate, hit: Hit) -> bool:
    """A role word outside the quantity: inside it only describes («мұқтаж отбасы»).

    A number without its noun takes its role from what follows («78 were given …»).
    """
    quantity = candidate.quantity
    inside = quantity.first <= hit.first and hit.last <= quantity.last
    helpers = _is_of_helpers(candidate, hit) or _helps_the_weak(candidate, hit)
    gone = hit.entry.id == "none" and candidate.unit in ("house", "head")
    if (hit.entry.id in ("none", "repair") and not gone) or inside or helpers:
        return False
    elliptical = quantity.nouns and not quantity.span.overlaps(quantity.nouns[0].span)
    if elliptical and quantity.last < hit.first <= quantity.nouns[-1].last:
        # «120 из 600 | нуждающихся | семей»: it describes the whole.
        return False
    return not elliptical or hit.first > quantity.last


def _is_of_helpers(candidate: Candidate, hit: Hit) -> bool:
    """«Еріктілер | 30 қарияның үйіне …»: who helps is named, and whom he helps is counted."""
    if hit.entry.id != "volunteers" or hit.reading.tense or hit.last >= candidate.quantity.first:
        return False
    if candidate.parsed.language.inversion:
        return _do_something(candidate, hit)
    objects = any(noun.case in _OBJECTS for noun in candidate.quantity.nouns[-1:])
    return objects and candidate.parsed.language.suffixed


def _do_something(candidate: Candidate, hit: Hit) -> bool:
    """«Врачи-волонтёры | приняли | 600 пациентов»: they act, and others are counted."""
    parsed = candidate.parsed
    readings = parsed.language.morphology.readings(parsed.norm(hit.last))
    named = any(reading.case == "nom" and reading.plural for reading in readings)
    after, stop = hit.last + 1, candidate.quantity.first
    acts = (parsed.language.morphology.readings(parsed.norm(i)) for i in range(after, stop))
    told = any(reading.pos == "VERB" for readings in acts for reading in readings)
    return named and told and not any(parsed.norm(i) in ",;:" for i in range(after, stop))


_WEAK = frozenset({"elderly", "pensioner", "orphan", "low_income", "person_with_disability"})


def _helps_the_weak(candidate: Candidate, hit: Hit) -> bool:
    """«Volunteers visit | 85 bedridden elderly people»: who is old or poor is helped by others."""
    named = hit.entry.id == "volunteers" and hit.reading.tense in (None, "present")
    if not named or hit.last >= candidate.quantity.first:
        return False
    weak = any(_WEAK & set(concept.category) for concept in describing(candidate))
    return weak and not candidate.parsed.language.suffixed


def is_of_others(candidate: Candidate, hit: Hit) -> bool:
    """«нуждающимся | раздали», «зардап шеккендерге | 120 үй салынды»: a participle in the dative
    names those who are helped."""
    if candidate.parsed.language.suffixed and _names_people_in_dative(candidate, hit):
        return True
    if hit.entry.id != "affected" or hit.reading.pos != "PRTF":
        return False
    own = any(noun.case in GIVEN_CASES for noun in candidate.quantity.nouns)
    return hit.reading.case in GIVEN_CASES and not own


def _names_people_in_dative(candidate: Candidate, hit: Hit) -> bool:
    """«зардап шеккендерге», «мұқтаждарға» before what they get, with no noun of their own."""
    if hit.entry.id != "affected" or hit.last >= candidate.quantity.first:
        return False
    named = (h for h in candidate.parsed.ending("noun", hit.last) if h.reading.case == "dat")
    return any(cast(Concept, h.entry.meaning).unit in PEOPLE_UNITS for h in named)


def is_aside(candidate: Candidate, hit: Hit, roles: Sequence[Cue]) -> bool:
    """A place in need, or «семей, | оставшихся без крова, | обеспечили наборами», «семей Риддера, |
    чьи квартиры сгорели, | получили»: who suffered has got help, as the sentence goes on to say."""
    if _is_of_place(candidate.parsed, hit):
        return True
    parsed, behind = candidate.parsed, candidate.quantity.last + 1
    comma = next((i for i in range(behind, behind + _OWNER) if parsed.norm(i) == ","), None)
    if comma is None or hit.entry.id != "affected" or hit.first <= comma:
        return False
    start = comma + 1
    described = comma == behind and _is_participle(parsed, start)
    if not (described or _is_relative(parsed, start)):
        return False
    aside = not any(parsed.norm(index) == "," for index in range(start, hit.first))
    return aside and any(c.hit.entry.id == "recipients" and c.hit.first > hit.last for c in roles)


def is_treated(candidate: Candidate, hit: Hit) -> bool:
    """«оплатили лечение 14 детей | с редкими заболеваниями»: what they have and are helped with."""
    parsed, after = candidate.parsed, candidate.quantity.last + 1
    if hit.entry.id != "affected" or hit.reading.tense or not parsed.language.inversion:
        return False
    has = hit.reading.case == "ins" and after < hit.first <= after + _SICK
    paid = candidate.nearest("verb", lambda verb: verb.entry.id in (*GIVING, "collect"))
    before = paid is not None and paid.hit.last < candidate.quantity.first
    return has and before and not any(parsed.norm(i) in ",;." for i in range(after, hit.first))


# «с редкими генетическими | заболеваниями»: words between.
_SICK = 4


# «12 семей | села Аршалы |, чьи …»: words between who is counted and what they suffered.
_OWNER = 3


def _is_relative(parsed: Parsed, start: int) -> bool:
    """«, | чьи дома», «, | у которых сгорели»: a clause that describes them."""
    return any(parsed.starting("relative", index) for index in (start, start + 1))


def _is_participle(parsed: Parsed, index: int) -> bool:
    readings = parsed.language.morphology.readings(parsed.norm(index))
    return any(reading.pos == "PRTF" for reading in readings)


def _is_of_place(parsed: Parsed, hit: Hit) -> bool:
    """«2,300 families in the flooded oil town»: it describes a place, not who is counted."""
    if hit.entry.id != "affected" or hit.reading.tense not in (None, "past"):
        return False
    near = parsed.between("noun", hit.last + 1, hit.last + _ATTRIBUTE)
    places = (one for one in near if cast(Concept, one.entry.meaning).unit in PLACE_UNITS)
    return parsed.language.analytic and any(places)
