"""Scores, errors, floors and diffs, on small cases and on the seeds."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from extractor.evaluate import (
    Floors,
    GateError,
    GoldArticle,
    GoldError,
    GoldEvent,
    RecordError,
    Scores,
    agreement,
    check_floors,
    corpus_key,
    diff_records,
    digest_gold,
    evaluate,
    list_errors,
    read_floors,
    read_gold,
    read_records,
    reliability,
    update_floors,
    write_floors,
)
from extractor.evaluate.align import same_place, words_within
from extractor.evaluate.assign import assign
from extractor.evaluate.report import (
    print_breaches,
    print_changes,
    print_errors,
    print_scores,
    scores_to_dict,
)
from extractor.evaluate.score import Mean, Tally
from extractor.records import (
    ArticleRecord,
    EventRecord,
    FigureRecord,
    NameRecord,
    PlaceRecord,
    Provenance,
)

SHARED_GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
TEXT = (
    "Қор 7672 отбасына 165 миллион теңгеге азық-түлік берді. "
    "Астанада 500 маска таратылды, тағы 500 маска жоспарда. "
    "Жалпы 7672 отбасы көмек алды, олардың 120 үйі зардап шекті."
)
Fields = dict[str, Any]


def figure(name: str, quote: str, value: float, **changed: Any) -> Fields:
    """«f1, "500 маска", 500» → a gold figure of recipients, with what is changed."""
    fields = {"bound": "exact", "kind": "recipients", "unit": "family", "scope": "total"}
    return {"id": name, "quote": quote, "value": value, **fields, **changed}


def event(name: str, *figures: str, **slots: Any) -> Fields:
    return {"id": name, "figures": list(figures), **slots}


FIGURES = (
    figure("f1", "7672 отбасына", 7672, status="delivered", category=["vulnerable"]),
    figure("f2", "165 миллион теңгеге", 165_000_000, kind="money", unit="KZT"),
    figure("f3", "500 маска", 500, kind="goods", unit="piece", item="mask"),
    figure("f4", "500 маска", 500, nth=2, kind="goods", unit="piece", item="mask", scope="part"),
    figure("f5", "7672 отбасы", 7672, nth=2, same_as="f1"),
    figure("f6", "120 үйі", 120, kind="affected", unit="house", scope="part", of="f5"),
)
EVENTS = (
    event("e1", "f1", "f2", "f5", aid=["food"], providers=["Қор"], locations=["KZ"]),
    event("e2", "f3", "f4", aid=["protective_equipment"], places=["Астанада"], period="2020-04"),
    event("e3", aid=["hygiene"], campaign="Біз біргеміз!"),
)


def article(
    figures: Sequence[Fields] = FIGURES, events: Sequence[Fields] = EVENTS, **fields: Any
) -> Fields:
    row = {"id": "kk-01", "lang": "kk", "script": "Cyrl", "text": TEXT}
    return {**row, "figures": list(figures), "events": list(events), **fields}


def gold_of(folder: Path, *rows: Fields) -> tuple[GoldArticle, ...]:
    """«rows» → gold, by way of the file that holds them."""
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return read_gold(path)


def record_of(gold: GoldArticle) -> ArticleRecord:
    """«gold» → the record that says exactly this."""
    return ArticleRecord(
        id=gold.id,
        lang=gold.lang,
        script=gold.script,
        published=gold.published,
        source=gold.source,
        figures=tuple(
            FigureRecord(
                id=f"f{position}",
                start=each.span.start,
                end=each.span.stop,
                text=each.quote,
                value=each.value,
                max=each.max,
                bound=each.bound,
                kind=each.kind,
                unit=each.unit,
                item=each.item,
                category=tuple(sorted(each.category)),
                scope=each.scope,
                of=renamed(gold, each.of),
                same_as=renamed(gold, each.same_as),
                status=each.status,
            )
            for position, each in enumerate(gold.figures, start=1)
        ),
        events=tuple(
            event_record(gold, each, position) for position, each in enumerate(gold.events, 1)
        ),
        provenance=Provenance(package="test", data="test"),
    )


def event_record(gold: GoldArticle, each: GoldEvent, position: int) -> EventRecord:
    campaign = each.campaign
    return EventRecord(
        id=f"e{position}",
        figures=tuple(filter(None, (renamed(gold, name) for name in each.figures))),
        aid=each.aid,
        campaign=None if campaign is None else NameRecord(start=0, end=1, text=campaign),
        providers=tuple(NameRecord(start=0, end=1, text=name) for name in each.providers),
        locations=each.locations,
        places=tuple(PlaceRecord(start=0, end=1, text=name) for name in each.places),
        period=each.period,
    )


def renamed(gold: GoldArticle, target: str | None) -> str | None:
    """«f7» → its place in reading order: records and gold need not share names."""
    order = [each.id for each in gold.figures]
    return None if target is None else f"f{order.index(target) + 1}"


def with_figures(record: ArticleRecord, *figures: FigureRecord) -> ArticleRecord:
    return record.model_copy(update={"figures": figures})


def change_figure(record: ArticleRecord, name: str, **changed: object) -> ArticleRecord:
    figures = (
        each.model_copy(update=changed) if each.id == name else each for each in record.figures
    )
    return with_figures(record, *figures)


def drop_figure(record: ArticleRecord, name: str) -> ArticleRecord:
    return with_figures(record, *(each for each in record.figures if each.id != name))


def add_figure(record: ArticleRecord, like: str, **changed: object) -> ArticleRecord:
    """«like f3, as f9» → one figure more."""
    found = next(each for each in record.figures if each.id == like)
    return with_figures(record, *record.figures, found.model_copy(update=changed))


def with_events(record: ArticleRecord, *events: EventRecord) -> ArticleRecord:
    return record.model_copy(update={"events": events})


def change_event(record: ArticleRecord, name: str, **changed: object) -> ArticleRecord:
    events = (
        each.model_copy(update=changed) if each.id == name else each for each in record.events
    )
    return with_events(record, *events)


@pytest.fixture
def gold(tmp_path: Path) -> GoldArticle:
    return gold_of(tmp_path, article())[0]


@pytest.fixture
def perfect(gold: GoldArticle) -> ArticleRecord:
    return record_of(gold)


def tally(scores: Scores, group: str, name: str) -> tuple[int, int, int]:
    """«figures, found» → hits, predicted, gold, over all articles."""
    found = getattr(getattr(scores.groups["total"], group), name)
    return found.hits, found.predicted, found.gold


# Reading gold


def test_gold_is_read_with_spans_and_decimals(gold: GoldArticle) -> None:
    assert [each.id for each in gold.figures] == ["f1", "f2", "f3", "f4", "f5", "f6"]
    assert all(each.span.of(gold.text) == each.quote for each in gold.figures)
    assert gold.figures[3].span.start > gold.figures[2].span.stop


def test_a_folder_and_its_lines_are_the_same_gold(tmp_path: Path, gold: GoldArticle) -> None:
    folder = tmp_path / "dev" / "kk"
    folder.mkdir(parents=True)
    row = article()
    (folder / "kk-01.txt").write_bytes(row.pop("text").encode())
    (folder / "kk-01.json").write_text(json.dumps(row), "utf-8")
    for path in (tmp_path / "dev", folder / "kk-01.json"):
        assert read_gold(path) == (gold,)
        assert digest_gold(read_gold(path)) == digest_gold([gold])


def test_line_separators_of_the_text_end_no_line(tmp_path: Path) -> None:
    text = f"a\u2028{TEXT}\r\n"
    assert gold_of(tmp_path, article(text=text))[0].text == text


FAULTS = {
    "figures[f1].quote": [article([figure("f1", "8000 отбасы", 8000)], [])],
    "figures[f3].quote": [article([figure("f3", "500 маска", 500, nth=3)], [])],
    "figures[f1].nth": [article([figure("f1", "500 маска", 500, nth=0)], [])],
    "figures[f1].value": [article([figure("f1", "500 маска", True)], [])],
    "figures[f1].kind": [article([figure("f1", "500 маска", 500, kind="gift")], [])],
    "figures[f1].unit": [article([figure("f1", "500 маска", 500, unit="mask")], [])],
    "figures[f1].item": [article([figure("f1", "500 маска", 500, item="masks")], [])],
    "figures[f1].category": [article([figure("f1", "500 маска", 500, category=["kid"])], [])],
    "figures[f1].status": [article([figure("f1", "500 маска", 500, status="done")], [])],
    "figures[f1].same_a": [article([figure("f1", "500 маска", 500, same_a="f1")], [])],
    "figures[f1].of": [article([figure("f1", "500 маска", 500, of="f9")], [])],
    "figures[f1].same_as": [article([figure("f1", "500 маска", 500, same_as="f9")], [])],
    "figures[f1].id": [article([figure("f1", "500 маска", 500)] * 2, [])],
    "events[e1].figures": [article([], [event("e1", "f9")])],
    "events[e2].figures": [article(FIGURES, [event("e1", "f1"), event("e2", "f1")])],
    "events[e1].aid": [article([], [event("e1", aid=["money"])])],
    "events[e1].locations": [article([], [event("e1", locations=["Astana"])])],
    "events[e1].id": [article([], [event("e1"), event("e1")])],
    "line 1.lang": [article(lang="kz")],
    "line 1.figures": [article(figures=[1])],  # type: ignore[list-item]
    "line 1.text": [article(text=None)],
    "kk-01 is given 2 times": [article(), article()],
}


@pytest.mark.parametrize(("place", "rows"), FAULTS.items())
def test_bad_gold_is_named(tmp_path: Path, place: str, rows: list[Fields]) -> None:
    with pytest.raises(GoldError) as fault:
        gold_of(tmp_path, *rows)
    assert place in str(fault.value)


def test_a_gold_file_needs_its_text(tmp_path: Path) -> None:
    (tmp_path / "kk-01.json").write_text(json.dumps(article()), "utf-8")
    with pytest.raises(GoldError, match=r"kk-01.json: text: .*kk-01.txt is missing"):
        read_gold(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_gold_file_holds_one_object(tmp_path: Path, content: str) -> None:
    (tmp_path / "kk-01.txt").write_text("", "utf-8")
    (tmp_path / "kk-01.json").write_text(content, "utf-8")
    with pytest.raises(GoldError, match=r"kk-01.json: content"):
        read_gold(tmp_path)


def test_an_empty_folder_is_no_gold(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no gold"):
        read_gold(tmp_path)


# Assignment


@pytest.mark.parametrize(
    ("weights", "pairs"),
    [
        ({}, ()),
        ({(0, 0): 0}, ()),
        ({(0, 0): 5, (0, 1): 9, (1, 1): 8}, ((0, 0), (1, 1))),
        ({(0, 0): 1, (0, 1): 9, (1, 1): 1}, ((0, 1),)),
        ({(0, 7): 3, (4, 7): 4, (5, 1): 1}, ((4, 7), (5, 1))),
        ({(0, 0): 2, (0, 1): 2, (1, 0): 2, (1, 1): 2}, ((0, 0), (1, 1))),
    ],
)
def test_assignment(
    weights: dict[tuple[int, int], int], pairs: tuple[tuple[int, int], ...]
) -> None:
    assert assign(weights) == pairs


def test_assignment_is_the_best_of_all() -> None:
    chance = random.Random(7)
    for _ in range(200):
        rows, columns = chance.randint(1, 5), chance.randint(1, 5)
        weights = {
            (row, column): chance.randint(0, 20)
            for row in range(rows)
            for column in range(columns)
            if chance.random() < 0.7
        }
        pairs = assign(weights)
        assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
        assert sum(weights[pair] for pair in pairs) == best_sum(weights, rows, columns)


def best_sum(weights: dict[tuple[int, int], int], rows: int, columns: int) -> int:
    places = [*range(columns), *[-1] * rows]
    return max(
        sum(weights.get(pair, 0) for pair in enumerate(order))
        for order in set(permutations(places, rows))
    )


# Scores


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (Tally(0, 0, 0), (1.0, 1.0, 1.0)),
        (Tally(0, 3, 0), (0.0, 0.0, 0.0)),
        (Tally(0, 0, 3), (0.0, 0.0, 0.0)),
        (Tally(2, 2, 4), (1.0, 0.5, 2 / 3)),
    ],
)
def test_tally(counted: Tally, expected: tuple[float, float, float]) -> None:
    assert (counted.precision, counted.recall, counted.f1) == pytest.approx(expected)


def test_a_mean_of_nothing_is_one() -> None:
    assert Mean().value == 1.0
    assert (Mean(1.0, 1) + Mean(0.0, 1)).value == 0.5


def test_a_perfect_record_scores_one_everywhere(gold: GoldArticle, perfect: ArticleRecord) -> None:
    scores = evaluate([gold], [perfect])
    assert set(scores.groups["kk"].metrics().values()) == {1.0}
    assert list_errors([gold], [perfect]) == ()


@pytest.mark.parametrize("folder", ["seeds", "dev"])
def test_shared_gold_read_as_records_scores_one(folder: str) -> None:
    if not (SHARED_GOLD / folder).is_dir():
        pytest.skip(f"{SHARED_GOLD / folder} is not there")
    gold = read_gold(SHARED_GOLD / folder)
    records = [record_of(each) for each in gold]
    scores = evaluate(gold, records)
    for counts in scores.groups.values():
        assert set(counts.metrics().values()) == {1.0}
        assert counts.noaid_spurious == 0
    assert list_errors(gold, records) == ()
    assert diff_records(records, records, gold=gold) == ()


def test_nothing_asked_and_nothing_said_is_one(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, article([], []))
    assert set(evaluate(gold, map(record_of, gold)).groups["kk"].metrics().values()) == {1.0}


def test_a_missed_figure(gold: GoldArticle, perfect: ArticleRecord) -> None:
    scores = evaluate([gold], [drop_figure(perfect, "f2")])
    assert tally(scores, "figures", "found") == (5, 5, 6)
    assert tally(scores, "events", "exact") == (2, 3, 3)
    assert tally(scores, "slots", "figures") == (4, 5, 5)


def test_a_spurious_figure(gold: GoldArticle, perfect: ArticleRecord) -> None:
    scores = evaluate([gold], [add_figure(perfect, "f3", id="f9", start=0, end=3, text="Қор")])
    assert tally(scores, "figures", "found") == (6, 7, 6)


def test_a_wrong_value_is_not_found(gold: GoldArticle, perfect: ArticleRecord) -> None:
    scores = evaluate([gold], [change_figure(perfect, "f2", value=165)])
    assert tally(scores, "figures", "found") == (5, 6, 6)
    assert tally(scores, "events", "exact") == (2, 3, 3)


def test_another_span_with_the_same_value_is_not_found(
    gold: GoldArticle, perfect: ArticleRecord
) -> None:
    scores = evaluate([gold], [change_figure(perfect, "f2", start=0, end=3)])
    assert tally(scores, "figures", "found") == (5, 6, 6)


LEVELS = {
    "kind": ("money", {"kind": 5, "full": 5}),
    "unit": ("person", {"kind": 6, "full": 5}),
    "bound": ("min", {"kind": 6, "full": 5}),
    "scope": ("each", {"kind": 6, "full": 5}),
    "item": ("mask", {"kind": 6, "full": 5}),
    "status": ("planned", {"kind": 6, "full": 6}),
    "category": (("child",), {"kind": 6, "full": 6}),
    "max": (9000, {"found_max": 5, "kind": 6, "full": 6}),
}


@pytest.mark.parametrize("name", LEVELS)
def test_levels_of_right(gold: GoldArticle, perfect: ArticleRecord, name: str) -> None:
    value, hits = LEVELS[name]
    scores = evaluate([gold], [change_figure(perfect, "f1", **{name: value})])
    assert tally(scores, "figures", "found") == (6, 6, 6)
    assert {level: tally(scores, "figures", level)[0] for level in hits} == hits
    if name != "max":
        assert scores.metric("kk", f"agreement_{name}") == pytest.approx(5 / 6)


def test_category_is_a_set_with_shades(gold: GoldArticle, perfect: ArticleRecord) -> None:
    record = change_figure(perfect, "f1", category=("child", "vulnerable"))
    scores = evaluate([gold], [record])
    assert scores.metric("kk", "agreement_category") == pytest.approx(5 / 6)
    assert scores.metric("kk", "agreement_category_jaccard") == pytest.approx(5.5 / 6)


def test_overlapping_twins_count_once(gold: GoldArticle, perfect: ArticleRecord) -> None:
    """A wider twin is spurious; the identical span is the one that is paired."""
    record = add_figure(perfect, "f2", id="f9", start=0, kind="goods", scope="each")
    scores = evaluate([gold], [with_figures(record, *reversed(record.figures))])
    assert tally(scores, "figures", "found") == (6, 7, 6)
    assert tally(scores, "figures", "full") == (6, 7, 6)


def test_the_alignment_finds_as_many_as_there_are(tmp_path: Path) -> None:
    """A wide span over both masks may take either; the narrow one needs its own."""
    gold = gold_of(tmp_path, article(FIGURES[2:4], []))[0]
    record = record_of(gold)
    first, second = record.figures
    wide = first.model_copy(update={"end": second.end})
    scores = evaluate([gold], [with_figures(record, wide, first.model_copy(update={"id": "f2"}))])
    assert tally(scores, "figures", "found") == (2, 2, 2)


@pytest.mark.parametrize(
    ("name", "changed", "agreement", "links"),
    [
        ("f5", {"same_as": "f1"}, 1.0, (1, 1, 1)),
        ("f5", {"same_as": "f2"}, 5 / 6, (0, 1, 1)),
        ("f5", {"same_as": None}, 5 / 6, (0, 0, 1)),
        ("f4", {"same_as": "f3"}, 5 / 6, (1, 2, 1)),
        ("f5", {"same_as": "f99"}, 5 / 6, (0, 1, 1)),
    ],
)
def test_same_as(
    *,
    gold: GoldArticle,
    perfect: ArticleRecord,
    name: str,
    changed: Fields,
    agreement: float,
    links: tuple[int, int, int],
) -> None:
    scores = evaluate([gold], [change_figure(perfect, name, **changed)])
    assert scores.metric("kk", "agreement_same_as") == pytest.approx(agreement)
    assert tally(scores, "links", "same_as") == links


def test_links_lead_to_the_aligned_figure_whatever_its_name(
    gold: GoldArticle, perfect: ArticleRecord
) -> None:
    record = change_figure(perfect, "f5", id="f50")
    record = change_figure(record, "f6", of="f50")
    record = change_event(record, "e1", figures=("f1", "f2", "f50"))
    assert set(evaluate([gold], [record]).groups["kk"].metrics().values()) == {1.0}


def test_a_misread_figure_is_still_the_end_of_a_link(
    gold: GoldArticle, perfect: ArticleRecord
) -> None:
    record = change_figure(perfect, "f1", value=7)
    assert tally(evaluate([gold], [record]), "links", "same_as") == (1, 1, 1)
    errors = list_errors([gold], [record])
    fields = [difference.field for error in errors for difference in error.differences]
    assert fields == ["value", "figures"]
    assert "7672 отбасына =7 |" in errors[1].differences[0].right


def test_events_are_aligned_by_their_figures(gold: GoldArticle, perfect: ArticleRecord) -> None:
    """Order and names of events say nothing; a figure in the wrong event costs both."""
    record = with_events(perfect, *reversed(perfect.events))
    assert tally(evaluate([gold], [record]), "events", "exact") == (3, 3, 3)
    record = change_event(perfect, "e1", figures=("f1", "f5"))
    record = change_event(record, "e2", figures=("f2", "f3", "f4"))
    scores = evaluate([gold], [record])
    assert tally(scores, "events", "exact") == (1, 3, 3)
    assert tally(scores, "slots", "figures") == (4, 5, 5)
    assert tally(scores, "slots", "aid") == (3, 3, 3)


def test_events_without_figures_match_by_their_slots(
    gold: GoldArticle, perfect: ArticleRecord
) -> None:
    fourth = perfect.events[2].model_copy(update={"id": "e4", "aid": ("fuel",)})
    scores = evaluate([gold], [with_events(perfect, fourth, *perfect.events)])
    assert tally(scores, "events", "exact") == (3, 4, 3)
    record = change_event(perfect, "e3", aid=("fuel",), campaign=None)
    scores = evaluate([gold], [record])
    assert tally(scores, "events", "exact") == (2, 3, 3)
    assert tally(scores, "slots", "aid") == (2, 3, 3)
    assert tally(scores, "slots", "campaign") == (0, 0, 1)


def test_a_missed_event_misses_its_slots(gold: GoldArticle, perfect: ArticleRecord) -> None:
    scores = evaluate([gold], [with_events(perfect, *perfect.events[:1])])
    assert tally(scores, "events", "exact") == (1, 1, 3)
    assert tally(scores, "events", "slots") == (6, 6, 13)


def test_a_spurious_event_adds_its_slots(gold: GoldArticle, perfect: ArticleRecord) -> None:
    fourth = EventRecord(id="e4", aid=("fuel",), period="2021")
    scores = evaluate([gold], [with_events(perfect, *perfect.events, fourth)])
    assert tally(scores, "events", "exact") == (3, 4, 3)
    assert tally(scores, "events", "slots") == (13, 15, 13)


def named(*texts: str) -> tuple[NameRecord, ...]:
    return tuple(NameRecord(start=0, end=1, text=text) for text in texts)


SLOT_CASES: list[tuple[str, Fields, str, tuple[int, int, int]]] = [
    ("e1", {"providers": named("«ҚОР»")}, "providers", (1, 1, 1)),
    ("e1", {"providers": named("Халық қоры")}, "providers", (0, 1, 1)),
    ("e1", {"providers": named("Халық Қор")}, "providers", (0, 1, 1)),
    ("e1", {"providers": named("Халық Қор")}, "providers_overlap", (1, 1, 1)),
    ("e1", {"providers": named("Қорлар")}, "providers_overlap", (0, 1, 1)),
    ("e1", {"aid": ("food", "fuel")}, "aid", (3, 4, 3)),
    ("e1", {"locations": ("KZ-71",)}, "locations", (0, 1, 1)),
    ("e2", {"places": (PlaceRecord(start=0, end=1, text="астана"),)}, "places", (1, 1, 1)),
    ("e2", {"places": (PlaceRecord(start=0, end=1, text="Алматы"),)}, "places", (0, 1, 1)),
    ("e2", {"period": "2020-04-01"}, "period", (0, 1, 1)),
    ("e2", {"period": None}, "period", (0, 0, 1)),
    ("e3", {"campaign": named("«біз  біргеміз»")[0]}, "campaign", (1, 1, 1)),
    ("e3", {"campaign": named("Біргеміз")[0]}, "campaign", (0, 1, 1)),
]


@pytest.mark.parametrize(("name", "changed", "slot", "counted"), SLOT_CASES)
def test_slots(
    *,
    gold: GoldArticle,
    perfect: ArticleRecord,
    name: str,
    changed: Fields,
    slot: str,
    counted: tuple[int, int, int],
) -> None:
    scores = evaluate([gold], [change_event(perfect, name, **changed)])
    assert tally(scores, "slots", slot) == counted
    assert tally(scores, "events", "exact") == (3, 3, 3)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("нур султане", "нур султан", True),
        ("павлодаре", "павлодар", True),
        ("нура", "нура", True),
        ("ош", "ош", True),
        ("ош", "оше", False),
        ("алматы", "алматинской области", False),
        ("ивановка", "иванковка", False),
    ],
)
def test_same_place(left: str, right: str, same: bool) -> None:
    assert same_place(left, right) is same


def test_words_within() -> None:
    assert words_within("nur otan", "партия nur otan")
    assert not words_within("otan", "nur otany")


# Languages


def languages(folder: Path) -> tuple[GoldArticle, ...]:
    return gold_of(
        folder,
        article(),
        article(id="kk-02", script="Latn"),
        article(id="ru-01", lang="ru"),
        article([], [], id="ru-02", lang="ru"),
    )


def test_scores_by_language(tmp_path: Path) -> None:
    gold = languages(tmp_path)
    records = [record_of(each) for each in gold]
    records[2] = drop_figure(records[2], "f3")
    records[3] = with_figures(records[3], records[0].figures[0])
    scores = evaluate(gold, records)
    counted = {name: counts.articles for name, counts in scores.groups.items()}
    assert counted == {"kk": 2, "kk-Latn": 1, "ru": 2, "total": 4}
    assert scores.languages == ("kk", "ru")
    assert scores.worst() == "ru"
    assert scores.score == pytest.approx(10 / 12)
    total = scores.groups["total"]
    assert (total.noaid_articles, total.noaid_spurious) == (1, 1)
    assert scores.groups["kk"].noaid_articles == 0


def test_an_article_without_record_is_missed_as_a_whole(
    tmp_path: Path, perfect: ArticleRecord
) -> None:
    gold = languages(tmp_path)
    scores = evaluate(gold, [perfect, perfect.model_copy(update={"id": "kk-99"})])
    assert scores.missing == ("kk-02", "ru-01", "ru-02")
    assert scores.unscored == ("kk-99",)
    assert tally(scores, "figures", "found") == (6, 6, 18)


def test_what_cannot_be_compared_is_refused(gold: GoldArticle, perfect: ArticleRecord) -> None:
    with pytest.raises(RecordError, match="2 records of article kk-01"):
        evaluate([gold], [perfect, perfect])
    with pytest.raises(RecordError, match="another text"):
        evaluate([gold], [perfect.model_copy(update={"text": "Қор"})])
    with pytest.raises(ValueError, match="no gold"):
        evaluate([], [perfect])


# Errors


def test_two_annotators_agree_as_far_as_they_say_the_same(tmp_path: Path) -> None:
    first = languages(tmp_path)
    assert agreement(first, first).score == 1.0
    none = tuple(replace(one, figures=(), events=()) for one in first)
    assert agreement(first, none).metric("total", "figures_found_f1") == 0.0
    assert agreement(first, first[:1]).groups["total"].articles == 1


def test_reliability_counts_what_gold_has(gold: GoldArticle, perfect: ArticleRecord) -> None:
    sure = [figure.model_copy(update={"confidence": 0.97}) for figure in perfect.figures]
    doubtful = sure[0].model_copy(update={"confidence": 0.55, "value": Decimal(7)})
    record = with_figures(perfect, doubtful, *sure[1:])
    bins = {(one.sort, one.low): one for one in reliability([gold], [record])}
    assert bins["figure", 0.95].right == 1.0
    assert bins["figure", 0.95].count == len(sure) - 1
    assert bins["figure", 0.5].right == 0.0
    assert bins["figure", 0.5].confidence == 0.55
    assert not reliability([gold], [perfect])


def test_errors_are_listed_one_by_one(gold: GoldArticle, perfect: ArticleRecord) -> None:
    record = drop_figure(perfect, "f6")
    record = add_figure(record, "f3", id="f9", start=0, end=3, text="Қор")
    record = change_figure(record, "f1", bound="min", category=())
    record = change_figure(record, "f2", value=165)
    record = change_figure(record, "f5", same_as="f4")
    record = with_events(record, *record.events[:2], EventRecord(id="e9", aid=("fuel",)))
    errors = list_errors([gold], [record])
    seen = [(each.subject, each.fault, each.quote) for each in errors]
    assert seen == [
        ("figure", "spurious", "Қор"),
        ("figure", "differs", "7672 отбасына"),
        ("figure", "differs", "165 миллион теңгеге"),
        ("figure", "differs", "7672 отбасы"),
        ("figure", "missed", "120 үйі"),
        ("event", "missed", "hygiene | Біз біргеміз!"),
        ("event", "spurious", "fuel"),
        ("event", "differs", "7672 отбасына | 165 миллион теңгеге | 7672 отбасы"),
    ]
    moved = [(each.field, each.left, each.right) for each in errors[1].differences]
    assert moved == [("bound", "exact", "min"), ("category", "vulnerable", "none")]
    assert [each.field for each in errors[2].differences] == ["value"]
    link = errors[3].differences[0]
    assert (link.field, link.left, link.right) == ("same_as", "«7672 отбасына»", "«500 маска»")
    assert "Қор [7672 отбасына] 165 миллион" in errors[1].context
    assert [each.field for each in errors[7].differences] == ["figures"]


def test_an_event_differs_by_slot(gold: GoldArticle, perfect: ArticleRecord) -> None:
    record = change_event(perfect, "e2", period=None, aid=("food",))
    (error,) = list_errors([gold], [record])
    moved = [(each.field, each.left, each.right) for each in error.differences]
    assert moved == [("aid", "protective_equipment", "food"), ("period", "2020-04", "none")]


# Floors


KEY = "../corpora/dev"


def floors_for(scores: Scores, **languages: dict[str, float]) -> Floors:
    floors = update_floors(Floors(), KEY, scores)
    corpus = floors.corpora[KEY]
    return Floors({KEY: type(corpus)(corpus.digest, languages or corpus.floors)})


def test_floors_are_set_just_below_the_scores(
    tmp_path: Path, gold: GoldArticle, perfect: ArticleRecord
) -> None:
    scores = evaluate([gold], [perfect])
    path = tmp_path / "floors.json"
    assert read_floors(path) == Floors()
    write_floors(update_floors(Floors(), KEY, scores), path)
    floors = read_floors(path)
    assert set(floors.corpora[KEY].floors["kk"].values()) == {0.995}
    assert check_floors(floors, KEY, scores) == ()
    assert update_floors(floors, KEY, scores) == floors


def test_a_fall_below_a_floor_is_a_breach(gold: GoldArticle, perfect: ArticleRecord) -> None:
    floors = floors_for(evaluate([gold], [perfect]))
    worse = evaluate([gold], [change_figure(perfect, "f1", bound="min")])
    (breach,) = check_floors(floors, KEY, worse)
    assert (breach.lang, breach.metric, breach.floor) == ("kk", "figures_full_f1", 0.995)
    assert str(breach) == "kk figures_full_f1: 0.8333 is below its floor 0.9950"


def test_no_floor_is_lowered_unless_allowed(gold: GoldArticle, perfect: ArticleRecord) -> None:
    floors = floors_for(evaluate([gold], [perfect]))
    worse = evaluate([gold], [change_figure(perfect, "f1", bound="min")])
    with pytest.raises(GateError, match=r"figures_full_f1.*allow_regression"):
        update_floors(floors, KEY, worse)
    lowered = update_floors(floors, KEY, worse, allow_regression=True)
    assert lowered.corpora[KEY].floors["kk"]["figures_full_f1"] == 0.8283
    assert lowered.corpora[KEY].floors["kk"]["figures_found_f1"] == 0.995
    assert check_floors(lowered, KEY, worse) == ()


@pytest.mark.parametrize(
    ("floor", "expected"), [(0.5, 0.995), (0.998, 0.998), (0.995, 0.995), (1.0, 1.0)]
)
def test_floors_only_rise(
    gold: GoldArticle, perfect: ArticleRecord, floor: float, expected: float
) -> None:
    scores = evaluate([gold], [perfect])
    floors = floors_for(scores, kk={"slots_aid_f1": floor})
    raised = update_floors(floors, KEY, scores).corpora[KEY].floors["kk"]
    assert raised["slots_aid_f1"] == expected
    assert raised["figures_full_f1"] == 0.995


def test_a_floor_of_latin_kazakh_is_kept(tmp_path: Path) -> None:
    gold = languages(tmp_path)
    scores = evaluate(gold, map(record_of, gold))
    floors = floors_for(scores, **{"kk-Latn": {"figures_found_f1": 0.5}})
    updated = update_floors(floors, KEY, scores).corpora[KEY].floors
    assert set(updated) == {"kk", "kk-Latn", "ru"}
    assert updated["kk-Latn"]["figures_found_f1"] == 0.995


def test_what_the_gate_cannot_judge_is_an_error(gold: GoldArticle, perfect: ArticleRecord) -> None:
    scores = evaluate([gold], [perfect])
    no_articles = floors_for(scores, ru={"figures_found_f1": 0.1})
    with pytest.raises(GateError, match="ru: has floors but no articles"):
        check_floors(no_articles, KEY, scores)
    with pytest.raises(GateError, match="ru: has floors but no articles"):
        update_floors(no_articles, KEY, scores)
    with pytest.raises(GateError, match="no metric figures_f1"):
        check_floors(floors_for(scores, kk={"figures_f1": 0.1}), KEY, scores)
    with pytest.raises(GateError, match="no floors for other"):
        check_floors(floors_for(scores), "other", scores)


def test_floors_judge_only_the_gold_they_were_set_on(
    tmp_path: Path, gold: GoldArticle, perfect: ArticleRecord
) -> None:
    floors = floors_for(evaluate([gold], [perfect]))
    changed = gold_of(tmp_path, article(published="2020-04-15"))
    scores = evaluate(changed, [perfect])
    with pytest.raises(GateError, match=r"digest .* update the floors"):
        check_floors(floors, KEY, scores)
    assert check_floors(update_floors(floors, KEY, scores), KEY, scores) == ()


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"corpora": {"a": {"digest": 1}}}'])
def test_a_bad_floors_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, "utf-8")
    with pytest.raises(GateError, match=r"floors.json: not a floors file"):
        read_floors(path)


def test_corpus_key(tmp_path: Path) -> None:
    floors = tmp_path / "tests" / "floors.json"
    assert corpus_key([tmp_path / "corpora" / "dev"], floors) == KEY


# Diff


def test_gains_losses_and_changes(gold: GoldArticle, perfect: ArticleRecord) -> None:
    old = change_figure(drop_figure(perfect, "f3"), "f1", bound="min")
    old = add_figure(old, "f2", id="f9", start=0, end=3, text="Қор")
    new = drop_figure(change_figure(perfect, "f5", unit="person"), "f6")
    changes = diff_records([old], [new], gold=[gold])
    seen = [(each.move, each.quote, each.judgement) for each in changes if each.subject == "figure"]
    assert seen == [
        ("lost", "Қор", "right"),
        ("changed", "7672 отбасына", "right"),
        ("gained", "500 маска", "right"),
        ("changed", "7672 отбасы", "wrong"),
        ("lost", "120 үйі", "wrong"),
    ]
    moved = changes[1].differences[0]
    assert (moved.field, moved.left, moved.right) == ("bound", "min", "exact")
    assert {each.judgement for each in diff_records([old], [new])} == {None}


def test_a_made_up_figure_is_wrong_and_a_wrong_value_stays_one_figure(
    gold: GoldArticle, perfect: ArticleRecord
) -> None:
    old = change_figure(perfect, "f2", value=165)
    new = add_figure(change_figure(perfect, "f2", value=166), "f2", id="f9", start=0, end=3)
    changes = [c for c in diff_records([old], [new], gold=[gold]) if c.subject == "figure"]
    assert [(c.move, c.judgement) for c in changes] == [("gained", "wrong"), ("changed", "neither")]


def test_event_changes(gold: GoldArticle, perfect: ArticleRecord) -> None:
    old = with_events(perfect, perfect.events[0], perfect.events[1])
    new = with_events(change_event(perfect, "e2", period="2021"), *perfect.events[1:])
    new = change_event(new, "e2", period="2021")
    changes = diff_records([old], [new], gold=[gold])
    assert [(c.subject, c.move, c.judgement) for c in changes] == [
        ("event", "gained", "right"),
        ("event", "lost", "wrong"),
        ("event", "changed", "wrong"),
    ]
    assert [each.field for each in changes[2].differences] == ["period"]


def test_an_article_in_one_run_only(perfect: ArticleRecord) -> None:
    assert {change.move for change in diff_records([], [perfect])} == {"gained"}
    assert {change.move for change in diff_records([perfect], [])} == {"lost"}
    assert len(diff_records([], [perfect])) == 9


def test_records_are_read_from_lines(tmp_path: Path, perfect: ArticleRecord) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(f"{perfect.to_json()}\n\n", "utf-8")
    assert read_records(path) == (perfect,)
    path.write_text(f"{perfect.to_json()}\n{{}}\n", "utf-8")
    with pytest.raises(RecordError, match=r"records.jsonl: line 2"):
        read_records(path)


# Reports


def test_reports_are_printed(tmp_path: Path) -> None:
    gold = languages(tmp_path)
    records = [change_figure(record_of(each), "f1", bound="min") for each in gold[:3]]
    scores = evaluate(gold, records)
    page = StringIO()
    console = Console(file=page, width=80)
    print_scores(scores, console)
    print_errors(list_errors(gold, records), console)
    print_changes(diff_records(records, map(record_of, gold), gold=gold), console)
    floors = floors_for(scores, kk={"figures_full_f1": 0.9})
    print_breaches(check_floors(floors, KEY, scores), console)
    shown = page.getvalue()
    for words in (
        "The score is 0.833: figures_full_f1 in the worst language, kk.",
        "No record (all missed): ru-02",
        "kk-01 figure differs: 7672 отбасына",
        "bound: exact → min",
        "kk-01 figure changed [right]: 7672 отбасына",
        "kk figures_full_f1: 0.8333 is below its floor 0.9000",
        "100 100 100.0",
        "providers_overlap",
    ):
        assert words in shown


def test_scores_as_json(gold: GoldArticle, perfect: ArticleRecord) -> None:
    content = json.loads(json.dumps(scores_to_dict(evaluate([gold], [perfect]))))
    assert content["score"] == {"metric": "figures_full_f1", "language": "kk", "value": 1.0}
    assert content["groups"]["kk"]["figures_found_recall"] == 1.0
    assert content["groups"]["total"]["articles"] == 1


def test_import_is_free() -> None:
    """Nothing of rich, pydantic or spaCy is needed to import the scorer."""
    code = (
        "import sys, extractor; before = set(sys.modules); import extractor.evaluate.report; "
        "sys.exit(any(name in set(sys.modules) - before for name in ('rich', 'pydantic', 'spacy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
