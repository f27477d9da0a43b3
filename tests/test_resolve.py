"""Canonical events: what many reports say of one action, whatever their order and language."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import extractor
from extractor.cli import app
from extractor.io.records import RecordError, iter_records
from extractor.records import ArticleRecord, CanonicalEvent
from extractor.resolve import Store, StoreError
from extractor.resolve.days import read_period
from extractor.resolve.names import name_key, same_key
from extractor.resolve.totals import sum_events

ROOT = Path(__file__).parent.parent
CLUSTERS = ROOT / "corpora" / "clusters" / "dev"


def fig(
    value: float,
    unit: str = "family",
    *,
    kind: str = "recipients",
    status: str | None = "delivered",
    bound: str = "exact",
    scope: str = "total",
    **more: Any,
) -> dict[str, Any]:
    """A figure of an article, but for its id and place."""
    text = f"{value} {unit}"
    return {
        "text": text,
        "value": value,
        "unit": unit,
        "kind": kind,
        "status": status,
        "bound": bound,
        "scope": scope,
        **more,
    }


def named(text: str | None) -> dict[str, Any] | None:
    return None if text is None else {"start": 0, "end": len(text), "text": text}


def report(
    id: str,
    published: str | None,
    figures: Sequence[dict[str, Any]] = (),
    *,
    provider: str | None = "«Қамқор» қоры",
    campaign: str | None = None,
    locations: Sequence[str] = ("KZ-15",),
    place: str | None = None,
    aid: Sequence[str] = ("food",),
    text: str | None = None,
    lang: str = "kk",
    **event: Any,
) -> ArticleRecord:
    """A record of an article with one event that has all its figures."""
    numbered = [{"id": f"f{i}", "start": i, "end": i + 1, **f} for i, f in enumerate(figures, 1)]
    return ArticleRecord.model_validate(
        {
            "id": id,
            "lang": lang,
            "script": "Latn" if lang == "en" else "Cyrl",
            "published": published,
            "text": text,
            "figures": numbered,
            "events": [
                {
                    "id": "e1",
                    "figures": [f["id"] for f in numbered],
                    "aid": list(aid),
                    "providers": [named(provider)] if provider else [],
                    "campaign": named(campaign),
                    "locations": list(locations),
                    "places": [named(place)] if place else [],
                    **event,
                }
            ],
            "provenance": {"package": "0", "data": "0"},
        }
    )


def resolved(*records: ArticleRecord) -> list[CanonicalEvent]:
    return list(extractor.resolve(records))


def articles(event: CanonicalEvent) -> set[str]:
    return {mention.article for mention in event.mentions}


def grouped(*records: ArticleRecord) -> set[frozenset[str]]:
    return {frozenset(articles(event)) for event in resolved(*records)}


def labels(event: CanonicalEvent, unit: str) -> list[tuple[str, int]]:
    (series,) = (one for one in event.series if one.unit == unit and one.scope == "total")
    return [(statement.label, int(statement.value)) for statement in series.statements]


# --- one action or two ----------------------------------------------------------------------------


def test_growing_totals_are_one_event_with_a_series() -> None:
    (event,) = resolved(
        report("a", "2024-04-16", [fig(1200)], place="Құлсары"),
        report(
            "b", "2024-04-18", [fig(2350)], lang="ru", place="Кульсары", provider="фонд «Камкор»"
        ),
        report(
            "c", "2024-04-26", [fig(4100)], lang="en", place="Kulsary", provider="Qamqor Foundation"
        ),
    )
    assert labels(event, "family") == [
        ("cumulative", 1200),
        ("cumulative", 2350),
        ("cumulative", 4100),
    ]
    (series,) = event.series
    assert series.latest == 4100
    assert not series.falls


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"locations": ("KZ-23",)}, "another region"),
        ({"published": "2025-04-17"}, "a year later"),
        ({"provider": "«Жұлдыз» қоры"}, "another giver"),
        ({"aid": ("fuel",)}, "another kind of aid"),
        ({"place": "Хромтау"}, "another town"),
        ({"wave": 2}, "another wave"),
    ],
)
def test_look_alikes_stay_apart(change: dict[str, Any], why: str) -> None:
    one = report("a", "2024-04-16", [fig(300)], place="Қобда", wave=1)
    plain: dict[str, Any] = {"published": "2024-04-17", "place": "Қобда", "wave": 1, **change}
    other = report("b", plain.pop("published"), [fig(450)], **plain)
    assert grouped(one, other) == {frozenset("a"), frozenset("b")}, why


def test_two_events_of_one_article_are_never_one() -> None:
    record = report("a", "2024-04-16", [fig(300)])
    (event,) = record.events
    twin = event.model_copy(update={"id": "e2"})
    assert len(resolved(record.model_copy(update={"events": (event, twin)}))) == 2


def test_an_uncommon_figure_finds_an_undated_report() -> None:
    one = report("a", "2024-04-16", [fig(14_478)])
    other = report("b", None, [fig(14_478)], lang="ru", provider="фонд «Камкор»")
    assert grouped(one, other) == {frozenset("ab")}


def test_a_reprint_is_a_source_and_no_witness() -> None:
    words = " ".join(f"сөз{number}" for number in range(60))
    one = report("a", "2024-04-16", [fig(300)], text=words)
    copy = report(
        "b", "2024-04-16", [fig(300)], text=words.replace("сөз30", "басқа"), provider=None
    )
    (event,) = resolved(one, copy)
    assert [mention.reprint_of for mention in event.mentions] == [None, "a"]


# --- series ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (
            [fig(5000, status="planned"), fig(1200), fig(5000)],
            [("plan", 5000), ("cumulative", 1200), ("cumulative", 5000)],
        ),
        ([fig(1200), fig(1200)], [("cumulative", 1200), ("restatement", 1200)]),
        (
            [fig(15_240), fig(15_000, bound="min")],
            [("cumulative", 15_240), ("restatement", 15_000)],
        ),
        (
            [fig(15_000, bound="min"), fig(15_240)],
            [("cumulative", 15_000), ("cumulative", 15_240)],
        ),
        (
            [fig(1200), fig(300, series="increment")],
            [("cumulative", 1200), ("increment", 300)],
        ),
        (
            [fig(1200), fig(300), fig(1500)],
            [("cumulative", 1200), ("increment", 300), ("cumulative", 1500)],
        ),
    ],
)
def test_statements_are_labelled_in_time_order(
    statements: list[dict[str, Any]], expected: list[tuple[str, int]]
) -> None:
    days = ("2024-04-16", "2024-04-18", "2024-04-20")
    records = [
        report(f"a{i}", day, [f]) for i, (day, f) in enumerate(zip(days, statements, strict=False))
    ]
    (event,) = resolved(*records)
    assert labels(event, "family") == expected


def test_the_share_of_a_plan_that_is_done() -> None:
    (event,) = resolved(
        report("a", "2024-04-16", [fig(4000, status="planned")]),
        report("b", "2024-04-20", [fig(1000)]),
    )
    (series,) = event.series
    assert series.planned == 4000
    assert series.latest == 1000
    assert series.done_share == 0.25


def test_progress_against_a_plan_in_one_article() -> None:
    whole = fig(2_000_000, "piece", kind="goods", item="mask", status="ongoing")
    part = fig(750_000, "piece", kind="goods", item="mask", scope="part", of="f1")
    (event,) = resolved(report("a", "2020-04-16", [whole, part]))
    assert labels(event, "piece") == [("cumulative", 750_000), ("plan", 2_000_000)]


def test_a_total_that_falls_is_flagged() -> None:
    (event,) = resolved(
        report("a", "2024-04-16", [fig(1500)]), report("b", "2024-04-18", [fig(1400)])
    )
    assert event.series[0].falls


def test_conflicts_stand_side_by_side() -> None:
    (event,) = resolved(
        report("a", "2024-04-16", [fig(1500), fig(20, "tonne", kind="goods", item="flour")]),
        report("b", "2024-04-16", [fig(1400), fig(20, "tonne", kind="goods", item="flour")]),
    )
    (series,) = (one for one in event.series if one.unit == "family")
    (conflict,) = series.conflicts
    assert list(map(int, conflict.values)) == [1400, 1500]


def test_a_converted_sum_is_no_second_sum() -> None:
    money = fig(443_000_000, "KZT", kind="money")
    dollars = fig(1_000_000, "USD", kind="money", bound="approx", same_as="f1")
    (event,) = resolved(report("a", "2024-04-16", [money, dollars], aid=["cash"]))
    assert {series.unit: series.latest for series in event.series} == {
        "KZT": 443_000_000,
        "USD": None,
    }


def test_checks_and_derived_totals_across_articles() -> None:
    each = fig(42_500, "KZT", kind="money", scope="each")
    first = report("a", "2020-04-16", [fig(1000)], aid=["cash"])
    second = report("b", "2020-04-17", [fig(1000), each], aid=["cash"])
    third = report(
        "c", "2020-04-18", [fig(1000), fig(42_500_000, "KZT", kind="money")], aid=["cash"]
    )
    (event,) = resolved(first, second)
    assert [(d.unit, d.value) for d in event.derived] == [("KZT", Decimal(42_500_000))]
    (event,) = resolved(first, second, third)
    assert not event.derived
    (check,) = event.checks
    assert check.verdict == "holds"
    assert check.gap == 0
    assert check.operands == ("a/f1", "b/f2", "c/f2")


def test_dissent_is_kept() -> None:
    (event,) = resolved(
        report("a", "2024-04-16", [fig(1234)], period="2024-04"),
        report("b", "2024-04-17", [fig(1234)], period="2024-04"),
        report("c", "2024-04-17", [fig(1234)], period="2024-03/2024-04"),
    )
    assert event.period == "2024-04"
    (dissent,) = (one for one in event.dissent if one.field == "period")
    assert (dissent.value, dissent.mentions) == ("2024-03/2024-04", ("c/e1",))


# --- parts and totals -----------------------------------------------------------------------------


def campaign_of_three() -> list[ArticleRecord]:
    """A national campaign and two of its regions, each reported once."""
    common: dict[str, Any] = {"campaign": "Жылы шаңырақ", "provider": None}
    return [
        report("all", "2024-05-01", [fig(12_000)], locations=["KZ"], **common),
        report("aktobe", "2024-04-20", [fig(1500)], locations=["KZ-15"], **common),
        report("atyrau", "2024-04-21", [fig(700)], locations=["KZ-23"], **common),
    ]


def test_regions_are_parts_of_the_national_campaign() -> None:
    events = {next(iter(articles(event))): event for event in resolved(*campaign_of_three())}
    whole = events["all"]
    for name in ("aktobe", "atyrau"):
        assert (events[name].part_of, events[name].relation) == (whole.id, "region")
    assert whole.part_of is None


def test_a_wave_is_part_of_its_campaign() -> None:
    common: dict[str, Any] = {"campaign": "Жылы шаңырақ", "locations": ["KZ-71"]}
    first = report("first", "2020-04-20", [fig(500)], wave=1, **common)
    second = report("second", "2020-05-20", [fig(900)], wave=2, **common)
    both = report("both", "2020-06-20", [fig(1400)], **common)
    events = {next(iter(articles(event))): event for event in resolved(first, second, both)}
    for name in ("first", "second"):
        assert (events[name].part_of, events[name].relation) == (events["both"].id, "wave")


def test_the_sum_of_two_waves_is_neither_of_them() -> None:
    common: dict[str, Any] = {"campaign": "Жылы шаңырақ", "locations": ["KZ-71"]}
    first = report("first", "2020-05-10", [fig(500)], wave=1, **common)
    second = report("second", "2020-05-20", [fig(900)], wave=2, **common)
    both = report("both", "2020-05-22", [fig(1400)], **common)
    assert grouped(first, second, both) == {
        frozenset([name]) for name in ("first", "second", "both")
    }
    # Without the first wave nothing tells that the later report is of more than the second.
    assert grouped(second, both) == {frozenset(("second", "both"))}


def test_totals_count_a_part_in_its_region_and_once_in_all() -> None:
    events = resolved(*campaign_of_three())
    everything = sum_events(events)
    assert [(row.group, str(row.delivered)) for row in everything.rows] == [("all", "12000")]
    assert everything.left_out["part of a whole that states it (region)"].count == 2
    regions = sum_events(events, "region")
    assert [(row.group, str(row.delivered)) for row in regions.rows] == [
        ("KZ", "12000"),
        ("KZ-15", "1500"),
        ("KZ-23", "700"),
    ]


def test_totals_keep_apart_what_cannot_be_added() -> None:
    events = resolved(
        report("a", "2024-04-16", [fig(100, "KZT", kind="money"), fig(7, "USD", kind="money")]),
        report("b", "2024-09-16", [fig(900, "KZT", kind="money", status="planned")]),
        report("c", "2025-04-16", [fig(1000, "family", bound="vague")]),
        report(
            "d",
            "2025-09-16",
            [
                fig(50, "KZT", kind="money", scope="each"),
                fig(3, "house", kind="affected", status=None),
            ],
        ),
    )
    found = sum_events(events)
    assert [(r.unit, str(r.planned), str(r.delivered)) for r in found.rows] == [
        ("KZT", "900", "100"),
        ("USD", "None", "7"),
    ]
    assert {reason: left.count for reason, left in found.left_out.items()} == {
        "affected: no aid given": 1,
        "rate: so much each is no total": 1,
        "vague or upper bound": 1,
    }


# --- any order, any day ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def records() -> list[ArticleRecord]:
    """Records of the articles of corpora/clusters/dev, read from their texts."""
    know = extractor.load(ner="rules")
    found = []
    for path in sorted(CLUSTERS.glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        found.append(
            extractor.extract(
                text, id=path.stem, published=gold["published"], know=know, with_text=True
            )
        )
    return found


def lines(records: Sequence[ArticleRecord]) -> list[str]:
    return [event.to_json() for event in extractor.resolve(records)]


def test_order_changes_nothing(records: list[ArticleRecord]) -> None:
    expected = lines(records)
    assert any(len(event.mentions) > 1 for event in extractor.resolve(records))
    for seed in range(3):
        shuffled = random.Random(seed).sample(records, len(records))
        assert lines(shuffled) == expected


def test_every_mention_is_in_one_event(records: list[ArticleRecord]) -> None:
    stated = sorted((record.id, event.id) for record in records for event in record.events)
    found = [(m.article, m.event) for event in extractor.resolve(records) for m in event.mentions]
    assert sorted(found) == stated


def test_an_unrelated_article_changes_nothing(records: list[ArticleRecord]) -> None:
    other = report("zz", "2011-01-01", [fig(17, "boat")], provider="Lake Rescue", locations=["NZ"])
    assert set(lines(records)) < set(lines([*records, other]))


@pytest.mark.parametrize("seed", range(4))
def test_a_store_in_days_is_a_full_run(
    records: list[ArticleRecord], tmp_path: Path, seed: int
) -> None:
    """Also where an article comes a second time, changed: both ways keep the same one."""
    draw = random.Random(seed)
    changed = records[draw.randrange(len(records))]
    again = changed.model_copy(update={"notes": ("again",)})
    every = draw.sample([*records, again], len(records) + 1)
    cut = sorted(draw.sample(range(1, len(every)), 3))
    for start, stop in zip([0, *cut], [*cut, len(every)], strict=True):
        with Store(tmp_path / "news.sqlite") as store:
            store.update(every[start:stop])
            found = [event.to_json() for event in store.events()]
    assert found == lines(every)


def test_a_store_compares_what_is_new_alone(records: list[ArticleRecord], tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    with Store(path) as store:
        compared = store.update(records).compared
    assert compared > 0
    with Store(path) as store:
        tally = store.update(records)
    assert (tally.compared, tally.repeated) == (0, len(records))


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_text("no store at all, just some text that is long enough" * 20)
    with pytest.raises(StoreError, match=r"x\.sqlite: no store"):
        Store(path)
    made = tmp_path / "made.sqlite"
    with Store(made) as store:
        store._base.execute("UPDATE layout SET rules = 'others'")
        store._base.commit()
    with pytest.raises(StoreError, match="other rules"):
        Store(made)


# --- names and days -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("«Қамқор» қоғамдық қоры", "общественный фонд «Камкор»", True),
        ("Qamqor Foundation", "фонд «Камкор»", True),
        ("Zhomart Zhan", "«Жомарт жан»", True),
        ("Құлсары", "Кульсары", True),
        ("Қобда ауданы", "Кобдинском районе", True),
        ("Zhylyoi district", "Жылыой ауданы", True),
        ("«Қамқор» қоры", "«Жұлдыз» қоры", False),
        ("фонд «Достар»", "компания «Достык»", False),
        ("Алматы", "Атырау", False),
        ("Павлодар", "Екібастұз", False),
    ],
)
def test_names_across_languages(one: str, other: str, same: bool) -> None:
    assert same_key(name_key(one), name_key(other)) is same


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2024-04-16", 1),
        ("2024-02", 29),
        ("2023", 365),
        ("2020-01/2020-03", 91),
        ("2023-21", 92),
        ("../2024-04-16", None),
        ("2024-04/..", None),
    ],
)
def test_periods_as_days(period: str, days: int | None) -> None:
    stretch = read_period(period)
    assert stretch is not None
    if days is None:
        assert None in (stretch.start, stretch.stop)
    else:
        assert stretch.start is not None
        assert stretch.stop is not None
        assert stretch.stop - stretch.start + 1 == days


@pytest.mark.parametrize("period", ["", "soon", "2024-13", "2024-02-31", "a/b", "2024-4-5-6"])
def test_no_period(period: str) -> None:
    assert read_period(period) is None


# --- the command line -----------------------------------------------------------------------------


def test_commands(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    rows = [record.to_json() for record in campaign_of_three()]
    path.write_text("\n".join([*rows, "{half", ""]), encoding="utf-8")
    out = tmp_path / "events.jsonl"
    result = CliRunner().invoke(app, ["resolve", str(path), "-o", str(out)])
    assert result.exit_code == 3
    assert f"bad_record: {path}: line 4" in result.stderr
    assert "3 canonical events" in result.stderr
    found = [CanonicalEvent.model_validate_json(line) for line in out.read_text().splitlines()]
    assert found == resolved(*campaign_of_three())

    result = CliRunner().invoke(app, ["totals", str(out), "--by", "region"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("KZ,recipients,family,,,,12000")

    result = CliRunner().invoke(app, ["totals", str(out), "--format", "json"])
    assert json.loads(result.stdout)["rows"][0]["delivered"] == 12_000


def test_a_bad_line_is_an_error_where_nobody_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("{half\n")
    with pytest.raises(RecordError, match=r"records\.jsonl: line 1"):
        list(iter_records(path))
