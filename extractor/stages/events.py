"""Figures and mentions grouped into aid actions.

Figures are taken in reading order. Each joins the open event whose figures it is tied to best,
by a ranker over named features (``match.ties``), or opens a new one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.match.aid import Told, aid_of, kinds_told, telling
from extractor.match.arithmetic import find_checks
from extractor.match.context import Context
from extractor.match.governors import nearest
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.ranker import Ranker, bucket, probability
from extractor.match.tense import status_of
from extractor.match.ties import Ties
from extractor.types import Concept, Event, Evidence, Figure, Mention, Span

_CORE = frozenset({"recipients", "money", "goods"})
_TIED = frozenset({"volunteers", "sites"})
# Log-odds from which on a figure joins an event, by the scores out of fold.
JOIN = 0.3
# How much the best of the ties to an event weighs beside their mean.
_BEST = 0.2
# A figure is held against so many of the latest events, their latest figures, sentences back.
_OPEN, _MEMBERS, _REACH = 12, 10, 12
_SIZES = (1.0, 2.0, 3.0, 6.0)
# Sentences between two events that may be one.
_SIDE_BY_SIDE = 1


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

    @property
    def last(self) -> int:
        return self.figures[-1].sentence if self.figures else self.sentence


def find_events(
    context: Context,
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    rankers: Mapping[str, Ranker],
) -> tuple[Event, ...]:
    """«7672 отбасы … 11 мың отбасына 165 миллион теңгенің» → one event with checks."""
    drafts = _group(context, figures, Ties(context, figures, mentions), rankers["events"])
    for draft in drafts:
        _settle_aid(context, draft, mentions)
    drafts += _without_figures(context, figures, drafts)
    drafts.sort(key=_place_of)
    return tuple(_event(draft, number) for number, draft in enumerate(drafts, 1))


def join_alike(
    events: Sequence[Event], figures: Sequence[Figure], rankers: Mapping[str, Ranker]
) -> tuple[Event, ...]:
    """«640 families got coal. 1 280 tonnes were unloaded»: by the same giver, there and then.

    Filled events with the same slots that measure different things are one action. What is left
    gets its number, and how likely it holds all figures of one action and no other.
    """
    by_id = {figure.id: figure for figure in figures}
    joined: list[Event] = []
    for event in events:
        place = next((i for i, one in enumerate(joined) if _is_one(one, event, by_id)), None)
        if place is None:
            joined.append(event)
        else:
            joined[place] = _united(joined[place], event, by_id)
    numbered = [replace(event, id=f"e{number}") for number, event in enumerate(joined, 1)]
    return tuple(_with_confidence(numbered, figures, rankers["exact"]))


def _is_one(one: Event, other: Event, figures: Mapping[str, Figure]) -> bool:
    if not one.figures or not other.figures or not (one.providers or one.campaign):
        return False
    if _slots(one) != _slots(other) or other.sentences[0] - one.sentences[-1] > _SIDE_BY_SIDE:
        return False
    if set(one.aid) != set(other.aid) and not any(
        _is_open(event, figures) for event in (one, other)
    ):
        return False
    if one.period is not None and other.period is not None and one.period != other.period:
        return False
    mine, its = ({_measure(figures[name]) for name in e.figures} for e in (one, other))
    return not mine & its


def _slots(event: Event) -> tuple[object, ...]:
    """Who, under which name, where and in which wave."""
    campaign = event.campaign.id or event.campaign.text.casefold() if event.campaign else None
    providers = frozenset(one.id or one.text.casefold() for one in event.providers)
    return campaign, providers, event.locations, event.wave


def _is_open(event: Event, figures: Mapping[str, Figure]) -> bool:
    """It counts money alone, which may have bought the other: «1.2 billion for 50 houses»."""
    money = all(figures[name].kind == "money" for name in event.figures)
    return money and event.aid in ((), ("cash",))


def _measure(figure: Figure) -> tuple[str, bool]:
    """Goods beside goods may be two loads; goods beside money and families are one."""
    return figure.kind, figure.scope == "each"


def _united(one: Event, other: Event, figures: Mapping[str, Figure]) -> Event:
    """Both as one, figures in reading order, equations looked for anew."""
    names = sorted((*one.figures, *other.figures), key=lambda name: figures[name].span.start)
    return replace(
        one,
        figures=tuple(names),
        aid=other.aid if _is_open(one, figures) else one.aid,
        places=tuple(dict.fromkeys((*one.places, *other.places))),
        period=one.period or other.period,
        checks=tuple(find_checks([figures[name] for name in names])),
        ties=(*one.ties, *other.ties),
        evidence=(*one.evidence, *other.evidence),
        sentences=tuple(sorted({*one.sentences, *other.sentences})),
    )


def _with_confidence(
    events: Sequence[Event], figures: Sequence[Figure], ranker: Ranker
) -> Iterator[Event]:
    """How likely an event holds all figures of one action and no other."""
    by_id = {figure.id: figure for figure in figures}
    counted = sum(bool(event.figures) for event in events)
    for event in events:
        features = exact_features(event, [by_id[name] for name in event.figures], counted)
        sure = round(probability(ranker.score(features)), 3) if features else None
        yield replace(event, confidence=sure)


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


def _group(context: Context, figures: Sequence[Figure], ties: Ties, ranker: Ranker) -> list[_Draft]:
    homes: dict[str, _Draft] = {}
    drafts: list[_Draft] = []
    for figure in figures:
        home = _home(figure, homes)
        if home is None and not takes_part(figure):
            continue
        if home is None:
            home = _join(figure, drafts, ties, ranker)
        home.figures.append(figure)
        homes[figure.id] = home
        for kind, span in aid_of(context, figure):
            if kind not in home.aid and not _is_only_help(figure, kind, home):
                home.aid.append(kind)
                home.evidence.append(Evidence("aid", kind, "words", span))
    return drafts


def _join(figure: Figure, drafts: list[_Draft], ties: Ties, ranker: Ranker) -> _Draft:
    """The open draft whose figures are tied best to this one, or a new one."""
    scored = [
        (_tie(figure, draft, ties, ranker), index)
        for index, draft in enumerate(drafts[-_OPEN:])
        if figure.sentence - draft.last <= _REACH
    ]
    score, index = max(scored, default=(-math.inf, 0))
    sure = probability(score - JOIN)
    if score < JOIN:
        drafts.append(_Draft([], sure=[1 - sure]))
        return drafts[-1]
    home = drafts[-_OPEN:][index]
    home.sure.append(sure)
    because = ranker.reasons(ties.features(home.figures[-1], figure))
    home.evidence += [Evidence("figures", figure.id, reason) for reason in because]
    return home


def _is_only_help(figure: Figure, kind: str, home: _Draft) -> bool:
    """Volunteers who hand out food make no second kind of aid; beside machines they do."""
    helps = figure.kind in _TIED and kind == "services"
    return helps and bool(home.aid) and "rescue_equipment" not in home.aid


def _home(figure: Figure, homes: Mapping[str, _Draft]) -> _Draft | None:
    """Where the figure that this one repeats or is part of already stands."""
    return next((homes[link] for link in linked(figure) if link in homes), None)


def linked(figure: Figure) -> list[str]:
    """«43-і of 79» → the figures that it shares an event with, whatever a ranker says."""
    regional = any(e.rule == "regions" for e in figure.evidence)
    return [one for one in (figure.same_as, None if regional else figure.of) if one is not None]


def takes_part(figure: Figure) -> bool:
    """«120 отбасы», «10 млн теңге» measure an action, «66 затопленных домов» do not."""
    return figure.kind in _CORE | _TIED


def _tie(figure: Figure, draft: _Draft, ties: Ties, ranker: Ranker) -> float:
    """How well a figure is tied to those of a draft: on average, and a little by the best."""
    members = [f for f in draft.figures[-_MEMBERS:] if figure.sentence - f.sentence <= _REACH]
    scores = [ranker.score(ties.features(member, figure)) for member in members]
    return (1 - _BEST) * sum(scores) / len(scores) + _BEST * max(scores)


# -- kinds of aid -----------------------------------------------------------------------------


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
        told: Told = [(kind, hit.span) for hit in telling(parsed) for kind in kinds_told(hit)]
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
    for hit in telling(parsed):
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
