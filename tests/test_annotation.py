"""To annotation tools and back: nothing is lost, and offsets count what the tool counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from sheaf import DEV, EMOJI, record_of, run, sample_records, write_records
from spacy.tokens import DocBin

from extractor import notation
from extractor.evaluate import GoldArticle, read_gold
from extractor.evaluate.predictions import as_gold
from extractor.exports.brat import _fragments
from extractor.exports.content import ExportError
from extractor.exports.gold_files import file_stem
from extractor.exports.offsets import Ruler
from extractor.types import Span

TOOLS = ("label-studio", "doccano", "brat")
Edit = Callable[[Any], None]


def there_and_back(tool: str, source: Path, folder: Path) -> tuple[GoldArticle, ...]:
    code, _ = run("export", source, "--to", tool, "-o", folder / "out")
    assert code == 0
    code, err = run("import", folder / "out", "--from", tool, "-o", folder / "gold")
    assert (code, err.count("\n") == 1 or "predict" in err) == (0, True), err
    return read_gold(folder / "gold")


# --- offsets --------------------------------------------------------------------------------


def utf16(text: str, span: Span) -> str:
    """What JavaScript's ``text.slice(start, end)`` would give."""
    units = text.encode("utf-16-le")
    return units[2 * span.start : 2 * span.stop].decode("utf-16-le")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_units_measure_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    ruler = Ruler(text)
    assert utf16(text, ruler.to_unit(span, "utf16")) == span.of(text)
    assert ruler.from_unit(ruler.to_unit(span, "utf16"), "utf16") == span
    assert ruler.from_unit(span, "code_points") == span


@pytest.mark.parametrize("span", [Span(1, 3), Span(0, 1), Span(0, 9), Span(2, 2), Span(-1, 2)])
def test_no_offset_inside_a_character(span: Span) -> None:
    with pytest.raises(ExportError):
        Ruler("😀 abc").from_unit(span, "utf16")


def test_each_tool_counts_its_own_way(tmp_path: Path) -> None:
    source = write_records(tmp_path / "records.jsonl", [record_of(EMOJI)])
    spans: dict[str, list[tuple[int, int]]] = {}
    for tool in TOOLS:
        assert run("export", source, "--to", tool, "-o", tmp_path / tool)[0] == 0
    [task] = json.loads((tmp_path / "label-studio" / "tasks.json").read_text(encoding="utf-8"))
    line = json.loads((tmp_path / "doccano").read_text(encoding="utf-8"))
    standoff = (tmp_path / "brat" / "a-1.ann").read_text(encoding="utf-8")
    spans["label-studio"] = [
        (item["value"]["start"], item["value"]["end"])
        for item in task["predictions"][0]["result"]
        if item.get("type") == "labels"
    ]
    spans["doccano"] = [(start, end) for start, end, _ in line["label"]]
    spans["brat"] = [
        (int(start), int(end))
        for start, end in re.findall(r"^T\d+\t\w+ (\d+) (\d+)", standoff, re.M)
    ]
    quotes = ["2,3 млрд тенге", "120 семей", "продуктовые наборы"]
    words = [EMOJI[start:end] for start, end in spans["label-studio"]]
    assert words[:2] == quotes[:2]
    assert spans["brat"] == spans["label-studio"]
    assert [utf16(EMOJI, Span(*span)) for span in spans["doccano"]] == words
    # One emoji stands before the first figure, two before the second.
    assert [b[0] - a[0] for a, b in zip(spans["brat"], spans["doccano"], strict=True)][:2] == [1, 3]
    assert task["data"]["offset_unit"] == "code_points"
    assert line["offset_unit"] == "utf16"


# --- there and back -------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS)
def test_gold_comes_back_as_it_was(tool: str, tmp_path: Path) -> None:
    gold = read_gold(DEV)
    assert sum(any(ord(char) > 0xFFFF for char in article.text) for article in gold) > 3
    assert there_and_back(tool, DEV, tmp_path) == gold


@pytest.mark.parametrize("tool", TOOLS)
def test_files_come_back_as_they_were(tool: str, tmp_path: Path) -> None:
    """Byte for byte the text; the same JSON, but for the order of categories and an «nth» of 1."""
    there_and_back(tool, DEV, tmp_path)
    for path in sorted(DEV.iterdir()):
        back = (tmp_path / "gold" / path.name).read_bytes()
        if path.suffix == ".txt":
            assert back == path.read_bytes()
        else:
            assert in_one_order(back) == in_one_order(path.read_bytes())


def in_one_order(content: bytes) -> Any:
    article = json.loads(content)
    for figure in article["figures"]:
        figure |= {"category": sorted(figure["category"]), "nth": figure.get("nth", 1)}
    article["figures"].sort(key=lambda figure: figure["id"])
    return article


@pytest.mark.parametrize("tool", TOOLS)
def test_records_come_back_as_gold(tool: str, tmp_path: Path) -> None:
    records = [*sample_records(), record_of(EMOJI)]
    source = write_records(tmp_path / "records.jsonl", records)
    back = {article.id: article for article in there_and_back(tool, source, tmp_path)}
    assert back == {record.id: as_gold(record) for record in records}


@pytest.mark.parametrize("tool", ["label-studio", "doccano"])
@pytest.mark.parametrize("unit", ["utf-16", "code-points"])
def test_offsets_may_be_asked_for(tool: str, unit: str, tmp_path: Path) -> None:
    source = write_records(tmp_path / "records.jsonl", [record_of(EMOJI)])
    out, gold = tmp_path / "out", tmp_path / "gold"
    assert run("export", source, "--to", tool, "-o", out, "--offsets", unit)[0] == 0
    assert run("import", out, "--from", tool, "-o", gold)[0] == 0
    assert read_gold(gold) == (as_gold(record_of(EMOJI)),)


def test_brat_counts_code_points_alone(tmp_path: Path) -> None:
    source = write_records(tmp_path / "records.jsonl", [record_of(EMOJI)])
    code, err = run("export", source, "--to", "brat", "-o", tmp_path / "b", "--offsets", "utf-16")
    assert (code, "brat counts code points" in err) == (2, True)


# --- texts ----------------------------------------------------------------------------------


def test_a_record_without_its_text_is_refused_by_name(tmp_path: Path) -> None:
    bare = record_of(EMOJI, "a-2", with_text=False)
    source = write_records(tmp_path / "records.jsonl", [record_of(EMOJI), bare])
    code, err = run("export", source, "--to", "brat", "-o", tmp_path / "out")
    assert code == 3
    assert "a-2: no_text: " in err
    assert "written: 1 documents" in err


def test_texts_are_taken_from_the_articles(tmp_path: Path) -> None:
    (tmp_path / "a-2.txt").write_text(EMOJI, encoding="utf-8")
    (tmp_path / "a-3.txt").write_text("another text", encoding="utf-8")
    bare = [record_of(EMOJI, name, with_text=False) for name in ("a-2", "a-3")]
    source = write_records(tmp_path / "records.jsonl", bare)
    texts = ("--texts", tmp_path / "a-2.txt", "--texts", tmp_path / "a-3.txt")
    code, err = run("export", source, "--to", "brat", "-o", tmp_path / "out", *texts)
    assert code == 3
    assert "a-3: other_text: " in err
    assert (tmp_path / "out" / "a-2.ann").exists()


# --- what people change ---------------------------------------------------------------------

GOLD_TEXT = "Қор 120 отбасыға көмек берді.\nVolunteers brought 30\ntents."


@pytest.fixture
def studio(tmp_path: Path) -> Callable[[Edit], tuple[int, str]]:
    """The task of EMOJI, annotated: edited and imported."""

    def go(edit: Edit) -> tuple[int, str]:
        source = write_records(tmp_path / "records.jsonl", [record_of(EMOJI)])
        run("export", source, "--to", "label-studio", "-o", tmp_path / "out")
        file = tmp_path / "out" / "tasks.json"
        [task] = json.loads(file.read_text(encoding="utf-8"))
        task["annotations"] = [{"result": task.pop("predictions")[0]["result"]}]
        edit(task)
        file.write_text(json.dumps([task]), encoding="utf-8")
        return run("import", file, "--from", "label-studio", "-o", tmp_path / "gold")

    return go


def test_a_new_region_gets_an_id_and_what_its_words_say(
    studio: Callable[[Edit], tuple[int, str]], tmp_path: Path
) -> None:
    start = EMOJI.index("120 семей")

    def edit(task: Any) -> None:
        result = task["annotations"][0]["result"]
        gone = next(item["id"] for item in result if item["value"].get("start") == start)
        kept = [item for item in result if item.get("id") != gone]
        words = {"start": start, "end": start + 9, "text": "120 семей", "labels": ["affected"]}
        region = {"id": "kX3p", "from_name": "kind", "to_name": "text", "type": "labels"}
        task["annotations"][0]["result"] = [*kept, {**region, "value": words}]

    code, err = studio(edit)
    [article] = read_gold(tmp_path / "gold")
    [figure] = [one for one in article.figures if one.quote == "120 семей"]
    assert code == 0
    assert "«120 семей»: not annotated, taken from the words" in err
    assert (figure.kind, notation(figure)) == ("affected", "=120 family")
    assert len({one.id for one in article.figures}) == len(article.figures)


def test_words_that_are_no_quantity_are_refused(studio: Callable[[Edit], tuple[int, str]]) -> None:
    def edit(task: Any) -> None:
        words = {"start": 2, "end": 6, "text": EMOJI[2:6], "labels": ["money"]}
        region = {"id": "x", "from_name": "kind", "to_name": "text", "type": "labels"}
        task["annotations"][0]["result"].append({**region, "value": words})

    code, err = studio(edit)
    assert code == 3
    assert "task 1: " in err
    assert "no quantity can be read" in err


def test_offsets_that_fit_no_unit_are_refused(studio: Callable[[Edit], tuple[int, str]]) -> None:
    def edit(task: Any) -> None:
        for item in task["annotations"][0]["result"]:
            if "start" in item.get("value", {}):
                item["value"]["start"] += 1

    code, err = studio(edit)
    assert code == 3
    assert "and not «2,3 млрд тенге»" in err


def test_the_unit_is_found_where_the_file_says_another(
    studio: Callable[[Edit], tuple[int, str]], tmp_path: Path
) -> None:
    """As older versions of Label Studio wrote: UTF-16 under whatever name."""

    def edit(task: Any) -> None:
        ruler = Ruler(EMOJI)
        for item in task["annotations"][0]["result"]:
            if "start" in item.get("value", {}):
                span = Span(item["value"]["start"], item["value"]["end"])
                moved = ruler.to_unit(span, "utf16")
                item["value"] |= {"start": moved.start, "end": moved.stop}

    code, err = studio(edit)
    assert code == 0
    assert "offsets count utf16, not code_points" in err
    assert read_gold(tmp_path / "gold") == (as_gold(record_of(EMOJI)),)


def test_the_annotation_changed_last_is_taken(
    studio: Callable[[Edit], tuple[int, str]], tmp_path: Path
) -> None:
    def edit(task: Any) -> None:
        [first] = task["annotations"]
        first["updated_at"] = "2024-05-02"
        task["annotations"].append({"result": [], "updated_at": "2024-05-01"})
        task["annotations"].append({"result": [], "updated_at": "2024-05-03", "was_cancelled": 1})

    code, err = studio(edit)
    assert code == 0
    assert "1 older annotations" in err
    assert read_gold(tmp_path / "gold") == (as_gold(record_of(EMOJI)),)


def test_figures_may_be_moved_to_another_event(
    studio: Callable[[Edit], tuple[int, str]], tmp_path: Path
) -> None:
    def edit(task: Any) -> None:
        for item in task["annotations"][0]["result"]:
            if item.get("from_name") == "event":
                item["value"]["text"] = ["e9"]

    code, err = studio(edit)
    [article] = read_gold(tmp_path / "gold")
    assert code == 0
    assert "e9: an event that figures name and nothing describes" in err
    assert all(event.figures == () for event in article.events if event.id != "e9")
    [event] = [event for event in article.events if event.id == "e9"]
    assert event.figures


@pytest.mark.parametrize(
    ("labels", "quotes", "said"),
    [
        # Moved by a character: the fields stay.
        (lambda label: [[start, end - 1, kind] for start, end, kind in label], None, ""),
        # Gone: no figure.
        (lambda label: label[1:], None, ""),
        # Another kind.
        (lambda label: [[start, end, "affected"] for start, end, _ in label], None, ""),
    ],
)
def test_doccano_gives_back_what_people_changed(
    labels: Any, quotes: None, said: str, tmp_path: Path
) -> None:
    record = record_of(EMOJI)
    source = write_records(tmp_path / "records.jsonl", [record])
    run("export", source, "--to", "doccano", "-o", tmp_path / "out.jsonl")
    line = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    line["label"] = labels(line["label"])
    (tmp_path / "out.jsonl").write_text(json.dumps(line), encoding="utf-8")
    code, _ = run("import", tmp_path / "out.jsonl", "--from", "doccano", "-o", tmp_path / "gold")
    [article] = read_gold(tmp_path / "gold")
    assert code == 0
    before = {figure.id: figure for figure in as_gold(record).figures}
    for figure, (start, end, kind) in zip(article.figures, line["label"], strict=True):
        assert figure.kind == kind
        assert figure.quote == utf16(EMOJI, Span(start, end))
        assert figure.value == before[figure.id].value
        assert figure.unit == before[figure.id].unit


def test_doccano_has_two_forms(tmp_path: Path) -> None:
    record = record_of(EMOJI)
    source = write_records(tmp_path / "records.jsonl", [record])
    run("export", source, "--to", "doccano", "-o", tmp_path / "out.jsonl")
    line = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    entities = [
        {"id": place, "start_offset": start, "end_offset": end, "label": kind}
        for place, (start, end, kind) in enumerate(line.pop("label"))
    ]
    meta = {name: line.pop(name) for name in ("gold", "offset_unit", "article")}
    content = {**line, "entities": entities, "relations": [], "metadata": meta}
    (tmp_path / "out.jsonl").write_text(json.dumps(content), encoding="utf-8")
    run("import", tmp_path / "out.jsonl", "--from", "doccano", "-o", tmp_path / "gold")
    assert read_gold(tmp_path / "gold") == (as_gold(record),)


# --- brat -----------------------------------------------------------------------------------


def test_words_over_a_line_end_are_fragments() -> None:
    start = GOLD_TEXT.index("30")
    assert _fragments(Span(start, start + 8), GOLD_TEXT) == (
        f"{start} {start + 2};{start + 3} {start + 8}",
        "30 tents",
    )


def test_brat_lines_have_brats_form(tmp_path: Path) -> None:
    """As brat's own reader takes them apart: tab between the parts, blanks inside them."""
    run("export", DEV, "--to", "brat", "-o", tmp_path / "out")
    shapes = (
        r"T\d+\t[a-z]+ \d+ \d+(;\d+ \d+)*\t[^\t]+",
        r"A\d+\t[a-z]+ T\d+ [A-Za-z_]+",
        r"R\d+\t(of|same_as) Arg1:T\d+ Arg2:T\d+",
        r"#\d+\tAnnotatorNotes T\d+\t\{.*\}",
    )
    lines = [
        line
        for path in sorted((tmp_path / "out").glob("*.ann"))
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]
    ]
    assert len(lines) > 1000
    assert [line for line in lines if not any(re.fullmatch(s, line) for s in shapes)] == []
    config = (tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8")
    values = dict(re.findall(r"^(\w+)\tArg:<ENTITY>, Value:(.*)$", config, re.M))
    attributes = [line.split("\t")[1].split(" ") for line in lines if line[0] == "A"]
    assert {value for name, _, value in attributes if value not in values[name].split("|")} == set()


def test_a_mark_drawn_in_brat_is_read(tmp_path: Path) -> None:
    source = write_records(tmp_path / "records.jsonl", [record_of(EMOJI)])
    run("export", source, "--to", "brat", "-o", tmp_path / "out")
    file = tmp_path / "out" / "a-1.ann"
    start = EMOJI.index("120 семей")
    old = file.read_text(encoding="utf-8")
    number = re.search(rf"^(T\d+)\trecipients {start} ", old, re.M)
    assert number
    kept = [line for line in old.split("\n") if not re.search(rf"{number[1]}\b", line)]
    drawn = f"T99\taffected {start} {start + 9}\t120 семей\nA99\tstatus T99 delivered"
    file.write_text("\n".join([*kept, drawn, ""]), encoding="utf-8")
    code, err = run("import", tmp_path / "out", "--from", "brat", "-o", tmp_path / "gold")
    [article] = read_gold(tmp_path / "gold")
    [figure] = [one for one in article.figures if one.quote == "120 семей"]
    assert (code, figure.kind, notation(figure)) == (0, "affected", "=120 family")
    assert figure.status == "delivered"
    assert "taken from the words" in err


@pytest.mark.parametrize(
    ("line", "message"),
    [("T1\tmoney 0\tx", "line 1"), ("T1\tmoney 5 9\tother words", "is not «other words»")],
)
def test_a_broken_line_is_named(line: str, message: str, tmp_path: Path) -> None:
    source = write_records(tmp_path / "records.jsonl", [record_of(EMOJI), record_of(EMOJI, "b")])
    run("export", source, "--to", "brat", "-o", tmp_path / "out")
    (tmp_path / "out" / "a-1.ann").write_text(f"{line}\n", encoding="utf-8")
    code, err = run("import", tmp_path / "out", "--from", "brat", "-o", tmp_path / "gold")
    assert code == 3
    assert "a-1.ann: " in err
    assert message in err
    assert [article.id for article in read_gold(tmp_path / "gold")] == ["b"]


# --- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "name", "content", "message"),
    [
        ("label-studio", "x.json", "{", "not JSON"),
        ("label-studio", "x.json", "{}", "expected a list of tasks"),
        ("brat", "empty", None, "holds no .ann"),
    ],
)
def test_a_file_that_is_none_is_wrong_usage(
    tool: str, name: str, content: str | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        path.write_text(content, encoding="utf-8")
    code, err = run("import", path, "--from", tool, "-o", tmp_path / "gold")
    assert (code, message in err) == (2, True), err


@pytest.mark.parametrize("tool", ["label-studio", "doccano"])
def test_rows_that_are_none_are_named(tool: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text('[{"data": 5}]' if tool == "label-studio" else '{"text": "x"}\n5\n')
    code, err = run("import", path, "--from", tool, "-o", tmp_path / "gold")
    assert code == 3
    assert ("task 1" if tool == "label-studio" else "line 2") in err


@pytest.mark.parametrize(
    ("name", "stem"),
    [("https://a.kz/1?x=2", "https_a.kz_1_x_2"), ("../../etc", "etc"), ("..", "article")],
)
def test_an_id_leaves_no_folder(name: str, stem: str) -> None:
    taken: set[str] = set()
    assert file_stem(name, taken) == stem
    assert file_stem(name.upper(), taken).casefold() == f"{stem}-2"


# --- label studio by its own tool -----------------------------------------------------------


def test_the_interface_is_xml_with_a_control_for_each_field(tmp_path: Path) -> None:
    run("export", DEV, "--to", "label-studio", "-o", tmp_path / "out")
    root = ElementTree.parse(tmp_path / "out" / "labeling.xml").getroot()
    controls = {one.get("name") for one in root.iter() if one.get("toName")}
    assert controls == {
        *("kind", "value", "max", "bound", "unit", "item", "category", "scope", "status"),
        *("event", "events"),
    }


@pytest.mark.extras
def test_label_studio_accepts_its_tasks(tmp_path: Path) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface
    run("export", DEV, "--to", "label-studio", "-o", tmp_path / "gold")
    records = write_records(tmp_path / "records.jsonl", sample_records())
    run("export", records, "--to", "label-studio", "-o", tmp_path / "records")
    for name in ("gold", "records"):
        config = interface((tmp_path / name / "labeling.xml").read_text(encoding="utf-8"))
        config.validate()
        tasks = json.loads((tmp_path / name / "tasks.json").read_text(encoding="utf-8"))
        assert tasks
        for task in tasks:
            assert config.validate_task({"data": task["data"]})
            for made in task.get("annotations", []):
                assert config.validate_annotation(made)
            for made in task.get("predictions", []):
                assert config.validate_prediction(made)
    made["result"][0]["value"]["labels"] = ["no kind"]
    assert not config.validate_prediction(made)


# --- spacy ----------------------------------------------------------------------------------


def test_a_doc_bin_loads(tmp_path: Path) -> None:
    records = [*sample_records(), record_of(EMOJI)]
    source = write_records(tmp_path / "records.jsonl", records)
    code, _ = run("export", source, "--to", "spacy", "-o", tmp_path / "aid.spacy")
    assert code == 0
    docs = list(DocBin().from_disk(tmp_path / "aid.spacy").get_docs(spacy.blank("xx").vocab))
    for doc, record in zip(docs, records, strict=True):
        assert doc.text == record.text
        assert doc._.aid == record
        spans = doc.spans["figures"]
        for span, figure in zip(spans, record.figures, strict=True):
            assert span.label_ == figure.kind
            assert span.start_char <= figure.start < figure.end <= span.end_char


def test_gold_goes_to_annotation_alone(tmp_path: Path) -> None:
    code, err = run("export", DEV, "--to", "csv", "-o", tmp_path / "t")
    assert (code, "gold goes to label-studio, doccano, brat" in err) == (2, True)
