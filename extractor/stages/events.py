"""Figures and mentions grouped into aid actions.

Figures are taken in reading order. Each joins the open event that it fits best, by
named evidence with weights, or opens a new one. Arithmetic is evidence: 11 000 families
times 15 000 tenge are 165 000 000 tenge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractor.match.context import Context
from extractor.match.governors import distance, nearest
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.tense import status_of
from extractor.types import Check, Concept, Event, Evidence, Figure, Mention, Span

_CORE = frozenset({"recipients", "money", "goods"})
_TIED = frozenset({"volunteers", "sites"})
_GAP = Decimal("0.02")
_COUNTRY = "KZ"


# Kinds of aid with the words that tell of them, if words do.
Told = list[tuple[str, Span | None]]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts; a figure joins an event from ``join`` on.

    Set by hand, then moved in coarse steps on the development articles.
    """

    join: float = 1.2
    same_sentence: float = 3.3
    next_sentence: float = 0.8
    next_paragraph: float = 0.6
    far: float = 0.0
    list: float = 4.0
    aid_same: float = 1.0
    aid_open: float = 0.4
    aid_other: float = -0.8
    arithmetic: float = 3.0
    doubled_sum: float = -1.0
    doubled_whole: float = -1.5
    doubled: float = -0.5
    completes: float = 0.7
    campaign_same: float = 0.5
    campaign_other: float = -1.0
    provider_same: float = 0.5
    provider_other: float = -0.6
    boundary: float = -1.5
    planned: float = -0.7
    place_same: float = 0.3
    place_other: float = -2.0
    time_same: float = 0.2
    time_other: float = -1.8


@dataclass(slots=True)
class _Draft:
    """An event being put together."""

    figures: list[Figure]
    aid: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    span: Span | None = None
    sentence: int = 0

    @property
    def last(self) -> int:
        return max((f.sentence for f in self.figures), default=self.sentence)


def find_events(
    context: Context,
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    *,
    weights: Weights = Weights(),
) -> tuple[Event, ...]:
    """«7672 отбасы … 11 мың отбасына 165 миллион теңгенің» → one event with checks."""
    drafts = _group(context, figures, mentions, weights)
    for draft in drafts:
        _settle_aid(context, draft, mentions)
    drafts += _without_figures(context, figures, drafts)
    drafts.sort(key=_place_of)
    return tuple(_event(draft, number) for number, draft in enumerate(drafts, 1))


def _place_of(draft: _Draft) -> int:
    if draft.figures:
        return min(figure.span.start for figure in draft.figures)
    return draft.span.start if draft.span else 0


# -- grouping -------------------------------------------------------------------------------


def _group(
    context: Context, figures: Sequence[Figure], mentions: Sequence[Mention], weights: Weights
) -> list[_Draft]:
    homes: dict[str, _Draft] = {}
    drafts: list[_Draft] = []
    for figure in figures:
        home = _home(figure, homes)
        if home is None and figure.kind not in _CORE | _TIED:
            continue
        if home is None:
            home = _best(context, figure, drafts[-_OPEN:], mentions, weights)
        if home is None:
            home = _Draft([])
            drafts.append(home)
        home.figures.append(figure)
        homes[figure.id] = home
        for kind, span in _aid_of(context, figure):
            if kind not in home.aid and not _is_only_help(figure, kind, home):
                home.aid.append(kind)
                home.evidence.append(Evidence("aid", kind, "words", span))
    return drafts


# So many of the latest events stay open for more figures.
_OPEN = 12


def _is_only_help(figure: Figure, kind: str, home: _Draft) -> bool:
    """Volunteers who hand out food make no second kind of aid; beside machines they do."""
    helps = figure.kind in _TIED and kind == "services"
    return helps and bool(home.aid) and "rescue_equipment" not in home.aid


def _home(figure: Figure, homes: Mapping[str, _Draft]) -> _Draft | None:
    """Where the figure that this one repeats or is part of already stands."""
    links = [figure.same_as]
    if not any(e.rule == "regions" for e in figure.evidence):
        links.append(figure.of)
    return next((homes[link] for link in links if link is not None and link in homes), None)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A figure and the draft that it may join."""

    figure: Figure
    draft: _Draft
    context: Context
    mentions: Sequence[Mention]
    aid: frozenset[str]
    weights: Weights

    def same_sentence(self) -> bool:
        return any(other.sentence == self.figure.sentence for other in self.draft.figures)


def _best(
    context: Context,
    figure: Figure,
    drafts: Sequence[_Draft],
    mentions: Sequence[Mention],
    weights: Weights,
) -> _Draft | None:
    aid = frozenset(kind for kind, _ in _aid_of(context, figure))
    scored = [
        (_score(_Pair(figure, draft, context, mentions, aid, weights)), -index, draft)
        for index, draft in enumerate(reversed(drafts))
        if figure.sentence - draft.last <= 3
    ]
    if not scored:
        return None
    score, _, draft = max(scored, key=lambda row: (row[0], row[1]))
    return draft if score >= weights.join else None


def _score(pair: _Pair) -> float:
    return sum(rule(pair) for rule in EVIDENCE)


def together(pair: _Pair) -> float:
    """In one sentence figures mostly measure one action; the farther, the less."""
    if pair.same_sentence():
        return pair.weights.same_sentence
    gap = pair.figure.sentence - pair.draft.last
    same = _paragraph(pair.context, pair.figure) == _paragraph(pair.context, pair.draft.figures[-1])
    near = pair.weights.next_sentence if same else pair.weights.next_paragraph
    return near if gap == 1 else pair.weights.far


def _paragraph(context: Context, figure: Figure) -> int:
    return context.parsed[figure.sentence].sentence.paragraph


def listed(pair: _Pair) -> float:
    """The lines of one list belong to the sentence that announces it."""
    parsed = pair.context.parsed
    here, last = pair.figure.sentence, pair.draft.last
    if here == last or here - last > 2 or not _is_line(parsed[here]):
        return 0.0
    announced = any(parsed[i].tokens[-1].text == ":" for i in range(last, here))
    return pair.weights.list if announced or _is_line(parsed[last]) else 0.0


_BULLETS = frozenset("-*\u2022\u2013\u2014\u00b7\u25cf\u25aa\\")


def _is_line(parsed: Parsed) -> bool:
    """A bullet, and no verb that says what somebody does."""
    return parsed.tokens[0].text in _BULLETS and not any(
        hit.reading.tense in ("past", "future") for hit in parsed.of_sort("verb")
    )


def same_aid(pair: _Pair) -> float:
    """The same kind of aid, or one of the two says nothing of it."""
    draft = frozenset(pair.draft.aid)
    if not draft or not pair.aid:
        return pair.weights.aid_open
    return pair.weights.aid_same if draft & pair.aid else pair.weights.aid_other


def arithmetic(pair: _Pair) -> float:
    """«11 000 × 15 000 = 165 000 000»: an equation binds."""
    together_ = [*pair.draft.figures, pair.figure]
    bound = any(pair.figure.id in check.operands for check in find_checks(together_))
    return pair.weights.arithmetic if bound else 0.0


def completes(pair: _Pair) -> float:
    """A sum without its people, people without their sum: each looks for the other."""
    totals = [f for f in pair.draft.figures if f.scope == "total" and f.kind in _CORE]
    alike = [f for f in totals if f.kind == pair.figure.kind]
    if pair.figure.kind == "goods":
        alike = [f for f in alike if f.item == pair.figure.item]
    if pair.same_sentence():
        doubled = pair.figure.kind == "money" and any(f.unit == pair.figure.unit for f in alike)
        return pair.weights.doubled_sum if doubled and pair.figure.scope == "total" else 0.0
    if pair.figure.scope == "total" and alike:
        full = len({f.kind for f in totals}) > 1
        return pair.weights.doubled_whole if full else pair.weights.doubled
    return pair.weights.completes


def same_names(pair: _Pair) -> float:
    """The same giver or campaign binds, another one parts."""
    if pair.same_sentence():
        return 0.0
    score, weights = 0.0, pair.weights
    for sort, same, other in (
        ("campaign", weights.campaign_same, weights.campaign_other),
        ("provider", weights.provider_same, weights.provider_other),
    ):
        mine = _ids(pair.mentions, sort, {pair.figure.sentence})
        theirs = _ids(pair.mentions, sort, {f.sentence for f in pair.draft.figures})
        if mine and theirs:
            score += same if mine & theirs else other
    return score


def _ids(mentions: Sequence[Mention], sort: str, sentences: set[int]) -> set[str]:
    return {m.id or m.text.lower() for m in mentions if m.sort == sort and m.sentence in sentences}


def boundary(pair: _Pair) -> float:
    """«Сонымен қатар», «Кроме того», «Also»: another action begins."""
    parsed = pair.context.parsed[pair.figure.sentence]
    new = any(hit.entry.id == "next" and hit.first <= 3 for hit in parsed.of_sort("scope"))
    return pair.weights.boundary if new and not pair.same_sentence() else 0.0


def same_time(pair: _Pair) -> float:
    """Planned and delivered are two actions, unless one is part of the other."""
    statuses = {f.status for f in pair.draft.figures if f.status}
    if not statuses or pair.figure.status is None or pair.same_sentence():
        return 0.0
    return pair.weights.planned if statuses == {"planned"} != {pair.figure.status} else 0.0


def same_place(pair: _Pair) -> float:
    """Another region than that of the event is another action."""
    mine = _codes(pair.mentions, {pair.figure.sentence})
    theirs = _codes(pair.mentions, {f.sentence for f in pair.draft.figures})
    if not mine or not theirs or pair.same_sentence():
        return 0.0
    return pair.weights.place_same if mine & theirs else pair.weights.place_other


def same_year(pair: _Pair) -> float:
    """Last year's payments are not this year's."""
    mine = _periods(pair.mentions, {pair.figure.sentence})
    theirs = _periods(pair.mentions, {f.sentence for f in pair.draft.figures})
    if not mine or not theirs or pair.same_sentence():
        return 0.0
    return pair.weights.time_same if mine & theirs else pair.weights.time_other


def _codes(mentions: Sequence[Mention], sentences: set[int]) -> set[str]:
    found = {m.code for m in mentions if m.sort == "place" and m.sentence in sentences}
    return {code for code in found if code is not None and code != _COUNTRY}


def _periods(mentions: Sequence[Mention], sentences: set[int]) -> set[str]:
    found = {m.value for m in mentions if m.sort == "period" and m.sentence in sentences}
    return {value for value in found if value is not None}


EVIDENCE: tuple[Callable[[_Pair], float], ...] = (
    together,
    listed,
    same_aid,
    arithmetic,
    completes,
    same_names,
    boundary,
    same_time,
    same_place,
    same_year,
)


# -- kinds of aid -----------------------------------------------------------------------------


def _aid_of(context: Context, figure: Figure) -> Told:
    """By the item itself; else by the words nearest in the sentence."""
    if figure.kind in ("volunteers", "sites"):
        return _helpers_aid(context, figure)
    if figure.kind == "goods":
        own = _own_aid(context, figure)
        if own:
            return own
    return _named_aid(context, figure)


def _own_aid(context: Context, figure: Figure) -> Told:
    """«470 тысяч масок» are protective equipment."""
    language = context.parsed[figure.sentence].language
    span = figure.quantity.nouns[-1].span if figure.quantity.nouns else None
    return [(kind, span) for kind in language.item_aid.get(figure.item or "", ())[:1]]


def _helpers_aid(context: Context, figure: Figure) -> Told:
    """Those who gather cargo help with cargo, the others with their hands."""
    parsed = context.parsed[figure.sentence]
    cargo = [h for h in parsed.of_sort("aid") if h.entry.id == "humanitarian_cargo"]
    if cargo:
        return [("humanitarian_cargo", cargo[0].span)]
    return [("services", None)]


def _named_aid(context: Context, figure: Figure) -> Told:
    """The kinds of aid whose words stand nearest to a figure in its sentence."""
    parsed = context.parsed[figure.sentence]
    first, last = figure.quantity.first, figure.quantity.last
    found: list[tuple[float, str, Span]] = []
    far = _FAR * 2 if figure.kind == "money" else _FAR
    for hit in _telling(parsed):
        away = distance(parsed, first, last, hit)
        if away <= far:
            found += [(away, kind, hit.span) for kind in _kinds_told(hit)]
    found.sort(key=lambda row: (row[0], row[1]))
    specific = [row for row in found if row[1] != "humanitarian_cargo"] or found
    kinds: dict[str, Span | None] = {}
    for away, kind, span in specific:
        if not kinds or (away <= _BESIDE and len(kinds) < 3):
            kinds.setdefault(kind, span)
    if not kinds and figure.kind == "money" and parsed.of_sort("topic"):
        return [("cash", None)]
    return list(kinds.items())


def _telling(parsed: Parsed) -> Iterator[Hit]:
    """Words that tell of aid; one inside a longer noun («first-graders») does not count."""
    nouns = parsed.of_sort("noun")
    for hit in (*nouns, *parsed.of_sort("aid")):
        longer = (o for o in nouns if o.first <= hit.first and hit.last <= o.last)
        if not any(o.last - o.first > hit.last - hit.first for o in longer):
            yield hit


_FAR, _BESIDE = 16.0, 5.0


def _kinds_told(hit: Hit) -> tuple[str, ...]:
    """The kinds of aid that a word tells of."""
    meaning = hit.entry.meaning
    if isinstance(meaning, Concept):
        return meaning.aid if meaning.sort == "item" and not meaning.quiet else ()
    return (hit.entry.id,)


def _settle_aid(context: Context, draft: _Draft, mentions: Sequence[Mention]) -> None:
    """What the figures' own sentences leave open, the words around may say."""
    first = min(figure.sentence for figure in draft.figures)
    summed = any(hit.entry.id == "whole" for hit in context.parsed[first].of_sort("scope"))
    if not draft.aid:
        around = () if summed else (first - 1, first + 1)
        told = _campaign_aid(context, draft, mentions) or _aid_around(context, first, around)
        draft.aid = [kind for kind, _ in told]
        draft.evidence += [Evidence("aid", kind, "around", span) for kind, span in told]
    if "education" in draft.aid and "non_food_items" in draft.aid:
        # A child's satchel and shoes for school are help to learn.
        draft.aid.remove("non_food_items")
    if "rescue_equipment" in draft.aid and "services" not in draft.aid:
        parsed = context.parsed[first]
        manned = any(hit.entry.id == "volunteers" for hit in parsed.of_sort("role"))
        draft.aid += ["services"] if manned else []


def _campaign_aid(context: Context, draft: _Draft, mentions: Sequence[Mention]) -> Told:
    """«Дорога в школу» is about education."""
    here = {figure.sentence for figure in draft.figures}
    told: Told = []
    for mention in mentions:
        if mention.sort == "campaign" and mention.sentence in here and mention.id is not None:
            known = context.parsed[mention.sentence].language.campaign_aid
            told += [(kind, mention.span) for kind in known.get(mention.id, ())]
    return told[:1]


def _aid_around(context: Context, index: int, around: Sequence[int]) -> Told:
    """The sentence itself, those around in its paragraph, the headline: the first that tells."""
    here = context.parsed[index].sentence
    near = [context.parsed[i] for i in (index, *around) if 0 <= i < len(context.parsed)]
    near = [parsed for parsed in near if parsed.sentence.paragraph == here.paragraph]
    if around:
        near += [p for p in context.prose if p.sentence.zone.kind == "headline"]
    for parsed in near:
        told: Told = [(kind, hit.span) for hit in _telling(parsed) for kind in _kinds_told(hit)]
        specific = [row for row in told if row[0] != "humanitarian_cargo"] or told
        if specific:
            return [specific[-1]]
    return []


# -- actions without a number ----------------------------------------------------------------------


def _without_figures(
    context: Context, figures: Sequence[Figure], drafts: Sequence[_Draft]
) -> list[_Draft]:
    """«delivered medicines and food to low-income families»: an action with no number."""
    if not context.on_topic:
        return []
    counted = {figure.sentence for figure in figures}
    found: list[_Draft] = []
    for parsed in context.prose:
        index = parsed.sentence.index
        if index in counted or parsed.sentence.zone.kind == "headline":
            continue
        aid = _given_here(parsed)
        fresh = [kind for kind, _ in aid if not _told(kind, index, [*drafts, *found])]
        if aid and fresh:
            draft = _Draft([], [kind for kind, _ in aid], span=aid[0][1], sentence=index)
            draft.evidence = [Evidence("aid", kind, "words", span) for kind, span in aid]
            found.append(draft)
    return found


def _told(kind: str, index: int, drafts: Sequence[_Draft]) -> bool:
    """Is this kind of aid what the sentences around already count?"""
    return any(kind in d.aid and (not d.figures or abs(d.last - index) <= 2) for d in drafts)


def _given_here(parsed: Parsed) -> list[tuple[str, Span]]:
    """Things of a sentence that a giving verb in the past or present governs."""
    found: list[tuple[str, Span]] = []
    for hit in _telling(parsed):
        kinds = _kinds_of(hit)
        if not kinds:
            continue
        cue = nearest(parsed, hit.first, hit.last, "verb", lambda h: h.entry.id in _ACTS)
        if cue is None or cue.distance > 12:
            continue
        if status_of(parsed, cue.hit) in ("delivered", "ongoing"):
            found += [(kind, hit.span) for kind in kinds]
    named = dict(reversed(found))
    return [(kind, named[kind]) for kind in dict.fromkeys(kind for kind, _ in found)]


_ACTS = frozenset({"give", "giving", "start"})


def _kinds_of(hit: Hit) -> tuple[str, ...]:
    """The kinds of aid that a thing or a telling word stands for."""
    told = isinstance(hit.entry.meaning, Concept) or hit.entry.meaning is True
    return _kinds_told(hit) if told else ()


# -- events ---------------------------------------------------------------------------------------


def _event(draft: _Draft, number: int) -> Event:
    return Event(
        id=f"e{number}",
        figures=tuple(figure.id for figure in draft.figures),
        aid=tuple(draft.aid),
        checks=tuple(find_checks(draft.figures)),
        evidence=tuple(draft.evidence),
        sentences=tuple(sorted({f.sentence for f in draft.figures})) or (draft.sentence,),
    )


# -- arithmetic --------------------------------------------------------------------------------


def find_checks(figures: Sequence[Figure]) -> list[Check]:
    """n × each = total, parts = whole: every equation that the figures of an event make."""
    return [*_products(figures), *_sums(figures)]


def _products(figures: Sequence[Figure]) -> Iterator[Check]:
    """«11 мың отбасы × 15 мың теңге = 165 миллион теңге»."""
    singles = [f for f in figures if f.scope == "each" and f.same_as is None]
    counts = [f for f in figures if f.kind == "recipients" and f.scope == "total"]
    for each in singles:
        totals = [
            f
            for f in figures
            if f.scope != "each"
            and f.unit == each.unit
            and f.item == each.item
            and f.same_as is None
        ]
        for count in counts:
            for total in totals:
                check = _product(count, each, total)
                if check is not None:
                    yield check


def _product(count: Figure, each: Figure, total: Figure) -> Check | None:
    if count.same_as is not None or abs(count.sentence - total.sentence) > 2:
        return None
    expected = count.quantity.value * each.quantity.value
    stated = total.quantity.value
    if expected == 0 or stated == 0 or abs(total.sentence - each.sentence) > 2:
        return None
    gap = abs(expected - stated) / stated
    if gap > Decimal("0.75"):
        return None
    loose = "exact" not in (count.quantity.bound, total.quantity.bound)
    holds = gap <= (_GAP * 3 if loose else _GAP)
    return Check(
        "count*each=total",
        (count.id, each.id, total.id),
        expected,
        stated,
        "holds" if holds else "contradicts",
    )


def _sums(figures: Sequence[Figure]) -> Iterator[Check]:
    """«1885 + 1895 + … = 14 478»."""
    wholes = {f.of for f in figures if f.of is not None}
    for whole in figures:
        if whole.id not in wholes:
            continue
        parts = [f for f in figures if f.of == whole.id and f.unit == whole.unit and not f.same_as]
        if len(parts) < 2:
            continue
        expected = sum((part.quantity.value for part in parts), Decimal(0))
        if expected > whole.quantity.value * Decimal("1.5"):
            continue
        holds = abs(expected - whole.quantity.value) <= whole.quantity.value * Decimal("0.005")
        if holds or expected > whole.quantity.value:
            yield Check(
                "sum(parts)=whole",
                (*(part.id for part in parts), whole.id),
                expected,
                whole.quantity.value,
                "holds" if holds else "contradicts",
            )
