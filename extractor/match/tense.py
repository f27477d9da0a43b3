"""What a verb says has happened: its class, its tense and the words around it."""

from __future__ import annotations

from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.types import Concept, Status

_REACH = 8
# The tenses of a verb that says what somebody does, did or will do.
TOLD = frozenset({"past", "present", "progressive", "future"})

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
    # A house is no help before somebody lives in it.
    ("build", "past"): "delivered",
    ("build", "present"): "planned",
    ("build", "future"): "planned",
    ("collect", "past"): "collected",
    ("collect", "present"): "ongoing",
    ("collect", "future"): "planned",
}


def status_of(parsed: Parsed, hit: Hit) -> Status | None:
    """«таратылды» → delivered, «жоспарлап отыр» → planned, «қажет» → nothing.

    An infinitive takes the status of what governs it; by itself it says nothing here.
    """
    kind = hit.entry.id
    if kind == "plan":
        return "planned"
    if kind in ("start", "under_way"):
        # «соғыс басталғалы» says since when, and not what goes on.
        return None if hit.reading.tense == "intent" else "ongoing"
    if kind == "stored":
        return "collected"
    if kind == "placed":
        return "delivered"
    if kind == "manage" and parsed.language.suffixed and hit.reading.tense == "future":
        return "planned"
    time = time_of(parsed, hit)
    if time == "present" and _is_upcoming(parsed, hit):
        return "planned"
    if kind == "give" and time == "past" and _bids(parsed, hit):
        return "planned"
    if kind == "give" and tells_news(parsed, hit):
        return None
    if kind in ("give", "receive") and is_ruled_out(parsed, hit):
        return "planned"
    return _STATUS.get((kind, time)) if time else None


def is_denied(parsed: Parsed, hit: Hit) -> bool:
    """«көрсетілмеді», «төленген | жоқ», «бере | алмады», «берілмей | қалды»: it did not happen."""
    if not parsed.language.suffixed:
        return False
    after = hit.last + 1
    if hit.reading.negated and hit.reading.tense == "converb":
        left = parsed.language.morphology.readings(parsed.norm(after))
        told = any(reading.tense == "past" for reading in left)
        return told or _auxiliary(parsed, hit, "auxiliary_progressive")
    if hit.reading.negated and hit.reading.tense == "perfect":
        # «көмек алмаған | 130 отбасы», but not «АӘК алмаған зейнеткерлер (79 адам)»
        counts = after < len(parsed.tokens) and parsed.tokens[after].sort == "number"
        return counts or time_of(parsed, hit) is not None
    if hit.reading.negated:
        return hit.reading.tense in ("past", "future", "progressive")
    behind = parsed.starting("verb", after)
    if hit.reading.tense == "converb":
        return any(other.reading.negated and time_of(parsed, other) for other in behind)
    return hit.reading.tense == "perfect" and any(h.entry.id == "negation" for h in behind)


def _is_upcoming(parsed: Parsed, hit: Hit) -> bool:
    """«next month 25 families | get keys», «раздают завтра»: the present of a day to come."""
    near = (other for other in parsed.of_sort("verb") if other.entry.id == "upcoming")
    return any(
        abs(other.first - hit.first) <= _REACH
        and not _blocked(parsed, min(other.last, hit.last), max(other.first, hit.first))
        for other in near
    )


def _bids(parsed: Parsed, hit: Hit) -> bool:
    """«20 млрд теңге бөлуді | тапсырды»: what is handed over is a task, and yet to be done."""
    if not parsed.language.suffixed or hit.first == 0:
        return False
    before = hit.first - 1
    readings = parsed.language.morphology.readings(parsed.norm(before))
    task = any(verb.reading.tense == "infinitive" for verb in parsed.ending("verb", before))
    return task and any(reading.case == "acc" for reading in readings)


def tells_news(parsed: Parsed, hit: Hit) -> bool:
    """«баратынын | жеткізді»: what was done, or will be, is told and not handed over."""
    if not parsed.language.suffixed or hit.first == 0:
        return False
    readings = parsed.language.morphology.readings(parsed.norm(hit.first - 1))
    done = any(reading.tense in ("past", "future") for reading in readings)
    return done and any(reading.case == "acc" and reading.possessive for reading in readings)


def weak_status_of(parsed: Parsed, hit: Hit) -> Status | None:
    """«Capital to buy computers»: an infinitive or converb, where no finite verb says more."""
    tense = hit.reading.tense
    if tense is None and not _auxiliary(parsed, hit, "infinitive_mark"):
        return None
    time = {
        "infinitive": "future",
        None: "future",
        "converb": "past",
        "perfect": "past",
        "habitual": "future",
    }
    return _STATUS.get((hit.entry.id, time[tense])) if tense in time else None


def time_of(parsed: Parsed, hit: Hit) -> str | None:
    """past, present or future, by ending and auxiliaries."""
    tense = hit.reading.tense
    if _auxiliary(parsed, hit, "auxiliary_future"):
        return "future"
    if tense is None and not _auxiliary(parsed, hit, "infinitive_mark"):
        if not _is_plural_present(parsed, hit):
            return None
        return "past" if parsed.sentence.zone.kind == "headline" else "present"
    if tense in ("infinitive", None):
        return _governed_time(parsed, hit)
    if tense == "future":
        return "future"
    if tense == "conditional":
        return _contrasted_time(parsed, hit)
    if tense == "intent":
        return "future" if _auxiliary(parsed, hit, "auxiliary_progressive") else None
    if tense == "converb":
        if _auxiliary(parsed, hit, "auxiliary_progressive"):
            return "present"
        done = _auxiliary(parsed, hit, "manage") or _is_done_first(parsed, hit)
        done = done or _is_completed(parsed, hit) or _is_used_next(parsed, hit)
        return "past" if done else None
    if (
        tense == "past"
        and not parsed.language.suffixed
        and _auxiliary(parsed, hit, "auxiliary_progressive")
    ):
        return "present"
    if tense == "past" and _is_habit(parsed, hit):
        return "present"
    if tense in ("progressive", "present"):
        if _is_noun(parsed, hit):
            return None
        return "past" if _is_headline(parsed, hit) else "present"
    if tense == "perfect":
        return "past" if _closes(parsed, hit) else None
    return "past" if tense == "past" else None


def _is_plural_present(parsed: Parsed, hit: Hit) -> bool:
    """«families | receive 300 kilograms each», «herders who | get hay»: of several, and now;
    in a headline «Volunteers | collect 12 tonnes», too."""
    titled = parsed.sentence.zone.kind == "headline" and hit.entry.id in _TOLD_IN_TITLES
    if not (titled or hit.entry.id == "receive") or not parsed.language.analytic:
        return False
    before = hit.first - 1
    many = parsed.norm(before).endswith("s") and bool(parsed.ending("noun", before))
    return many or bool(parsed.ending("relative", before))


def is_ruled_out(parsed: Parsed, hit: Hit) -> bool:
    """«has | not yet | transferred the 80 million», «were | unable to | reach 40,000»: what is told
    not to have happened; «not only gave» tells that it has."""
    if not parsed.language.analytic:
        return False
    for no in parsed.of_sort("verb"):
        between = range(no.last + 1, hit.first)
        if no.entry.id == "negation" and no.last < hit.first and len(between) <= _BESIDE:
            return all(parsed.starting("stop", index) for index in between)
    return False


def _is_completed(parsed: Parsed, hit: Hit) -> bool:
    """«әзірлеп | қойыпты», «беріліп | те | кетті»: what goes with a converb to say that it is
    done."""
    after = hit.last + 1
    particle = parsed.starting("particle", after)
    closing = parsed.starting("completing", after + 1 if particle else after)
    return any(h.reading.tense in _TOLD_TENSES for h in closing)


def _is_done_first(parsed: Parsed, hit: Hit) -> bool:
    """«грант бөліп, жедел жәрдем көлігі алынды»: given first, as what follows is of the past."""
    if hit.entry.id != "give" or not parsed.language.suffixed or parsed.norm(hit.last + 1) != ",":
        return False
    later = [h for h in parsed.of_sort("verb") if h.first > hit.last and h.reading.tense]
    told = {h.reading.tense for h in later} - {"infinitive"}
    return bool(told) and told <= _TOLD_TENSES


def _is_used_next(parsed: Parsed, hit: Hit) -> bool:
    """«1,6 млн теңге жиналып, 33 отбасына көмек көрсетілді»: gathered, and what follows has got an
    object of its own; in «себет сатып алып, таратты» it has not."""
    after = hit.last + 1
    if hit.entry.id != "collect" or not parsed.language.suffixed or parsed.norm(after) != ",":
        return False
    later = [h for h in parsed.of_sort("verb") if h.first > after and h.reading.tense]
    told = next(iter(sorted(later, key=lambda one: one.first)), None)
    if told is None or told.reading.tense not in _TOLD_TENSES:
        return False
    objects = [h for h in parsed.between("noun", after, told.last) if _is_object(h)]
    return bool(objects)


def _is_object(hit: Hit) -> bool:
    """«көмек», «12 пәтерді»: something given, in the case of an object."""
    concept = hit.entry.meaning
    thing = isinstance(concept, Concept) and concept.sort == "item"
    return thing and hit.reading.case in (None, "nom", "acc")


def _is_habit(parsed: Parsed, hit: Hit) -> bool:
    """«lunches are served» goes on; «by now … are delivered» and «are packed» tell what is done."""
    progress = any(one.entry.id == "progress" for one in parsed.of_sort("scope"))
    if not parsed.language.analytic or hit.entry.id == "collect" or progress:
        return False
    places = range(hit.first - 1, hit.first - 1 - _BESIDE, -1)
    links = [(place, link) for place in places for link in parsed.ending("link", place)]
    return any(
        link.reading.tense == "present" and not _blocked(parsed, place, hit.first)
        for place, link in links
    )


_BESIDE = 2


def _is_headline(parsed: Parsed, hit: Hit) -> bool:
    """«Bank hands over 20 tablets», «Auction raises 9 million» as a headline: what is told there
    in the present is done."""
    titled = parsed.sentence.zone.kind == "headline" and parsed.language.analytic
    rates = any(one.entry.id in ("rate", "each") for one in parsed.of_sort("scope"))
    told = hit.entry.id in _TOLD_IN_TITLES and hit.reading.tense == "present"
    return titled and told and not rates


_TOLD_IN_TITLES = frozenset({"give", "receive", "collect"})


def _contrasted_time(parsed: Parsed, hit: Hit) -> str:
    """«300 отбасы көмек алса, былтыр 200 отбасы алды»: one of two things told side by side."""
    after = hit.last + 1
    if after < len(parsed.tokens) and parsed.norm(after) == ",":
        later = sorted(
            (h for h in parsed.of_sort("verb") if h.first > after), key=lambda h: h.first
        )
        told = [h for h in later if h.reading.tense != "conditional"]
        times = [time for h in told if (time := _time_told(parsed, h)) is not None]
        if times[:1] == ["past"]:
            return "past"
    return "future"


def _time_told(parsed: Parsed, hit: Hit) -> str | None:
    """Past, or another time, of a verb that tells; nothing of one that only describes."""
    if hit.reading.tense in _TOLD_TENSES or _is_completed(parsed, hit):
        return "past"
    return "future" if hit.reading.tense in _OPEN_TENSES else None


_TOLD_TENSES = frozenset({"past", "perfect"})
_OPEN_TENSES = frozenset({"future", "habitual", "conditional"})


def _closes(parsed: Parsed, hit: Hit) -> bool:
    """«таратылған.» ends its clause; «жинаған 45 тонна жүк» only describes what follows."""
    after = hit.last + 1
    if after >= len(parsed.tokens) or parsed.tokens[after].sort == "mark":
        return True
    return bool(parsed.starting("stop", after) or parsed.starting("verb", after))


def _is_noun(parsed: Parsed, hit: Hit) -> bool:
    """«supplies», «houses»: a plural that looks like a verb, as in «compensation for | repairs» and
    «received | benefits»."""
    before = hit.first - 1
    aimed = any(one.entry.id == "target" for one in parsed.ending("scope", before))
    got = any(one.reading.tense == "past" for one in parsed.ending("verb", before))
    if parsed.language.analytic and (aimed or got or parsed.ending("of", before)):
        return hit.reading.tense == "present"
    return tense_is_ambiguous(parsed, hit) and any(
        other.first <= hit.first <= other.last for other in parsed.of_sort("noun")
    )


def tense_is_ambiguous(parsed: Parsed, hit: Hit) -> bool:
    """A language whose plural and third person end alike writes both so."""
    return hit.reading.tense == "present" and parsed.language.head == "final"


def _governed_time(parsed: Parsed, hit: Hit) -> str | None:
    """«таратуға кірістік» is going on, «смог собрать» is done, «намерен закупить» is to come."""
    times = {"start": "present", "manage": "past", "plan": "future"}
    found = [
        (abs(other.first - hit.first), _time_of(parsed, other, times[other.entry.id]))
        for other in parsed.of_sort("verb")
        if other.entry.id in times and 0 < abs(other.first - hit.first) <= _REACH
    ]
    return min(found)[1] if found else None


def _time_of(parsed: Parsed, governor: Hit, usual: str) -> str:
    """«сможет закупить», «беруге мүмкіндік береді» is to come, as «смог закупить» is done."""
    enabled = governor.entry.id == "manage" or not parsed.language.suffixed
    return "future" if enabled and governor.reading.tense == "future" else usual


def _auxiliary(parsed: Parsed, hit: Hit, sort: str) -> bool:
    """An auxiliary of that class near the verb, on the side where the language has it."""
    final = parsed.language.suffixed
    for other in parsed.of_sort("verb"):
        if other.entry.id != sort or other.first == hit.first:
            continue
        after = 0 < other.first - hit.last <= 2
        before = 0 < hit.first - other.last <= 4 and not _blocked(parsed, other.last, hit.first)
        if sort == "infinitive_mark":
            before = before and _opens(parsed, other.last + 1, hit.first)
        if sort in ("auxiliary_progressive", "manage"):
            if after if final else before:
                return True
        elif final:
            if after and hit.reading.tense in ("future", "infinitive", "habitual"):
                return True
        elif before:
            return True
    return False


def _opens(parsed: Parsed, start: int, verb: int) -> bool:
    """«to | quickly | deliver», «to buy and | deliver», but not «to | social | support»."""
    if start == verb or parsed.starting("and", verb - 1):
        return True
    adverbs = (_is_adverb(parsed, index) for index in range(start, verb))
    return all(adverbs)


def _is_adverb(parsed: Parsed, index: int) -> bool:
    said = any(parsed.starting(sort, index) for sort in ("stop", "scope", "verb"))
    return said or parsed.norm(index).endswith(parsed.language.adverbs)


def _blocked(parsed: Parsed, start: int, stop: int) -> bool:
    return any(parsed.norm(index) in ",;:" for index in range(start + 1, stop))


def past_near(parsed: Parsed, first: int, last: int) -> bool:
    """«… провели для 130 тысяч человек», «… екі құдық қазылды,»: is the nearest finite verb,
    known or not, of the past?"""
    return _tense_near(parsed, first, last, _FINITE) == {"past"}


def future_near(parsed: Parsed, first: int, last: int) -> bool:
    """«осчастливит 40 семей»: is the nearest finite verb of the future?"""
    told = _tense_near(parsed, first, last, _FINITE | {"progressive"})
    return not parsed.language.suffixed and told == {"future"}


def _tense_near(parsed: Parsed, first: int, last: int, finite: frozenset[str]) -> set[str]:
    """The tenses of the nearest word that can only be a finite verb, within reach."""
    found = [
        (abs(index - (first if index < first else last)), _tenses(parsed, index, finite))
        for index in range(max(0, first - _FAR), min(last + _FAR + 1, len(parsed.tokens)))
        if not first <= index <= last and (not parsed.language.suffixed or index > last)
    ]
    told = (pair for pair in found if pair[1])
    return min(told, default=(0, set()), key=lambda pair: pair[0])[1]


_FAR = 14
_FINITE = frozenset({"past", "present", "future"})
_TOLD_BY = frozenset({"VERB", "PRTS"})


def _tenses(parsed: Parsed, index: int, finite: frozenset[str]) -> set[str]:
    """The tenses of a word that can only be a finite verb; in Kazakh one that ends its clause."""
    readings = parsed.language.morphology.readings(parsed.norm(index))
    named = [r for r in readings if r.pos is not None]
    # «обратились» is told, though «обратившиеся» are people; so is «осмотрено».
    verbal = bool(named) and all(r.pos in _TOLD_BY for r in named)
    others = ("number", "scope", "place") if verbal else ("noun", "number", "scope", "place")
    if any(parsed.starting(sort, index) for sort in others):
        return set()
    if verbal and any(_beside_future(parsed, at) for at in (index - 2, index - 1, index + 1)):
        return {"future"} & finite
    if named:
        return {r.tense for r in named if r.tense in finite} if verbal else set()
    after = index + 1
    if parsed.language.suffixed:
        ended = parsed.starting("pluperfect", index)
        after = max((hit.last + 1 for hit in ended), default=after)
        closes = after >= len(parsed.tokens) or parsed.tokens[after].sort == "mark"
        if ended or any(reading.tense == "perfect" for reading in readings):
            # «науқасты қараған.», «науқасты қараған | еді,»
            return {"past"} if closes else set()
        if not closes:
            return set()
    return {r.tense for r in readings if r.tense in finite}


def _beside_future(parsed: Parsed, index: int) -> bool:
    """«будут осмотрены»: the auxiliary that says when."""
    return any(hit.entry.id == "auxiliary_future" for hit in parsed.starting("verb", index))
