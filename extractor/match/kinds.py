"""What a figure counts by its role in the clause: who gets, who needs, who helps, what is given."""

from __future__ import annotations

from typing import cast

from extractor.match.agents import gathers, helpers, is_agent
from extractor.match.candidates import GIVING, NEAR, Candidate, Rule, Verdict
from extractor.match.counted import is_goods, is_money
from extractor.match.describing import describing
from extractor.match.governors import Cue
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS, RECEIVER_UNITS
from extractor.match.numerals import DASHES
from extractor.match.parsed import Parsed
from extractor.match.roles import (
    is_aside,
    is_of_others,
    is_role,
    is_treated,
    kind_of_role,
    main_role,
    role_of_list,
    tells,
)
from extractor.match.scopes import part_beside
from extractor.match.shelter import is_cared_for, is_fed_here, is_moved, was_moved
from extractor.match.tense import is_denied
from extractor.match.things import is_thing, to_each_of
from extractor.types import Concept, Figure

_IN_NEED = frozenset({"evacuee", "disaster_affected"})
_HARM = frozenset({"affected", "none", "repair"})
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
    served = close and role is not None and kind_of_role(candidate, role.hit) == "recipients"
    return Verdict("recipients", "served", role.hit.span) if role is not None and served else None


def _served_before(candidate: Candidate) -> Cue | None:
    """«Программа | охватит | 900 тысяч из них»: the verb stands before those whom it serves."""
    cue = next(iter(candidate.cues("role")), None)
    free = cue is not None and candidate.parsed.language.inversion
    return cue if free and cue is not None and tells(candidate.parsed, cue.hit) else None


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
            and not is_of_others(candidate, h)
            and not _is_of_settlement(candidate, h)
        ),
    )
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in (*GIVING, "collect", "plan"))
    if role is not None and role.distance <= NEAR:
        closer = gift is None or role.distance <= gift.distance
        return Verdict("affected", "harmed", role.hit.span) if closer else None
    ungiven = gift is None or gift.distance > NEAR
    shared = role_of_list(candidate) if ungiven else None
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
        "verb", lambda hit: hit.entry.id in ("give", "giving", "build", "start", "plan")
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
    if gathers(candidate):
        return Verdict("volunteers", "gathers")
    if is_agent(candidate, own):
        return Verdict("volunteers", "agent")
    if own == "volunteers":
        return helpers(candidate)
    in_need = _IN_NEED | ({"refugee"} if candidate.parsed.language.suffixed else set())
    in_affected = any(c.id in in_need for c in describing(candidate))
    first, last = candidate.quantity.first, candidate.quantity.last
    within = candidate.parsed.between("role", first, last)
    in_affected = in_affected or any(hit.entry.id == "hurt" for hit in within)
    need = _need_behind(candidate)
    if need is not None:
        return Verdict("affected", "need", need.span)
    roles = [c for c in candidate.cues("role") if is_role(candidate, c.hit)]
    roles = [c for c in roles if not is_of_others(candidate, c.hit)]
    roles = [c for c in roles if not is_treated(candidate, c.hit)]
    own_roles = (c for c in roles if not is_aside(candidate, c.hit, roles))
    role = next(own_roles, roles[0] if roles else None)
    role = main_role(candidate, roles, role) or role
    if role is not None and role.distance <= NEAR:
        return Verdict(kind_of_role(candidate, role.hit), "people", role.hit.span)
    shared = role_of_list(candidate)
    if shared is not None:
        return Verdict(kind_of_role(candidate, shared), "listed", shared.span)
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


def _told_before(candidate: Candidate) -> Figure | None:
    """«1 462 адам көшірілді. Ақтөбе облысы – 803 адам; …»: without a word, as those before."""
    before, parsed, first = candidate.before, candidate.parsed, candidate.quantity.first
    listed = parsed.norm(first - 1) in DASHES
    near = before is not None and candidate.quantity.sentence - before.sentence <= _LINES
    return before if listed and near else None


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
