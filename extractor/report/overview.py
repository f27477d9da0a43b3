"""What the first view counts: articles, events, totals by item, days, regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from extractor.records import ArticleRecord, CanonicalEvent, plain_number
from extractor.resolve.totals import Sums, Totals

MOST_OUTLETS = 12
# Days in the span of the articles up to which a bar is a day, a week; beyond that it is a month.
DAYS, WEEKS = 62, 370


@dataclass(slots=True)
class Tally:
    """What was counted so far, an article or event at a time."""

    articles: int = 0
    with_aid: int = 0
    figures: int = 0
    events: int = 0
    conflicts: int = 0
    langs: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str | None] = field(default_factory=Counter)
    days: Counter[tuple[date, str]] = field(default_factory=Counter)
    undated: int = 0
    places: Counter[str | None] = field(default_factory=Counter)
    sums: Sums = field(default_factory=Sums)
    made: set[tuple[str, str]] = field(default_factory=set)

    def count_article(self, record: ArticleRecord) -> None:
        self.articles += 1
        self.with_aid += bool(record.figures or record.events)
        self.figures += len(record.figures)
        self.langs[record.lang] += 1
        self.outlets[record.source] += 1
        self.made.add((record.provenance.package, record.provenance.data))
        day = iso_day(record.published)
        if day is None:
            self.undated += 1
        else:
            self.days[day, record.lang] += 1

    def count_event(self, event: CanonicalEvent) -> None:
        self.events += 1
        self.conflicts += sum(len(series.conflicts) for series in event.series)
        self.places.update(event.locations or (None,))
        self.sums.add(event)


@dataclass(frozen=True, slots=True)
class Total:
    """One row of «planned against delivered»; an amount is absent where nobody stated one.

    ``delivered`` holds what is being handed over too; ``derived`` follows by arithmetic.
    """

    kind: str
    unit: str
    item: str | None
    events: int
    amounts: dict[str, int | float]


@dataclass(frozen=True, slots=True)
class Bar:
    """Articles of one language that were published from ``start`` on."""

    start: str
    lang: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The first view, ready for JSON."""

    articles: int
    with_aid: int
    figures: int
    events: int
    conflicts: int
    langs: dict[str, int]
    outlets: tuple[tuple[str | None, int], ...]
    other_outlets: int
    step: str
    bars: tuple[Bar, ...]
    undated: int
    places: dict[str, int]
    no_place: int
    totals: tuple[Total, ...]
    not_added: int
    made: tuple[tuple[str, str], ...]


def make_overview(tally: Tally) -> Overview:
    """The counts in the order in which they are shown."""
    outlets = sorted(tally.outlets.items(), key=lambda row: (-row[1], row[0] or ""))
    step = step_of([day for day, _ in tally.days])
    sums = tally.sums.totals()
    return Overview(
        articles=tally.articles,
        with_aid=tally.with_aid,
        figures=tally.figures,
        events=tally.events,
        conflicts=tally.conflicts,
        langs=dict(sorted(tally.langs.items())),
        outlets=tuple(outlets[:MOST_OUTLETS]),
        other_outlets=sum(count for _, count in outlets[MOST_OUTLETS:]),
        step=step,
        bars=tuple(_bars(tally, step)),
        undated=tally.undated,
        places=dict(sorted((code, n) for code, n in tally.places.items() if code is not None)),
        no_place=tally.places[None],
        totals=tuple(_totals(sums)),
        not_added=sum(left.count for left in sums.left_out.values()),
        made=tuple(sorted(tally.made)),
    )


def iso_day(day: str | None) -> date | None:
    """«2024-04-16» → that day; anything else has no place on a line of days."""
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


def step_of(days: Sequence[date]) -> str:
    """«1 to 20 April» → day; «2020 to 2024» → month"""
    if not days:
        return "day"
    span = (max(days) - min(days)).days
    return "day" if span <= DAYS else "week" if span <= WEEKS else "month"


def start_of(day: date, step: str) -> date:
    """«2024-04-18», week → 2024-04-15, the Monday; month → 2024-04-01"""
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def _bars(tally: Tally, step: str) -> Iterator[Bar]:
    sums: Counter[tuple[date, str]] = Counter()
    for (day, lang), count in tally.days.items():
        sums[start_of(day, step), lang] += count
    for (day, lang), count in sorted(sums.items()):
        yield Bar(day.isoformat(), lang, count)


def _totals(sums: Totals) -> Iterator[Total]:
    """Sums, the measures of most events first, without the columns that nobody stated."""
    for row in sorted(sums.rows, key=lambda r: (r.kind, -r.events, r.unit, r.item or "")):
        amounts = {
            "planned": row.planned,
            "collected": row.collected,
            "delivered": row.delivered,
            "unsaid": row.unstated,
            "derived": row.derived,
        }
        told = {name: plain_number(value) for name, value in amounts.items() if value is not None}
        yield Total(row.kind, row.unit, row.item, row.events, told)
