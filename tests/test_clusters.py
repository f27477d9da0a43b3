"""Articles on the same actions: the form of their gold, and the measures that use it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from extractor.evaluate import GoldArticle, GoldFigure, read_gold
from extractor.evaluate.relations import Clusters, line_of, read_clusters

CORPORA = Path(__file__).parents[1] / "corpora" / "clusters"
SPLITS = ("dev", "test")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# How far a rounded figure may be from what it says again.
ROUNDED = Decimal("0.15")


@cache
def articles(split: str) -> tuple[GoldArticle, ...]:
    """In the order of time, and on one day of ids."""
    return tuple(sorted(read_gold(CORPORA / split), key=lambda a: (a.published or "", a.id)))


@cache
def clusters(split: str) -> Clusters:
    found = read_clusters(CORPORA / split)
    assert found is not None
    return found


@dataclass(frozen=True)
class Stated:
    """A figure of an event, and where it stands."""

    article: GoldArticle
    cluster: str
    figure: GoldFigure

    @property
    def quantity(self) -> tuple[str, str, str, str | None]:
        return self.cluster, self.figure.kind, self.figure.unit, self.figure.item

    def __str__(self) -> str:
        return f"{self.article.id} {self.figure.id} «{self.figure.quote}» {self.figure.series}"


def stated(split: str) -> Iterator[Stated]:
    for article in articles(split):
        figures = {figure.id: figure for figure in article.figures}
        for event in article.events:
            assert event.cluster is not None, article.id
            for name in event.figures:
                yield Stated(article, event.cluster, figures[name])


# --- the form of the gold ------------------------------------------------------------------------


@pytest.mark.parametrize("split", SPLITS)
def test_each_event_names_an_action_that_is_listed(split: str) -> None:
    named = {event.cluster for article in articles(split) for event in article.events}
    assert None not in named
    assert all(SLUG.fullmatch(slug) for slug in clusters(split))
    wholes = {cluster.part_of for cluster in clusters(split).values()}
    assert named <= set(clusters(split)) <= named | wholes


@pytest.mark.parametrize("split", SPLITS)
def test_no_action_is_part_of_itself(split: str) -> None:
    for cluster in clusters(split).values():
        assert cluster.part_of not in line_of(cluster.slug, clusters(split))[2:]
        assert cluster.part_of != cluster.slug


@pytest.mark.parametrize("split", SPLITS)
def test_each_article_has_a_day_and_reports_an_action(split: str) -> None:
    for article in articles(split):
        assert article.published, article.id
        assert article.source, article.id
        assert article.events, article.id


@pytest.mark.parametrize("split", SPLITS)
def test_totals_of_events_have_a_label_and_nothing_else_has(split: str) -> None:
    in_events = {(one.article.id, one.figure.id): one for one in stated(split)}
    for article in articles(split):
        for figure in article.figures:
            one = in_events.get((article.id, figure.id))
            if one is None or figure.scope == "each" or figure.kind == "share":
                assert figure.series is None, f"{article.id} {figure.id}"
            elif figure.scope == "total":
                assert figure.series is not None, one


@pytest.mark.parametrize("split", SPLITS)
def test_what_is_planned_is_a_plan(split: str) -> None:
    for one in stated(split):
        if one.figure.series is not None:
            planned = one.figure.status == "planned" or whole_of_progress(one)
            assert (one.figure.series == "plan") == planned, one


def whole_of_progress(one: Stated) -> bool:
    """«3,200 of 5,000» or «goes on»: the 5,000 are the whole of what is to be."""
    return one.figure.status == "ongoing"


@pytest.mark.parametrize("split", SPLITS)
def test_a_repetition_within_an_article_has_the_label_of_what_it_repeats(split: str) -> None:
    for article in articles(split):
        labels = {figure.id: figure.series for figure in article.figures}
        for figure in article.figures:
            if figure.same_as is not None:
                assert figure.series == labels[figure.same_as], f"{article.id} {figure.id}"


@pytest.mark.parametrize("split", SPLITS)
def test_only_what_was_said_before_is_said_again(split: str) -> None:
    before: dict[object, list[Stated]] = defaultdict(list)
    for one in stated(split):
        earlier = [
            other
            for other in before[one.quantity]
            if other.article.id != one.article.id and other.figure.series != "plan"
        ]
        if one.figure.series == "cumulative":
            assert all(other.figure.value != one.figure.value for other in earlier), one
        if one.figure.series == "restatement" and one.figure.unit != "USD":
            assert any(near(one.figure.value, other.figure.value) for other in earlier), one
        if one.figure.series is not None:
            before[one.quantity].append(one)


def near(value: Decimal, other: Decimal) -> bool:
    return abs(value - other) <= ROUNDED * max(value, other)


def test_both_splits_have_each_kind_of_difficulty() -> None:
    for split in SPLITS:
        said = {one.figure.series for one in stated(split)}
        assert {"cumulative", "increment", "restatement", "plan"} <= said
        relations = {cluster.relation for cluster in clusters(split).values()}
        assert {"region", "wave"} <= relations
        assert any(len(article.events) > 1 for article in articles(split))


def test_no_action_is_in_both_splits_and_half_of_all_are_for_measuring() -> None:
    dev, test = set(clusters("dev")), set(clusters("test"))
    assert not dev & test
    assert len(test) >= len(dev)
    assert len(articles("test")) >= len(articles("dev"))
