"""Readers: every form of input that people have, and every way in which it can be broken."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.io import readers
from extractor.io.readers import BadInput, read_sources, read_stream
from extractor.types import Source

TEXT = "Жүз отбасы көмек алды."
HTML = f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>"


def read_file(folder: Path, name: str, content: bytes | str) -> list[Source | BadInput]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_sources([path]))


def source(found: list[Source | BadInput]) -> Source:
    (only,) = found
    assert isinstance(only, Source), only
    return only


def bad(found: list[Source | BadInput]) -> BadInput:
    (only,) = found
    assert isinstance(only, BadInput), only
    return only


# --- what can be read -----------------------------------------------------------------------


def test_text_is_untouched(tmp_path: Path) -> None:
    found = source(read_file(tmp_path, "a1.txt", f"{TEXT}\r\n\u2028 \r"))
    assert found.content == f"{TEXT}\r\n\u2028 \r"
    assert (found.id, found.html, found.origin) == ("a1", False, str(tmp_path / "a1.txt"))


@pytest.mark.parametrize("name", ["a.html", "a.htm", "A.HTML"])
def test_html(tmp_path: Path, name: str) -> None:
    assert source(read_file(tmp_path, name, HTML)).html


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
    ],
)
def test_byte_order_marks(tmp_path: Path, content: bytes, expected: str) -> None:
    assert source(read_file(tmp_path, "a.txt", content)).content == expected


def test_html_may_name_its_charset(tmp_path: Path) -> None:
    page = '<html><meta charset="windows-1251"><p>Сто семей</p></html>'
    assert "Сто семей" in source(read_file(tmp_path, "a.html", page.encode("cp1251"))).content


def test_encoding_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Сто семей".encode("cp1251"))
    found = source(list(read_sources([tmp_path / "a.txt"], encoding="cp1251")))
    assert found.content == "Сто семей"


@pytest.mark.parametrize("field", ["text", "content", "body", "article", "raw_text", "maintext"])
def test_json_fields(tmp_path: Path, field: str) -> None:
    row = {
        "_id": 7,
        field: TEXT,
        "headline": "Т",
        "date_publish": "2024-04-15",
        "url": "https://x.kz/1",
        "source_domain": "x.kz",
    }
    found = source(read_file(tmp_path, "a.json", json.dumps(row)))
    assert (found.content, found.id, found.title) == (TEXT, "7", "Т")
    assert (found.published, found.url, found.outlet) == ("2024-04-15", "https://x.kz/1", "x.kz")


def test_json_html_field_and_html_in_a_text_field(tmp_path: Path) -> None:
    assert source(read_file(tmp_path, "a.json", json.dumps({"html": "<p>a</p>"}))).html
    assert source(read_file(tmp_path, "b.json", json.dumps({"content": HTML}))).html


def test_json_list(tmp_path: Path) -> None:
    found = read_file(
        tmp_path, "a.json", json.dumps([{"text": TEXT}, {"text": TEXT, "url": "u"}, 5])
    )
    assert [item.id for item in found if isinstance(item, Source)] == ["a-1", "u"]
    assert [item.reason for item in found if isinstance(item, BadInput)] == ["not_an_object"]


def test_json_lines(tmp_path: Path) -> None:
    rows = [{"text": "а\u2028б\u0085в"}, {"text": TEXT, "uuid": "u1"}]
    lines = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\r\n"
    first, second = read_file(tmp_path, "a.jsonl", lines)
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.content, first.id) == ("а\u2028б\u0085в", "a-1")
    assert (second.id, second.origin) == ("u1", f"{tmp_path / 'a.jsonl'}:3")


def test_folder(tmp_path: Path) -> None:
    for name in [
        "b/2.txt",
        "b/1.txt",
        "a.html",
        ".hidden.txt",
        ".git/x.txt",
        "pic.png",
        "c.ndjson",
    ]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            json.dumps({"text": TEXT}) if name == "c.ndjson" else TEXT, encoding="utf-8"
        )
    ids = [item.id for item in read_sources([tmp_path]) if isinstance(item, Source)]
    assert ids == ["a", "c-1", "1", "2"]


def test_annotation_beside_a_text_is_skipped_but_alone_it_is_not(tmp_path: Path) -> None:
    for name in ("x.json", "y.json"):
        (tmp_path / name).write_text('{"figures": []}', encoding="utf-8")
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    found = list(read_sources([tmp_path]))
    assert [item.id for item in found if isinstance(item, Source)] == ["x"]
    assert [Path(item.path).name for item in found if isinstance(item, BadInput)] == ["y.json"]


# --- stdin ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "count", "html"),
    [
        (TEXT, 1, False),
        (f"  {HTML}", 1, True),
        (f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT}"}}\n', 2, False),
        (f'{{"text": "{TEXT}"}}', 1, False),
        (f'{{\n "text": "{TEXT}"\n}}', 1, False),
        (f'[{{"text": "{TEXT}"}}, {{"text": "{TEXT}"}}]', 2, False),
        ("{жақша} ішіндегі сөз", 1, False),
        ("[фото] Сто семей", 1, False),
    ],
)
def test_stdin_is_guessed(content: str, count: int, html: bool) -> None:
    found = list(read_stream(io.BytesIO(content.encode())))
    assert len(found) == count
    assert all(isinstance(item, Source) and item.html == html for item in found)


def test_dash_is_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert source(list(read_sources(["-"]))).id == "stdin"


def test_unknown_suffix_is_guessed(tmp_path: Path) -> None:
    assert source(read_file(tmp_path, "page", HTML)).html
    assert not source(read_file(tmp_path, "note.log", TEXT)).html


# --- what cannot be read --------------------------------------------------------------------

BROKEN: list[tuple[str, bytes, str, int | None, str]] = [
    ("a.txt", b"", "empty", None, "empty"),
    ("a.txt", b" \n\t", "empty", None, "empty"),
    ("a.txt", b"abc\xff\xfe", "bad_encoding", None, "offset 3"),
    ("a.txt", b"PK\x00\x01", "binary", None, "NUL"),
    ("a.html", "<p>Сто".encode("cp1251"), "bad_encoding", None, "offset 3"),
    ("a.json", b"", "empty", None, "empty"),
    ("a.json", b'{\n"text": "a",\n', "bad_json", 3, "not JSON"),
    ("a.json", b'{"title": "a", "n": 1}', "no_text_field", None, "n, title"),
    ("a.json", b'{"text": ["a"]}', "text_not_a_string", None, "a list"),
    ("a.json", b'{"text": 5}', "text_not_a_string", None, "a number"),
    ("a.json", b'{"text": ""}', "empty", None, "'text' is empty"),
    ("a.json", b'{"text": " "}', "empty", None, "'text' is empty"),
    ("a.json", b'{"text": null}', "no_text_field", None, "text"),
    ("a.json", b'{"text": "\\ud800"}', "bad_json", 1, "surrogate"),
    ("a.json", b'"a"', "not_an_object", None, "a string"),
    ("a.jsonl", b'{"text": "a\n', "bad_json", 1, "not JSON"),
    ("a.jsonl", b'\n{"text": "\\udc00"}', "bad_json", 2, "surrogate"),
    ("a.jsonl", b'{"text": "\xff"}', "bad_encoding", 1, "offset 10"),
    ("a.jsonl", b"\xff\xfe{\x00}\x00", "bad_encoding", 1, "UTF-16"),
    ("a.jsonl", b"[1]", "not_an_object", 1, "a list"),
]


@pytest.mark.parametrize("row", BROKEN, ids=lambda row: f"{row[0]} {row[2]}")
def test_broken(tmp_path: Path, row: tuple[str, bytes, str, int | None, str]) -> None:
    name, content, reason, line, words = row
    found = bad(read_file(tmp_path, name, content))
    assert (found.reason, found.line) == (reason, line)
    assert words in found.message
    assert found.path == str(tmp_path / name)


def test_reading_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    found = read_file(tmp_path, "a.jsonl", b'{"text": "a"}\n{half\n{"text": "b"}\n')
    assert [type(item).__name__ for item in found] == ["Source", "BadInput", "Source"]


def test_missing_path_and_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = list(read_sources([tmp_path / "none.txt", tmp_path / "empty"]))
    assert [item.reason for item in found if isinstance(item, BadInput)] == [
        "unreadable",
        "no_files",
    ]


def test_unknown_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert bad(list(read_sources([tmp_path / "a.txt"], encoding="nope"))).reason == "bad_encoding"


def test_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 20)
    assert bad(read_file(tmp_path, "a.txt", b"a" * 21)).reason == "too_long"
    lines = b'{"text": "' + b"a" * 50 + b'"}\n{"text": "b"}\n'
    long, short = read_file(tmp_path, "a.jsonl", lines)
    assert isinstance(long, BadInput)
    assert (long.reason, long.line) == ("too_long", 1)
    assert isinstance(short, Source)


@given(
    st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a"]),
    st.binary(max_size=60) | st.text(alphabet='{}[]":,\\ud80 atex\n', max_size=40).map(str.encode),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None
)
def test_content_never_raises(tmp_path: Path, name: str, content: bytes) -> None:
    assert all(isinstance(item, Source | BadInput) for item in read_file(tmp_path, name, content))
