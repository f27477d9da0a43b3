"""What goes on: loads under way, machines at work, so many portions a day."""

from __future__ import annotations

from extractor.match.candidates import GIVING, Candidate, Verdict
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.partitives import is_rest, rests
from extractor.match.scopes import crosses, is_span
from extractor.match.tense import status_of, time_of
from extractor.types import Figure, Quantity

# Sent to work rather than given.
MACHINES = frozenset({"machinery", "boat", "pump"})


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


def at_work(candidate: Candidate) -> Verdict | None:
    """«работают 64 мотопомпы», «812 человек живут в пунктах»: it goes on."""
    machines = candidate.quantity.item in MACHINES
    role = candidate.near("role", "volunteers" if machines else "recipients")
    if role is None or not (machines or role.reading.tense == "progressive"):
        return None
    if role.reading.tense == "perfect" and candidate.parsed.starting("pluperfect", role.last + 1):
        # «47 техника жұмылдырылған еді»
        return Verdict("delivered", "sent_before", role.span)
    return Verdict("ongoing", "at_work", role.span)


def machines_at_work(candidate: Candidate) -> Verdict | None:
    """«бөгет тұрғызуға | 690 техника | тартылған»: what they are to do is said before them."""
    fits = candidate.parsed.language.suffixed and candidate.quantity.item in MACHINES
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
