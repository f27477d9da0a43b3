"""Figures and mentions grouped into aid actions.

Figures are taken in reading order. Each that is no part or repetition of an earlier one chooses
among the open events, a new one and none, by a ranker over named features (``match.homes``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.match.aid import Told, aid_of, kinds_told, tells_what
from extractor.match.arithmetic import find_checks
from extractor.match.context import Context
from extractor.match.governors import nearest
from extractor.match.homes import Homes, linked
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS
from extractor.match.parsed import Parsed
from extractor.match.ranker import Ranker, bucket, choose, lead, probability
from extractor.match.shelter import roof_of
from extractor.match.tense import status_of
from extractor.match.ties import Ties
from extractor.types import Concept, Event, Evidence, Figure, Mention, Span

_SIZES = (1.0, 2.0, 3.0, 6.0)


@dataclass(slots=True)
class _Draft:
    """An event being put together."""

    figures: list[Figure]
    aid: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    span: Span | None = None
    sentence: int = 0
    # How sure it is that each figure belongs here, and that the first belongs nowhere else.
    sure: list[float] = field(default_factory=list)
    # What words tell that it gives, and whether it has counted people.
    told: set[str] = field(default_factory=set)
    peopled: bool = False

    @property
    def last(self) -> int:
        return self.figures[-1].sentence if self.figures else self.sentence


def find_events(
    context: Context,
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    rankers: Mapping[str, Ranker],
    *,
    alone: Mapping[str, Event],
) -> tuple[Event, ...]:
    """«7672 отбасы … 11 мың отбасына 165 миллион теңгенің» → one event with checks.

    ``alone`` has each figure as if it were an event of its own, with its slots.
    """
    homes = Homes(Ties(context, figures, mentions), rankers["events"], alone)
    drafts = _group(context, figures, homes, rankers)
    counted = {figure.sentence for draft in drafts for figure in draft.figures}
    for draft in drafts:
        _settle_aid(context, draft, mentions, counted)
    drafts += _without_figures(context, figures, drafts)
    drafts.sort(key=_place_of)
    return tuple(_event(draft, number) for number, draft in enumerate(drafts, 1))


def weigh_events(
    events: Sequence[Event], figures: Sequence[Figure], rankers: Mapping[str, Ranker]
) -> tuple[Event, ...]:
    """«e1» → how likely it holds all figures of one action and no other."""
    by_id = {figure.id: figure for figure in figures}
    counted = sum(bool(event.figures) for event in events)
    rows = (exact_features(event, [by_id[f] for f in event.figures], counted) for event in events)
    sure = (round(probability(rankers["exact"].score(row)), 3) if row else None for row in rows)
    pairs = zip(events, sure, strict=True)
    return tuple(replace(event, confidence=confidence) for event, confidence in pairs)


def exact_features(event: Event, own: Sequence[Figure], counted: int) -> dict[str, float]:
    """«e1» → what tells how likely it holds just the figures of one action; {} without figures.

    ``own`` are its figures, ``counted`` the events of the article that have any.
    """
    if not own:
        return {}
    sure = [figure.confidence for figure in own if figure.confidence is not None]
    spread = event.sentences[-1] - event.sentences[0]
    return {
        f"figures={bucket(len(own), _SIZES)}": 1.0,
        f"events={bucket(counted, _SIZES)}": 1.0,
        "least sure tie": min(event.ties, default=1.0),
        "mean tie": sum(event.ties) / len(event.ties) if event.ties else 1.0,
        "least sure figure": min(sure, default=1.0),
        "spread": min(spread, 10) / 10,
        "no kind of aid": float(not event.aid),
        "equation": float(any(check.verdict == "holds" for check in event.checks)),
        "said again": float(any(figure.same_as is not None for figure in own)),
    }


def _place_of(draft: _Draft) -> int:
    if draft.figures:
        return min(figure.span.start for figure in draft.figures)
    return draft.span.start if draft.span else 0


# -- grouping -------------------------------------------------------------------------------


def _group(
    context: Context, figures: Sequence[Figure], homes: Homes, rankers: Mapping[str, Ranker]
) -> list[_Draft]:
    home_of: dict[str, _Draft] = {}
    drafts: list[_Draft] = []
    for figure in figures:
        if _is_only_needed(context, figure):
            continue
        aid = aid_of(context, figure)
        told = {kind for kind, span in aid if span is not None}
        if not told and figure.kind == "money" and figure.scope == "each":
            told = {"cash"}
        home = _home(figure, home_of)
        if home is None:
            shut = [place for place, draft in enumerate(drafts) if _is_another(figure, told, draft)]
            home = _chosen(figure, drafts, homes, rankers["homes"], shut=shut)
        if home is None:
            continue
        home.figures.append(figure)
        home.told |= told
        home.peopled |= figure.kind == "recipients"
        home_of[figure.id] = home
        for kind, span in aid:
            if kind not in home.aid:
                home.aid.append(kind)
                home.evidence.append(Evidence("aid", kind, "words", span))
    return drafts


def _is_another(figure: Figure, told: set[str], draft: _Draft) -> bool:
    """«350 first-graders got school bags; food parcels went to 275 families»: other people were
    given other things. «Mechanics work at the dam. Flats were bought for …»: nobody sends these
    together. Each is an action of its own."""
    if figure.scope != "total" or not (told and draft.told) or told & draft.told:
        return False
    if figure.kind == "recipients" and draft.peopled:
        return True
    things = figure.kind in ("recipients", "goods") and figure.sentence != draft.last
    return things and not any((told | draft.told) <= group for group in _TOGETHER)


_CARGO = "humanitarian_cargo"
# What one lorry brings, one herd needs, one crew does; money pays for anything.
_ALONG = frozenset({"cash", _CARGO})
_LOAD = frozenset(
    {"food", "hygiene", "non_food_items", "shelter", "protective_equipment", "medical", "fuel"}
)
_TOGETHER = tuple(
    _ALONG | group
    for group in (
        _LOAD,
        frozenset({"livestock", "food"}),
        frozenset({"livestock", "fodder"}),
        frozenset({"services", "rescue_equipment", "transport"}),
        frozenset({"education", "non_food_items"}),
        frozenset({"housing", "non_food_items"}),
    )
)


def _chosen(
    figure: Figure, drafts: list[_Draft], homes: Homes, ranker: Ranker, *, shut: Sequence[int]
) -> _Draft | None:
    """The likeliest of the open drafts, a new one and none."""
    options = homes.options(figure, [draft.figures for draft in drafts])
    options = [option for option in options if option.home is None or option.home not in shut]
    sure, best, second = choose([ranker.score(option.features) for option in options])
    option = options[best]
    if option.home is None and not option.new:
        return None
    if option.new:
        drafts.append(_Draft([]))
    home = drafts[-1 if option.home is None else option.home]
    home.sure.append(sure)
    if second is not None:
        because = ranker.reasons(lead(option.features, options[second].features))
        home.evidence += [Evidence("figures", figure.id, reason) for reason in because]
    return home


def _home(figure: Figure, home_of: Mapping[str, _Draft]) -> _Draft | None:
    """Where the figure that this one repeats or is part of already stands."""
    return next((home_of[link] for link in linked(figure) if link in home_of), None)


# -- kinds of aid -----------------------------------------------------------------------------


def _settle_aid(
    context: Context, draft: _Draft, mentions: Sequence[Mention], counted: set[int]
) -> None:
    """What the figures' own sentences leave open, the words around may say."""
    _drop_defaults(draft)
    first = min(figure.sentence for figure in draft.figures)
    summed = any(hit.entry.id == "whole" for hit in context.parsed[first].of_sort("scope"))
    if not draft.aid:
        # The next sentence, where it counts, tells of what it counts.
        behind = (first + 1,) if first + 1 not in counted - _sentences(draft) else ()
        around = () if summed else (first - 1, *behind)
        told = _campaign_aid(context, draft, mentions) or _aid_around(context, first, around)
        draft.aid = [kind for kind, _ in told]
        draft.evidence += [Evidence("aid", kind, "around", span) for kind, span in told]
    if not draft.aid and _is_paid_to_people(draft):
        draft.aid.append("cash")
        draft.evidence.append(Evidence("aid", "cash", "paid_to_people"))
    _add_roof(context, draft)
    _load_alone(draft)
    if "education" in draft.aid and "non_food_items" in draft.aid:
        # A child's satchel and shoes for school are help to learn.
        draft.aid.remove("non_food_items")
    if "rescue_equipment" in draft.aid and "services" not in draft.aid:
        parsed = context.parsed[first]
        manned = any(hit.entry.id == "volunteers" for hit in parsed.of_sort("role"))
        draft.aid += ["services"] if manned else []


def _sentences(draft: _Draft) -> set[int]:
    return {figure.sentence for figure in draft.figures}


def _is_paid_to_people(draft: _Draft) -> bool:
    """«По 400 тысяч тенге получили 40 семей»: money that reaches people, for whatever."""
    people = any(f.kind == "recipients" and f.unit in PEOPLE_UNITS for f in draft.figures)
    money = [figure for figure in draft.figures if figure.kind == "money"]
    return bool(money) and (people or any(figure.scope == "each" for figure in money))


def _add_roof(context: Context, draft: _Draft) -> None:
    """«В школе разместили 86 человек, их кормят»: who is helped there has a roof there."""
    if "shelter" in draft.aid or not _ROOFED.issuperset(draft.aid):
        return
    for figure in draft.figures:
        roof = roof_of(context.parsed[figure.sentence])
        if figure.kind == "recipients" and figure.unit in PEOPLE_UNITS and roof is not None:
            draft.aid.append("shelter")
            draft.evidence.append(Evidence("aid", "shelter", "housed", roof.span))
            return


# What is given under a roof; who is housed for good is given more.
_ROOFED = frozenset({"food", "hygiene", "medical", "services"})


def _load_alone(draft: _Draft) -> None:
    """«38 тонн груза: 150 палаток и 2 тысячи одеял» is a mixed load, and no kinds of it;
    «46 wagons of aid: 1,900 tons of flour» say what they carry."""
    if _CARGO not in draft.aid or len(draft.aid) == 1:
        return
    goods = [figure for figure in draft.figures if figure.kind == "goods"]
    if any(figure.item == _CARGO and figure.unit in _WEIGHTS for figure in goods):
        draft.aid = [kind for kind in draft.aid if kind not in _LOAD]
    elif any(figure.item != _CARGO for figure in goods):
        draft.aid.remove(_CARGO)
    draft.evidence = [e for e in draft.evidence if e.field != "aid" or e.value in draft.aid]


_WEIGHTS = frozenset({"tonne", "kilogram"})


def _drop_defaults(draft: _Draft) -> None:
    """«1,5 млн тенге … учебники для 90 детей»: what words tell goes before what is supposed.

    Those who work with machines help with their hands.
    """
    told = {e.value for e in draft.evidence if e.field == "aid" and e.span is not None}
    supposed = {"cash"} if "rescue_equipment" in told else {"cash", "services"}
    if told and not told.issuperset(draft.aid):
        draft.aid = [kind for kind in draft.aid if kind in told or kind not in supposed]
        draft.evidence = [e for e in draft.evidence if e.field != "aid" or e.value in draft.aid]


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
        words = [hit for hit in parsed.aid_words if kinds_told(hit)]
        words = [hit for hit in words if tells_what(hit)] or words
        if words:
            return [(kinds_told(words[-1])[-1], words[-1].span)]
    return []


def _is_only_needed(context: Context, figure: Figure) -> bool:
    """«не хватает 200 матрасов»: what nobody gives or promises is part of no action.

    A Kazakh need may describe what is given: «қажет заттармен қамтылды».
    """
    wanted = figure.kind in ("goods", "money") and figure.status is None
    alone = figure.of is None and figure.same_as is None
    return wanted and alone and not context.parsed[figure.sentence].language.suffixed


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


# So early a sentence announces what the article counts later.
_LEAD = 2


def _told(kind: str, index: int, drafts: Sequence[_Draft]) -> bool:
    """Is this kind of aid what the sentences around already count?"""
    lead = index <= _LEAD
    return any(
        kind in {*d.aid, *d.told} and (lead or not d.figures or abs(d.last - index) <= 2)
        for d in drafts
    )


def _given_here(parsed: Parsed) -> list[tuple[str, Span]]:
    """Things of a sentence that a giving verb in the past or present governs."""
    found: list[tuple[str, Span]] = []
    for hit in parsed.aid_words:
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


_ACTS = frozenset({"give", "giving", "build", "start"})


def _kinds_of(hit: Hit) -> tuple[str, ...]:
    """The kinds of aid that a thing or a telling word stands for."""
    told = isinstance(hit.entry.meaning, Concept) or hit.entry.meaning is True
    return kinds_told(hit) if told else ()


# -- events ---------------------------------------------------------------------------------------


def _event(draft: _Draft, number: int) -> Event:
    return Event(
        id=f"e{number}",
        figures=tuple(figure.id for figure in draft.figures),
        aid=tuple(draft.aid),
        checks=tuple(find_checks(draft.figures)),
        ties=tuple(draft.sure),
        evidence=tuple(draft.evidence),
        sentences=tuple(sorted({f.sentence for f in draft.figures})) or (draft.sentence,),
    )
