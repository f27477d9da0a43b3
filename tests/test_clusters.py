"""Articles on the same actions: the form of their gold, and the measures that use it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from typing import get_args

import pytest
from rich.console import Console

from extractor import cli_clusters
from extractor.evaluate import (
    GoldArticle,
    GoldError,
    GoldEvent,
    GoldFigure,
    RecordError,
    evaluate,
    read_gold,
)
from extractor.evaluate.cluster_report import clusters_to_dict, print_clusters
from extractor.evaluate.clusters import (
    ClusterScores,
    Names,
    aligned_names,
    own_names,
    score_clusters,
)
from extractor.evaluate.gold_records import gold_as_record
from extractor.evaluate.partitions import b_cubed, ceaf_e, pairwise
from extractor.evaluate.relations import (
    RELATIONS,
    Clusters,
    GoldCluster,
    Relation,
    line_of,
    parted_by,
    read_clusters,
)
from extractor.records import (
    ArticleRecord,
    CanonicalEvent,
    FigureSource,
    Label,
    MentionRecord,
    SeriesRecord,
    StatementRecord,
)
from extractor.types import Span

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
def test_a_part_has_a_label_where_it_is_progress_or_the_total_of_its_own_event(split: str) -> None:
    figures = {(one.article.id, one.figure.id): one for one in stated(split)}
    for one in figures.values():
        if one.figure.scope == "part":
            assert one.figure.of is not None, one
            whole = figures[one.article.id, one.figure.of]
            is_total = whole.figure.status == "ongoing" or whole.cluster != one.cluster
            assert (one.figure.series is not None) == is_total, one


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


# --- measures, by hand ---------------------------------------------------------------------------

# Twelve things in three parts: the example of the papers on B³ and CEAF.
TRUTH = "12345 67 89abc"


def parts(listing: str) -> list[frozenset[str]]:
    """«12 3» → {1, 2} and {3}."""
    return [frozenset(part) for part in listing.split()]


@pytest.mark.parametrize(
    ("gold", "found", "precision", "recall"),
    [
        # Five alone are pure; of the seven, two are with 2 of 7 and five with 5 of 7.
        (TRUTH, "12345 6789abc", 16 / 21, 1),
        # Ten are with 5 of 10, two are pure.
        (TRUTH, "1234589abc 67", 7 / 12, 1),
        (TRUTH, TRUTH, 1, 1),
        # Each thing alone: of five 1 of 5, of two 1 of 2.
        (TRUTH, "1 2 3 4 5 6 7 8 9 a b c", 1, 3 / 12),
        ("123", "12 3", 1, 5 / 9),
        # 3 is missed, x is in no gold part: 1 and 2 have 2 of 3 on each side.
        ("123", "12x", 4 / 9, 4 / 9),
        # What is missed is not right for being alone.
        ("1 2", "1", 1, 1 / 2),
        ("", "", 1, 1),
        ("1", "", 0, 0),
    ],
)
def test_b_cubed(gold: str, found: str, precision: float, recall: float) -> None:
    measured = b_cubed(parts(gold), parts(found))
    assert measured.precision == pytest.approx(precision)
    assert measured.recall == pytest.approx(recall)


@pytest.mark.parametrize(
    ("gold", "found", "precision", "recall", "f1"),
    [
        # 5:5 is 1, 89abc against seven is 2·5/12; {67} stays alone.
        (TRUTH, "12345 6789abc", 11 / 12, 11 / 18, 0.733),
        # 67:67 is 1, five against ten is 2·5/15.
        (TRUTH, "1234589abc 67", 5 / 6, 5 / 9, 0.667),
        # One part: 2·5/17, once.
        (TRUTH, "123456789abc", 10 / 17, 10 / 51, 0.294),
        # Alone: 2·1/6 twice and 2·1/3, of twelve found and three in gold.
        (TRUTH, "1 2 3 4 5 6 7 8 9 a b c", 1 / 9, 4 / 9, 0.178),
        ("123", "12 3", 0.4, 0.8, 8 / 15),
        ("1 2", "1 x", 0.5, 0.5, 0.5),
        ("", "", 1, 1, 1),
    ],
)
def test_ceaf_e(gold: str, found: str, precision: float, recall: float, f1: float) -> None:
    measured = ceaf_e(parts(gold), parts(found))
    assert measured.precision == pytest.approx(precision)
    assert measured.recall == pytest.approx(recall)
    assert measured.f1 == pytest.approx(f1, abs=5e-4)


@pytest.mark.parametrize(
    ("gold", "found", "precision", "recall"),
    [
        # 10 + 1 + 10 pairs in gold; found 10 + 21, of these 10 + 1 + 10 right.
        (TRUTH, "12345 6789abc", 21 / 31, 1),
        ("123", "12 3", 1, 1 / 3),
        ("123", "12x", 1 / 3, 1 / 3),
        # No pair on either side; a pair that is in one alone.
        ("1 2", "1 2", 1, 1),
        ("1 2", "12", 0, 0),
    ],
)
def test_pairwise(gold: str, found: str, precision: float, recall: float) -> None:
    measured = pairwise(parts(gold), parts(found))
    assert measured.precision == pytest.approx(precision)
    assert measured.recall == pytest.approx(recall)


# --- relations -----------------------------------------------------------------------------------


def listing(**rows: tuple[str | None, Relation | None]) -> Clusters:
    return {slug: GoldCluster(slug, *row) for slug, row in rows.items()}


CAMPAIGN = listing(
    whole=(None, None),
    abai=("whole", "region"),
    first=("whole", "wave"),
    second=("whole", "wave"),
    abai_first=("first", "region"),
    other=(None, None),
)


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("first", "second", "wave"),
        ("whole", "second", "wave"),
        ("whole", "abai", "region"),
        ("abai", "whole", "region"),
        ("abai_first", "first", "region"),
        ("abai_first", "second", "wave"),
        ("whole", "other", None),
        ("abai", "abai", None),
        ("abai", "unheard-of", None),
    ],
)
def test_parted_by(left: str, right: str, relation: str | None) -> None:
    assert parted_by(left, right, CAMPAIGN) == relation


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{"a": {"part_of": "b", "relation": "wave"}}', "'b', which is not listed"),
        ('{"a": {"part_of": null, "relation": "wave"}}', "said together"),
        ('{"a": {"part_of": null, "relation": "half"}}', "'half' is none of"),
        ('{"a": {"parent": "b"}}', "unknown field"),
        ('{"a": 1}', "expected an object"),
        ("[]", "expected one object"),
    ],
)
def test_a_bad_listing_is_refused_by_name(tmp_path: Path, content: str, fault: str) -> None:
    (tmp_path / "dev.clusters.json").write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=fault) as caught:
        read_clusters(tmp_path / "dev")
    assert "dev.clusters.json" in str(caught.value)


def test_no_listing_is_none(tmp_path: Path) -> None:
    assert read_clusters(tmp_path / "dev") is None


# --- canonical events against gold ---------------------------------------------------------------


def canonical(
    number: int,
    mentions: str,
    *,
    part_of: int | None = None,
    labels: dict[Label, list[str]] | None = None,
) -> CanonicalEvent:
    """«a.e1 b.e1» and ``{"cumulative": ["a.f1 b.f1"]}``, a statement each, → an event."""
    statements = [
        StatementRecord(
            label=label,
            value=Decimal(1),
            bound="exact",
            sources=tuple(
                FigureSource(article=article, figure=figure) for article, figure in named(sources)
            ),
        )
        for label, rows in (labels or {}).items()
        for sources in rows
    ]
    return CanonicalEvent(
        id=event_id(number),
        mentions=tuple(
            MentionRecord(article=article, event=event, lang="en")
            for article, event in named(mentions)
        ),
        part_of=None if part_of is None else event_id(part_of),
        series=(
            SeriesRecord(
                kind="recipients", unit="family", scope="total", statements=tuple(statements)
            ),
        ),
    )


def event_id(number: int) -> str:
    return f"ev-{number:016x}"


def named(listing: str) -> list[tuple[str, str]]:
    return [(article, name) for article, name in (one.split(".") for one in listing.split())]


Stating = tuple[int, Label | None]


def report(name: str, day: str, *events: tuple[str, str | None, list[Stating]]) -> GoldArticle:
    """An article whose events, each of an action, state values with labels."""
    figures = [
        replace(FIGURE, id=f"f{number}", value=Decimal(value), series=label)
        for number, (value, label) in enumerate((row for e in events for row in e[2]), start=1)
    ]
    ids = iter(figure.id for figure in figures)
    return GoldArticle(
        name,
        "en",
        "Latn",
        "text",
        published=day,
        figures=tuple(figures),
        events=tuple(
            replace(
                EVENT, id=event, cluster=slug, figures=tuple(next(ids) for _ in range(len(rows)))
            )
            for event, slug, rows in events
        ),
    )


FIGURE = GoldFigure(
    id="f1",
    quote="text",
    span=Span(0, 4),
    value=Decimal(1),
    max=None,
    bound="exact",
    kind="recipients",
    unit="family",
    item=None,
    category=frozenset(),
    scope="total",
    of=None,
    same_as=None,
    status="delivered",
)
EVENT = GoldEvent(
    id="e1",
    figures=(),
    aid=("food",),
    campaign=None,
    providers=(),
    locations=(),
    places=(),
    period=None,
)
GOLD = (
    report("a", "2024-04-01", ("e1", "first", [(500, "cumulative")])),
    report("b", "2024-04-02", ("e1", "first", [(500, "restatement"), (200, "increment")])),
    report("c", "2024-07-01", ("e1", "second", [(500, "cumulative"), (900, "plan")])),
    report("d", "2024-08-01", ("e1", "whole", [(1200, "cumulative")]), ("e2", "other", [])),
)


def score(*events: CanonicalEvent) -> ClusterScores:
    return score_clusters(GOLD, events, own_names(GOLD), clusters=CAMPAIGN)


PERFECT = (
    canonical(
        1,
        "a.e1 b.e1",
        part_of=3,
        labels={"cumulative": ["a.f1 b.f1"], "increment": ["b.f2"]},
    ),
    canonical(2, "c.e1", part_of=3, labels={"cumulative": ["c.f1"], "plan": ["c.f2"]}),
    canonical(3, "d.e1", labels={"cumulative": ["d.f1"]}),
    canonical(4, "d.e2"),
)


def test_the_right_events_are_right() -> None:
    scores = score(*PERFECT)
    assert (scores.mentions, scores.actions, scores.events) == (5, 4, 4)
    assert scores.b_cubed.f1 == scores.pairwise.f1 == scores.ceaf_e.f1 == 1
    assert (scores.labels.right, scores.labels.gold) == (6, 6)
    assert scores.parts is not None
    assert (scores.parts.right, scores.parts.asked, scores.parts.merged) == (4, 4, {})
    assert (scores.parts.links.hits, scores.parts.links.gold) == (2, 2)


def test_the_order_of_events_does_not_matter() -> None:
    assert score(*reversed(PERFECT)) == score(*PERFECT)


def test_waves_in_one_event_are_counted() -> None:
    scores = score(canonical(1, "a.e1 b.e1 c.e1"), canonical(3, "d.e1"), canonical(4, "d.e2"))
    assert scores.parts is not None
    # a–c and b–c.
    assert scores.parts.merged == {"wave": 2}
    # Of five mentions three are in a part of three: 2·2/3 + 1·1/3 + 2.
    assert scores.b_cubed.precision == pytest.approx((4 / 3 + 1 / 3 + 2) / 5)
    assert scores.b_cubed.recall == 1
    # first is answered and is part of nothing, second has no answer; whole and other are right.
    assert (scores.parts.right, scores.parts.asked) == (2, 4)
    assert (scores.parts.links.hits, scores.parts.links.predicted) == (0, 0)


def test_part_of_the_wrong_whole_is_wrong() -> None:
    scores = score(
        canonical(1, "a.e1 b.e1", part_of=4),
        canonical(2, "c.e1", part_of=3),
        canonical(3, "d.e1", part_of=4),
        canonical(4, "d.e2"),
    )
    assert scores.parts is not None
    assert (scores.parts.right, scores.parts.asked) == (2, 4)
    assert (scores.parts.links.hits, scores.parts.links.predicted, scores.parts.links.gold) == (
        1,
        3,
        2,
    )


def test_a_whole_that_no_article_tells_of_is_not_asked_for() -> None:
    scores = score_clusters(GOLD[:3], PERFECT[:2], own_names(GOLD[:3]), clusters=CAMPAIGN)
    assert scores.parts is not None
    assert (scores.parts.right, scores.parts.asked) == (0, 0)
    assert (scores.parts.links.predicted, scores.parts.links.gold) == (0, 0)


def test_a_mention_that_no_event_has_is_missed() -> None:
    scores = score(*PERFECT[:3])
    assert (scores.b_cubed.precision, scores.b_cubed.recall) == (1, 4 / 5)
    assert (scores.ceaf_e.precision, scores.ceaf_e.recall) == (1, 3 / 4)


def test_a_mention_in_two_events_is_refused() -> None:
    with pytest.raises(RecordError, match=r"a e1 is in another event already"):
        score(*PERFECT, canonical(5, "a.e1"))


def test_mentions_of_other_articles_are_left_out() -> None:
    assert score(*PERFECT, canonical(5, "z.e1")) == score(*PERFECT)


def test_events_that_name_no_action_are_left_out() -> None:
    gold = (*GOLD, report("f", "2024-09-01", ("e1", None, [])))
    found = (*PERFECT, canonical(5, "f.e1"))
    assert score_clusters(gold, found, own_names(gold), clusters=CAMPAIGN) == score(*PERFECT)


def test_without_a_listing_parts_are_not_scored() -> None:
    assert score_clusters(GOLD, PERFECT, own_names(GOLD)).parts is None


def test_what_gold_has_not_costs_precision() -> None:
    names = own_names(GOLD)
    known = {name: target for name, target in names.events.items() if name != ("d", "e2")}
    scores = score_clusters(GOLD, PERFECT, Names(known, names.figures), clusters=CAMPAIGN)
    assert (scores.b_cubed.precision, scores.b_cubed.recall) == (4 / 5, 4 / 5)


# --- labels --------------------------------------------------------------------------------------

SAME_DAY = (
    report("a", "2024-04-01", ("e1", "x", [(500, "cumulative")])),
    report("b", "2024-04-01", ("e1", "x", [(510, "restatement")])),
    report("c", "2024-04-02", ("e1", "x", [(500, "restatement"), (7, None)])),
)


@pytest.mark.parametrize(
    ("labels", "right"),
    [
        # One statement with three reports: the first one states it.
        ({"cumulative": ["a.f1 b.f1 c.f1"]}, 3),
        # On one day either may be the first.
        ({"cumulative": ["b.f1"], "restatement": ["a.f1 c.f1"]}, 3),
        ({"cumulative": ["a.f1", "b.f1"], "restatement": ["c.f1"]}, 3),
        # But one of them has to be, and the next day is too late.
        ({"restatement": ["a.f1 b.f1 c.f1"]}, 2),
        ({"cumulative": ["a.f1", "b.f1", "c.f1"]}, 2),
        ({"plan": ["a.f1"], "cumulative": ["b.f1"], "restatement": ["c.f1"]}, 2),
        ({"cumulative": ["a.f1"]}, 1),
    ],
)
def test_labels(labels: dict[Label, list[str]], right: int) -> None:
    events = [canonical(1, "a.e1 b.e1 c.e1", labels=labels)]
    scores = score_clusters(SAME_DAY, events, own_names(SAME_DAY))
    assert (scores.labels.right, scores.labels.gold) == (right, 3)
    named_figures = " ".join(row for rows in labels.values() for row in rows).split()
    assert scores.labels.missing == 3 - len(named_figures)
    assert sum(scores.labels.confused.values()) == len(named_figures) - right


def test_a_label_too_many_is_counted() -> None:
    events = [canonical(1, "a.e1 b.e1 c.e1", labels={"increment": ["c.f2"]})]
    assert score_clusters(SAME_DAY, events, own_names(SAME_DAY)).labels.spurious == 1


# --- gold as records, and records beside gold ----------------------------------------------------


@pytest.mark.parametrize("split", SPLITS)
def test_gold_as_records_is_the_gold(split: str) -> None:
    for article in articles(split):
        record = gold_as_record(article)
        assert record.text == article.text
        assert evaluate([article], [record]).score == 1
        for figure in record.figures:
            assert article.text[figure.start : figure.end] == figure.text
        for event in record.events:
            for name in (*event.providers, *event.places, *filter(None, [event.campaign])):
                assert article.text[name.start : name.end] == name.text


@pytest.mark.parametrize("split", SPLITS)
def test_records_of_the_gold_are_named_as_they_are(split: str) -> None:
    gold = articles(split)
    aligned = aligned_names(gold, map(gold_as_record, gold))
    assert aligned == own_names(gold)


def test_records_find_their_gold_by_what_they_say() -> None:
    [article] = [one for one in articles("dev") if one.id == "cl-ru-015"]
    record = gold_as_record(article)
    other = {"e1": "e2", "e2": "e1"}
    turned = record.model_copy(
        update={"events": tuple(e.model_copy(update={"id": other[e.id]}) for e in record.events)}
    )
    names = aligned_names([article], [turned])
    assert names.events == {(article.id, old): (article.id, new) for old, new in other.items()}
    none = aligned_names([article], [record.model_copy(update={"figures": (), "events": ()})])
    assert none == Names({}, {})


def test_the_relations_are_those_of_the_model() -> None:
    relation = CanonicalEvent.model_fields["relation"].annotation
    assert get_args(get_args(relation)[0]) == RELATIONS


# --- on the command line -------------------------------------------------------------------------


def resolve_as_gold(records: Iterable[ArticleRecord]) -> Iterator[CanonicalEvent]:
    """What a resolver that knows the gold of dev would answer."""
    given = {record.id for record in records}
    gold = [one for one in stated("dev") if one.article.id in given]
    slugs = list(clusters("dev"))
    mentions: dict[str, list[str]] = defaultdict(list)
    for article in articles("dev"):
        for event in article.events:
            if article.id in given:
                mentions[str(event.cluster)].append(f"{article.id}.{event.id}")
    for slug, names in mentions.items():
        labels: dict[Label, list[str]] = defaultdict(list)
        for one in gold:
            if one.cluster == slug and one.figure.series is not None:
                labels[one.figure.series].append(f"{one.article.id}.{one.figure.id}")
        whole = clusters("dev")[slug].part_of
        yield canonical(
            slugs.index(slug),
            " ".join(names),
            part_of=None if whole is None else slugs.index(whole),
            labels=labels,
        )


def test_a_perfect_resolver_has_perfect_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_clusters, "resolve", resolve_as_gold)
    gold = articles("dev")
    records = list(map(gold_as_record, gold))
    modes = cli_clusters.score_resolution(gold, records, [CORPORA / "dev"])
    assert list(modes) == ["gold records", "end to end"]
    for scores in modes.values():
        assert scores.b_cubed.f1 == scores.pairwise.f1 == scores.ceaf_e.f1 == 1
        assert scores.labels.accuracy == 1
        assert scores.labels.spurious == 0
        assert scores.parts is not None
        assert (scores.parts.accuracy, scores.parts.links.f1, scores.parts.merged) == (1, 1, {})


def test_records_of_nothing_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_clusters, "resolve", resolve_as_gold)
    scores = cli_clusters.score_resolution(articles("dev"), [], [CORPORA / "dev"])["end to end"]
    assert (scores.b_cubed.recall, scores.labels.right, scores.events) == (0, 0, 0)


def test_scores_are_printed_and_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_clusters, "resolve", resolve_as_gold)
    records = list(map(gold_as_record, articles("dev")))
    modes = cli_clusters.score_resolution(articles("dev"), records, [CORPORA / "dev"])
    shown = StringIO()
    print_clusters(modes, Console(file=shown, width=80))
    assert "b_cubed" in shown.getvalue()
    assert "0 region, 0 wave, 0 share" in shown.getvalue()
    plain = json.loads(json.dumps(clusters_to_dict(modes)))
    assert plain["gold records"]["b_cubed"] == {"precision": 1, "recall": 1, "f1": 1}
    assert plain["end to end"]["parts"]["accuracy"] == 1


def test_what_is_not_scored_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    gold = articles("dev")
    monkeypatch.setattr(cli_clusters, "resolve", resolve_as_gold)
    scores = cli_clusters.score_resolution(gold, [], [tmp_path / "dev"])["gold records"]
    assert scores.parts is None
    assert "no .clusters.json" in capsys.readouterr().err


def test_gold_without_actions_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_clusters, "resolve", resolve_as_gold)
    [article] = read_gold(CORPORA.parent / "dev" / "own-en-001.json")
    assert cli_clusters.score_resolution([article], [], [CORPORA.parent / "dev"]) == {}
