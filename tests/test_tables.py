"""Flat tables: the same rows in every format, and each file read by the tool that it is for."""

from __future__ import annotations

import csv
import doctest
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import datasets
import frictionless
import openpyxl
import pytest
from pyarrow import parquet
from sheaf import EVENT, record_of, run, sample_records, write_events, write_records

import extractor.exports.offsets
import extractor.exports.sheets
import extractor.io.tables
from extractor.exports import FORMATS, Content, export
from extractor.exports.cells import guarded
from extractor.exports.content import Report
from extractor.exports.xlsx_book import MAX_CHARS
from extractor.io.tables import (
    ARTICLE_TABLES,
    EVENT_TABLES,
    TABLES,
    CellRow,
    Table,
    arrow_rows,
    arrow_schema,
    figure_rows,
    plain_cell,
)
from extractor.records import ArticleRecord


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_records(tmp_path_factory.mktemp("records") / "records.jsonl", sample_records())


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_events(tmp_path_factory.mktemp("events") / "events.jsonl")


def rows_of(table: Table) -> list[CellRow]:
    things: tuple[Any, ...] = sample_records() if table in ARTICLE_TABLES else (EVENT,)
    return [row for thing in things for row in table.rows(thing)]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


ALL = (*ARTICLE_TABLES, *EVENT_TABLES)


# --- rows -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "module",
    [extractor.io.tables, extractor.exports.offsets, extractor.exports.sheets],
    ids=lambda module: module.__name__,
)
def test_docstrings(module: Any) -> None:
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0


def test_every_figure_and_event_has_its_row() -> None:
    records = sample_records()
    assert len(rows_of(TABLES["figures"])) == sum(len(record.figures) for record in records) > 20
    assert len(rows_of(TABLES["events"])) == sum(len(record.events) for record in records) > 5


def test_a_figure_knows_its_event() -> None:
    for record in sample_records():
        owned = {row["figure"]: row["event"] for row in figure_rows(record)}
        for event in record.events:
            assert {owned[name] for name in event.figures} <= {event.id}


def test_every_field_of_a_figure_has_a_column() -> None:
    fields = set(type(sample_records()[0].figures[0]).model_fields)
    columns = {column.name for column in TABLES["figures"].columns}
    # Evidence is nested, and an id is called for what it names.
    assert fields - columns == {"id", "evidence"}


def test_columns_are_stable() -> None:
    """A change here breaks what people have built on the tables: it takes a new major version."""
    assert {table.name: names(table) for table in ARTICLE_TABLES} == {
        "figures": "article figure event lang published source start end text value max tenge "
        "bound kind unit item category scope of same_as status series confidence",
        "events": "article event lang published source aid campaign campaign_id providers "
        "provider_ids locations places period wave figures holds contradicts confidence",
        "records": "article lang script published source title figures events notes package "
        "words schema_version",
    }


def names(table: Table) -> str:
    return " ".join(column.name for column in table.columns)


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_arrow_holds_what_rows_say(table: Table) -> None:
    rows = rows_of(table)
    assert rows
    back = arrow_rows(table.name, rows).to_pylist()
    for row, read in zip(rows, back, strict=True):
        for name, cell in row.items():
            expected = list(cell) if isinstance(cell, tuple) else cell
            assert read[name] == expected


def test_columns_say_what_they_mean() -> None:
    for table in ALL:
        for field in arrow_schema(table.name):
            assert field.metadata[b"means"]


# --- csv ------------------------------------------------------------------------------------


def test_csv_has_a_file_a_table(records: Path, events: Path, tmp_path: Path) -> None:
    code, err = run("export", records, "--to", "csv", "-o", tmp_path / "t", "--events", events)
    assert code == 0
    assert f"{len(rows_of(TABLES['figures']))} figures" in err
    for table in ALL:
        read = read_csv(tmp_path / "t" / f"{table.name}.csv")
        for row, expected in zip(read, rows_of(table), strict=True):
            assert list(row) == [column.name for column in table.columns]
            for name, cell in expected.items():
                shown = guarded(cell, Report())
                assert row[name] == ("" if shown is None else str(shown))


FORMULAS = ("=cmd|'/c calc'!A1", "+7 700", "-SOS-", "@SUM(A1)", "\tx", "\rx")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_a_text_and_is_counted(text: str) -> None:
    report = Report()
    assert guarded(text, report) == f"'{text}"
    assert sum(report.changed.values()) == 1


@pytest.mark.parametrize("cell", ["a=b", "", "«=»", None, -5, ("a", "=b")])
def test_other_cells_stay(cell: Any) -> None:
    report = Report()
    assert guarded(cell, report) == plain_cell(cell)
    assert not report.changed


def test_a_hostile_provider_cannot_calculate(tmp_path: Path) -> None:
    events = write_events(tmp_path / "events.jsonl")
    records = write_records(tmp_path / "records.jsonl", [])
    code, err = run("export", records, "--to", "csv", "-o", tmp_path / "t", "--events", events)
    assert (code, "changed: 1 cells given a leading apostrophe" in err) == (0, True)
    [row] = read_csv(tmp_path / "t" / "canonical_events.csv")
    assert row["outlets"] == "'=news.kz"
    assert row["providers"] == "Фонд «Халык» | -SOS-"


# --- xlsx -----------------------------------------------------------------------------------


def test_xlsx_opens_with_a_sheet_a_table(records: Path, events: Path, tmp_path: Path) -> None:
    path = tmp_path / "aid.xlsx"
    code, _ = run("export", records, "--to", "xlsx", "-o", path, "--events", events)
    assert code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [table.name for table in ALL]
    for table in ALL:
        head, *rows = book[table.name].iter_rows(values_only=True)
        assert list(head) == [column.name for column in table.columns]
        expected = [tuple(map(plain_cell, row.values())) for row in rows_of(table)]
        assert rows == expected


def hostile() -> ArticleRecord:
    record = record_of("The fund delivered 120 food packages to families in Almaty.")
    title = "=HYPERLINK(1)\x01" + "x" * MAX_CHARS
    return record.model_copy(update={"title": title, "source": "=1+1"})


def test_xlsx_has_no_formula_and_no_broken_cell(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records.jsonl", [hostile()])
    code, err = run("export", records, "--to", "xlsx", "-o", tmp_path / "aid.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "aid.xlsx")["records"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert code == 0
    assert (cells["source"].value, cells["source"].data_type) == ("=1+1", "s")
    title = cells["title"].value
    assert isinstance(title, str)
    assert (title[:14], len(title)) == ("=HYPERLINK(1)\ufffd", MAX_CHARS)
    assert "1 control characters replaced" in err
    assert "1 cells cut" in err


# --- parquet --------------------------------------------------------------------------------


def test_parquet_reads_back(records: Path, events: Path, tmp_path: Path) -> None:
    code, _ = run("export", records, "--to", "parquet", "-o", tmp_path / "t", "--events", events)
    assert code == 0
    for table in ALL:
        read = parquet.read_table(tmp_path / "t" / f"{table.name}.parquet")
        assert read.schema.equals(arrow_schema(table.name))
        assert read.equals(arrow_rows(table.name, rows_of(table)))


def test_an_empty_table_has_its_columns(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records.jsonl", [])
    assert run("export", records, "--to", "parquet", "-o", tmp_path / "t")[0] == 0
    read = parquet.read_table(tmp_path / "t" / "figures.parquet")
    assert read.num_rows == 0
    assert read.schema.equals(arrow_schema("figures"))


# --- data package and data set --------------------------------------------------------------


def test_frictionless_accepts_the_package(records: Path, events: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    code, _ = run("export", records, "--to", "datapackage", "-o", folder, "--events", events)
    assert code == 0
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert [task.name for task in report.tasks] == [table.name for table in ALL]


def test_frictionless_would_find_a_fault(records: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    run("export", records, "--to", "datapackage", "-o", folder)
    file = folder / "figures.csv"
    rows = read_csv(file)
    rows[0]["value"] = "many"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.flatten(["rowNumber", "fieldName", "type"]) == [[2, "value", "type-error"]]


def test_datasets_loads_the_folder(records: Path, events: Path, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    code, _ = run("export", records, "--to", "hf", "-o", folder, "--events", events)
    assert code == 0
    cache = str(tmp_path / "cache")
    names = datasets.get_dataset_config_names(str(folder))
    assert set(names) == {"articles", *(table.name for table in ALL)}
    articles = datasets.load_dataset(str(folder), cache_dir=cache)["train"]
    for row, record in zip(articles, sample_records(), strict=True):
        assert (row["id"], row["text"]) == (record.id, record.text)
        for figure in row["figures"]:
            assert row["text"][figure["start"] : figure["end"]] == figure["quote"]
    figures = datasets.load_dataset(str(folder), "figures", cache_dir=cache)["train"]
    assert figures.num_rows == len(rows_of(TABLES["figures"]))


def test_a_data_set_without_texts_says_so(tmp_path: Path) -> None:
    bare = [record_of("The fund delivered 120 food packages in Almaty.", with_text=False)]
    records = write_records(tmp_path / "records.jsonl", bare)
    code, err = run("export", records, "--to", "hf", "-o", tmp_path / "set")
    assert code == 0
    assert "left out: 1 texts" in err


# --- input ----------------------------------------------------------------------------------


def test_the_folder_of_a_run_with_its_events(tmp_path: Path) -> None:
    write_records(tmp_path / "records.jsonl", sample_records())
    write_events(tmp_path / "events.jsonl")
    code, err = run("export", tmp_path, "--to", "csv", "-o", tmp_path / "t")
    assert code == 0
    assert "events.jsonl: taken along" in err
    assert (tmp_path / "t" / "series.csv").exists()


def test_a_bad_line_is_named_and_the_good_ones_go_on(tmp_path: Path) -> None:
    path = write_records(tmp_path / "records.jsonl", sample_records())
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], b'{"id": 1}', *lines[1:]]))
    code, err = run("export", path, "--to", "csv", "-o", tmp_path / "t")
    assert code == 3
    assert f"{path}: line 2: " in err
    assert len(read_csv(tmp_path / "t" / "records.csv")) == len(sample_records())


def test_a_broken_gzip_gives_what_stands_before(tmp_path: Path) -> None:
    whole = write_records(tmp_path / "whole.jsonl", sample_records() * 200).read_bytes()
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(whole)[:-5000])
    code, err = run("export", path, "--to", "csv", "-o", tmp_path / "t")
    assert code == 3
    assert "records.jsonl.gz: after line " in err
    assert len(read_csv(tmp_path / "t" / "records.csv")) > 100


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere.jsonl", "--to", "csv", "-o", "t"], "nowhere.jsonl: No such file"),
        (["nowhere.jsonl", "--to", "pdf", "-o", "t"], "pdf"),
        (["nowhere.jsonl", "--to", "csv"], "--output"),
    ],
)
def test_wrong_usage(words: list[str], message: str, tmp_path: Path) -> None:
    here = [str(tmp_path / word) if word.endswith((".jsonl", "t")) else word for word in words]
    code, err = run("export", *here)
    assert code == 2
    assert message in err


def test_nothing_is_written_over(records: Path, tmp_path: Path) -> None:
    (tmp_path / "work.txt").write_text("somebody's", encoding="utf-8")
    code, err = run("export", records, "--to", "csv", "-o", tmp_path)
    assert code == 2
    assert "exists and is not an empty folder" in err
    assert json.dumps([path.name for path in tmp_path.iterdir()]) == '["work.txt"]'


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """A half-written folder would look whole."""

    def broken() -> Iterator[ArticleRecord]:
        yield sample_records()[0]
        raise OSError("the disk is gone")

    for to in FORMATS:
        with pytest.raises(OSError, match="the disk is gone"):
            export(Content(broken()), to, tmp_path / to)
    assert list(tmp_path.iterdir()) == []
