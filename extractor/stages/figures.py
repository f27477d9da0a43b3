"""Quantities judged: a figure of aid with its kind, scope and status, or a rejection.

Each judgement is a tuple of small rules; the first that gives a verdict decides, and
its name stands in the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import cast

from extractor.match.candidates import (
    GIVING,
    NEAR,
    Candidate,
    Judge,
    Rule,
    Ruling,
    Verdict,
    first_verdict,
)
from extractor.match.context import Context, is_topical
from extractor.match.describing import categories_of, describing
from extractor.match.governors import Cue, cues
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE, PEOPLE_UNITS
from extractor.match.numerals import DASHES
from extractor.match.parsed import Parsed
from extractor.match.ranker import Ranker, probability
from extractor.match.relevance import relevance_features
from extractor.match.running import running_total
from extractor.match.shelter import is_cared_for, is_moved, was_moved
from extractor.match.tables import RULE as TABLE
from extractor.match.tense import future_near, past_near, status_of, weak_status_of
from extractor.match.things import households, is_thing, unknown_thing, with_item
from extractor.match.understood import complete, is_rest, refers_back, rests
from extractor.match.words import BoundWord
from extractor.types import (
    Concept,
    Evidence,
    Figure,
    Kind,
    Quantity,
    Rejection,
    Running,
    Scope,
    Status,
)

_SMALL_PAYMENT = Decimal(5_000_000)
# «payments have so far been made to»: tokens, with borders weighing more.
_AID_BEFORE = 8.0
# A family has fewer; it is named so many tokens away.
_SERVED = 6.0
_LINES = 2
_ATTRIBUTE = 2
_WORTH = 3
_PLACES = frozenset({"settlement", "region"})
_MOST_CHILDREN = Decimal(15)
_FAMILY = 3
_OBJECTS = frozenset({"gen", "dat", "acc"})
_TOLD = frozenset({"past", "present", "progressive", "future"})
# «нуждающимся» may be read in either case.
_GIVEN_CASES = frozenset({"dat", "ins"})
_HARM = frozenset({"affected", "none", "repair"})
# Bodies that are given to are institutions, bodies that give are organisations.
_UNIT_BY_KIND = {
    ("recipients", "organisation"): "institution",
    ("volunteers", "institution"): "organisation",
}
_NO_STATUS = frozenset({"affected", "requests", "share", "sites", "volunteers"})


def find_figures(
    context: Context, judge: Judge
) -> tuple[tuple[Figure, ...], tuple[Rejection, ...]]:
    """«более 50 тысяч волонтеров» → volunteers; «13 млн премий» → a rejection."""
    figures: list[Figure] = []
    rejections: list[Rejection] = []
    for quantity in context.quantities:
        understood = complete(context, quantity, figures)
        parsed = context.parsed[quantity.sentence]
        completed = households(context, with_item(context, understood.quantity, figures))
        completed = unknown_thing(context, completed)
        before = figures[-1] if figures else None
        whole, lender = understood.whole, understood.lender
        candidate = Candidate(completed, parsed, context, whole, before, lender)
        ruling = judge(candidate)
        if ruling.rejected is None:
            figures.append(_figure(candidate, ruling, len(figures) + 1))
        else:
            rejections.append(_rejection(quantity, ruling.rejected))
    return tuple(figures), tuple(rejections)


def _rejection(quantity: Quantity, reason: Verdict) -> Rejection:
    return Rejection(quantity.span, quantity.sentence, quantity.value, reason.value, reason.span)


def judge_by(ranker: Ranker) -> Judge:
    """«билет 900 теңге» → rejected: a ranker weighs what rules object against all the rest."""

    def judge(candidate: Candidate) -> Ruling:
        barred = first_verdict(BARS, candidate)
        if barred is not None:
            return Ruling(barred)
        objections, kind = object_to(candidate), kind_of(candidate)
        features = relevance_features(candidate, kind, objections)
        score = ranker.score(features)
        if score < 0:
            return Ruling(objections[0] if objections else Verdict("off_topic", ranker.name))
        return Ruling(None, kind, round(probability(score), 3), ranker.reasons(features))

    return judge


def object_to(candidate: Candidate) -> tuple[Verdict, ...]:
    """«билет 900 теңге» → «price», …: all that rules have against a figure of aid."""
    verdicts = (rule(candidate) for rule in OBJECTIONS)
    return tuple(verdict for verdict in verdicts if verdict is not None)


def kind_of(candidate: Candidate) -> Verdict:
    """«500 бетперде» → goods: what a quantity would count, if it is a figure."""
    return first_verdict(KINDS, candidate) or Verdict("goods", "default")


def _figure(candidate: Candidate, ruling: Ruling, number: int) -> Figure:
    quantity = candidate.quantity
    kind = ruling.kind or kind_of(candidate)
    scope = first_verdict(SCOPES, candidate) or Verdict("total", "default")
    status = None if kind.value in _NO_STATUS else first_verdict(STATUSES, candidate)
    evidence = [
        *(Evidence("figure", "aid", reason) for reason in ruling.because),
        Evidence("kind", kind.value, kind.rule, kind.span),
        Evidence("scope", scope.value, scope.rule, scope.span),
    ]
    if status is not None:
        evidence.append(Evidence("status", status.value, status.rule, status.span))
    if quantity.bound_span is not None:
        evidence.append(Evidence("bound", quantity.bound, quantity.rule, quantity.bound_span))
    running = running_total(candidate) if scope.value == "total" else None
    if running is not None:
        evidence.append(Evidence("series", running.value, running.rule, running.span))
    for noun in quantity.nouns[:1]:
        evidence.append(Evidence("unit", quantity.unit or "", noun.lemma, noun.span))
    return Figure(
        id=f"f{number}",
        quantity=quantity,
        kind=cast(Kind, kind.value),
        unit=_unit_of(candidate, kind.value),
        item=quantity.item if kind.value == "goods" else None,
        category=categories_of(candidate, kind.value),
        scope=cast(Scope, scope.value),
        status=cast(Status | None, status.value if status and status.value else None),
        confidence=ruling.confidence,
        evidence=tuple(evidence),
        series=cast(Running | None, running.value if running else None),
    )


def _unit_of(candidate: Candidate, kind: str) -> str:
    """«312 дворов получили уголь» are families, «подтоплены 20 дворов» are houses."""
    unit = candidate.quantity.unit or "piece"
    homes = any(concept.unit == "house" for concept in candidate.concepts)
    if kind == "affected" and unit == "family" and homes:
        return "house"
    return _UNIT_BY_KIND.get((kind, unit), unit)


# -- rejections ----------------------------------------------------------------------------------


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
    """«төрт баласы бар отбасы», «мать 10 детей»: whose children they are, not who got aid."""
    if candidate.quantity.value > _MOST_CHILDREN or candidate.unit != "person":
        return None
    if not any("child" in concept.category for concept in candidate.concepts):
        return None
    parsed, first, last = candidate.parsed, candidate.quantity.first, candidate.quantity.last
    parent = [*parsed.ending("scope", first - 1), *parsed.starting("scope", last + 1)]
    named = next((h for h in parent if h.entry.id == "parent"), None)
    if named is not None:
        return Verdict("criterion", named.entry.form, named.span)
    before = next((h for h in parsed.ending("scope", first - 1) if _raises(h, "before")), None)
    after = next((h for h in parsed.starting("scope", last + 1) if _raises(h, "after")), None)
    # «Families with five children», «бес баласы бар отбасы»; «іштерінде бес бала бар» counts them.
    if before is not None and _names_family(parsed, before.first - _FAMILY, before.first - 1):
        return Verdict("criterion", before.entry.form, before.span)
    if after is not None and _names_family(parsed, after.last + 1, after.last + _FAMILY):
        return Verdict("criterion", after.entry.form, after.span)
    return None


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
    cue = candidate.nearest("role", lambda hit: hit.entry.id == "none")
    if cue is None or cue.distance > 8:
        return None
    rival = candidate.nearest("role", lambda hit: hit.entry.id != "none")
    if rival is not None and rival.distance < cue.distance:
        return None
    return Verdict("not_aid", "dead_or_tried", cue.hit.span)


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
    if candidate.unit == "percent" or _is_goods(candidate) or _is_money(candidate):
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
    if not _is_money(candidate):
        return None
    here = candidate.context.by_sentence[candidate.quantity.sentence]
    units = [q.unit for q in here if any(c.sort == "currency" for n in q.nouns for c in n.concepts)]
    words = sum(token.sort == "word" for token in candidate.parsed.tokens)
    bare = len(set(units)) > 1 and words <= 2 * len(units) + 2
    one = any(q.value == 1 and q.unit in units for q in here)
    small = bare and all(q.value < 2000 for q in here if q.unit in units)
    return Verdict("exchange_rate", "exchange_rate") if bare and (one or small) else None


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
    if _is_money(candidate):
        # «шөптің бір теңгесін де алмаған»
        return Verdict("one", "per_one")
    if any(concept.kind == "sites" for concept in candidate.concepts):
        return None
    if each_goes_on(candidate) is not None:
        return None
    acts = candidate.near("verb", *GIVING, "collect", reach=6)
    return None if acts and not _is_people(candidate) else Verdict("one", "per_one")


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
    change,
    per_one,
    children_of_one,
    dead_or_tried,
    stricken_region,
    exchange_rate,
)
# What speaks against a figure; a ranker weighs it.
OBJECTIONS: tuple[Rule, ...] = (off_topic, noise, share_of_nothing, exchange_rate, unsupported)


# -- kind ------------------------------------------------------------------------------------------


def _is_goods(candidate: Candidate) -> bool:
    if candidate.unit in PEOPLE_UNITS:
        return False
    return candidate.quantity.item is not None or any(c.kind == "goods" for c in candidate.concepts)


def _is_money(candidate: Candidate) -> bool:
    return any(c.sort == "currency" for c in candidate.concepts)


def _is_people(candidate: Candidate) -> bool:
    return candidate.unit in PEOPLE_UNITS


def money(candidate: Candidate) -> Verdict | None:
    """«165 миллион теңгенің»: a currency makes money."""
    return Verdict("money", "money") if _is_money(candidate) else None


def share(candidate: Candidate) -> Verdict | None:
    """«80%-ы»: a percentage makes a share."""
    return Verdict("share", "share") if candidate.unit == "percent" else None


def as_before(candidate: Candidate) -> Verdict | None:
    """«оның 124-і – бала»: a slice is of the kind of its whole."""
    whole = candidate.antecedent
    if whole is None or whole.kind in ("money", "share", "requests"):
        return None
    if whole.kind == "affected" and _is_meant_for(candidate):
        return None
    served = _served_behind(candidate) if whole.kind == "affected" else None
    if served is not None:
        return Verdict("recipients", "served", served.span)
    return Verdict(whole.kind, "as_before", whole.span)


def _is_meant_for(candidate: Candidate) -> bool:
    """«150 больных … инсулин закупят для | 60 из них»: those in need for whom something is got."""
    parsed, first = candidate.parsed, candidate.quantity.first
    aimed = any(hit.entry.id == "target" for hit in parsed.ending("scope", first - 1))
    return aimed and target(candidate) is not None


def _served_behind(candidate: Candidate) -> Hit | None:
    """«5,143 of them are accommodated and fed»: a slice of those in need who are cared for."""
    if candidate.unit not in PEOPLE_UNITS:
        return None
    last = candidate.quantity.last
    role = next((cue for cue in candidate.cues("role") if cue.hit.first > last), None)
    close = role is not None and role.distance <= _SERVED
    served = close and role is not None and _kind_of_role(candidate, role.hit) == "recipients"
    return role.hit if role is not None and served else None


def as_listed(candidate: Candidate) -> Verdict | None:
    """«36 – однокомнатных, 18 – двухкомнатных», «в том числе 1 906 детей»: goes on as before."""
    before = candidate.before
    if before is None or before.sentence != candidate.quantity.sentence:
        return None
    if before.unit != candidate.unit or before.kind in ("money", "share"):
        return None
    listed = candidate.unit in ("house", "head", "settlement")
    listed = listed and not (before.kind == "affected" and _given_since(candidate, before))
    if listed or part_beside(candidate) is not None:
        return Verdict(before.kind, "as_listed", before.span)
    return None


def _given_since(candidate: Candidate, before: Figure) -> bool:
    """«200 sheep drowned; farmers will get 50 ewes»: a verb of getting stands between the two."""
    parsed, first, start = candidate.parsed, candidate.quantity.first, before.quantity.last + 1
    words = [h for h in parsed.of_sort("verb") if start <= h.first < first]
    return any(hit.entry.id in ("receive", "build") and hit.last >= first - 2 for hit in words)


def harmed(candidate: Candidate) -> Verdict | None:
    """«затоплено 66 домов», «мыңға тарта мал қырылған»: what the disaster took."""
    if candidate.unit not in ("house", "head", "settlement"):
        return None
    role = candidate.nearest(
        "role",
        lambda h: (
            h.entry.id in _HARM
            and not _is_of_people(candidate, h)
            and not _is_of_others(candidate, h)
        ),
    )
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in (*GIVING, "collect", "plan"))
    if role is not None and role.distance <= NEAR:
        closer = gift is None or role.distance <= gift.distance
        return Verdict("affected", "harmed", role.hit.span) if closer else None
    ungiven = gift is None or gift.distance > NEAR
    if candidate.unit == "house" and ungiven and not candidate.near("aid", "housing"):
        return Verdict("affected", "ungiven")
    return None


def _is_of_people(candidate: Candidate, hit: Hit) -> bool:
    """«построили для пострадавших», «баспанасыз қалған жұртқа арналған»: who suffers, lives."""
    parsed = candidate.parsed
    if candidate.unit not in ("house", "head") or hit.entry.id != "affected":
        return False
    goal = any(h.entry.id == "goal" for h in parsed.ending("head", hit.first - 1))
    nouns = parsed.between("noun", hit.last + 1, hit.last + 1)
    # «для нуждающихся | закололи 25 баранов», but not «для пострадавшего | скота».
    goal = goal and (candidate.unit == "house" or (parsed.language.inversion and not nouns))
    people = any(cast(Concept, n.entry.meaning).unit in PEOPLE_UNITS for n in nouns)
    return goal or (people and parsed.language.suffixed)


def goods(candidate: Candidate) -> Verdict | None:
    """«470 тысяч масок»: things."""
    return Verdict("goods", "goods") if _is_goods(candidate) else None


def fixed_kind(candidate: Candidate) -> Verdict | None:
    """«заявок», «регионах», «пунктов»: nouns that count one thing only."""
    for concept in candidate.concepts:
        if concept.kind in ("requests", "sites"):
            return Verdict(concept.kind, "fixed_kind")
    return None


def housing_site(candidate: Candidate) -> Verdict | None:
    """«fed in 27 schools», «27 мектепте орналастырылды»: where people are cared for."""
    if candidate.unit != "institution":
        return None
    parsed, first = candidate.parsed, candidate.quantity.first
    inside = any(hit.entry.id == "inside" for hit in parsed.ending("head", first - 1))
    if not inside and not any(noun.case == "loc" for noun in candidate.quantity.nouns):
        return None
    before = candidate.before
    people = before is not None and before.unit in PEOPLE_UNITS
    here = before is not None and before.sentence == candidate.quantity.sentence
    return Verdict("sites", "housing_site") if people and here else None


def target(candidate: Candidate) -> Verdict | None:
    """«2 000 мұқтаж отбасына жеткізілді», «tents to 662 families»: those who are given to."""
    if candidate.unit not in (*PEOPLE_UNITS, "institution", "settlement"):
        return None
    parsed, first = candidate.parsed, candidate.quantity.first
    aimed = any(h.entry.id == "target" for h in parsed.ending("scope", first - 1))
    dative = any(noun.case == "dat" for noun in candidate.quantity.nouns[-1:])
    dative = dative or _each_of(candidate)
    need = next((h for h in parsed.between("verb", first - 2, first - 1) if _tells_need(h)), None)
    if dative and need is not None and not parsed.language.suffixed:
        return Verdict("affected", "need", need.span)
    paid = _aid_before(candidate) if aimed or dative else None
    if paid is not None:
        return Verdict("recipients", "aid_to", paid.span)
    gift = candidate.nearest(
        "verb", lambda hit: hit.entry.id in ("give", "giving", "start", "plan")
    )
    if gift is None or gift.distance > 2 * NEAR:
        return None
    if not dative and not aimed:
        return None
    helped = any(is_thing(hit) for hit in parsed.of_sort("noun"))
    if helped or parsed.of_sort("aid") or parsed.of_sort("topic") or dative:
        return Verdict("recipients", "target", gift.hit.span)
    return None


def _each_of(candidate: Candidate) -> bool:
    """«27 отбасының | әрқайсысына», «28 мектептің | асханасына»: the dative of what is theirs."""
    parsed, after = candidate.parsed, candidate.quantity.last + 1
    if not any(noun.case == "gen" for noun in candidate.quantity.nouns[-1:]):
        return False
    hits = parsed.starting("scope", after)
    named = any(h.entry.id in ("each", "whole") and h.reading.case == "dat" for h in hits)
    readings = parsed.language.morphology.readings(parsed.norm(after))
    return named or any(r.case == "dat" and r.possessive for r in readings)


def _tells_need(hit: Hit) -> bool:
    """«помощь | понадобилась | 412 семьям»: they need it, and have not got it yet."""
    return hit.entry.id == "need" and hit.reading.pos != "PRTF"


def _aid_before(candidate: Candidate) -> Hit | None:
    """«payments were made to 300 families», «выплаты произведены 300 семьям»: in its clause."""
    parsed, first = candidate.parsed, candidate.quantity.first
    told = (hit for sort in ("topic", "aid") for hit in parsed.of_sort(sort) if hit.last < first)
    near = [hit for hit in told if parsed.weight(hit.last + 1, first) <= _AID_BEFORE]
    return max(near, key=lambda hit: hit.last, default=None)


def people(candidate: Candidate) -> Verdict | None:
    """«1200 человек эвакуировано», «300 волонтеров», «297 тысячам выплачено»: by role."""
    kinds = [c.kind for c in candidate.concepts if c.kind is not None]
    own = kinds[0] if kinds else None
    if _is_agent(candidate, own):
        return Verdict("volunteers", "agent")
    if own == "volunteers":
        return _helpers(candidate)
    in_affected = any(c.id in ("evacuee", "disaster_affected") for c in describing(candidate))
    first, last = candidate.quantity.first, candidate.quantity.last
    within = candidate.parsed.between("role", first, last)
    in_affected = in_affected or any(hit.entry.id == "hurt" for hit in within)
    need = _need_behind(candidate)
    if need is not None:
        return Verdict("affected", "need", need.span)
    roles = [c for c in candidate.cues("role") if _is_role(candidate, c.hit)]
    roles = [c for c in roles if not _is_of_others(candidate, c.hit)]
    own_roles = (c for c in roles if not _is_aside(candidate, c.hit, roles))
    role = next(own_roles, roles[0] if roles else None)
    role = _main_role(candidate, roles, role) or role
    if role is not None and role.distance <= NEAR:
        return Verdict(_kind_of_role(candidate, role.hit), "people", role.hit.span)
    shared = _role_of_list(candidate)
    if shared is not None:
        return Verdict(_kind_of_role(candidate, shared), "listed", shared.span)
    if in_affected:
        return Verdict("affected", "people")
    lender = candidate.lender or _told_before(candidate)
    if lender is not None and lender.unit == candidate.unit:
        return Verdict(lender.kind, "as_told", lender.span)
    if own is None and is_moved(candidate) and not is_cared_for(candidate):
        return Verdict("affected", "moved")
    return Verdict(own if own and own != "goods" else "recipients", "default")


_PASSIVE = 6


def _is_agent(candidate: Candidate, own: str | None) -> bool:
    """«assisted by | 43 volunteers», «sorted by | 64 students», but «received by 90 families»."""
    parsed, by = candidate.parsed, candidate.quantity.first - 1
    if not parsed.ending("agent", by):
        return False
    told = [hit for hit in parsed.of_sort("verb") if 0 < by - hit.last <= _PASSIVE]
    verb = max(told, key=lambda hit: hit.last, default=None)
    gives = verb is not None and verb.entry.id in ("give", "giving", "collect", "build")
    gets = verb is not None and verb.entry.id == "receive"
    return gives or (own == "volunteers" and not gets)


def _main_role(candidate: Candidate, roles: Sequence[Cue], role: Cue | None) -> Cue | None:
    """«пәтерінен айырылған | үш отбасы | баспана алды», «мұқтаж | 90 баланы | қамтыды»: a
    participle describes, a verb tells."""
    quantity = candidate.quantity
    if role is None or not candidate.parsed.language.suffixed:
        return None
    if any(noun.case == "gen" for noun in quantity.nouns[-1:]):
        # «217 отбасының | 40-ы үй алды»: the verb is of others.
        return None
    beside = role.hit.reading.tense is None and role.hit.last == quantity.first - 1
    describes = beside or role.hit.reading.tense == "perfect"
    if role.hit.entry.id != "affected" or not describes or role.hit.last >= quantity.first:
        return None
    behind = next((one for one in roles if one.hit.first > quantity.last), None)
    told = behind is not None and behind.hit.reading.tense in _TOLD
    return behind if told and behind and behind.hit.entry.id == "recipients" else None


def _need_behind(candidate: Candidate) -> Hit | None:
    """«84,000 people need shelter»: what they are said to do first of all."""
    after = candidate.quantity.last + 1
    hits = candidate.parsed.between("verb", after, after + 1)
    needs = (hit for hit in hits if hit.entry.id == "need")
    return next((hit for hit in needs if not _is_of_things(candidate.parsed, hit)), None)


def _is_of_things(parsed: Parsed, hit: Hit) -> bool:
    """«90 бала мектепке | қажет | заттармен қамтылды»: the things are needed, and were given."""
    if not parsed.language.suffixed:
        return False
    readings = parsed.language.morphology.readings(parsed.norm(hit.last + 1))
    return any(reading.case == "ins" for reading in readings)


def _kind_of_role(candidate: Candidate, hit: Hit) -> str:
    """«300 семей в очереди»: who waits is in need, and where the alarm is given.

    Who is housed is helped; after a flood only if somebody feeds or treats him there.
    """
    if hit.entry.id == "housed":
        waits = was_moved(candidate) and not is_cared_for(candidate)
        return "affected" if waits else "recipients"
    return "affected" if hit.entry.id in ("waiting", "alarm", "hurt") else hit.entry.id


def _told_before(candidate: Candidate) -> Figure | None:
    """«1 462 адам көшірілді. Ақтөбе облысы – 803 адам; …»: without a word, as those before."""
    before, parsed, first = candidate.before, candidate.parsed, candidate.quantity.first
    listed = parsed.norm(first - 1) in DASHES
    near = before is not None and candidate.quantity.sentence - before.sentence <= _LINES
    return before if listed and near else None


def _role_of_list(candidate: Candidate) -> Hit | None:
    """«2 900 адам, 512 техника мен 61 қайық жұмылдырылды»: a verb behind a list is of them all."""
    end = candidate.end_of_list
    if end == candidate.quantity.last:
        return None
    found = cues(candidate.parsed, candidate.quantity.first, end, "role")
    role = next((c for c in found if c.hit.first > end and _is_role(candidate, c.hit)), None)
    return role.hit if role is not None and role.distance <= NEAR else None


def _is_role(candidate: Candidate, hit: Hit) -> bool:
    """A role word outside the quantity: inside it only describes («мұқтаж отбасы»).

    A number without its noun takes its role from what follows («78 were given …»).
    """
    quantity = candidate.quantity
    inside = quantity.first <= hit.first and hit.last <= quantity.last
    helpers = _is_of_helpers(candidate, hit) or _helps_the_weak(candidate, hit)
    if hit.entry.id in ("none", "repair") or inside or helpers:
        return False
    elliptical = quantity.nouns and not quantity.span.overlaps(quantity.nouns[0].span)
    return not elliptical or hit.first > quantity.last


def _is_of_helpers(candidate: Candidate, hit: Hit) -> bool:
    """«Еріктілер | 30 қарияның үйіне …»: who helps is named, and whom he helps is counted."""
    if hit.entry.id != "volunteers" or hit.reading.tense or hit.last >= candidate.quantity.first:
        return False
    objects = any(noun.case in _OBJECTS for noun in candidate.quantity.nouns[-1:])
    return objects and candidate.parsed.language.suffixed


_WEAK = frozenset({"elderly", "pensioner", "orphan", "low_income", "person_with_disability"})


def _helps_the_weak(candidate: Candidate, hit: Hit) -> bool:
    """«Volunteers visit | 85 bedridden elderly people»: who is old or poor is helped by others."""
    named = hit.entry.id == "volunteers" and hit.reading.tense in (None, "present")
    if not named or hit.last >= candidate.quantity.first:
        return False
    weak = any(_WEAK & set(concept.category) for concept in describing(candidate))
    return weak and not candidate.parsed.language.suffixed


def _is_of_others(candidate: Candidate, hit: Hit) -> bool:
    """«нуждающимся | раздали»: a participle in the dative names those who are helped."""
    if hit.entry.id != "affected" or hit.reading.pos != "PRTF":
        return False
    own = any(noun.case in _GIVEN_CASES for noun in candidate.quantity.nouns)
    return hit.reading.case in _GIVEN_CASES and not own


def _is_aside(candidate: Candidate, hit: Hit, roles: Sequence[Cue]) -> bool:
    """A place in need, or «семей, | оставшихся без крова, | обеспечили наборами»: who suffered
    has got help, as the sentence goes on to say."""
    if _is_of_place(candidate.parsed, hit):
        return True
    parsed, start = candidate.parsed, candidate.quantity.last + 2
    described = parsed.norm(start - 1) == "," and _is_participle(parsed, start)
    if not described or hit.entry.id != "affected" or hit.first < start:
        return False
    aside = not any(parsed.norm(index) == "," for index in range(start, hit.first))
    return aside and any(c.hit.entry.id == "recipients" and c.hit.first > hit.last for c in roles)


def _is_participle(parsed: Parsed, index: int) -> bool:
    readings = parsed.language.morphology.readings(parsed.norm(index))
    return any(reading.pos == "PRTF" for reading in readings)


def _is_of_place(parsed: Parsed, hit: Hit) -> bool:
    """«2,300 families in the flooded oil town»: it describes a place, not who is counted."""
    if hit.entry.id != "affected" or hit.reading.tense not in (None, "past"):
        return False
    near = parsed.between("noun", hit.last + 1, hit.last + _ATTRIBUTE)
    places = (one for one in near if cast(Concept, one.entry.meaning).unit in _PLACES)
    return any(parsed.language.plurals for _ in places)


_SUBJECT = 6


def _helpers(candidate: Candidate) -> Verdict:
    """Volunteers, doctors, soldiers: givers, unless they are the ones who are given to."""
    quantity = candidate.quantity
    role = next((c for c in candidate.cues("role") if c.hit.entry.id == "recipients"), None)
    dative = any(noun.case == "dat" for noun in quantity.nouns)
    told = role is not None and role.hit.reading.tense in ("past", "present", "future")
    governed = role is not None and told and role.distance <= 2 and role.hit.last < quantity.first
    given = role is not None and ((dative and role.distance <= 6) or governed)
    given = given or (role is not None and _gets(candidate))
    if role is not None and given:
        return Verdict("recipients", "helpers", role.hit.span)
    taking = _taking_behind(candidate)
    if taking is not None:
        return Verdict("recipients", "helpers", taking.span)
    return Verdict("volunteers", "helpers")


def _taking_behind(candidate: Candidate) -> Hit | None:
    """«1 870 врачей и санитаров получили материальную помощь»: helpers who are helped, unless
    what they get are calls for help («волонтеры получили 200 заявок»)."""
    parsed, last = candidate.parsed, candidate.quantity.last
    told = (h for h in parsed.of_sort("verb") if h.entry.id == "receive" and h.first > last)
    verb = next((hit for hit in told if hit.reading.tense in ("past", "present", "future")), None)
    if verb is None or parsed.weight(last + 1, verb.first) > _SUBJECT:
        return None
    here = candidate.context.by_sentence[candidate.quantity.sentence]
    between = [q for q in here if last < q.first <= verb.first + _SUBJECT and q.unit is not None]
    calls = any(q.unit == "request" for q in between)
    crowded = any(q.first < verb.first and q.item is not None for q in between)
    return None if calls or (crowded and not parsed.language.suffixed) else verb


def _gets(candidate: Candidate) -> bool:
    """«около ста фельдшеров | получили подъёмные»: what they do first is to receive."""
    parsed, after = candidate.parsed, candidate.quantity.last + 1
    hits = parsed.between("verb", after, after + 1)
    return not parsed.language.suffixed and any(
        hit.entry.id == "receive" and hit.reading.tense in _TOLD for hit in hits
    )


KINDS: tuple[Rule, ...] = (
    money,
    share,
    as_before,
    as_listed,
    harmed,
    goods,
    fixed_kind,
    housing_site,
    target,
    people,
)


# -- scope -----------------------------------------------------------------------------------------


def share_is_part(candidate: Candidate) -> Verdict | None:
    """A share is a slice by its nature."""
    return Verdict("part", "share") if candidate.unit == "percent" else None


def each_by_case(candidate: Candidate) -> Verdict | None:
    """«50 мың теңгеден алды»: the ablative distributes, sums that one may get."""
    quantity = candidate.quantity
    large = _is_money(candidate) and quantity.value > 2 * _SMALL_PAYMENT
    large = large and not _follows_receivers(candidate)
    return Verdict("each", "distributive", quantity.span) if quantity.each and not large else None


def _follows_receivers(candidate: Candidate) -> bool:
    """«алты отбасына 25 миллион теңгеден»: those who get it are counted right before."""
    before = candidate.before
    if before is None or before.sentence != candidate.quantity.sentence:
        return False
    dative = any(noun.case == "dat" for noun in before.quantity.nouns)
    beside = candidate.quantity.first - before.quantity.last == 1
    return dative and beside and before.unit in PEOPLE_UNITS


def each_beside(candidate: Candidate) -> Verdict | None:
    """«по 42 500 тенге», «әр отбасына 50 маска», «30,000 tenge per pupil»."""
    first, last, parsed = candidate.quantity.first, candidate.quantity.last, candidate.parsed
    compared = [hit for hit in parsed.of_sort("scope") if hit.entry.id == "compare"]
    for hit in parsed.of_sort("scope"):
        if hit.entry.id != "each" or any(_covers(other, hit) for other in compared):
            continue
        reach = _SCOPE_REACH[str(hit.entry.meaning)]
        if hit.entry.meaning == "after":
            end = _after_bracket(parsed, last)
            beside = end < hit.first <= end + reach and not _crosses(parsed, end, hit.first)
        else:
            start = hit.last if candidate.unit in PEOPLE_UNITS else _behind_counted(parsed, hit)
            near = first - reach <= start < first and not _crosses(parsed, start, first)
            beside = near and _is_per(candidate, hit)
        if beside:
            return Verdict("each", hit.entry.form, hit.span)
    return None


def _covers(other: Hit, hit: Hit) -> bool:
    return other.first <= hit.first and hit.last <= other.last


def _behind_counted(parsed: Parsed, hit: Hit) -> int:
    """«каждый из 30 учеников», «each of the 214 families»: what each has stands behind."""
    wholes = (of.last + 1 for of in parsed.starting("out_of", hit.last + 1))
    start = next((i for i in wholes if _in_digits(parsed, i)), hit.last)
    if start == hit.last:
        return hit.last
    while _in_digits(parsed, start + 1):
        start += 1
    return start


def _in_digits(parsed: Parsed, index: int) -> bool:
    return index < len(parsed.tokens) and parsed.tokens[index].value is not None


def _after_bracket(parsed: Parsed, last: int) -> int:
    """«CHF 250 | (approx. KZT 123,000) | each»: a bracket parts nothing."""
    if parsed.norm(last + 1) != "(":
        return last
    closing = (i for i in range(last + 1, len(parsed.tokens)) if parsed.norm(i) == ")")
    return next(closing, last)


def each_price(candidate: Candidate) -> Verdict | None:
    """«sets worth 40,000 tenge», «из расчёта 15 000 тг на корзину»: a small price is of one."""
    quantity, parsed = candidate.quantity, candidate.parsed
    small = _SMALL_PRICE if candidate.unit == "KZT" else _SMALL_PRICE_ABROAD
    if not _is_money(candidate) or quantity.value > small:
        return None
    for hit in parsed.of_sort("scope"):
        before = 0 < quantity.first - hit.last <= _PRICE_REACH
        after = hit.first == quantity.last + 1 and parsed.language.suffixed
        if hit.entry.id == "price" and (before or after):
            return Verdict("each", "price", hit.span)
    return None


def each_worth(candidate: Candidate) -> Verdict | None:
    """«20 мың теңгелік | азық-түлік себеті»: a sum made an adjective is what one is worth."""
    quantity, parsed = candidate.quantity, candidate.parsed
    if not _is_money(candidate) or quantity.value > _SMALL_PAYMENT:
        return None
    if not any(noun.case == "adj" for noun in quantity.nouns):
        return None
    last = quantity.last
    for hit in parsed.between("noun", last + 1, last + _WORTH):
        concept = cast(Concept, hit.entry.meaning)
        if concept.sort in ("item", "measure") and concept.unit in ("kit", "piece"):
            return Verdict("each", "worth", hit.span)
    return None


def each_for_one(candidate: Candidate) -> Verdict | None:
    """«15,3 млн за квартиру», «35,000 tenge for a sheep»: of one of what follows."""
    quantity, parsed = candidate.quantity, candidate.parsed
    if not _is_money(candidate):
        return None
    starts = parsed.starting("scope", quantity.last + 1)
    for hit in (hit for hit in starts if hit.entry.id == "for_one"):
        for noun in parsed.starting("noun", hit.last + 1):
            concept = cast(Concept, noun.entry.meaning)
            if concept.unit in _ONES and not noun.reading.plural:
                return Verdict("each", "for_one", hit.span)
    return None


def each_goes_on(candidate: Candidate) -> Verdict | None:
    """«Әр себетте он келі ұн, 2 келі қант, бір литр май»: more of what one holds."""
    before = candidate.before
    if before is None or not _is_goods(candidate) or not _is_listed(candidate, before):
        return None
    held = before.scope == "each" and before.kind == "goods" and before.unit in _HELD
    few = candidate.quantity.value <= _PACKAGE and candidate.unit in _HELD
    return Verdict("each", "goes_on", before.span) if held and few else None


def _is_listed(candidate: Candidate, before: Figure) -> bool:
    """Nothing but a comma or a joiner between the figure before and this one."""
    if before.sentence != candidate.quantity.sentence:
        return False
    parsed = candidate.parsed
    between = range(before.quantity.last + 1, candidate.quantity.first)
    return bool(between) and all(
        parsed.norm(i) == "," or parsed.starting("and", i) for i in between
    )


def each_in_kit(candidate: Candidate) -> Verdict | None:
    """«пакеты от 4 до 5 кг», «parcels of 18 kg»: what one package weighs."""
    quantity, parsed = candidate.quantity, candidate.parsed
    if candidate.unit not in ("kilogram", "litre") or quantity.value > _PACKAGE:
        return None
    hits = (h for step in (1, 2) for h in parsed.ending("noun", quantity.first - step))
    kit = next((hit for hit in hits if _is_kit(hit)), None)
    return Verdict("each", "in_kit", kit.span) if kit is not None else None


def each_range(candidate: Candidate) -> Verdict | None:
    """«730 пенсионерам начислили от 50 до 120 тысяч тенге»: one more, another less."""
    quantity, before = candidate.quantity, candidate.before
    small = _is_money(candidate) and quantity.max is not None and quantity.max <= _SMALL_PAYMENT
    if not small or before is None or before.unit not in PEOPLE_UNITS:
        return None
    return Verdict("each", "range", quantity.span) if before.sentence == quantity.sentence else None


_SMALL_PRICE = Decimal(200_000)
_SMALL_PRICE_ABROAD = Decimal(1_000)
_PRICE_REACH = 4
_PACKAGE = Decimal(100)
_HELD = frozenset({"kilogram", "litre", "piece"})
_ONES = frozenset({"kit", "piece", "head", "house", "person", "family"})
_SCOPE_REACH = {"before": 10, "after": 2, "adjacent": 1}


def each_of_one(candidate: Candidate) -> Verdict | None:
    """«бір жиынтықтың құны – 18-20 мың теңге»: what one of them costs or gets."""
    quantity = candidate.quantity
    if _is_money(candidate) and quantity.value > _SMALL_PAYMENT:
        return None
    ones = (q for q in candidate.context.by_sentence[quantity.sentence] if q.first < quantity.first)
    for one in ones:
        single = one.value == 1 and one.number.rule == "words" and one.unit not in (None, "other")
        given_to = one.unit not in PEOPLE_UNITS or any(noun.case == "dat" for noun in one.nouns)
        parsed = candidate.parsed
        near = not any(
            parsed.norm(i) == "," or (parsed.starting("and", i) and not _is_money(candidate))
            for i in range(one.last, quantity.first)
        )
        if single and given_to and near:
            return Verdict("each", "one", one.span)
    return None


def each_inside(candidate: Candidate) -> Verdict | None:
    """«ішінде 5 келі ұн, 2 келі қант»: what one kit holds."""
    if not _is_goods(candidate) or candidate.unit == "tonne":
        return None
    parsed, quantity = candidate.parsed, candidate.quantity
    held = [
        h for h in parsed.of_sort("scope") if h.entry.id == "contents" and h.last < quantity.first
    ]
    index = quantity.sentence
    near = candidate.context.parsed[max(0, index - 1) : index + 1]
    kits = any(_is_kit(hit) for p in near for hit in p.of_sort("noun"))
    return Verdict("each", "contents", held[0].span) if held and kits else None


def _is_kit(hit: Hit) -> bool:
    return cast(Concept, hit.entry.meaning).unit == "kit"


def _crosses(parsed: Parsed, start: int, stop: int) -> bool:
    """Is there a border or another number between two tokens?"""
    tokens = parsed.tokens[start + 1 : stop]
    return any(token.text in ",;:.()" or token.value is not None for token in tokens)


def _is_per(candidate: Candidate, hit: Hit) -> bool:
    """«әр отбасына 50 маска» but not «each of the 300 families»."""
    people = candidate.unit in PEOPLE_UNITS
    rates = (h for h in candidate.parsed.starting("scope", hit.first) if h.entry.id == "rate")
    timed = any(_covers(rate, hit) for rate in rates)
    timed = timed and not any(concept.kind == "volunteers" for concept in candidate.concepts)
    return not people or timed or hit.last == candidate.quantity.first - 1


def each_payment(candidate: Candidate) -> Verdict | None:
    """«выплаты в размере 45 МРП»: a payment of so much is so much for each."""
    if not any(c.sort == "currency" for c in candidate.concepts):
        return None
    if candidate.unit == "MCI":
        return Verdict("each", "payment")
    parsed, first = candidate.parsed, candidate.quantity.first
    sized = [
        h for h in parsed.of_sort("scope") if h.entry.id == "size" and abs(first - h.last) <= 4
    ]
    small = candidate.quantity.value <= _SMALL_PAYMENT
    paid = candidate.near("aid", "cash", reach=20)
    return Verdict("each", "payment", paid.span) if sized and small and paid else None


def each_once(candidate: Candidate) -> Verdict | None:
    """«единовременной выплаты до 2 миллионов тенге»: a payment that one person gets."""
    if not _is_money(candidate) or candidate.quantity.value > _SMALL_PAYMENT:
        return None
    parsed, first, last = candidate.parsed, candidate.quantity.first, candidate.quantity.last
    hits = [hit for hit in parsed.of_sort("scope") if hit.entry.id in ("payment", "whole")]
    if any(hit.entry.id == "whole" for hit in hits):
        return None
    near = [h for h in hits if -8 <= h.first - last <= 8 or 0 <= first - h.last <= 8]
    return Verdict("each", "once", near[0].span) if near else None


def part_beside(candidate: Candidate) -> Verdict | None:
    """«из них 230», «оның ішінде 11 904 отбасы», «оның 43-і»."""
    parsed, quantity = candidate.parsed, candidate.quantity
    rest = is_rest(parsed, quantity)
    earlier = candidate.context.before(quantity, _REST_OF if rest else 2)
    whole = any(q.unit == quantity.unit and q.value >= quantity.value for q in earlier)
    if not whole:
        return None
    if parsed.ending("additive_before", quantity.first - 1):
        return None
    if quantity.number.possessive or quantity.number.rule == "collective":
        return Verdict("part", "partitive", quantity.span)
    if _is_possessed(parsed, quantity):
        return Verdict("part", "possessive", quantity.span)
    if rest:
        return Verdict("part", "rest", quantity.span)
    for hit in parsed.of_sort("scope"):
        if hit.entry.id != "part":
            continue
        reach = _PART_REACH[str(hit.entry.meaning)]
        before = hit.entry.meaning != "after" and 0 < quantity.first - hit.last <= reach
        if hit.entry.meaning == "genitive":
            before = before and _is_owned(parsed, hit.first - 1)
        last = quantity.number.last
        after = hit.entry.meaning == "after" and 0 < hit.first - last <= reach
        after = after and not _crosses(parsed, last, hit.first)
        if before or after:
            return Verdict("part", hit.entry.form, hit.span)
    return None


def _is_possessed(parsed: Parsed, quantity: Quantity) -> bool:
    """«оның 75 тоннасы», «соның 17 млн теңгесіне»: so much of that."""
    measured = len(quantity.nouns) == 1 and any(
        c.sort in _MEASURES and c.unit == quantity.unit for c in quantity.nouns[-1].concepts
    )
    if not measured or quantity.nouns[-1].first != quantity.nouns[-1].last:
        return False
    return any(hit.reading.possessive for hit in parsed.ending("noun", quantity.nouns[-1].last))


_MEASURES = frozenset({"measure", "currency"})
_REST_OF = 8
_PART_REACH = {"before": 12, "genitive": 12, "after": 2, "adjacent": 1}


def _is_owned(parsed: Parsed, index: int) -> bool:
    """«таратылғанның | ішінде», but not «бір апта | ішінде»."""
    return any(r.case == "gen" for r in parsed.language.morphology.readings(parsed.norm(index)))


def part_understood(candidate: Candidate) -> Verdict | None:
    """«первые 250 выгружены», «отбасылардың он бесі»: so many of what was told before."""
    whole = candidate.antecedent
    if whole is None or whole.quantity.value <= candidate.quantity.value:
        return None
    return Verdict("part", "understood", whole.span)


SCOPES: tuple[Rule, ...] = (
    share_is_part,
    each_by_case,
    each_beside,
    each_of_one,
    each_price,
    each_worth,
    each_for_one,
    each_inside,
    each_goes_on,
    each_in_kit,
    each_range,
    each_payment,
    each_once,
    part_beside,
    part_understood,
)


# -- status ----------------------------------------------------------------------------------------


def needed(candidate: Candidate) -> Verdict | None:
    """«an additional 100 tents were needed»: needed and not given is no status."""
    quantity = candidate.quantity

    def outside(hit: Hit) -> bool:
        return not (quantity.first <= hit.first and hit.last <= quantity.last)

    before = candidate.before
    if before is not None and _goes_on_needing(candidate, before):
        return Verdict("", "needed", before.span)
    need = candidate.nearest("verb", lambda hit: hit.entry.id == "need" and outside(hit))
    if need is None or not (need.distance <= 5 or _announces(candidate.parsed, need.hit, quantity)):
        return None
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in (*GIVING, "collect", "plan"))
    if gift is not None and gift.distance <= need.distance:
        return None
    told = candidate.nearest("verb", lambda hit: hit.entry.id in GIVING and _is_told(hit))
    if told is not None and told.distance <= NEAR:
        # «families whose children need surgery received …»: what they need they got.
        return None
    return Verdict("", "needed", need.hit.span)


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


def on_its_way(candidate: Candidate) -> Verdict | None:
    """«Облыс үш вагон жөнелтті, жүк ертең жетуі тиіс»: sent, and told to be under way."""
    quantity, context, parsed = candidate.quantity, candidate.context, candidate.parsed
    if quantity.item is None and candidate.unit not in ("vehicle", "flight"):
        return None
    others = (q.first for q in context.by_sentence[quantity.sentence] if q.first > quantity.last)
    left = (hit.first for hit in rests(parsed) if hit.first > quantity.last)
    end = len(parsed.tokens)
    stop = min((*others, *left, end))
    told = [hit for hit in parsed.of_sort("verb") if quantity.last < hit.first < stop]
    following = context.parsed[quantity.sentence + 1 :][:1] if stop == end else []
    for after in following:
        counted = after.sentence.index in context.by_sentence
        if not counted and after.sentence.paragraph == parsed.sentence.paragraph:
            told += after.of_sort("verb")
    moving = next((hit for hit in told if hit.entry.id == "under_way"), None)
    return Verdict("ongoing", "on_its_way", moving.span) if moving is not None else None


def by_verb(candidate: Candidate) -> Verdict | None:
    """«таратылды», «будет направлена», «жиналды»: the finite verb that governs the quantity."""
    return _by_verb(candidate, status_of)


def by_weak_verb(candidate: Candidate) -> Verdict | None:
    """«Capital to buy computers»: an infinitive, for lack of a finite verb."""
    return _by_verb(candidate, weak_status_of)


def _by_verb(candidate: Candidate, read: Callable[[Parsed, Hit], Status | None]) -> Verdict | None:
    for cue in _governing(candidate):
        if _describes_other(candidate, cue.hit):
            continue
        status = read(candidate.parsed, cue.hit)
        if _is_receiver(candidate) and status == "collected":
            continue
        if status is not None:
            return Verdict(status, cue.hit.entry.form, cue.hit.span)
    return None


def _describes_other(candidate: Candidate, hit: Hit) -> bool:
    """«отправили 650 тонн из | обещанной | тысячи»: a participle belongs to its noun alone."""
    quantity = candidate.quantity
    beside = hit.last == quantity.first - 1 or quantity.first <= hit.first <= quantity.last + 2
    if hit.first == quantity.last + 2 and candidate.parsed.norm(hit.first - 1) == ",":
        # «передано 4 тонны, | закупленных на средства спонсоров»: what was done with it before
        beside = not any(cue.hit.first < quantity.first for cue in candidate.cues("verb"))
    return hit.reading.pos == "PRTF" and not beside


def _is_receiver(candidate: Candidate) -> bool:
    return candidate.unit in (*PEOPLE_UNITS, "institution")


def _governing(candidate: Candidate) -> list[Cue]:
    """Verbs, nearest first; where the verb stands last, those behind the quantity first."""
    found = list(candidate.cues("verb"))
    if not candidate.parsed.language.suffixed:
        return found
    last = candidate.quantity.last
    return sorted(found, key=lambda cue: (cue.hit.first <= last, cue.distance))


def at_work(candidate: Candidate) -> Verdict | None:
    """«работают 64 мотопомпы», «812 человек живут в пунктах»: it goes on."""
    machines = candidate.quantity.item in ("machinery", "boat", "pump")
    role = candidate.near("role", "volunteers" if machines else "recipients")
    if role is None or not (machines or role.reading.tense == "progressive"):
        return None
    return Verdict("ongoing", "at_work", role.span)


def at_a_rate(candidate: Candidate) -> Verdict | None:
    """«ежедневно готовим около 350 порций»: so many a day, and it goes on, unless it is told
    of the past or «will be»."""
    parsed, quantity = candidate.parsed, candidate.quantity
    rates = [hit for hit in parsed.of_sort("scope") if hit.entry.id == "rate"]
    near = [hit for hit in rates if _beside(parsed, quantity, hit)]
    governing = next(iter(_governing(candidate)), None)
    told = status_of(parsed, governing.hit) if governing is not None else None
    open_ended = parsed.language.suffixed and told == "planned"
    if not near or (told in ("planned", "delivered") and not open_ended):
        return None
    return Verdict("ongoing", "rate", near[0].span)


def _beside(parsed: Parsed, quantity: Quantity, hit: Hit) -> bool:
    """Is the hit in the same breath: near, with no mark or number between?"""
    if hit.first > quantity.last:
        return hit.first - quantity.last <= 4 and not _crosses(parsed, quantity.last, hit.first)
    return 0 < quantity.first - hit.last <= 4 and not _crosses(parsed, hit.last, quantity.first)


def told_here(candidate: Candidate) -> Verdict | None:
    """«Жүк келеді. … шарбақ қазылды»: told as past, whatever the sentence before foretold."""
    before = candidate.before
    if before is not None and before.sentence == candidate.quantity.sentence:
        return None
    copied = as_figure_before(candidate) or by_neighbour(candidate)
    machines = candidate.quantity.item in ("machinery", "boat", "pump")
    if machines or copied is None or copied.value not in ("planned", "ongoing"):
        return None
    scope = first_verdict(SCOPES, candidate)
    if scope is not None and scope.value == "each":
        return None
    return (
        Verdict("delivered", "told_here")
        if past_near(candidate.parsed, candidate.quantity.first, candidate.quantity.last)
        else None
    )


def foretold(candidate: Candidate) -> Verdict | None:
    """«Меценат осчастливит 40 семей»: a verb that the data do not know, of the future."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if not future_near(parsed, quantity.first, quantity.last):
        return None
    return Verdict("planned", "foretold")


def as_figure_before(candidate: Candidate) -> Verdict | None:
    """A line of a list, a sentence without a verb: as the figure before it."""
    before, index = candidate.before, candidate.quantity.sentence
    if index and candidate.context.parsed[index - 1].tokens[-1].text == ":":
        introduced = by_neighbour(candidate)
        if introduced is not None:
            return introduced
    near = before is not None and index - before.sentence <= 2
    if not near or before is None or before.status is None:
        return None
    if before.kind in _NO_STATUS or before.sentence == candidate.quantity.sentence - 2:
        return None
    return Verdict(before.status, "figure_before", before.span)


def by_neighbour(candidate: Candidate) -> Verdict | None:
    """A sentence without a verb goes on with what the one before it said."""
    index = candidate.quantity.sentence
    for parsed in reversed(candidate.context.parsed[max(0, index - 2) : index]):
        for hit in reversed(parsed.of_sort("verb")):
            status = status_of(parsed, hit)
            if status is not None:
                return Verdict(status, "neighbour", hit.span)
    return None


def told(candidate: Candidate) -> Verdict | None:
    """News tells what has happened; machines that are told of are at work."""
    machines = candidate.quantity.item in ("machinery", "boat", "pump")
    return Verdict("ongoing" if machines else "delivered", "default")


STATUSES: tuple[Rule, ...] = (
    needed,
    at_a_rate,
    on_its_way,
    by_verb,
    by_weak_verb,
    at_work,
    foretold,
    told_here,
    as_figure_before,
    by_neighbour,
    told,
)
