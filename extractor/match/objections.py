"""What speaks against a figure: bars that nothing outweighs, objections that a ranker weighs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from extractor.match.candidates import (
    GIVING,
    NEAR,
    Candidate,
    Rule,
    Verdict,
)
from extractor.match.context import is_topical
from extractor.match.counted import is_goods, is_money, is_people
from extractor.match.describing import describing
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE, PEOPLE_UNITS, RECEIVER_UNITS
from extractor.match.parsed import Parsed
from extractor.match.partitives import refers_back
from extractor.match.scopes import each_gets_next, each_goes_on
from extractor.match.tables import RULE as TABLE
from extractor.match.words import BoundWord
from extractor.types import (
    Concept,
    Quantity,
)

# A family has fewer; it is named so many tokens away.
_MOST_CHILDREN = Decimal(15)
_FAMILY = 3


def boilerplate(candidate: Candidate) -> Verdict | None:
    """Other headlines, share bars and widgets say nothing of this article."""
    zone = candidate.parsed.sentence.zone
    if zone.kind in ("headline", "body"):
        return None
    return Verdict("boilerplate", zone.reason or zone.kind, zone.span)


def no_unit(candidate: Candidate) -> Verdict | None:
    """«1885» alone: nothing says what it counts."""
    return Verdict("no_unit", "no_unit") if candidate.unit is None else None


def nothing(candidate: Candidate) -> Verdict | None:
    """«Beyond Zero partners»: nobody gives none of a thing."""
    return Verdict("nothing", "nothing") if candidate.quantity.value == 0 else None


def uncounted_unit(candidate: Candidate) -> Verdict | None:
    """«333 гектара», «6 months»: units that the records do not hold."""
    return Verdict("unit", "uncounted_unit") if candidate.unit in ("other", "centner") else None


def children_of_one(candidate: Candidate) -> Verdict | None:
    """«төрт баласы бар отбасы», «мать 10 детей»: whose children they are, not who got aid; and
    «people with twelve horses»."""
    if candidate.quantity.value > _MOST_CHILDREN or candidate.unit not in ("person", "head"):
        return None
    children = any("child" in concept.category for concept in candidate.concepts)
    herd = candidate.unit == "head" and candidate.parsed.language.analytic
    if not children and not herd:
        return None
    parsed, first, last = candidate.parsed, candidate.quantity.first, candidate.quantity.last
    parent = [*parsed.ending("scope", first - 1), *parsed.starting("scope", last + 1)]
    named = next((h for h in parent if h.entry.id == "parent"), None)
    if named is not None:
        return Verdict("criterion", named.entry.form, named.span)
    if parsed.language.suffixed and any(n.case == "ins" for n in candidate.quantity.nouns[-1:]):
        # «үш баламен жалғыз қалдым»
        return Verdict("criterion", "with_children", candidate.quantity.span)
    before = next((h for h in parsed.ending("scope", first - 1) if _raises(h, "before")), None)
    after = next((h for h in _raising_behind(parsed, last + 1) if _raises(h, "after")), None)
    # «Families with five children», «бес баласы бар отбасы»; «іштерінде бес бала бар» counts them.
    if before is not None and _names_family(parsed, before.first - _FAMILY, before.first - 1):
        return Verdict("criterion", before.entry.form, before.span)
    # «төрт баланы тәрбиелеп отырған | Гүлшат»: what he does describes him, who may be a name.
    doing = after is not None and parsed.language.suffixed and _goes_on(parsed, after)
    if after is not None and (doing or _names_family(parsed, after.last + 1, after.last + _FAMILY)):
        return Verdict("criterion", after.entry.form, after.span)
    return None


def _goes_on(parsed: Parsed, hit: Hit) -> bool:
    """«тәрбиелеп | отырған», but not «тәрбиелеп отыр», which tells."""
    readings = parsed.language.morphology.readings(parsed.norm(hit.last + 1))
    helping = any(h.entry.id.startswith("auxiliary") for h in parsed.starting("verb", hit.last + 1))
    return helping and any(reading.tense == "perfect" for reading in readings)


def _raising_behind(parsed: Parsed, start: int) -> Iterator[Hit]:
    """«жеті баланы | асырап», «үш баланы | жалғыз өзі | тәрбиелеп»: over two words at most."""
    yield from parsed.starting("scope", start)
    for index in range(start, start + 2 if parsed.language.suffixed else start):
        if index >= len(parsed.tokens) or parsed.tokens[index].sort != "word":
            return
        yield from parsed.starting("scope", index + 1)


def supposed(candidate: Candidate) -> Verdict | None:
    """«Мәселен, алты адам болса, 600 мың теңге шығады»: an example counts nobody."""
    parsed, after = candidate.parsed, candidate.quantity.last + 1
    if candidate.unit not in PEOPLE_UNITS:
        return None
    opened = [hit for hit in parsed.of_sort("example") if hit.last < candidate.quantity.first]
    readings = parsed.language.morphology.readings(parsed.norm(after))
    conditional = any(reading.tense == "conditional" for reading in readings)
    found = next(iter(opened), None)
    return Verdict("criterion", "supposed", found.span) if found and conditional else None


def _raises(hit: Hit, side: str) -> bool:
    return hit.entry.id == "raising" and hit.entry.meaning == side


def _names_family(parsed: Parsed, first: int, last: int) -> bool:
    """«семьям, воспитывающим», «mothers with»: people, right beside."""
    return any(
        isinstance(hit.entry.meaning, Concept) and hit.entry.meaning.unit in PEOPLE_UNITS
        for hit in parsed.between("noun", max(0, first), last)
    )


def off_topic(candidate: Candidate) -> Verdict | None:
    """The article is not about aid, nor is this sentence enough to say so."""
    if candidate.context.on_topic:
        return None
    topic = candidate.near("topic", reach=30)
    giving = candidate.near("verb", *GIVING, "collect", "plan")
    return None if topic and giving and not _noise(candidate) else Verdict("off_topic", "off_topic")


def noise(candidate: Candidate) -> Verdict | None:
    """«премии на 13 млн», «цена 770 тенге»: the clause is about something else."""
    found = _noise(candidate)
    return Verdict("off_topic", found.entry.id, found.span) if found is not None else None


def _noise(candidate: Candidate) -> Hit | None:
    """A word of another field nearer than any word of aid."""
    cue = candidate.nearest("noise")
    if cue is None or cue.distance > NEAR:
        return None
    if cue.hit.entry.id == "damage":
        # «ущерб от наводнения оценили в …»: what did it is no aid either.
        return cue.hit
    rivals = [candidate.nearest(sort) for sort in ("topic", "aid")]
    rivals.append(candidate.nearest("verb", lambda hit: hit.entry.id in GIVING))
    near = min((rival.distance for rival in rivals if rival is not None), default=99.0)
    return cue.hit if cue.distance < near else None


def dead_or_tried(candidate: Candidate) -> Verdict | None:
    """The dead, the missing and those received in person are not counted."""
    if candidate.unit not in PEOPLE_UNITS or _are_left_behind(candidate):
        return None
    whole = _dead_before(candidate)
    if whole is not None:
        return Verdict("not_aid", "dead_or_tried", whole.span)
    cue = candidate.nearest("role", lambda hit: hit.entry.id == "none")
    if cue is None or cue.distance > 8:
        return None
    if _counts_anyway(candidate) and candidate.parsed.starting("living", cue.hit.first):
        return None
    rival = candidate.nearest("role", lambda hit: hit.entry.id != "none")
    if rival is not None and rival.distance < cue.distance:
        return None
    return Verdict("not_aid", "dead_or_tried", cue.hit.span)


def _dead_before(candidate: Candidate) -> Quantity | None:
    """«killed 28 people, | including | 11 children»: a slice of those who are not counted."""
    parsed, quantity = candidate.parsed, candidate.quantity
    here = candidate.context.by_sentence[quantity.sentence]
    earlier = [one for one in here if one.last < quantity.first]
    whole = earlier[-1] if earlier else None
    opened = bool(parsed.ending("partitive_before", quantity.first - 1))
    if whole is None or not opened or whole.unit not in PEOPLE_UNITS:
        return None
    before = candidate.before
    counted = before is not None and before.quantity.span == whole.span
    return None if counted or whole.value < quantity.value else whole


def _counts_anyway(candidate: Candidate) -> bool:
    """«көмек алды, олардың 40-ы ауылда тұрады», «120 босқын тұрады»: wherever they live."""
    told = {name for concept in describing(candidate) for name in concept.category}
    counted = candidate.antecedent is not None or each_gets_next(candidate) is not None
    return counted or bool(told & _UPROOTED)


_UPROOTED = frozenset({"refugee", "evacuee", "disaster_affected", "homeless"})


def _are_left_behind(candidate: Candidate) -> bool:
    """«14 семьям погибших», «16 детей погибших»: those of the dead are alive."""
    parsed, first, last = candidate.parsed, candidate.quantity.first, candidate.quantity.last
    if parsed.language.suffixed:
        return candidate.unit == "family"
    after = min((hit.last for hit in parsed.between("noun", first + 1, last)), default=last) + 1
    kin = parsed.starting("of", after)
    start = kin[0].last + 1 if kin else after
    dead = parsed.between("role", start, start + 1)
    return any(h.entry.id == "none" and (kin or h.reading.case == "gen") for h in dead)


def share_of_nothing(candidate: Candidate) -> Verdict | None:
    """A percentage is a figure only where it is a share of one."""
    if candidate.unit != "percent":
        return None
    quantity, parsed = candidate.quantity, candidate.parsed
    earlier = candidate.context.before(quantity, 1)
    countable = any(q.unit not in (None, "other", "percent") for q in earlier)
    behind = {hit.entry.sort for hit in parsed.hits if hit.first == quantity.last + 1}
    topical = is_topical(parsed)
    related = refers_back(parsed, quantity) or bool(behind & {"of", "stop"}) or topical
    given = topical and candidate.near("verb", *GIVING) is not None
    return None if (countable and related) or given else Verdict("share", "share_of_nothing")


def unsupported(candidate: Candidate) -> Verdict | None:
    """A count of people or bodies that nothing here or just before ties to aid."""
    if candidate.unit == "percent" or is_goods(candidate) or is_money(candidate):
        return None
    if candidate.quantity.rule == TABLE:
        return None
    if PEOPLE in candidate.concepts and not _is_told_of(candidate):
        return Verdict("off_topic", "unknown_people")
    index = candidate.quantity.sentence
    near = candidate.context.parsed[max(0, index - 1) : index + 1]
    tied = any(p.of_sort(sort) for p in near for sort in ("topic", "role", "aid"))
    tied = tied or any(
        cast(Concept, h.entry.meaning).category for p in near for h in p.of_sort("noun")
    )
    return None if tied else Verdict("off_topic", "unsupported")


def _is_told_of(candidate: Candidate) -> bool:
    """People of an unknown sort count where something is said of giving or need near by."""
    role = candidate.nearest("role", lambda hit: hit.entry.id != "none")
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in (*GIVING, "collect"))
    near = any(cue is not None and cue.distance <= NEAR for cue in (role, gift))
    before = candidate.before
    beside = before is not None and before.sentence == candidate.quantity.sentence
    return near or (beside and before is not None and before.unit == candidate.unit)


def exchange_rate(candidate: Candidate) -> Verdict | None:
    """«USD 461,20 | EUR 501,74», «1 доллар – 364 теңге»: rates, not sums."""
    if not is_money(candidate):
        return None
    here = candidate.context.by_sentence[candidate.quantity.sentence]
    units = [q.unit for q in here if any(c.sort == "currency" for n in q.nouns for c in n.concepts)]
    words = sum(token.sort == "word" for token in candidate.parsed.tokens)
    bare = len(set(units)) > 1 and words <= 2 * len(units) + 2
    one = any(q.value == 1 and q.unit in units for q in here)
    small = bare and all(q.value < 2000 for q in here if q.unit in units)
    return Verdict("exchange_rate", "exchange_rate") if bare and (one or small) else None


def dwellers(candidate: Candidate) -> Verdict | None:
    """«where 4,100 people live», «attended by 60 guests»: who is there anyway, and gets nothing."""
    quantity, parsed = candidate.quantity, candidate.parsed
    if candidate.unit not in PEOPLE_UNITS:
        return None
    before = [h for h in parsed.ending("scope", quantity.first - 1) if _dwells(h, "before")]
    after = [h for h in parsed.starting("scope", quantity.last + 1) if _dwells(h, "after")]
    places = parsed.between("noun", quantity.first - _PLACE_BEFORE, quantity.first - 2)
    there = any(cast(Concept, hit.entry.meaning).unit in _PLACES for hit in places)
    hit = next(iter(before or (after if there else ())), None)
    return Verdict("off_topic", hit.entry.form, hit.span) if hit is not None else None


def places_of_people(candidate: Candidate) -> Verdict | None:
    """«семьям | двух городов», «жителей 34 районов»: where people live, and no place that gets."""
    parsed, first = candidate.parsed, candidate.quantity.first
    if candidate.unit not in _PLACES or not parsed.language.inversion:
        return None
    if not any(noun.case == "gen" for noun in candidate.quantity.nouns[-1:]):
        return None
    for hit in parsed.ending("noun", first - 1):
        if cast(Concept, hit.entry.meaning).unit in RECEIVER_UNITS:
            return Verdict("off_topic", "places_of_people", hit.span)
    return None


def lost(candidate: Candidate) -> Verdict | None:
    """«огонь уничтожил 3 800 тонн сена», «сгорело 700 тюков»: things that are no more are no aid;
    houses and animals are counted among what is affected."""
    if not is_goods(candidate) or candidate.unit in ("house", "head"):
        return None
    cue = candidate.nearest("lost")
    if cue is None or cue.distance > _LOST:
        return None
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in (*GIVING, "collect", "plan"))
    closer = gift is not None and gift.distance <= cue.distance
    return None if closer else Verdict("not_aid", "lost", cue.hit.span)


_LOST = 10
_PLACE_BEFORE = 6
_PLACES = frozenset({"settlement", "region"})


def _dwells(hit: Hit, side: str) -> bool:
    return hit.entry.id == "living" and hit.entry.meaning == side


def stricken_region(candidate: Candidate) -> Verdict | None:
    """«ЧС объявлена в 10 регионах»: regions that suffer are not regions that give."""
    if candidate.unit == "settlement":
        nearest = candidate.nearest("role")
        alarm = nearest is not None and nearest.hit.entry.id == "alarm"
        return Verdict("not_aid", "alarm", nearest.hit.span) if alarm and nearest else None
    if candidate.unit != "region":
        return None
    role = candidate.near("role", "affected", "alarm")
    gift = candidate.near("verb", *GIVING, "collect")
    return Verdict("not_aid", "stricken", role.span) if role and not gift else None


def per_one(candidate: Candidate) -> Verdict | None:
    """«бір отбасына», «one kit cost us»: one as a measure of others, not a count."""
    quantity = candidate.quantity
    if quantity.value != 1 or quantity.number.rule != "words":
        return None
    if is_money(candidate):
        # «шөптің бір теңгесін де алмаған»
        return Verdict("one", "per_one")
    if any(concept.kind == "sites" for concept in candidate.concepts):
        return None
    if each_goes_on(candidate) is not None:
        return None
    acts = candidate.near("verb", *GIVING, "collect", reach=6)
    return None if acts and not is_people(candidate) else Verdict("one", "per_one")


def denied(candidate: Candidate) -> Verdict | None:
    """«203 of them (not | 300 as reported)»: what is said not to be so many."""
    parsed, before = candidate.parsed, candidate.quantity.first - 1
    if not parsed.language.analytic:
        return None
    hits = (hit for hit in parsed.ending("verb", before) if hit.entry.id == "negation")
    aside = (hit for hit in hits if parsed.norm(hit.first - 1) in _ASIDE)
    hit = next(aside, None)
    return Verdict("denied", "denied", hit.span) if hit is not None else None


_ASIDE = frozenset({"(", ",", ";", "\u2013", "\u2014"})


def room(candidate: Candidate) -> Verdict | None:
    """«600 tents | for five people each»: how many there is room for in one."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if candidate.unit != "person" or not parsed.language.analytic:
        return None
    aimed = any(hit.entry.id == "target" for hit in parsed.ending("scope", quantity.first - 1))
    behind = parsed.ending("noun", quantity.first - 2)
    things = any(cast(Concept, hit.entry.meaning).sort == "item" for hit in behind)
    each = (h for h in parsed.starting("scope", quantity.last + 1) if h.entry.id == "each")
    hit = next(each, None)
    return Verdict("room", "room", hit.span) if hit is not None and aimed and things else None


def capacity(candidate: Candidate) -> Verdict | None:
    """«a dormitory | with 200 beds»: what a building has room for, and nobody is given; but «the
    fund provided a hospital with 28 beds»."""
    parsed, first = candidate.parsed, candidate.quantity.first
    if candidate.quantity.item != "bed" or not parsed.language.analytic:
        return None
    having = (hit for hit in parsed.ending("scope", first - 1) if _raises(hit, "before"))
    hit = next(having, None)
    behind = parsed.ending("noun", hit.first - 1) if hit is not None else ()
    housed = any(cast(Concept, noun.entry.meaning).unit in _BUILDINGS for noun in behind)
    given = parsed.between("verb", first - _BEFORE_BEDS, first - 1)
    if hit is None or not housed or any(verb.entry.id in GIVING for verb in given):
        return None
    return Verdict("room", "capacity", hit.span)


_BUILDINGS = frozenset({"institution", "site"})
_BEFORE_BEDS = 8


def change(candidate: Candidate) -> Verdict | None:
    """«8 пайызға аз», «12 пайызға өсті»: by so much more or less, and a share of nothing."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if not parsed.language.suffixed or candidate.unit != "percent":
        return None
    if not any(noun.case == "dat" for noun in quantity.nouns):
        return None
    level = parsed.starting("level", quantity.last + 1)
    compared = (h for h in parsed.starting("bound", quantity.last + 1) if _is_than(h))
    found = next(iter((*level, *compared)), None)
    return Verdict("share", "change", found.span) if found is not None else None


def _is_than(hit: Hit) -> bool:
    """«…-дан | аз»: a comparator of the ablative, which behind a dative says by how much."""
    return cast(BoundWord, hit.entry.meaning).case == "abl"


# What no evidence outweighs.
BARS: tuple[Rule, ...] = (
    boilerplate,
    no_unit,
    uncounted_unit,
    nothing,
    denied,
    room,
    capacity,
    change,
    per_one,
    children_of_one,
    supposed,
    dead_or_tried,
    dwellers,
    places_of_people,
    lost,
    stricken_region,
    exchange_rate,
)
# What speaks against a figure; a ranker weighs it.
OBJECTIONS: tuple[Rule, ...] = (off_topic, noise, share_of_nothing, exchange_rate, unsupported)
