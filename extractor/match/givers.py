"""Who, under which name: the givers and the campaign of an event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from extractor.match.parsed import Parsed
from extractor.match.story import ACTING, AT_PLACES, NEAR, SEVERAL, Story, body_start, identity
from extractor.types import Concept, Event, Mention, Span

_AID = frozenset({"money", "goods", "recipients"})
_PEOPLE = frozenset({"recipients", "affected", "volunteers"})
# «, and the »: so many characters join two countries of a list.
_JOINED = 10
# Longer words are the same but for their ending.
_STEM = 5


def name_campaign(event: Event, story: Story) -> Mention | None:
    """Its own campaign, that of its paragraph, or the only one that the article names."""
    chosen = _campaign_of(event, story)
    same = [m for m in story.mentions if chosen and m.id and m.id == chosen.id]
    plain = [m for m in same if m.sort == "campaign" and not m.text.startswith("#")]
    return next(iter(plain), chosen) if chosen and chosen.text.startswith("#") else chosen


def _campaign_of(event: Event, story: Story) -> Mention | None:
    own = story.at("campaign", event.sentences)
    if own:
        return own[0]
    near = story.at("campaign", story.before(event, NEAR))
    if near and not _is_aside(event, story):
        return near[0]
    every = [m for m in story.mentions if m.sort == "campaign"]
    headlined = any(story.is_headline(index) for index in event.sentences)
    meant = headlined or _speaks_of_campaign(event, story)
    if not meant and (_is_aside(event, story) or not _has_aid(event, story)):
        return None
    meant = meant or any(story.is_headline(m.sentence) for m in every)
    if not meant and has_other_giver(event, story):
        every = [m for m in every if _gives_its_name(m, event, story)]
    names = {m.id or m.text.casefold() for m in every}
    central = any(m.sentence in story.lead for m in every) or len(story.events) == 1
    return every[0] if len(names) == 1 and central else None


def _is_aside(event: Event, story: Story) -> bool:
    """«Кроме того, завод купил …», «бұған дейін», «as well»: another matter than the campaign."""
    return any(
        hit.entry.id == "aside"
        for index in (body_start(event, story), *story.before(event, 1))
        for hit in story.parsed(index).of_sort("head")
    )


def _speaks_of_campaign(event: Event, story: Story) -> bool:
    """«для акции», «к акции присоединился бизнес. X …»: the campaign is meant, though not named."""
    return any(
        hit.entry.id == "campaign"
        for index in (*event.sentences, *story.before(event, 1))
        for hit in story.parsed(index).of_sort("head")
    )


def _gives_its_name(campaign: Mention, event: Event, story: Story) -> bool:
    """«Біз біргеміз!» қоры gives under the name of its campaign."""
    givers = best_parts(own_givers(event, story))
    return any(campaign.text.casefold() in giver.text.casefold() for giver in givers)


def has_other_giver(event: Event, story: Story) -> bool:
    """Somebody gives here who is not the one that the article is about."""
    main = story.main_giver
    own = best_parts(own_givers(event, story)) or _givers_before(event, story)
    if story.author is not None or not own:
        return False
    if main is None:
        return len(story.acting) >= SEVERAL
    return all(m.code != "helper" and identity(m) != identity(main) for m in own)


def name_providers(event: Event, story: Story) -> list[Mention]:
    """The givers of its own clause; else of the paragraph; else of the article."""
    own = best_parts(own_givers(event, story))
    counted = any(f.kind == "volunteers" for f in story.figures_of(event))
    if all(m.code == "helper" for m in own):
        own = [] if counted else own
        main = story.main_giver or story.voice or story.topic
        main = main if _has_aid(event, story) else None
        own = (
            _near_givers(event, story)
            or (main is not None and main.code == "crowd" and _bodies_behind(event, story))
            or (_partners(main, event, story) if main else own)
            or _last_resort(event, story)
        )
    else:
        own = [*own, *_named_after(event, story)]
    if story.author is not None and own:
        own = [story.author, *own]
    own.sort(key=lambda m: story.is_headline(m.sentence))
    full = [_written_out(mention, story) for mention in own]
    unique = list({identity(m): m for m in reversed(full)}.values())[::-1]
    return [m for m in unique if not any(_is_short_for(m, other) for other in unique)]


def _partners(main: Mention, event: Event, story: Story) -> list[Mention]:
    """«Акцию проводит фонд, помогает ему ассоциация. | Собрано …»: who gives beside it, nearby."""
    near = {event.sentences[-1] + 1, body_start(event, story) - 1} & set(story.lead)
    beside = story.at("provider", near & {main.sentence})
    acting = [m for m in beside if m.rule in ACTING and m.code not in ("helper", "person")]
    return acting if main in acting else [main]


def _last_resort(event: Event, story: Story) -> list[Mention]:
    """Nobody gives before it, and nobody in all the article: who acts right behind, who speaks."""
    if not _has_aid(event, story):
        return []
    return _bodies_behind(event, story) or _person_beside(event, story) or _speakers(event, story)


def _bodies_behind(event: Event, story: Story) -> list[Mention]:
    """Bodies that act in the sentence after, in which nothing is counted."""
    behind = [m for m in story.at("provider", story.after(event)) if m.rule in ACTING]
    return [m for m in behind if m.code == "body"]


def _person_beside(event: Event, story: Story) -> list[Mention]:
    """Who acts in the sentence after or before, in which nothing is counted."""
    if not story.parsed(event.sentences[0]).language.suffixed:
        return []
    around = story.at("provider", [*story.after(event), *story.before(event, 1)])
    return [m for m in around if m.code == "person" and m.rule in ACTING][:1]


def _speakers(event: Event, story: Story) -> list[Mention]:
    """«503 семьям выплачено по 100 МРП, сообщило управление занятости»: it speaks of its own."""
    paid = any(f.kind == "money" or f.unit == "family" for f in story.figures_of(event))
    near = (*event.sentences, *story.before(event, 1))
    lead = [index for index in near if index in story.lead]
    told = [m for m in story.at("provider", lead) if m.code == "body"] if paid else []
    return [m for m in told if story.is_authority(m)][:1]


def _has_aid(event: Event, story: Story) -> bool:
    """«1 200 человек эвакуированы»: who only suffers got nothing from anybody."""
    figures = story.figures_of(event)
    return not figures or any(f.kind in _AID for f in figures)


def _is_short_for(mention: Mention, other: Mention) -> bool:
    """«DMMU» beside «… Unit (DMMU)», «Chery» beside «Chery International», «Баркада», «Баркад»."""
    short, long = identity(mention), identity(other)
    stem = rf"{re.escape(short[:-1])}\w{{0,2}}" if len(short) > _STEM else re.escape(short)
    return len(short) < len(long) and bool(re.search(rf"\b{stem}\b", long))


def _near_givers(event: Event, story: Story) -> list[Mention]:
    """Those who act in the sentence after, if it only says who; then those just before."""
    return [*_givers_before(event, story), *_named_after(event, story)]


def _givers_before(event: Event, story: Story) -> list[Mention]:
    for index in story.before(event, NEAR):
        near = [m for m in story.at("provider", [index]) if _may_be_meant(m, event, story)]
        if near := best_parts(near):
            return near
    return []


def _may_be_meant(mention: Mention, event: Event, story: Story) -> bool:
    """A person gives in the next sentence too, if he gave in this one; helpers do not."""
    if mention.code == "person":
        first = mention.sentence == body_start(event, story) - 1
        return first and mention.rule == "subject"
    return mention.code not in ("helper", "place")


def _named_after(event: Event, story: Story) -> list[Mention]:
    """«Бұл жұмысты X мен Y ұйымдастырды», «Шығынды X көтерді»: right behind, without figures."""
    after = story.after(event)
    acting = [m for m in story.at("provider", after) if m.rule in ACTING]
    bodies = [m for m in acting if m.code == "body"]
    paid = [m for i in _taken_up(event, story) for m in _payers(i, story)]
    return paid or (acting if len(bodies) >= SEVERAL else [])


def _taken_up(event: Event, story: Story) -> Iterator[int]:
    """The sentences behind an event that go on with what it told: «Көлікті … Шығынды …»."""
    index = event.sentences[-1] + 1
    here = story.paragraph(index - 1)
    for parsed in story.context.parsed[index : index + NEAR]:
        at = parsed.sentence.index
        if at in story.counted or story.paragraph(at) != here or not _goes_on(parsed):
            return
        yield at


def _payers(index: int, story: Story) -> list[Mention]:
    """Of «Шығынды X көтерді» anybody but a helper; of «Көлікті X сатып алды» bodies alone."""
    acting = [m for m in story.at("provider", [index]) if m.rule in ACTING]
    costs = _tells_cost(story.parsed(index))
    return [m for m in acting if m.code == "body" or (costs and m.code != "helper")]


def _tells_cost(parsed: Parsed) -> bool:
    return any(hit.entry.id == "cost" for hit in parsed.of_sort("head"))


def _goes_on(parsed: Parsed) -> bool:
    """«Шығынды …», «Көліктерді | «Көк Тас» сатып алған»: it opens with an object told before."""
    if not parsed.language.suffixed:
        return False
    norm = parsed.norm(0)
    readings = parsed.language.morphology.readings(norm)
    taken = any(r.case == "acc" and len(norm) - len(r.lemma) > 1 for r in readings)
    people = (h.entry.meaning for h in parsed.starting("noun", 0))
    taken = taken and not any(isinstance(c, Concept) and c.kind in _PEOPLE for c in people)
    return taken or _tells_cost(parsed)


def own_givers(event: Event, story: Story) -> list[Mention]:
    """Givers of the event's sentences; where two events share one, each its nearest."""
    found = story.at("provider", _stretch(event, story))
    return [m for m in found if _is_nearest(m, event, story)] or found


def _stretch(event: Event, story: Story) -> list[int]:
    """Its sentences, and those between them in which no other event stands."""
    body = [i for i in event.sentences if not story.is_headline(i)]
    here = story.paragraph(body[0]) if body else 0
    between = range(body[0], body[-1]) if body else ()
    inside = takewhile(lambda index: story.paragraph(index) == here, between)
    free = [index for index in inside if index not in story.counted]
    return sorted({*event.sentences, *free})


def _is_nearest(mention: Mention, event: Event, story: Story) -> bool:
    here = story.owners.get(mention.sentence, ())
    commas = [t.span.start for t in story.parsed(mention.sentence).tokens if t.text == ","]
    rivals = [(_way(mention.span, figure, commas), owner) for figure, owner in here]
    return not rivals or min(rivals)[1] == event.id


def _way(giver: Span, figure: Span, commas: Sequence[int]) -> int:
    """«фонд дал 40 тонн, | а завод перечислил 9 млн»: behind a comma somebody else gives."""
    parted = any(figure.stop <= comma < giver.start for comma in commas)
    return distance_between(giver, figure) * (1 + parted)


def distance_between(giver: Span, figure: Span) -> int:
    """A giver mostly stands before what it gives; behind it the way is counted double."""
    if giver.stop <= figure.start:
        return figure.start - giver.stop
    return 2 * max(0, giver.start - figure.stop)


def best_parts(mentions: Sequence[Mention]) -> list[Mention]:
    """Who acts, rather than who is only named beside; a person beside a body gives with it."""
    acting = [m for m in mentions if m.rule in ACTING]
    places = [m for m in mentions if m.rule in AT_PLACES]
    named = [m for m in mentions if m.rule == "named"]
    if any(m.code != "person" for m in acting):
        return acting
    return _listed_places(places) or acting or named[:1]


def _listed_places(places: Sequence[Mention]) -> list[Mention]:
    """The first, and those that stand in one list with it: «Azerbaijan and Turkey sent»."""
    listed = list(places[:1])
    for place in places[1:]:
        last = listed[-1]
        near = 0 < place.span.start - last.span.stop <= _JOINED
        if not near or place.sentence != last.sentence or place.rule != last.rule:
            break
        listed.append(place)
    return listed


def _written_out(mention: Mention, story: Story) -> Mention:
    """A bare «фонд» stands for the name that it means."""
    if mention.value == mention.text:
        return mention
    return story.fullest(identity(mention)) or mention
