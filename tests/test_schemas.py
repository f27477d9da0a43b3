"""The published schemas are those of the models, and real records keep to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

import extractor
from extractor import vocabulary
from extractor.cli_schemas import PAPERS, schema_text
from extractor.evaluate import vocabulary as gold_vocabulary
from extractor.records import Label
from extractor.types import Bound, Kind, Scope, Status

ROOT = Path(__file__).parents[1]
GOLD = sorted(
    [*(ROOT / "corpora").glob("*/own-*.json"), *(ROOT / "corpora").glob("clusters/*/cl-*.json")]
)
CLUSTER_ROWS = [
    json.loads(line)
    for split in ("dev", "test")
    for line in (ROOT / "corpora" / f"clusters-{split}.jsonl").read_bytes().split(b"\n")
    if line
]
ROWS = [
    json.loads(line)
    for split in ("train", "dev", "test")
    for line in (ROOT / "corpora" / f"{split}.jsonl").read_bytes().split(b"\n")
    if line
]


def schema(name: str) -> Any:
    return json.loads((ROOT / "schemas" / f"{name}.schema.json").read_bytes())


def faults(name: str, value: object) -> list[str]:
    validator = Draft202012Validator(schema(name))
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]


@pytest.mark.parametrize("name", PAPERS)
def test_files_are_those_of_the_models(name: str) -> None:
    path = ROOT / "schemas" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name), "run `make schemas`"


@pytest.mark.parametrize("name", PAPERS)
def test_schemas_are_valid_and_say_what_they_are(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema(name)["$id"].startswith("urn:extractor:schema:")
    assert schema(name)["title"]
    assert schema(name)["description"]


def test_there_is_a_file_for_each_schema_and_no_other() -> None:
    names = {path.name.removesuffix(".schema.json") for path in (ROOT / "schemas").glob("*.json")}
    assert names == set(PAPERS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_records_keep_to_the_schema(row: dict[str, Any]) -> None:
    record = extractor.extract(row["text"], id=row["id"], published=row["published"])
    assert faults("article", json.loads(record.to_json())) == []


@pytest.mark.parametrize(
    "line", ["15 мыңнан астам отбасы", "от 10 до 15 тысяч человек", "1.5 tonnes of flour", "", "7"]
)
def test_quantities_keep_to_the_schema(line: str) -> None:
    found = [json.loads(quantity.model_dump_json()) for quantity in extractor.quantities(line)]
    assert faults("quantities", found) == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_keeps_to_the_schema(path: Path) -> None:
    assert faults("gold", json.loads(path.read_bytes())) == []


@pytest.mark.parametrize("row", [*ROWS, *CLUSTER_ROWS], ids=lambda row: row["id"])
def test_gold_lines_keep_to_the_schema(row: dict[str, Any]) -> None:
    assert faults("gold", row) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", "bag"),
        ("item", "stroller"),
        ("category", ["rich"]),
        ("bound", "about"),
        ("start", -1),
        ("value", "15"),
        ("id", "f0"),
    ],
)
def test_what_is_not_in_the_vocabularies_is_a_fault(field: str, value: object) -> None:
    text = "The fund delivered 120 food packages to families in Almaty."
    record = json.loads(extractor.extract(text).to_json())
    assert faults("article", record) == []
    record["figures"][0][field] = value
    assert len(faults("article", record)) == 1


def test_a_record_says_all_its_fields() -> None:
    record = json.loads(extractor.extract("Halyk gave 10 tents to families in Almaty.").to_json())
    del record["notes"]
    assert faults("article", record) == ["$: 'notes' is a required property"]


@pytest.mark.parametrize(
    ("ours", "golds"),
    [
        (vocabulary.UNITS, gold_vocabulary.UNITS),
        (vocabulary.ITEMS, gold_vocabulary.ITEMS),
        (vocabulary.CATEGORIES, gold_vocabulary.CATEGORIES),
        (vocabulary.AID, gold_vocabulary.AID),
        (get_args(Label), frozenset(gold_vocabulary.LABELS)),
    ],
)
def test_records_and_gold_use_the_same_words(ours: tuple[str, ...], golds: frozenset[str]) -> None:
    assert len(set(ours)) == len(ours)
    assert set(ours) == golds


@pytest.mark.parametrize(
    ("field", "values"),
    [("bound", Bound), ("kind", Kind), ("scope", Scope)],
)
def test_closed_fields_are_enums(field: str, values: object) -> None:
    figure = schema("article")["$defs"]["FigureRecord"]["properties"]
    assert figure[field]["enum"] == list(get_args(values))
    assert figure["status"]["anyOf"][0]["enum"] == list(get_args(Status))
    assert figure["item"]["anyOf"][0]["enum"] == list(vocabulary.ITEMS)
    assert figure["unit"]["anyOf"][0]["enum"] == list(vocabulary.UNITS)
