"""Records in notebooks: small escaped HTML, and data frames with the columns of the tables."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sheaf import EMOJI, EVENT, ROOT, record_of, sample_records

import extractor
import extractor.frames
from extractor.display import MAX_CHARS, MAX_ROWS
from extractor.io.tables import ARTICLE_TABLES, EVENT_TABLES, TABLES

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> \u202eThe fund delivered "
    '120 food packages" onmouseover="x to families in Almaty.'
)


TAGS = {"div", "b", "span", "table", "thead", "tbody", "tr", "th", "td", "mark", "bdi"}


class Page(HTMLParser):
    """The tags and attributes that a browser would see, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_hostile_text_stays_text() -> None:
    record = record_of(HOSTILE, "<b>a-1</b>").model_copy(update={"title": HOSTILE})
    for html in (record._repr_html_(), *(one._repr_html_() for one in record.figures)):
        page = Page(html)
        assert page.open == []
        assert set(page.tags) <= TAGS
        assert page.attributes <= {"style", "title"}
        assert "\u202e" not in re.sub(r"<bdi>[^<]*</bdi>", "", html)
    assert HOSTILE in Page(record._repr_html_()).text


def test_an_article_shows_its_text_with_its_figures_marked() -> None:
    record = record_of(EMOJI)
    html = record._repr_html_()
    marks = re.findall(r"<mark [^>]*><bdi>([^<]*)</bdi></mark>", html)
    assert marks == [figure.text for figure in record.figures]
    assert EMOJI in Page(html).text
    assert "=2300000000 KZT" in html
    assert "<mark" not in record_of(EMOJI, with_text=False)._repr_html_()


def test_all_records_show_themselves() -> None:
    shown: list[Any] = [
        *sample_records(),
        *(event for record in sample_records() for event in record.events),
        EVENT,
        *EVENT.series,
    ]
    for record in shown:
        page = Page(record._repr_html_())
        assert page.open == []
        assert page.text.strip()
    assert "latest 1500000000" in Page(EVENT._repr_html_()).text
    assert "a-2/f1" in Page(EVENT._repr_html_()).text


def test_what_is_long_is_cut_and_said() -> None:
    record = record_of(EMOJI)
    [figure, *_] = record.figures
    many = tuple(figure.model_copy(update={"id": f"f{n}"}) for n in range(1, MAX_ROWS + 8))
    text = EMOJI + "x" * MAX_CHARS
    html = record.model_copy(update={"figures": many, "text": text, "events": ()})._repr_html_()
    assert "… 7 more figures" in html
    assert f"… {len(EMOJI)} more characters" in html
    assert len(html) < 30_000


def test_an_article_without_aid_says_so() -> None:
    assert "No aid is reported." in record_of("The weather was fine in Almaty.")._repr_html_()


# --- data frames ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [table.name for table in ARTICLE_TABLES])
def test_frames_of_records(name: str) -> None:
    frame = extractor.to_pandas(sample_records(), name)
    rows = [row for record in sample_records() for row in TABLES[name].rows(record)]
    assert list(frame.columns) == [column.name for column in TABLES[name].columns]
    assert len(frame) == len(rows) > 0
    for column in TABLES[name].columns:
        for cell, row in zip(frame[column.name], rows, strict=True):
            expected = row[column.name]
            assert pd.isna(cell) if expected is None else cell == expected


def test_frames_sum_and_group() -> None:
    frame = extractor.to_pandas(sample_records())
    money = frame[(frame["kind"] == "money") & (frame["unit"] == "KZT")]
    stated = [f for record in sample_records() for f in record.figures if f.unit == "KZT"]
    assert money["value"].sum() == float(sum(f.value for f in stated if f.kind == "money")) > 0


@pytest.mark.parametrize("name", [table.name for table in EVENT_TABLES])
def test_frames_of_canonical_events(name: str) -> None:
    frame = extractor.to_pandas([EVENT], name)
    assert len(frame) == len(list(TABLES[name].rows(EVENT)))
    assert len(extractor.to_pandas([EVENT])) == 1


def test_a_record_is_a_frame_too() -> None:
    record = record_of(EMOJI)
    assert list(record.to_pandas()["text"]) == [figure.text for figure in record.figures]
    assert list(record.to_pandas("events")["event"]) == [event.id for event in record.events]
    assert list(EVENT.to_pandas()["label"]) == ["plan", "cumulative", "cumulative"]


def test_nothing_gives_an_empty_frame_with_columns() -> None:
    frame = extractor.to_pandas([])
    assert len(frame) == 0
    assert frame["value"].dtype == "float64"
    assert extractor.to_pandas([], "statements").shape == (0, len(TABLES["statements"].columns))


def test_what_is_no_record_is_refused() -> None:
    mixed = list(extractor.extract_many([EMOJI, "123"]))
    with pytest.raises(TypeError, match="Failure"):
        extractor.to_pandas(mixed)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="known are records, figures, events"):
        extractor.to_pandas([record_of(EMOJI)], "series")


def test_docstring() -> None:
    failed, tried = doctest.testmod(extractor.frames)
    assert (failed, tried > 0) == (0, True)


def test_records_import_nothing_that_shows_them() -> None:
    code = (
        "import sys, extractor.records\n"
        "print([name for name in ('pandas', 'extractor.display', 'extractor.frames', 'html') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout in ("[]\n", "['html']\n")


# --- the example ----------------------------------------------------------------------------

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


@pytest.mark.extras
def test_the_notebook_runs(tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    book = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(book)
    assert not any(cell.get("outputs") for cell in book.cells), "kept without outputs"
    done = client.NotebookClient(
        book, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    ).execute()
    shown = [
        output
        for cell in done.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    ]
    assert len(shown) > 3
