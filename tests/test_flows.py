"""HXL and FTS: 3W rows that libhxl accepts by our own schema, sums by status, no rate made up."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import hxl
import pytest
from sheaf import EVENT, ROOT, record_of, run, sample_records, write_events, write_records

from extractor.edtf import iso_days
from extractor.exports.content import ExportError
from extractor.exports.fts_flows import COLUMNS, FLOW_STATUS, clusters_of
from extractor.exports.hxl_rows import TAGS
from extractor.exports.rates import read_rates
from extractor.records import ArticleRecord
from extractor.vocabulary import AID

SCHEMA = ROOT / "schemas" / "hxl-3w.csv"
LOCAL = hxl.InputOptions(allow_local=True)
MONEY = (
    "Фонд «Халык» выделил 2,3 млрд тенге на помощь пострадавшим от паводка в Атырауской области. "
    "Компания перечислит ещё 500 млн тенге пострадавшим семьям в мае."
)


def rows(path: Path, heads: int = 1) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    return [dict(zip(lines[heads - 1], line, strict=True)) for line in lines[heads:]]


def exported(
    to: str, folder: Path, records: Sequence[ArticleRecord], *words: str | Path
) -> tuple[list[dict[str, str]], str]:
    source = write_records(folder / "records.jsonl", records)
    code, err = run("export", source, "--to", to, "-o", folder / "out.csv", *words)
    assert code == 0
    return rows(folder / "out.csv", 2 if to == "hxl" else 1), err


# --- hxl ------------------------------------------------------------------------------------


def faults(path: Path) -> list[str]:
    """What libhxl finds by our schema, and tags that are not in it."""
    found: list[str] = []

    def note(error: Any) -> None:
        found.append(f"{error.column.display_tag if error.column else ''}: {error.message}")

    schema = hxl.schema(hxl.data(str(SCHEMA), LOCAL), callback=note)
    schema.validate(hxl.data(str(path), LOCAL))
    known = {row["#valid_tag"] for row in rows(SCHEMA, 2)}
    tags = [column.display_tag for column in hxl.data(str(path), LOCAL).columns]
    return found + [f"{tag}: unknown tag" for tag in tags if tag not in known]


def test_the_schema_lists_the_tags() -> None:
    assert [row["#valid_tag"] for row in rows(SCHEMA, 2)] == list(TAGS)


def test_libhxl_accepts_rows_of_articles(tmp_path: Path) -> None:
    found, _ = exported("hxl", tmp_path, sample_records())
    assert len(found) > 20
    assert faults(tmp_path / "out.csv") == []


def test_libhxl_accepts_rows_of_canonical_events(tmp_path: Path) -> None:
    events = write_events(tmp_path / "events.jsonl")
    found, err = exported("hxl", tmp_path, [], "--events", events)
    assert faults(tmp_path / "out.csv") == []
    assert [(row["#meta+id"].partition("/")[2], row["#status+name"]) for row in found] == [
        ("s1/latest", "delivered"),
        ("s1/planned", "planned"),
        ("s2/latest", "delivered"),
    ]
    assert [row["#value+num"] for row in found] == ["1500000000", "2000000000", ""]
    assert [row["#reached+hh+num"] for row in found] == ["", "", "15000"]
    assert [row["#meta+bound"] for row in found] == ["min", "approx", "exact"]
    assert found[0]["#adm1+code+list"] == "KZ-15"
    assert found[0]["#country+code+list"] == "KZ"
    assert (found[0]["#date+start"], found[0]["#date+end"]) == ("2024-04-01", "2024-04-30")
    assert "1 derived totals" in err
    assert "1 series of amounts for each" in err


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("#reached+ind+num", "#delivred+num", "#delivred+num: unknown tag"),
        (",75,", ",many,", "Expected a number"),
        ("2022-08-25", "in summer", "Expected a date"),
        ("KZ-79", "Shymkent", "regular expression"),
        (",delivered,", ",done,", "Value not allowed"),
    ],
)
def test_a_wrong_cell_is_found(tmp_path: Path, old: str, new: str, fault: str) -> None:
    exported("hxl", tmp_path, sample_records())
    path = tmp_path / "out.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(fault in found for found in faults(path)), faults(path)


def test_each_and_repeated_are_left_out_and_counted(tmp_path: Path) -> None:
    records = sample_records()
    figures = [figure for record in records for figure in record.figures]
    each = sum(figure.scope == "each" and figure.same_as is None for figure in figures)
    again = sum(figure.same_as is not None for figure in figures)
    _, err = exported("hxl", tmp_path, records)
    assert each
    assert f"{each} figures for each" in err
    assert (f"{again} figures that repeat" in err) is bool(again)


def test_an_event_without_a_number_is_a_row(tmp_path: Path) -> None:
    bare = EVENT.model_copy(update={"series": (), "derived": ()})
    events = write_events(tmp_path / "events.jsonl", [bare])
    [row] = exported("hxl", tmp_path, [], "--events", events)[0]
    assert row["#sector+name+list"] == "cash, food"
    assert row["#meta+bound"] == ""


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (None, (None, None)),
        ("2024-04-16", ("2024-04-16", "2024-04-16")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-04-08/2024-04-14", ("2024-04-08", "2024-04-14")),
        ("../2020-07", (None, "2020-07-31")),
        ("2020-03-19/..", ("2020-03-19", None)),
        ("2024-04~", ("2024-04-01", "2024-04-30")),
        ("2024-21", (None, None)),
    ],
)
def test_first_and_last_day(period: str | None, days: tuple[str | None, str | None]) -> None:
    # HXL and FTS have no word for seasons.
    assert iso_days(period, seasons=False) == days


# --- fts ------------------------------------------------------------------------------------


def test_pledge_and_paid_are_rows_of_their_own(tmp_path: Path) -> None:
    found, err = exported("fts", tmp_path, [record_of(MONEY)])
    assert list(found[0]) == list(COLUMNS)
    assert [(row["status"], row["originalAmount"]) for row in found] == [
        ("paid", "2300000000"),
        ("pledge", "500000000"),
    ]
    assert {row["originalCurrency"] for row in found} == {"KZT"}
    assert {(row["amountUSD"], row["exchangeRate"]) for row in found} == {("", "")}
    assert "2 conversions (no rate given)" in err


def test_a_rate_that_is_given_is_used(tmp_path: Path) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,date,per_usd\nKZT,2024-01-01,460\nKZT,2024-04-10,450\n")
    found, err = exported("fts", tmp_path, [record_of(MONEY)], "--rates", rates)
    assert [(row["amountUSD"], row["exchangeRate"]) for row in found] == [
        ("5111111.11", "450"),
        ("1111111.11", "450"),
    ]
    assert [row["originalAmount"] for row in found] == ["2300000000", "500000000"]
    assert "conversions" not in err


def test_dollars_are_dollars_and_mci_is_not_converted(tmp_path: Path) -> None:
    dollars = record_of("Фонд выделил на помощь пострадавшим от паводка 5 млн долларов.", "a-1")
    index = record_of("Акимат выделил пострадавшим от паводка 5000 МРП.", "a-2")
    [figure] = index.figures
    whole = figure.model_copy(update={"scope": "total"})
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,date,per_usd\nMCI,,1\n")
    records = [dollars, index.model_copy(update={"figures": (whole,)})]
    found, _ = exported("fts", tmp_path, records, "--rates", rates)
    assert [(row["originalCurrency"], row["amountUSD"]) for row in found] == [
        ("USD", "5000000"),
        ("MCI", ""),
    ]


def test_every_status_has_its_word() -> None:
    assert FLOW_STATUS.keys() == {"planned", "collected", "ongoing", "delivered"}


def test_every_kind_of_aid_has_its_line() -> None:
    from extractor.exports.fts_flows import _clusters

    assert set(_clusters()) == set(AID)
    assert clusters_of(("food", "services", "fodder", "medical")) == ("Food Security", "Health")


def test_canonical_events_give_the_latest_and_the_plan(tmp_path: Path) -> None:
    events = write_events(tmp_path / "events.jsonl")
    found, err = exported("fts", tmp_path, [], "--events", events)
    assert [(row["status"], row["originalAmount"], row["firstReportedDate"]) for row in found] == [
        ("paid", "1500000000", "2024-04-20"),
        ("pledge", "2000000000", "2024-04-16"),
    ]
    assert found[0]["reportedBy"] == "'=news.kz"
    assert "1 recipients (no money)" in err


def test_rates_hold_from_their_day(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("currency,date,per_usd\nEUR,,0.9\nKZT,2024-04-10,450\nKZT,2024-01-01,460\n")
    rates = read_rates(path)
    assert rates.on("KZT", "2023-12-31") is None
    assert rates.on("KZT", "2024-04-09") == Decimal(460)
    assert rates.on("KZT", "2024-04-10") == Decimal(450)
    assert rates.on("KZT", None) is None
    assert rates.on("EUR", None) == rates.on("EUR", "2024-01-01") == Decimal("0.9")
    assert rates.on("RUB", "2024-01-01") is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("KZT,yesterday,450", "line 2"),
        ("KZT,2024-01-01,0", "line 2"),
        ("KZT,2024-01-01,NaN", "line 2"),
        (",2024-01-01,450", "line 2"),
        ("KZT,,450\nKZT,,451", "two rates"),
    ],
)
def test_a_line_that_is_no_rate_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(f"currency,date,per_usd\n{line}\n")
    with pytest.raises(ExportError, match=message):
        read_rates(path)
