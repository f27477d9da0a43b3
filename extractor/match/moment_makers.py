"""«last week», «1-20 шілде», «с начала года» → a stretch of time: what patterns make."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from extractor.match.moments import Anchor, Atom, Parts, Point, Stretch, likely_year, point_of

_LIMIT_HORIZON = 180
# More months than these, all that the year has had, are those of the year.
_FEW = 2
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "half_of": 6, "half_year": 6}


Maker = Callable[[Parts, Anchor], Stretch | None]


def _make_date(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«15 апреля 2024 года», «март 2021»."""
    if parts.year_is_lost:
        return None
    point = Point(parts.year, parts.value("month"), parts.value("day"))
    return Stretch(point, point)


def _make_days(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«1-20 шілде», «15 and 16 July»."""
    if parts.year_is_lost:
        return None
    start, stop = (Point(parts.year, parts.value("month"), d.value) for d in parts.all("day"))
    return Stretch(start, stop)


def _make_months(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«January-August 2022»; «декабрь-январь 2022 года» begins a year earlier."""
    if parts.year_is_lost:
        return None
    first, last = (atom.value for atom in parts.all("month"))
    return Stretch(Point(None, first), Point(parts.year, last))


def _make_years(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«2018-2019 жж.»."""
    years = [atom.value for atom in parts.all("year")]
    if len(years) < 2:
        years.append(parts.year)
    return Stretch(Point(years[0]), Point(years[-1]))


def _make_year(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«2023 году»."""
    point = Point(parts.year)
    return Stretch(point, point)


def _make_shift(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«прошлой недели», «осы айдың»; «жыл басынан» means this year."""
    offset = parts.value("deictic")
    return _shift_unit(anchor.published, parts.unit, offset or 0)


def _make_relative(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«кеше», «yesterday», «былтыр»."""
    word = parts.one("relative")
    if word is None or word.unit is None or word.value is None:
        return None
    return _shift_unit(anchor.published, word.unit, word.value)


def _shift_unit(day: date | None, unit: str, offset: int) -> Stretch | None:
    """«last week» → Monday to Sunday; «last month» → its month."""
    if day is None:
        return None
    if unit == "day":
        point = point_of(day + timedelta(days=offset))
        return Stretch(point, point)
    if unit == "week":
        monday = day + timedelta(days=7 * offset - day.weekday())
        return Stretch(point_of(monday), point_of(monday + timedelta(days=6)))
    if unit == "year":
        return Stretch(Point(day.year + offset), Point(day.year + offset))
    if unit in _MONTHS:
        size = _MONTHS[unit]
        first = (day.month - 1) // size * size + 1 + offset * size
        return Stretch(_month_of(day.year, first), _month_of(day.year, first + size - 1))
    return None


def _month_of(year: int, month: int) -> Point:
    """«(2024, 0)» → December 2023."""
    return Point(year + (month - 1) // 12, (month - 1) % 12 + 1)


def _make_ago(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«two days ago», «a year ago»: that day, week, month or year; hours ago is today."""
    count = parts.value("number") or parts.value("count") or 1
    hours = parts.unit == "hour"
    return _shift_unit(anchor.published, "day" if hours else parts.unit, 0 if hours else -count)


def _make_weekend(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«over the weekend» → the last one begun; «last weekend» one that is over."""
    day = anchor.published
    if day is None:
        return None
    offset = parts.value("deictic") or 0
    ahead = offset > 0 or anchor.ahead_at(parts.first, parts.last)
    since = (day.weekday() - 5) % 7
    saturday = day - timedelta(days=since)
    if ahead and since > 1:
        saturday += timedelta(days=7)
    elif offset < 0 and since < 2:
        saturday -= timedelta(days=7)
    return Stretch(point_of(saturday), point_of(saturday + timedelta(days=1)))


def _make_trailing(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«соңғы үш айда», «over the past 24 hours», «за последнюю неделю»."""
    count = parts.value("count")
    return _trailing(anchor.published, parts.unit, 1 if count is None else count)


def _make_over(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«в течение двух дней автобусы будут» looks ahead, «за сутки доставлено» back."""
    count = parts.value("count")
    look = _ahead if anchor.ahead_at(parts.first, parts.last) else _done
    return look(anchor.published, parts.unit, 1 if count is None else count)


def _make_outcome(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«он айдың қорытындысы» looks back, whatever the verb."""
    return _done(anchor.published, parts.unit, parts.value("count") or 1)


def _done(day: date | None, unit: str, count: int) -> Stretch | None:
    """«за девять месяцев» read in October → from January to September."""
    if day is not None and unit == "month" and _FEW < count == day.month - 1:
        return Stretch(Point(day.year, 1), Point(day.year, count))
    return _trailing(day, unit, count)


def _trailing(day: date | None, unit: str, count: int) -> Stretch | None:
    """«two months» read on 21 April → from February to April; a day is yesterday."""
    if day is None or not 1 <= count <= 100:
        return None
    if unit == "hour":
        unit, count = "day", -(-count // 24)
    if unit in ("half_year", "quarter"):
        size = _MONTHS[unit] * count
        return Stretch(_month_of(day.year, day.month - size), _month_of(day.year, day.month - 1))
    if unit == "day" and count == 1:
        return _shift_unit(day, unit, -1)
    return _reach(day, unit, -count)


def _ahead(day: date | None, unit: str, count: int) -> Stretch | None:
    """«two days» read on 12 April → 12 and 13 April."""
    if day is None or not 1 <= count <= 100:
        return None
    if unit == "hour":
        unit, count = "day", -(-count // 24)
    return _reach(day, unit, count - 1 if unit == "day" else count)


def _reach(day: date, unit: str, count: int) -> Stretch | None:
    """«day» and the end of so many units before or after it, in order."""
    if unit in ("day", "week"):
        here = point_of(day)
        there = point_of(day + timedelta(days=count * (7 if unit == "week" else 1)))
    elif unit == "year":
        here, there = Point(day.year), Point(day.year + count)
    elif unit in _MONTHS:
        here = _month_of(day.year, day.month)
        there = _month_of(day.year, day.month + count * _MONTHS[unit])
    else:
        return None
    return Stretch(there, here) if count < 0 else Stretch(here, there)


def _make_recent(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«на днях» read on the 13th → this month; read on the 2nd, nobody knows."""
    day = anchor.published
    if day is None or (day - timedelta(days=7)).month != day.month:
        return None
    return _shift_unit(day, "month", 0)


def _make_part(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«начало июля» → July: EDTF knows no finer; the start of a school year is its month."""
    whole = _whole_of(parts)
    stretch = whole.stretch if whole else _make_shift(parts, anchor)
    edge = parts.one("part")
    if stretch is None or edge is None or stretch.start == stretch.stop:
        return stretch
    if whole and whole.rule == "school" and edge.unit == "start":
        stretch = _not_yet_begun(stretch, parts, anchor)
    ends = {"start": stretch.start, "end": stretch.stop}
    point = ends.get(edge.unit or "")
    return Stretch(point, point) if point else stretch


def _not_yet_begun(year: Stretch, parts: Parts, anchor: Anchor) -> Stretch:
    """«will get bags by the start of the school year»: read in April, that of September."""
    day, start, stop = anchor.published, year.start, year.stop
    if day is None or start is None or stop is None or not anchor.ahead_at(parts.first, parts.last):
        return year
    if start.year is None or stop.year is None or start.edtf >= point_of(day).edtf[:7]:
        return year
    return Stretch(replace(start, year=start.year + 1), replace(stop, year=stop.year + 1))


def _make_nth(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«первое полугодие 2020 года», «2021 жылдың бірінші тоқсаны»."""
    nth, size = parts.value("ordinal"), _MONTHS.get(parts.unit)
    if nth is None or size is None or parts.year_is_lost or not 1 <= nth * size <= 12:
        return None
    first = (nth - 1) * size + 1
    return Stretch(Point(parts.year, first), Point(parts.year, first + size - 1))


def _make_first_months(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«9 месяцев 2021 года» → from January to September."""
    count = parts.value("count")
    if count is None or parts.year_is_lost or not 1 <= count <= 12:
        return None
    return Stretch(Point(parts.year, 1), Point(parts.year, count))


def _make_weekday(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«on Friday» → the last one, today included; in the future tense the next one."""
    wanted, day = parts.value("weekday"), anchor.published
    if wanted is None or day is None:
        return None
    offset = parts.value("deictic") or 0
    back = (day.weekday() + 1 - wanted) % 7
    if offset < 0:
        return _shift_unit(day, "day", -(back or 7))
    ahead = offset > 0 or anchor.ahead_at(parts.first, parts.last)
    return _shift_unit(day, "day", -back % 7 if ahead else -back)


def _make_season(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«весной 2024 года» → 2024-21."""
    if parts.year_is_lost:
        return None
    point = Point(parts.year, parts.value("season"))
    offset, day = parts.value("deictic"), anchor.published
    if offset and day is not None and point.year is None:
        running = likely_year(point, replace(anchor, tenses=()), 0) or day.year
        ends = _month_of(running, point.season[0] + 3)
        over = offset < 0 and ends.edtf <= f"{day.year:04}-{day.month:02}"
        point = replace(point, year=running + offset + over)
    return Stretch(point, point)


def _make_feast(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«Құрбан айт» → its day of the year in question; Victory Day is always 9 May."""
    feast = parts.one("feast")
    if feast is None or not feast.on:
        return None
    if feast.on[0].start is not None and feast.on[0].start.year is None:
        return feast.on[0]
    if anchor.published is None:
        return None
    limit = point_of(anchor.published + timedelta(days=feast.horizon))
    known = [s for s in feast.on if s.start and s.start.edtf <= limit.edtf]
    found = max(known, key=lambda s: s.edtf, default=None)
    return _in_months(found, anchor.published) if found else None


def _in_months(feast: Stretch, day: date) -> Stretch:
    """Ramadan read within it → the months until then: nobody counts its days."""
    start, stop = feast.start, feast.stop
    if start is None or stop is None or not start.edtf < point_of(day).edtf <= stop.edtf:
        return feast
    return Stretch(replace(start, day=None), Point(day.year, day.month))


def _make_school(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«2023-2024 учебный год»; without years the one that is near, from September to May."""
    year = parts.value("year")
    if year is None:
        day = anchor.published
        if day is None:
            return None
        year = day.year - (day.month < 6) + (parts.value("deictic") or 0)
    return Stretch(Point(year, 9), Point(year + 1, 5))


def _make_same(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«1-20 шілде аралығында»: the marker adds nothing but certainty."""
    whole = _whole_of(parts)
    return whole.stretch if whole else None


def _whole_of(parts: Parts) -> Atom | None:
    """The only date among the parts; «Friday» or «2018» alone is one only inside a pattern."""
    return parts.one("date") or parts.one("bare_date")


def _make_since(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«с начала июля», «2020 жылдан бастап»; since this year began → up to the month it is."""
    dates, day = parts.all("date"), anchor.published
    whole = dates[-1] if dates else _whole_of(parts)
    if whole is None:
        return _since_month(parts.value("month"))
    if whole.stretch is None:
        return None
    start = whole.stretch.start
    if start is not None and day is not None and (start.year, start.month) == (day.year, None):
        return Stretch(Point(day.year, 1), Point(day.year, day.month))
    return Stretch(start, None)


def _since_month(month: int | None) -> Stretch | None:
    """«since March»: the name of a month that alone would be a verb."""
    return Stretch(Point(None, month), None) if month else None


def _make_until(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«до 1 сентября», «ко Дню Победы», «as of April 8»; the old year ends before the new."""
    whole = _whole_of(parts)
    stop = whole.stretch.stop if whole and whole.stretch else None
    if whole is None or stop is None:
        return None
    if whole.rule == "feast" and (stop.month, stop.day) == (1, 1):
        stop = Point(stop.year and stop.year - 1, 12, 31)
    return Stretch(None, _last_day(stop, anchor) if whole.unit == "end" else stop)


def _last_day(point: Point, anchor: Anchor) -> Point:
    """«конец апреля» as a limit → 30 April; «конец года» → 31 December."""
    if point.month is None and point.year is not None:
        return Point(point.year, 12, 31)
    if point.month is None or point.day is not None or point.month > 12:
        return point
    year = point.year or likely_year(point, anchor, _LIMIT_HORIZON)
    return replace(point, day=monthrange(year, point.month)[1]) if year else point


def _make_eve(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«накануне Нового года», «Жеңіс күні қарсаңында» → the month of the day before it."""
    whole = _whole_of(parts)
    start = whole.stretch.start if whole and whole.stretch else None
    if start is None or start.month is None:
        return None
    opens = start.day == 1 or start.day is None
    year, month = start.year, start.month - opens
    if month == 0:
        year, month = year and year - 1, 12
    return Stretch(Point(year, month), Point(year, month))


def _make_to_date(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«на сегодняшний день» → up to publication."""
    today = _shift_unit(anchor.published, "day", 0)
    return Stretch(None, today.stop) if today else None


def _make_from_to(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«с 1 по 20 июля», «19 наурыздан бастап бүгінге дейін», «26 July – 2 August 2013»."""
    dates = parts.all("date") or parts.all("bare_date")
    last = dates[-1].stretch
    if last is None or last.stop is None:
        return None
    if len(dates) > 1:
        first = dates[0].stretch
        return Stretch(first.start, last.stop) if first else None
    return Stretch(replace(last.stop, day=parts.value("day")), last.stop)


def _make_told(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«На следующий день», «сол күні»: counted from the day that was told before."""
    return _shift_unit(anchor.told, "day", parts.value("told") or 0)


def _make_nothing(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«Бүгінде», «since the beginning of the war»: time, but no date."""
    return None


MAKERS: Mapping[str, Maker] = {
    "date": _make_date,
    "days": _make_days,
    "months": _make_months,
    "year": _make_year,
    "years": _make_years,
    "shift": _make_shift,
    "relative": _make_relative,
    "ago": _make_ago,
    "weekend": _make_weekend,
    "trailing": _make_trailing,
    "over": _make_over,
    "outcome": _make_outcome,
    "recent": _make_recent,
    "part": _make_part,
    "nth": _make_nth,
    "first_months": _make_first_months,
    "weekday": _make_weekday,
    "season": _make_season,
    "feast": _make_feast,
    "school": _make_school,
    "same": _make_same,
    "since": _make_since,
    "until": _make_until,
    "by": _make_until,
    "as_of": _make_until,
    "eve": _make_eve,
    "to_date": _make_to_date,
    "from_to": _make_from_to,
    "told": _make_told,
    "now": _make_nothing,
    "unknown": _make_nothing,
    "duration": _make_nothing,
    "clock": _make_nothing,
}
