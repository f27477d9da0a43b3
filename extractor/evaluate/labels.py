"""Labels: is each figure told from the others of its series as gold tells it?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.evaluate.gold import GoldArticle, GoldFigure

if TYPE_CHECKING:
    from extractor.records import CanonicalEvent, Label

# An event or a figure: the id of its article and its own.
Name = tuple[str, str]
SAID_ON_ONE_DAY: frozenset[Label] = frozenset({"cumulative", "restatement"})
# How far apart two numbers may be of which one rounds the other.
ROUNDED = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Labels:
    """Of ``gold`` figures that gold labels ``right`` have that label, ``missing`` have none.

    ``spurious``: totals of a series that gold has no label for; ``confused``: how often which
    label stands for which.
    """

    right: int
    gold: int
    missing: int
    spurious: int
    confused: Mapping[tuple[Label, Label], int]

    @property
    def accuracy(self) -> float:
        return self.right / self.gold if self.gold else 1.0


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of an action, on the day that its article was published."""

    name: Name
    cluster: str
    day: str | None
    figure: GoldFigure


def score_labels(
    gold: Sequence[GoldArticle], events: Iterable[CanonicalEvent], names: Mapping[Name, Name]
) -> Labels:
    """«gold, canonical events» → how many labels of figures are right.

    What is first on one day nobody can tell: of reports of one total on one day, any may be the
    ``cumulative`` and the others its ``restatement``.
    """
    given = given_labels(gold, events, names)
    figures = list(stated_figures(gold))
    twins = find_twins(figures)
    right = missing = spurious = 0
    confused: Counter[tuple[Label, Label]] = Counter()
    for one in figures:
        wanted, label = one.figure.series, given.get(one.name)
        if wanted is None:
            spurious += label is not None and one.figure.scope != "each"
        elif label is None:
            missing += 1
        elif label == wanted or is_other_order(label, wanted, twins[one.name], given):
            right += 1
        else:
            confused[wanted, label] += 1
    asked = sum(one.figure.series is not None for one in figures)
    return Labels(right, asked, missing, spurious, confused)


def is_other_order(
    label: Label, wanted: Label, twins: Iterable[Name], given: Mapping[Name, Label]
) -> bool:
    """Two reports of a day, and the other one has been taken for the first."""
    if {label, wanted} != SAID_ON_ONE_DAY or not twins:
        return False
    return label == "cumulative" or any(given.get(twin) == "cumulative" for twin in twins)


def stated_figures(gold: Iterable[GoldArticle]) -> Iterator[Stated]:
    for article in gold:
        owners = {figure: event.cluster for event in article.events for figure in event.figures}
        for figure in article.figures:
            cluster = owners.get(figure.id)
            if cluster is not None:
                yield Stated((article.id, figure.id), cluster, article.published, figure)


def find_twins(figures: Iterable[Stated]) -> Mapping[Name, tuple[Name, ...]]:
    """Of each figure those of other articles that state the same total on the same day."""
    days: dict[object, list[Stated]] = defaultdict(list)
    for one in figures:
        figure = one.figure
        if figure.series in SAID_ON_ONE_DAY and one.day is not None:
            days[one.cluster, one.day, figure.kind, figure.unit, figure.item].append(one)
    return defaultdict(
        tuple,
        {
            one.name: tuple(other.name for other in group if is_twin(one, other))
            for group in days.values()
            for one in group
        },
    )


def is_twin(one: Stated, other: Stated) -> bool:
    """«9,8 млн», «about 10 million» of two articles: one is the cumulative, one repeats it."""
    left, right = one.figure, other.figure
    near = abs(left.value - right.value) <= ROUNDED * max(left.value, right.value)
    return one.name[0] != other.name[0] and left.series != right.series and near


def given_labels(
    gold: Iterable[GoldArticle], events: Iterable[CanonicalEvent], names: Mapping[Name, Name]
) -> Mapping[Name, Label]:
    """Each figure of the gold with the label that its statement has in a canonical event.

    A statement carries all articles that say it; of a ``cumulative`` the first article states
    it and the others state it again. The series of what each one gets are no totals.
    """
    days = {article.id: (article.published or "", article.id) for article in gold}
    given: dict[Name, Label] = {}
    for event in events:
        for series in event.series:
            if series.scope == "each":
                continue
            for statement in series.statements:
                sources = [source for source in statement.sources if source.article in days]
                first = min((days[source.article] for source in sources), default=None)
                for source in sources:
                    again = statement.label == "cumulative" and days[source.article] != first
                    name = names.get((source.article, source.figure))
                    if name is not None:
                        given[name] = "restatement" if again else statement.label
    return given
