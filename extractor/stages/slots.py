"""Who, under which name, where and when: the mentions that belong to an event.

What stands in the event's own sentences comes first; then what its paragraph said just
before; then what the article is about: the giver, the place and the time that its headline
and lead set for all that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.match.context import Context
from extractor.match.givers import name_campaign, name_providers
from extractor.match.locations import locate
from extractor.match.scenery import Scenery
from extractor.match.story import NEAR, Story
from extractor.match.timing import date_event, told_when
from extractor.types import Event, Figure, Mention


def fill_slots(
    context: Context,
    events: Sequence[Event],
    mentions: Sequence[Mention],
    figures: Sequence[Figure] = (),
) -> tuple[Event, ...]:
    """«e1: f1, f2» → with provider, campaign, places and period from its own sentences.

    ``figures`` tell apart the events of one sentence: each giver goes to the nearest figure.
    """
    story = Story(context, mentions, events, {figure.id: figure for figure in figures})
    scenery = Scenery(story)
    return tuple(_filled(event, scenery) for event in events)


def fill_alone(
    context: Context, mentions: Sequence[Mention], figures: Sequence[Figure]
) -> dict[str, Event]:
    """«f1» → where and when, if its event held this figure alone.

    A single figure has nobody to be held against, and is left out.
    """
    if len(figures) < 2:
        return {}
    events = [Event(f.id, (f.id,), (), sentences=(f.sentence,)) for f in figures]
    story = Story(context, mentions, events, {figure.id: figure for figure in figures})
    scenery = Scenery(story)
    return {
        event.id: replace(
            event, places=locate(event, scenery).places, period=told_when(event, story)
        )
        for event in events
    }


def _filled(event: Event, scenery: Scenery) -> Event:
    where, story = locate(event, scenery), scenery.story
    return replace(
        event,
        campaign=name_campaign(event, story),
        providers=tuple(name_providers(event, story)),
        places=where.places,
        locations=where.codes,
        period=date_event(event, story),
        wave=_number_wave(event, story),
    )


def _number_wave(event: Event, story: Story) -> int | None:
    """The wave that its sentences name, nearest to its figures; or that of all the article."""
    own = story.at("wave", event.sentences)
    near = own or story.at("wave", story.before(event, NEAR))
    if not near:
        every = [m for m in story.mentions if m.sort == "wave"]
        near = every if any(m.sentence in story.lead for m in every) else []
        if len({m.value for m in near}) > 1:
            return None
    start = min((f.span.start for f in story.figures_of(event)), default=None)
    best = min(near, key=lambda m: _to_figure(m, start), default=None)
    return int(best.value) if best is not None and best.value else None


def _to_figure(mention: Mention, start: int | None) -> int:
    """Characters between a wave and the event's first figure; behind it counts double."""
    if start is None:
        return mention.span.start
    gap = start - mention.span.start
    return gap if gap >= 0 else -2 * gap
