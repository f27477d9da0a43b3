"""When: the period of an event, from its own words, those before it, or the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractor.match.givers import best_parts, distance_between, has_other_giver, own_givers
from extractor.match.governors import nearest
from extractor.match.parsed import WORD_DASHES, Parsed
from extractor.match.story import NEAR, Story, body_start, tokens_of
from extractor.types import Event, Mention

_LOOSE = frozenset({"to_date", "as_of", "state", "recent", "now"})
# Dates that a verb of saying may have: «said on Friday», «18 апреля сообщили».
_SPOKEN = frozenset({"weekday", "date", "relative", "shift"})
_SAID = 4.0
# A date line has so many words before its date: «PETROPAVLOVSK, KAZINFORM, May 22 –».
_DATE_LINE = 3
_REPORT_DAYS = frozenset({"date", "numeric"})
_STATED = frozenset({"as_of", "state"})
_ACCOUNTS = frozenset({"to_date", "as_of", "state", "over", "first_months"})
_FRAME = frozenset({"from_to", "days", "months"})
_LASTING = _FRAME | {"until", "feast"}
_CALENDAR = frozenset({"date", "days", "from_to"})
_CLOSE = 2
# So many actions make a report; it covers a year, or months.
_REPORT = 4
_SPAN_OF_REPORT = re.compile(r"\d{4}|\d{4}-\d{2}/\d{4}-\d{2}")
_AHEAD = frozenset({"since", "date", "from_to", "days", "months"})
_REPORTED = _FRAME | {"year", "nth", "first_months", "school"}
_DAY = len("2024-04-15")
_MONTHS_OF_YEAR = 12
_GIVING = frozenset({"give", "receive", "collect"})
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 14)}


def date_event(event: Event, story: Story) -> str | None:
    """What is said of it; else that of the account which it goes on with."""
    return told_when(event, story) or _as_written(_summed_up(event, story))


def told_when(event: Event, story: Story) -> str | None:
    """Its own date, nearest to its figures; else the one that stands over its sentences."""
    own = _of_deeds(story.at("period", event.sentences), story)
    chosen = _nearest_period(own, event, story)
    framed = not (has_other_giver(event, story) or _is_planned(event, story))
    frame = _frame(event, story) if framed else _set_before(event, story) or _titled(event, story)
    if chosen is None:
        return _as_written(frame or _carried(event, story))
    if chosen.rule in _LOOSE and frame is not None:
        return _as_written(frame)
    return _as_written(_joined(chosen, own, event, story))


def _carried(event: Event, story: Story) -> str | None:
    """«A plane left on 9 May. On board are 20 tents.»: the day that was told just before.

    From one paragraph to the next only the opening of the article lends its day.
    """
    first = body_start(event, story)
    for index in range(first - 1, max(-1, first - 1 - NEAR), -1):
        if index in story.counted or not story.prosaic(index):
            break
        near = _dated(story.at("period", [index]))
        if near:
            told = _of_deeds(near, story)
            return told[0].value if told and _lends_day(index, event, story) else None
    return None


def _summed_up(event: Event, story: Story) -> str | None:
    """«За полгода помощь назначена 9 семьям. Пакет выплачен для 11 детей.»: one account.

    Where nobody new gives, what is counted over a stretch of time goes on being counted.
    """
    index = body_start(event, story) - 1
    alone = _is_planned(event, story) or best_parts(own_givers(event, story))
    if alone or index not in story.before(event, 1):
        return None
    near = _of_deeds(story.at("period", [index]), story)
    return next((m.value for m in near if m.rule in _ACCOUNTS), None)


def _lends_day(index: int, event: Event, story: Story) -> bool:
    """The sentence right before, unless it tells of need; further off the lead, if of aid."""
    first = body_start(event, story)
    close = index + 1 == first and story.paragraph(index) == story.paragraph(first)
    if close and not _is_planned(event, story):
        return not _tells_need(story.parsed(index))
    return (close or index in story.lead) and _tells_aid(index, story)


def _tells_aid(index: int, story: Story) -> bool:
    """«An event of the charity campaign took place today», «a train set off on Friday»."""
    parsed = story.parsed(index)
    gives = any(hit.entry.id in _GIVING for hit in parsed.of_sort("verb"))
    return gives or (index in story.context.topicality.topical and not _tells_need(parsed))


def _tells_need(parsed: Parsed) -> bool:
    """«Огонь лишил крова 14 тысяч семей», «зардап шеккен ауыл»."""
    return any(hit.entry.id == "affected" for hit in parsed.of_sort("role"))


def _set_before(event: Event, story: Story) -> str | None:
    """«Акция начнётся 15 мая. Помощь получат …»: the plan that the sentence before sets a day."""
    if not _is_planned(event, story):
        return None
    near = [i for i in story.before(event, 1) if i not in story.counted]
    return next((m.value for m in _dated(story.at("period", near)) if m.rule in _AHEAD), None)


def _of_deeds(mentions: Iterable[Mention], story: Story) -> list[Mention]:
    """Not when it was said; nor, where another day is named, the day of the report."""
    told = [m for m in _dated(mentions) if not _is_of_speech(m, story)]
    return [m for m in told if not _is_of_report(m, story)] or told


def _is_of_report(mention: Mention, story: Story) -> bool:
    """«ASTANA, May 22, 2024 – …», «9 сәуір. «Дала» –»: a date line within the first sentence."""
    parsed = story.parsed(mention.sentence)
    first, last = tokens_of(parsed, mention)
    before = [token for token in parsed.tokens[:first] if token.sort == "word"]
    heads = len(before) <= _DATE_LINE and all(token.text[:1].isupper() for token in before)
    return heads and mention.rule in _REPORT_DAYS and parsed.norm(last + 1) in WORD_DASHES


def _is_of_speech(mention: Mention, story: Story) -> bool:
    """«Said on Friday», «сообщили во вторник»: when it was said, not when it was done."""
    if mention.rule not in _SPOKEN:
        return False
    parsed = story.parsed(mention.sentence)
    first, last = tokens_of(parsed, mention)
    spoken = nearest(parsed, first, last, "head", lambda hit: hit.entry.id == "speech")
    done = nearest(parsed, first, last, "verb")
    if spoken is None or spoken.distance > _SAID:
        return False
    # «Said that on Friday …»: what follows is what was done.
    reported = any(parsed.between("stop", spoken.hit.last + 1, first - 1))
    return not reported and (done is None or spoken.distance < done.distance)


def _is_planned(event: Event, story: Story) -> bool:
    """What is only planned did not happen when the sentence before says."""
    statuses = {f.status for f in story.figures_of(event) if f.status}
    return statuses == {"planned"}


def _frame(event: Event, story: Story) -> str | None:
    """«По состоянию на 11 апреля», «С 24 февраля по 24 августа»: a stretch for what follows.

    A single day in a sentence before is mostly that of the flood or of the speech.

    A date in a sentence that counts something is the date of that, and of nothing else.
    """
    first = body_start(event, story)
    free = [i for i in story.prose if i < first and i not in story.counted]
    lead = _dated(story.at("period", [i for i in free if i in story.lead]))
    close = _dated(story.at("period", [i for i in free if first - i <= _CLOSE][::-1]))
    stated = [m for m in lead if m.rule in _STATED and _reaches(m, first, story)]
    near = [m for m in close if m.rule in _LASTING]
    wide = [m for m in lead if m.rule in _FRAME]
    chosen = next(iter((*stated, *near, *wide, *_reported(story))), None)
    return chosen.value if chosen else None


def _titled(event: Event, story: Story) -> str | None:
    """«The week in brief (12–16 February)», «2024: our year»: whoever gives, it was then."""
    if _is_planned(event, story):
        return None
    title = story.prose[:1]
    found = [m for m in _dated(story.at("period", title)) if m.rule in _FRAME]
    found += [m for m in _reported(story) if story.is_headline(m.sentence)]
    return found[0].value if found else None


def _reaches(mention: Mention, first: int, story: Story) -> bool:
    """«As of 8 a.m. 300 people were evacuated»: said of these, it dates what is close by."""
    return first - mention.sentence <= _CLOSE or mention.sentence not in story.context.by_sentence


def _reported(story: Story) -> list[Mention]:
    """«Отчёт за III квартал 2021 года», «2022: our year in figures»: what a report is about."""
    counted = [event for event in story.events if event.figures]
    if len(counted) < _REPORT:
        return []
    free = [i for i in story.lead if story.is_headline(i) or i not in story.counted]
    lead = [m for m in _dated(story.at("period", free)) if m.code != "ahead"]
    return [m for m in lead if m.rule in _REPORTED and _SPAN_OF_REPORT.fullmatch(m.value or "")]


def _open_to(value: str, others: Sequence[Mention]) -> str:
    """«2020-06-29/..» with «на сегодня» or «до конца июля» beside it ends there."""
    ends = [m.value or "" for m in others if m.rule in (*_STATED, "to_date", "until")]
    ends = [end for end in ends if end.removeprefix("../") > value[:-2].rstrip("/")]
    return value[:-2] + ends[0].removeprefix("../") if ends and value.endswith("/..") else value


def _dated(mentions: Iterable[Mention]) -> list[Mention]:
    return [m for m in mentions if m.value]


def _nearest_period(periods: Sequence[Mention], event: Event, story: Story) -> Mention | None:
    """In the first sentence that has one: the period nearest to a figure of the event."""
    firm = [m for m in periods if m.rule not in _LOOSE] or list(periods)
    body = [m for m in firm if not story.is_headline(m.sentence)] or firm
    if not body:
        return None
    same = [m for m in body if m.sentence == body[0].sentence]
    # «2-4 мамырда, Ораза айтта»: the days tell more than the feast.
    same = [m for m in same if m.rule in _CALENDAR] or same if _has_feast(same) else same
    spans = [f.span for f in story.figures_of(event) if f.sentence == body[0].sentence]
    if not spans:
        return same[0]
    return min(same, key=lambda m: min(distance_between(m.span, span) for span in spans))


def _has_feast(periods: Sequence[Mention]) -> bool:
    return any(m.rule == "feast" for m in periods)


def _joined(chosen: Mention, periods: Sequence[Mention], event: Event, story: Story) -> str | None:
    """«since 1 March … as of 20 April», «left on 11 March, arrived on 28 March» → intervals."""
    value = chosen.value or ""
    same = [m for m in periods if m.sentence == chosen.sentence]
    if chosen.rule == "since":
        return _open_to(value, [*same, *(m for m in periods if m.rule == "until")])
    days = sorted({m.value for m in same if m.rule == "date" and m.value and len(m.value) == _DAY})
    alone = sum(chosen.sentence in other.sentences for other in story.events) == 1
    if len(days) == 2 and value in days and alone:
        return "/".join(days)
    return value


def _as_written(value: str | None) -> str | None:
    """Seasons as months: «2023-23» → 2023-09/2023-11, «../2023-23» → ../2023-11."""
    if value is None:
        return None
    start, between, end = value.partition("/")
    if not between:
        return _months(value)
    return f"{_months(start).partition('/')[0]}/{_months(end).rpartition('/')[2]}"


def _months(value: str) -> str:
    """A season of a year as its first and last month; a winter ends in the next year."""
    year, _, month = value.partition("-")
    if month not in _SEASONS:
        return value
    first, last = _SEASONS[month]
    over = last > _MONTHS_OF_YEAR
    return f"{year}-{first:02}/{int(year) + over}-{last - over * _MONTHS_OF_YEAR:02}"
