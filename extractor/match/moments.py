"""Moments: points and stretches of time, what they lean on, and the years that they leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extractor.fast import fast_dataclass

# How many days after publication a date without a year may still lie.
HORIZON = 60
_FUTURE_HORIZON = 300
# How many words away the verb may stand that says whether a duration lies ahead.
_BESIDE = 8
_SEASON_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}


@fast_dataclass(frozen=True, slots=True)
class Point:
    """«15 апреля» → Point(None, 4, 15); months 21 to 24 are the seasons of EDTF."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def edtf(self) -> str:
        """«Point(2020, 4)» → "2020-04"."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def season(self) -> tuple[int, int]:
        """«Point(2020, 4)» → (4, 0): where it stands within its year."""
        month = self.month or 0
        return _SEASON_MONTH.get(month, month), self.day or 0

    @property
    def exists(self) -> bool:
        """«31 апреля» → False."""
        try:
            date(self.year or 2000, self.season[0] or 1, self.day or 1)
        except ValueError:
            return False
        return True


@fast_dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` to ``stop``, both included; None is an open end."""

    start: Point | None
    stop: Point | None

    @property
    def edtf(self) -> str:
        """«Stretch(None, Point(2020, 7))» → "../2020-07"."""
        if self.start == self.stop and self.start is not None:
            return self.start.edtf
        return "/".join(point.edtf if point else ".." for point in (self.start, self.stop))

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for point in (self.start, self.stop) if point is not None)


@fast_dataclass(frozen=True, slots=True)
class Anchor:
    """What a date leans on: publication, a year stated nearby, the day told last, tenses.

    ``tenses`` has −1 at the tokens that look back, 1 at those that look ahead, else 0.
    """

    published: date | None
    tenses: tuple[int, ...] = ()
    near: int | None = None
    told: date | None = None

    @property
    def ahead(self) -> bool:
        """«Помощь получат»: the sentence looks ahead, and nothing in it looks back."""
        return 1 in self.tenses and -1 not in self.tenses

    def beside(self, first: int, last: int) -> Anchor:
        """«сдадут в третьем квартале, ответил аким»: for these tokens the verb beside them."""
        tense = self._tense_at(first, last)
        return replace(self, tenses=(tense,)) if tense else self

    def ahead_at(self, first: int, last: int) -> bool:
        """«в течение двух дней автобусы будут»: the verb beside it, else the sentence."""
        tense = self._tense_at(first, last)
        return tense > 0 if tense else self.ahead

    def _tense_at(self, first: int, last: int) -> int:
        for step in range(1, _BESIDE + 1):
            for place in (last + step, first - step):
                if 0 <= place < len(self.tenses) and self.tenses[place]:
                    return self.tenses[place]
        return 0


@fast_dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of tokens that a slot may take; with a ``rule`` it is worth reporting."""

    names: frozenset[str]
    first: int
    last: int
    value: int | None = None
    unit: str | None = None
    cases: frozenset[str | None] = frozenset()
    stretch: Stretch | None = None
    on: tuple[Stretch, ...] = ()
    rule: str = ""
    horizon: int = HORIZON
    rank: int = 0

    @property
    def is_period(self) -> bool:
        """«16:57» and «за три года» are no periods, but no figures either."""
        return bool(self.rule) and "span" not in self.names


@fast_dataclass(frozen=True, slots=True)
class Parts:
    """The atoms that a pattern took, asked for by name."""

    atoms: tuple[Atom, ...]

    def all(self, name: str) -> tuple[Atom, ...]:
        return tuple(atom for atom in self.atoms if name in atom.names)

    def one(self, name: str) -> Atom | None:
        found = self.all(name)
        return found[0] if found else None

    @property
    def first(self) -> int:
        return self.atoms[0].first

    @property
    def last(self) -> int:
        return self.atoms[-1].last

    def value(self, name: str) -> int | None:
        atom = self.one(name)
        return atom.value if atom else None

    @property
    def unit(self) -> str:
        atom = self.one("unit")
        return (atom.unit if atom else None) or ""

    @property
    def year(self) -> int | None:
        """«2020» or «текущего года» → 2020; None when it is not said."""
        atom = self.one("year_date")
        if atom is None:
            return self.value("year")
        start = atom.stretch.start if atom.stretch else None
        return start.year if start else None

    @property
    def year_is_lost(self) -> bool:
        """«осы жылдың қаңтары» of an undated article: a year is meant but not known."""
        return self.one("year_date") is not None and self.year is None


def point_of(day: date) -> Point:
    """«date(2024, 4, 15)» → Point(2024, 4, 15)."""
    return Point(day.year, day.month, day.day)


def settle(stretch: Stretch, anchor: Anchor, horizon: int) -> Stretch | None:
    """«15 апреля» → its year: the other end's, else that of publication, else nearby."""
    start, stop = _share_year(stretch.start, stretch.stop)
    first = start or stop
    if first is not None and first.year is None:
        year = likely_year(first, anchor, horizon)
        if year is None:
            return None
        start, stop = (replace(p, year=year) if p == first else p for p in (start, stop))
        start, stop = _share_year(start, stop)
    settled = Stretch(start, stop)
    if not all(point.exists and 1 <= (point.year or 0) <= 9999 for point in settled.points):
        return None
    return settled if in_order(start, stop) else None


def _share_year(start: Point | None, stop: Point | None) -> tuple[Point | None, Point | None]:
    """«from 24 February to 24 August 2023»: one year serves both ends, if the order allows."""
    if start is None or stop is None:
        return start, stop
    crosses = start.season > stop.season
    if start.year is None and stop.year is not None:
        start = replace(start, year=stop.year - crosses)
    elif stop.year is None and start.year is not None:
        stop = replace(stop, year=start.year + crosses)
    return start, stop


def likely_year(point: Point, anchor: Anchor, horizon: int) -> int | None:
    """The latest year in which the day is not too far after publication."""
    if anchor.published is None:
        return anchor.near
    if anchor.ahead:
        horizon = max(horizon, _FUTURE_HORIZON)
    limit = anchor.published + timedelta(days=horizon)
    return limit.year - (point.season > (limit.month, limit.day))


def in_order(start: Point | None, stop: Point | None) -> bool:
    if start is None or stop is None:
        return start is not None or stop is not None
    low, high = (start.year, start.month, start.day), (stop.year, stop.month, stop.day)
    shared = [(a, b) for a, b in zip(low, high, strict=True) if a is not None and b is not None]
    return [a for a, _ in shared] <= [b for _, b in shared]
