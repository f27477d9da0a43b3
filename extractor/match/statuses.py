"""Promised, gathered, going on or done: what verbs, tense and neighbours say of a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from extractor.match.candidates import (
    GIVING,
    NEAR,
    Candidate,
    Rule,
    Verdict,
    first_verdict,
)
from extractor.match.counted import is_money, is_receiver
from extractor.match.governors import Cue
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS, RECEIVER_UNITS
from extractor.match.parsed import Parsed
from extractor.match.scopes import SCOPES, crosses, each_gets_next, is_span
from extractor.match.tense import (
    future_near,
    is_denied,
    past_near,
    status_of,
    time_of,
    weak_status_of,
)
from extractor.match.things import is_thing
from extractor.match.understood import is_rest, rests
from extractor.types import (
    Concept,
    Figure,
    Quantity,
    Status,
)

NO_STATUS = frozenset({"affected", "requests", "share", "sites", "volunteers"})

# Sent to work rather than given.
_MACHINES = frozenset({"machinery", "boat", "pump"})


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


def on_its_way(candidate: Candidate) -> Verdict | None:
    """«Облыс үш вагон жөнелтті, жүк ертең жетуі тиіс»: sent, and told to be under way."""
    quantity, context, parsed = candidate.quantity, candidate.context, candidate.parsed
    if quantity.item is None and candidate.unit not in ("vehicle", "flight"):
        return None
    if _has_come(candidate) or _is_promised_behind(candidate):
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


def on_its_way_before(candidate: Candidate) -> Verdict | None:
    """«Жүк тиелген ұшақ ұшып шықты. Жіберілген жүктің салмағы 25 тонна»: no verb of its own."""
    index, context = candidate.quantity.sentence, candidate.context
    if candidate.quantity.item is None or not candidate.parsed.language.suffixed:
        return None
    if any(status_of(candidate.parsed, hit) for hit in candidate.parsed.of_sort("verb")):
        return None
    told = (hit for p in context.parsed[max(0, index - 1) : index] for hit in p.of_sort("verb"))
    moving = next((hit for hit in told if hit.entry.id == "under_way"), None)
    return Verdict("ongoing", "on_its_way", moving.span) if moving is not None else None


def as_it_goes_on(candidate: Candidate) -> Verdict | None:
    """«Көмір тарату басталды. 350 үйге екі тоннадан беріледі»: a tense that is present and future
    at once, of what has begun by the sentence before."""
    parsed, context = candidate.parsed, candidate.context
    if not parsed.language.suffixed or _tells_of_more(candidate):
        return None
    governing = next((c for c in candidate.governing() if status_of(parsed, c.hit)), None)
    if governing is None or governing.hit.reading.tense != "future":
        return None
    if governing.hit.first <= candidate.quantity.last or governing.hit.entry.id not in GIVING:
        return None
    index = candidate.quantity.sentence
    for before in reversed(context.parsed[max(0, index - _BEGUN) : index]):
        if before.sentence.paragraph != parsed.sentence.paragraph:
            break
        begun = (h for h in before.of_sort("verb") if h.entry.id in GIVING)
        told = [(hit, status_of(before, hit)) for hit in begun]
        going = next((hit for hit, status in told if status == "ongoing"), None)
        if going is not None:
            return Verdict("ongoing", "goes_on", going.span)
    return None


_BEGUN = 2


def _tells_of_more(candidate: Candidate) -> bool:
    """«Ал пәтерде тұратындарға …», «ертең тағы 70», «қалған 172»: others than those begun with."""
    parsed, first = candidate.parsed, candidate.quantity.first
    turned = any(hit.entry.id == "next" for hit in parsed.starting("scope", 0))
    more = parsed.ending("additive_before", first - 1)
    return turned or bool(more) or is_rest(parsed, candidate.quantity)


def _is_promised_behind(candidate: Candidate) -> bool:
    """«Керек болса, тағы екі вагон | жібереміз»: it has a verb of its own, and is to come."""
    parsed, last = candidate.parsed, candidate.quantity.last
    verbs = (hit for hit in parsed.of_sort("verb") if hit.first > last)
    near = (hit for hit in verbs if hit.first - last <= _OWN)
    own = any(h.entry.id == "give" and h.reading.tense == "future" for h in near)
    return own and parsed.language.suffixed


_OWN = 3
_COME = 3.0


def _has_come(candidate: Candidate) -> bool:
    """«Бортом | прилетели | 10 тонн. Едут грузы и из Атырау»: what comes yet is another load."""
    load = candidate.nearest("load")
    near = load is not None and load.distance <= _COME and load.hit.entry.id == "comes"
    told = load is not None and time_of(candidate.parsed, load.hit) == "past"
    return near and told and not candidate.parsed.language.suffixed


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


def as_named_slice(candidate: Candidate) -> Verdict | None:
    """«1 500 бала көмек алды. Оның 640-ы | – атаулы көмек алатын отбасылардан»: behind the dash
    stands who they are, and they got it as all the others."""
    parsed, whole, after = candidate.parsed, candidate.antecedent, candidate.quantity.last + 1
    if whole is None or whole.status is None or not parsed.language.suffixed:
        return None
    if not parsed.dashed(after):
        return None
    later = [hit for hit in parsed.of_sort("verb") if hit.first > after]
    told = any(status_of(parsed, hit) is not None for hit in later)
    return None if told else Verdict(whole.status, "named_slice", whole.span)


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


def at_work(candidate: Candidate) -> Verdict | None:
    """«работают 64 мотопомпы», «812 человек живут в пунктах»: it goes on."""
    machines = candidate.quantity.item in _MACHINES
    role = candidate.near("role", "volunteers" if machines else "recipients")
    if role is None or not (machines or role.reading.tense == "progressive"):
        return None
    if role.reading.tense == "perfect" and candidate.parsed.starting("pluperfect", role.last + 1):
        # «47 техника жұмылдырылған еді»
        return Verdict("delivered", "sent_before", role.span)
    return Verdict("ongoing", "at_work", role.span)


def machines_at_work(candidate: Candidate) -> Verdict | None:
    """«бөгет тұрғызуға | 690 техника | тартылған»: what they are to do is said before them."""
    fits = candidate.parsed.language.suffixed and candidate.quantity.item in _MACHINES
    return at_work(candidate) if fits else None


def at_a_rate(candidate: Candidate) -> Verdict | None:
    """«ежедневно готовим около 350 порций»: so many a day, and it goes on, unless it is told
    of the past or «will be»."""
    parsed, quantity = candidate.parsed, candidate.quantity
    rates = [hit for hit in parsed.of_sort("scope") if hit.entry.id == "rate"]
    rates = [hit for hit in rates if not is_span(parsed, hit)]
    near = [hit for hit in rates if _beside(parsed, quantity, hit)]
    governing = next(iter(candidate.governing()), None)
    told = status_of(parsed, governing.hit) if governing is not None else None
    open_ended = parsed.language.suffixed and told == "planned"
    if open_ended and governing is not None:
        # «күніне 150 адамды тамақтандыру | жоспарланған», «… тамақтанатын | болады»: to come
        open_ended = governing.hit.entry.id != "plan" and governing.hit.reading.tense == "future"
    before = candidate.before
    if open_ended and quantity.each and before is not None and _is_at_rate(before, quantity):
        # «жыл сайын 2 миллион теңге бөледі, яғни біреуіне 200 мыңнан»
        return Verdict("ongoing", "rate", before.span)
    if not near or (told in ("planned", "delivered") and not open_ended):
        return None
    return Verdict("ongoing", "rate", near[0].span)


def _is_at_rate(before: Figure, quantity: Quantity) -> bool:
    here = before.sentence == quantity.sentence
    return here and any(e.field == "status" and e.rule == "rate" for e in before.evidence)


def _beside(parsed: Parsed, quantity: Quantity, hit: Hit) -> bool:
    """Is the hit in the same breath: near, with no mark or number between?"""
    if hit.first > quantity.last:
        return hit.first - quantity.last <= 4 and not crosses(parsed, quantity.last, hit.first)
    return 0 < quantity.first - hit.last <= 4 and not crosses(parsed, hit.last, quantity.first)


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


def told_here(candidate: Candidate) -> Verdict | None:
    """«Жүк келеді. … шарбақ қазылды»: told as past, whatever the sentence before foretold."""
    before = candidate.before
    if before is not None and before.sentence == candidate.quantity.sentence:
        return None
    copied = as_figure_before(candidate) or by_neighbour(candidate)
    machines = candidate.quantity.item in _MACHINES
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


def as_each_gets(candidate: Candidate) -> Verdict | None:
    """«Қалада 18 ардагер тұрады. … олардың әрқайсысы төлем алады» → planned."""
    verb = each_gets_next(candidate) if is_receiver(candidate) else None
    following = candidate.context.parsed[candidate.quantity.sentence + 1 :][:1]
    status = status_of(following[0], verb) if verb is not None else None
    return Verdict(status, "each_gets", verb.span) if verb is not None and status else None


def as_priced(candidate: Candidate) -> Verdict | None:
    """«Үш автобус берілді. … Құны – 61 миллион теңге»: the worth of things shares their lot."""
    parsed, quantity = candidate.parsed, candidate.quantity
    worth = [h for h in parsed.of_sort("scope") if h.entry.id == "price" and h.first <= _OPENING]
    if candidate.unit in (None, "MCI") or not worth or worth[0].first > quantity.first:
        return None
    before = candidate.before
    if not is_money(candidate) or before is None or before.kind != "goods" or not before.status:
        return None
    told = any(status_of(parsed, hit) for hit in parsed.of_sort("verb"))
    near = 0 < quantity.sentence - before.sentence <= _WORTH_OF
    return Verdict(before.status, "priced", before.span) if near and not told else None


_OPENING = 3
_WORTH_OF = 3


def as_figure_before(candidate: Candidate) -> Verdict | None:
    """A line of a list, a sentence without a verb: as the figure before it."""
    before, index = candidate.before, candidate.quantity.sentence
    whole = candidate.antecedent
    verb_last = candidate.parsed.language.suffixed
    if whole is not None and whole.status is not None and not verb_last:
        return Verdict(whole.status, "as_whole", whole.span)
    if index and candidate.context.parsed[index - 1].tokens[-1].text == ":":
        introduced = by_neighbour(candidate)
        if introduced is not None:
            return introduced
    near = before is not None and index - before.sentence <= 2
    if not near or before is None or before.status is None:
        return None
    if before.kind in NO_STATUS or before.sentence == candidate.quantity.sentence - 2:
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
    machines = candidate.quantity.item in _MACHINES
    return Verdict("ongoing" if machines else "delivered", "default")


STATUSES: tuple[Rule, ...] = (
    needed,
    not_given,
    at_a_rate,
    on_its_way,
    as_it_goes_on,
    announced,
    earmarked,
    as_named_slice,
    by_verb,
    on_its_way_before,
    machines_at_work,
    by_weak_verb,
    at_work,
    foretold,
    as_each_gets,
    told_here,
    as_priced,
    as_figure_before,
    by_neighbour,
    told,
)
