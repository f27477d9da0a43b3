"""What a figure counts by its role in the clause: who gets, who needs, who helps, what is given."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import cast

from extractor.match.candidates import (
    GIVING,
    NEAR,
    Candidate,
    Rule,
    Verdict,
)
from extractor.match.counted import is_goods, is_money
from extractor.match.describing import describing
from extractor.match.governors import Cue, cues
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS, PLACE_UNITS, RECEIVER_UNITS
from extractor.match.numerals import DASHES
from extractor.match.parsed import Parsed
from extractor.match.scopes import part_beside
from extractor.match.shelter import is_cared_for, is_fed_here, is_fed_then, is_moved, was_moved
from extractor.match.tense import is_denied, is_ruled_out
from extractor.match.things import is_thing, to_each_of
from extractor.types import (
    Concept,
    Figure,
)

_IN_NEED = frozenset({"evacuee", "disaster_affected"})
_HARM = frozenset({"affected", "none", "repair"})
# «нуждающимся» may be read in either case.
_GIVEN_CASES = frozenset({"dat", "ins"})
_TOLD = frozenset({"past", "present", "progressive", "future"})
_OBJECTS = frozenset({"gen", "dat", "acc"})
_ATTRIBUTE = 2
_LINES = 2
_SERVED = 6.0
# «payments have so far been made to»: tokens, with borders weighing more.
_AID_BEFORE = 8.0


def money(candidate: Candidate) -> Verdict | None:
    """«165 миллион теңгенің»: a currency makes money."""
    return Verdict("money", "money") if is_money(candidate) else None


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
    if whole.kind == "affected" and (served := _served(candidate)) is not None:
        return served
    need = _need_of(candidate) if whole.kind == "recipients" else None
    if need is not None:
        return Verdict("affected", "need", need.span)
    return Verdict(whole.kind, "as_before", whole.span)


def _need_of(candidate: Candidate) -> Hit | None:
    """«264 адам тексерілді, оның 31-іне | ота қажет»: what they need they have not got."""
    parsed, last = candidate.parsed, candidate.quantity.last
    if not parsed.language.suffixed or candidate.quantity.number.case != "dat":
        return None
    behind = parsed.between("verb", last + 1, last + _WANTED)
    return next((hit for hit in behind if hit.entry.id == "need"), None)


# «31-іне | шұғыл ота | қажет»: words to the need.
_WANTED = 4


def _is_meant_for(candidate: Candidate) -> bool:
    """«150 больных … инсулин закупят для | 60 из них»: those in need for whom something is got."""
    parsed, first = candidate.parsed, candidate.quantity.first
    aimed = any(hit.entry.id == "target" for hit in parsed.ending("scope", first - 1))
    return aimed and target(candidate) is not None


def _served(candidate: Candidate) -> Verdict | None:
    """«5,143 of them are accommodated and fed»: a slice of those in need who are cared for."""
    if candidate.unit not in PEOPLE_UNITS:
        return None
    if was_moved(candidate) and not is_moved(candidate) and is_fed_here(candidate):
        return Verdict("recipients", "fed")
    last = candidate.quantity.last
    behind = (cue for cue in candidate.cues("role") if cue.hit.first > last)
    role = next(behind, None) or _served_before(candidate)
    close = role is not None and role.distance <= _SERVED
    served = close and role is not None and _kind_of_role(candidate, role.hit) == "recipients"
    return Verdict("recipients", "served", role.hit.span) if role is not None and served else None


def _served_before(candidate: Candidate) -> Cue | None:
    """«Программа | охватит | 900 тысяч из них»: the verb stands before those whom it serves."""
    cue = next(iter(candidate.cues("role")), None)
    free = cue is not None and candidate.parsed.language.inversion
    return cue if free and cue is not None and _tells(candidate.parsed, cue.hit) else None


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
    """«200 sheep drowned; farmers will get 50 ewes»: a verb of getting stands between the two, or
    behind them where it stands last («40 үй қирады, 60 үй сатып алынды»)."""
    parsed, first, start = candidate.parsed, candidate.quantity.first, before.quantity.last + 1
    words = [h for h in parsed.of_sort("verb") if start <= h.first < first]
    near = 3 if parsed.language.suffixed else 2
    if any(hit.entry.id in ("receive", "build") and hit.last >= first - near for hit in words):
        return True
    last = candidate.quantity.last
    behind = parsed.between("verb", last + 1, last + near) if parsed.language.suffixed else ()
    return any(hit.entry.id in ("receive", "build", "collect") for hit in behind)


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
            and not _is_of_settlement(candidate, h)
        ),
    )
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in (*GIVING, "collect", "plan"))
    if role is not None and role.distance <= NEAR:
        closer = gift is None or role.distance <= gift.distance
        return Verdict("affected", "harmed", role.hit.span) if closer else None
    ungiven = gift is None or gift.distance > NEAR
    shared = _role_of_list(candidate) if ungiven else None
    if shared is not None and shared.entry.id in _HARM:
        return Verdict("affected", "harmed", shared.span)
    if candidate.unit == "house" and ungiven and not candidate.near("aid", "housing"):
        return Verdict("affected", "ungiven")
    return None


def _is_of_settlement(candidate: Candidate, hit: Hit) -> bool:
    """«доставили продукты в | 12 отрезанных сёл»: it describes them, and they got help."""
    parsed, quantity = candidate.parsed, candidate.quantity
    inside = quantity.first <= hit.first and hit.last <= quantity.last
    if candidate.unit != "settlement" or not inside or not parsed.language.inversion:
        return False
    helped = any(is_thing(one) for one in parsed.of_sort("noun")) or parsed.of_sort("topic")
    gift = candidate.nearest("verb", lambda verb: verb.entry.id in ("give", "giving"))
    return bool(helped) and gift is not None and gift.distance <= NEAR


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
    return Verdict("goods", "goods") if is_goods(candidate) else None


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


def unserved(candidate: Candidate) -> Verdict | None:
    """«34 отбасыға көмек көрсетілмеді», «көмек алмаған 130 отбасы»: who got nothing is in need."""
    if candidate.unit not in PEOPLE_UNITS:
        return None
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in GIVING)
    if gift is None or gift.distance > NEAR or not is_denied(candidate.parsed, gift.hit):
        return None
    last = candidate.quantity.last
    given = candidate.nearest("verb", lambda hit: hit.entry.id in GIVING and hit.first > last)
    if given is not None and not is_denied(candidate.parsed, given.hit):
        return None
    return Verdict("affected", "unserved", gift.hit.span)


def target(candidate: Candidate) -> Verdict | None:
    """«2 000 мұқтаж отбасына жеткізілді», «tents to 662 families»: those who are given to."""
    if candidate.unit not in RECEIVER_UNITS | {"settlement"}:
        return None
    parsed, first = candidate.parsed, candidate.quantity.first
    aimed = any(h.entry.id == "target" for h in parsed.ending("scope", _past_each(parsed, first)))
    dative = any(noun.case == "dat" for noun in candidate.quantity.nouns[-1:])
    dative = dative or _each_of(candidate) or to_each_of(parsed, candidate.quantity)
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


def _past_each(parsed: Parsed, first: int) -> int:
    """«to | each of the | 3,200 families»: the word before who they are all."""
    of = max(parsed.ending("out_of", first - 1), key=lambda hit: -hit.first, default=None)
    each = parsed.ending("scope", of.first - 1) if of is not None else ()
    named = (hit.first - 1 for hit in each if hit.entry.id in ("each", "whole"))
    return max(named, default=first - 1) if parsed.language.analytic else first - 1


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
    if _gathers(candidate):
        return Verdict("volunteers", "gathers")
    if _is_agent(candidate, own):
        return Verdict("volunteers", "agent")
    if own == "volunteers":
        return _helpers(candidate)
    in_need = _IN_NEED | ({"refugee"} if candidate.parsed.language.suffixed else set())
    in_affected = any(c.id in in_need for c in describing(candidate))
    first, last = candidate.quantity.first, candidate.quantity.last
    within = candidate.parsed.between("role", first, last)
    in_affected = in_affected or any(hit.entry.id == "hurt" for hit in within)
    need = _need_behind(candidate)
    if need is not None:
        return Verdict("affected", "need", need.span)
    roles = [c for c in candidate.cues("role") if _is_role(candidate, c.hit)]
    roles = [c for c in roles if not _is_of_others(candidate, c.hit)]
    roles = [c for c in roles if not _is_treated(candidate, c.hit)]
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
    if _waits(candidate, own):
        return Verdict("affected", "moved")
    return Verdict(own if own and own != "goods" else "recipients", "default")


def _waits(candidate: Candidate, own: str | None) -> bool:
    """«В ПВР находятся 943 человека»: under a roof, and nobody is said to feed them; who is «flown
    home free of charge» is helped."""
    unnamed = own is None or (own == "recipients" and not candidate.parsed.language.analytic)
    return unnamed and is_moved(candidate) and not is_cared_for(candidate)


_PASSIVE = 6


def _is_agent(candidate: Candidate, own: str | None) -> bool:
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
    plain = all(noun.case not in _GIVEN_CASES for noun in quantity.nouns[-1:])
    return plain and any(h.first == 0 for sort in _GIVEN for h in parsed.ending(sort, opens - 1))


def _does(parsed: Parsed, index: int) -> bool:
    """«көрсетті», «қолдады»: a verb, known or not, of what was done, and not of what was got."""
    readings = parsed.language.morphology.readings(parsed.norm(index))
    got = any(hit.entry.id == "receive" for hit in parsed.starting("verb", index))
    return not got and any(reading.tense in _TOLD for reading in readings)


def _finite(hits: Iterable[Hit], names: Container[str]) -> list[Hit]:
    """Those verbs that tell what somebody does or did."""
    return [hit for hit in hits if hit.reading.tense in _TOLD and hit.entry.id in names]


_GIFTS = frozenset({"give", "giving", "collect"})


def _cases(parsed: Parsed, index: int) -> set[str | None]:
    return {r.case for r in parsed.language.morphology.readings(parsed.norm(index))}


def _gathers(candidate: Candidate) -> bool:
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


def _main_role(candidate: Candidate, roles: Sequence[Cue], role: Cue | None) -> Cue | None:
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
        later = (one for one in later if _tells(candidate.parsed, one.hit))
    behind = next(later, None)
    told = behind is not None and (
        _tells(candidate.parsed, behind.hit) or _is_past_perfect(candidate.parsed, behind.hit)
    )
    return behind if told and behind and behind.hit.entry.id in ("recipients", "housed") else None


def _tells(parsed: Parsed, hit: Hit) -> bool:
    """«received», «will | be paid»: a finite verb."""
    linked = hit.last > hit.first and bool(parsed.starting("link", hit.first))
    return hit.reading.tense in _TOLD or (linked and parsed.language.analytic)


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
        return any(h.entry.id == "manage" and h.reading.tense in _TOLD for h in verbs)
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


def _need_behind(candidate: Candidate) -> Hit | None:
    """«84,000 people need shelter», «2.3 million people, | or one in four, | need food»: what they
    are said to do first of all."""
    after = _past_aside(candidate.parsed, candidate.quantity.last + 1)
    hits = candidate.parsed.between("verb", after, after + 1)
    needs = (hit for hit in hits if hit.entry.id == "need")
    return next((hit for hit in needs if not _is_of_things(candidate.parsed, hit)), None)


def _past_aside(parsed: Parsed, index: int) -> int:
    """The token behind what two commas enclose, where that is short and tells of nothing."""
    if not parsed.language.analytic or parsed.norm(index) != ",":
        return index
    stops = range(index + 1, min(index + _ASIDE, len(parsed.tokens)))
    end = next((i for i in stops if parsed.norm(i) == ","), index)
    told = any(parsed.between("verb", index, end))
    return index if told or end == index else end + 1


# Tokens from the comma that opens an aside to the one that closes it.
_ASIDE = 9


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


def _is_of_others(candidate: Candidate, hit: Hit) -> bool:
    """«нуждающимся | раздали», «зардап шеккендерге | 120 үй салынды»: a participle in the dative
    names those who are helped."""
    if candidate.parsed.language.suffixed and _names_people_in_dative(candidate, hit):
        return True
    if hit.entry.id != "affected" or hit.reading.pos != "PRTF":
        return False
    own = any(noun.case in _GIVEN_CASES for noun in candidate.quantity.nouns)
    return hit.reading.case in _GIVEN_CASES and not own


def _names_people_in_dative(candidate: Candidate, hit: Hit) -> bool:
    """«зардап шеккендерге», «мұқтаждарға» before what they get, with no noun of their own."""
    if hit.entry.id != "affected" or hit.last >= candidate.quantity.first:
        return False
    named = (h for h in candidate.parsed.ending("noun", hit.last) if h.reading.case == "dat")
    return any(cast(Concept, h.entry.meaning).unit in PEOPLE_UNITS for h in named)


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


def _is_treated(candidate: Candidate, hit: Hit) -> bool:
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


_SUBJECT = 6


def _helpers(candidate: Candidate) -> Verdict:
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
    verb = next((hit for hit in told if hit.reading.tense in _TOLD), None)
    if verb is None or parsed.weight(last + 1, verb.first) > _SUBJECT:
        return None
    here = candidate.context.by_sentence[candidate.quantity.sentence]
    between = [q for q in here if last < q.first <= verb.first + _SUBJECT and q.unit is not None]
    calls = any(q.unit == "request" for q in between)
    crowded = any(q.first < verb.first and q.item is not None for q in between)
    return None if calls or (crowded and not parsed.language.suffixed) else verb


KINDS: tuple[Rule, ...] = (
    money,
    share,
    as_before,
    as_listed,
    harmed,
    goods,
    fixed_kind,
    housing_site,
    unserved,
    target,
    people,
)
