"""What was told of and not given: still needed, or said not to have come."""

from __future__ import annotations

from typing import cast

from extractor.match.candidates import GIVING, NEAR, Candidate, Verdict
from extractor.match.governors import Cue
from extractor.match.lexicon import Hit
from extractor.match.nouns import RECEIVER_UNITS
from extractor.match.parsed import Parsed
from extractor.match.tense import status_of
from extractor.types import Concept, Figure, Quantity


def needed(candidate: Candidate) -> Verdict | None:
    """«an additional 100 tents were needed»: needed and not given is no status."""
    quantity = candidate.quantity

    def outside(hit: Hit) -> bool:
        within = quantity.first <= hit.first and hit.last <= quantity.last
        # «раздает нуждающимся 300 булок»: who gets them, and not what is wanting.
        within = within or (hit.reading.pos == "PRTF" and hit.reading.case in ("dat", "ins"))
        return not within and not _describes(candidate.parsed, quantity, hit)

    def done(hit: Hit) -> bool:
        return need is not None and _tells_before(candidate, hit, need.hit)

    before = candidate.before
    if before is not None and _goes_on_needing(candidate, before):
        return Verdict("", "needed", before.span)
    need = candidate.nearest("verb", lambda hit: hit.entry.id == "need" and outside(hit))
    if need is None or not (need.distance <= 5 or _announces(candidate.parsed, need.hit, quantity)):
        return None
    others = (*GIVING, "collect", "plan")
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in others and not done(hit))
    if gift is not None and gift.distance <= need.distance:
        return None
    told = candidate.nearest(
        "verb", lambda hit: hit.entry.id in GIVING and _is_told(hit) and not done(hit)
    )
    if told is not None and told.distance <= NEAR and not _needs_first(candidate, need, told):
        # «families whose children need surgery received …»: what they need they got.
        return None
    return Verdict("", "needed", need.hit.span)


# «got | only | 45 million»: so near behind its verb.
_OBJECT = 3


def _needs_first(candidate: Candidate, need: Cue, told: Cue) -> bool:
    """«требуется | 5 тысяч литров в сутки, завезли две»: what was brought is told behind; and
    «appealed for | $87 million but has got | 45 million»."""
    parsed, last = candidate.parsed, candidate.quantity.last
    here = candidate.context.by_sentence[candidate.quantity.sentence]
    own = any(0 < other.first - told.hit.last <= _OBJECT for other in here)
    if parsed.language.analytic and own and need.hit.last < candidate.quantity.first:
        return told.hit.first > last
    clauses = any(parsed.norm(index) == "," for index in range(last + 1, told.hit.first))
    before = need.hit.last < candidate.quantity.first and told.hit.first > last
    return before and clauses and parsed.language.inversion


def _describes(parsed: Parsed, quantity: Quantity, hit: Hit) -> bool:
    """«мұқтаж | 3 мың отбасы», «оның 730-ы | мұқтаж | отбасыларға»: who is in need, and not what
    is needed."""
    if not parsed.language.suffixed or hit.reading.tense or hit.reading.case:
        return False
    behind = parsed.starting("noun", hit.last + 1)
    people = any(cast(Concept, noun.entry.meaning).unit in RECEIVER_UNITS for noun in behind)
    counted = hit.last == quantity.first - 1 and quantity.unit in RECEIVER_UNITS
    return people or counted


def _tells_before(candidate: Candidate, hit: Hit, need: Hit) -> bool:
    """«Жер бөлінді, енді | 90 млн теңге | керек»: a clause before, where the verb stands last."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if not parsed.language.suffixed or not hit.last < quantity.first <= need.first:
        return False
    return any(parsed.norm(index) in ",;" for index in range(hit.last + 1, quantity.first))


def _goes_on_needing(candidate: Candidate, before: Figure) -> bool:
    """«Still needed: 700 mattresses, three tonnes of fodder»: a list of what is needed."""
    needed = any(e.field == "status" and e.rule == "needed" for e in before.evidence)
    parsed, first = candidate.parsed, candidate.quantity.first
    between = range(before.quantity.last + 1, first)
    return (
        needed
        and before.sentence == candidate.quantity.sentence
        and not any(parsed.starting("verb", index) for index in between)
    )


def _announces(parsed: Parsed, need: Hit, quantity: Quantity) -> bool:
    """«Әлі жетпей жатыр: матрас – 300»: a colon opens what is needed."""
    return parsed.norm(need.last + 1) == ":" and need.last + 2 >= quantity.first - 1


def _is_told(hit: Hit) -> bool:
    return hit.reading.tense in ("past", "future", "perfect")


def not_given(candidate: Candidate) -> Verdict | None:
    """«не доставлены 40 тонн», «не удалось передать 200 колясок»: not given is no status, and
    what is said to be bought or to lie in store is in hand."""
    parsed = candidate.parsed
    if parsed.language.suffixed or parsed.language.analytic:
        return None
    told = (cue for cue in candidate.governing() if status_of(parsed, cue.hit) is not None)
    governing = next(told, None)
    if governing is None or governing.hit.entry.id not in GIVING:
        return None
    if not _is_negated(parsed, governing.hit) or governing.distance > NEAR:
        return None
    others = parsed.of_sort("verb")
    held = next((hit for hit in others if status_of(parsed, hit) == "collected"), None)
    return Verdict("collected" if held else "", "not_given", governing.hit.span)


def _is_negated(parsed: Parsed, hit: Hit) -> bool:
    """«не доставлен», «не смог | передать»: the verb itself, or what governs its infinitive."""
    if _denied(parsed, hit.first):
        return True
    governs = (h for h in parsed.ending("verb", hit.first - 1) if h.entry.id == "manage")
    infinitive = hit.reading.tense == "infinitive"
    return infinitive and any(_denied(parsed, governor.first) for governor in governs)


def _denied(parsed: Parsed, first: int) -> bool:
    hits = parsed.ending("verb", first - 1)
    return any(hit.entry.id == "negation" for hit in hits)
