"""Readers of dumps: every form gives the same rows, every fault its place, and the rest goes on."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.io.dumps.inputs import InputError, Reading, find_inputs, read_part
from extractor.io.dumps.lines import split_lines
from extractor.io.dumps.rows import MAX_BYTES, PassedOver, Row, Unread

pa = pytest.importorskip("pyarrow")
warcio = pytest.importorskip("warcio")
zstandard = pytest.importorskip("zstandard")

ARTICLES = [
    {"id": f"a{number}", "date": "2024-04-16", "text": f"Қор {number} отбасыға\n«көмек» берді, ;\t"}
    for number in range(1, 8)
]
LINES = b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in ARTICLES)


def read(*names: Path, reading: Reading = Reading()) -> list[Row | Unread | PassedOver]:
    inputs = find_inputs(map(str, names))
    return [found for part in inputs.parts for found in read_part(part, reading)]


def rows_of(found: list[Row | Unread | PassedOver]) -> list[dict[str, Any]]:
    return [json.loads(one.content) for one in found if isinstance(one, Row)]


def faults_of(found: list[Row | Unread | PassedOver]) -> list[tuple[str, int | None, int | None]]:
    bad = [one for one in found if isinstance(one, Unread)]
    return [(one.reason, one.place.line, one.place.byte) for one in bad]


PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda raw: bytes(zstandard.compress(raw)),
}


@pytest.mark.parametrize("suffix", PACK)
def test_lines_packed_in_any_way(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"dump.jsonl{suffix}"
    path.write_bytes(PACK[suffix](LINES))
    found = read(path)
    assert rows_of(found) == ARTICLES
    places = [one.place for one in found if isinstance(one, Row)]
    assert [place.line for place in places] == [1, 2, 3, 4, 5, 6, 7]
    # The byte is that of the unpacked file: a reader can go there.
    assert [LINES[place.byte :][:9] for place in places] == [b'{"id": "a'] * 7
    assert [one.name for one in found if isinstance(one, Row)][:2] == ["dump-1", "dump-2"]


@pytest.mark.parametrize("suffix", [one for one in PACK if one])
def test_joined_members_are_one_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"dump.jsonl{suffix}"
    path.write_bytes(PACK[suffix](LINES) + PACK[suffix](LINES))
    assert rows_of(read(path)) == ARTICLES * 2


@pytest.mark.parametrize("suffix", [one for one in PACK if one])
def test_truncated_keeps_what_stands_before(suffix: str, tmp_path: Path) -> None:
    many = b"".join(b'{"text": "%d %x"}\n' % (n, n**9) for n in range(60_000))
    packed = PACK[suffix](many)
    path = tmp_path / f"dump.jsonl{suffix}"
    path.write_bytes(packed[: len(packed) * 2 // 3])
    found = read(path)
    rows, faults = rows_of(found), faults_of(found)
    assert [reason for reason, _, _ in faults] == ["truncated"]
    assert [int(row["text"].split()[0]) for row in rows] == list(range(len(rows)))
    # Block codecs hold a whole block back; bz2's is 900 kB, and this file has four.
    assert len(rows) > 1000
    assert faults[0][1] == len(rows) + 1


def test_garbage_after_the_end(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl.gz"
    path.write_bytes(gzip.compress(LINES) + b"not gzip at all")
    found = read(path)
    assert rows_of(found) == ARTICLES
    assert faults_of(found) == [("damaged", 8, len(LINES))]


@pytest.mark.parametrize("suffix", [".gz", ".xz", ".zst"])
def test_bomb_is_not_unpacked(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"dump.jsonl{suffix}"
    path.write_bytes(PACK[suffix](LINES + b'{"text": "' + b"0" * (200 << 20) + b'"}\n'))
    found = read(path)
    assert rows_of(found) == ARTICLES
    assert [(reason, line) for reason, line, _ in faults_of(found)] == [("decompression_bomb", 8)]


def test_line_too_long_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    with path.open("wb") as stream:
        stream.write(LINES + b'{"text": "')
        for _ in range(MAX_BYTES // (1 << 20) + 1):
            stream.write(b"x" * (1 << 20))
        stream.write(b'"}\n' + LINES)
    found = read(path)
    assert rows_of(found) == ARTICLES * 2
    assert faults_of(found) == [("too_long", 8, len(LINES))]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_lines_do_not_depend_on_chunks(size: int) -> None:
    raw = "а\n\n\u2028\x85б\r\nвввв".encode()
    chunks = [raw[start : start + size] for start in range(0, len(raw), size)]
    lines = list(split_lines(chunks))
    assert [line.content for line in lines] == raw.split(b"\n")
    assert [line.byte for line in lines] == [0, 3, 4, 13]
    assert [line.number for line in lines] == [1, 2, 3, 4]


# --- CSV ------------------------------------------------------------------------------------


def csv_of(delimiter: str) -> str:
    import csv

    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(ARTICLES[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ARTICLES)
    return stream.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_lines_in_fields(delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    path.write_text(csv_of(delimiter), encoding="utf-8-sig", newline="")
    found = read(path)
    assert rows_of(found) == ARTICLES
    assert [one.place.line for one in found if isinstance(one, Row)] == [2, 4, 6, 8, 10, 12, 14]


CSV_ROWS = r'''
a "quote" inside|1,a "quote" inside,2024|
one quote inside|1,5" pipes,2024|
two at the edges|1,"said ""no""",2024|
too few|1,text|bad_csv
too many|1,text,2024,more|bad_csv
text after a quote|1,"text"s,2024|bad_csv
never closed|1,"text,2024|runaway_quote
closed by the next|1,"text,2024↵2,"text",2024|runaway_quote
never closed, then lines|1,"text,2024↵2,b,2024↵3,c,2024|runaway_quote
'''


@pytest.mark.parametrize("row", CSV_ROWS.strip().splitlines())
def test_csv_quotes(row: str, tmp_path: Path) -> None:
    _, lines, reason = row.split("|")
    path = tmp_path / "dump.csv"
    path.write_text(
        "id,text,date\n0,before,2024\n" + lines.replace("↵", "\n") + "\n9,after,2024\n",
        encoding="utf-8",
    )
    found = read(path)
    whole = len(lines.split("↵")) + 2
    assert [row["text"] for row in rows_of(found)][:: len(rows_of(found)) - 1] == [
        "before",
        "after",
    ]
    assert [one[:2] for one in faults_of(found)] == ([(reason, 3)] if reason else [])
    assert len(found) == whole, "no record is swallowed by another"


def test_csv_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    path.write_bytes("id,text\n1,Помощь семьям\n".encode("cp1251"))
    assert faults_of(read(path)) == [("bad_encoding", 2, 8)]
    assert rows_of(read(path, reading=Reading(encoding="cp1251"))) == [
        {"id": "1", "text": "Помощь семьям"}
    ]


# --- tables ---------------------------------------------------------------------------------


def write_parquet(path: Path, rows: list[dict[str, Any]], group: int = 3) -> None:
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)


def test_parquet_gives_the_columns_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "dump.parquet"
    write_parquet(path, [{**one, "embedding": [1.0, 2.0]} for one in ARTICLES])
    found = read(path)
    assert rows_of(found) == ARTICLES
    assert [one.place.line for one in found if isinstance(one, Row)] == [1, 2, 3, 4, 5, 6, 7]


def test_parquet_faults(tmp_path: Path) -> None:
    path = tmp_path / "dump.parquet"
    write_parquet(path, ARTICLES)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert faults_of(read(path)) == [("bad_parquet", None, None)]
    # The second of three groups is damaged: the first and the third are read.
    import pyarrow.parquet as pq

    path.write_bytes(whole)
    with pq.ParquetFile(path) as table:
        column = table.metadata.row_group(1).column(2)
        start = column.dictionary_page_offset or column.data_page_offset
    damaged = bytearray(whole)
    damaged[start : start + 40] = b"\xff" * 40
    path.write_bytes(damaged)
    found = read(path)
    assert [row["id"] for row in rows_of(found)] == ["a1", "a2", "a3", "a7"]
    assert faults_of(found) == [("bad_row_group", 4, None)]


def test_parquet_with_bytes_that_are_no_text(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    path = tmp_path / "dump.parquet"
    texts = pa.array([b"good", b"\xff\xfe", b"fine"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": texts}), path)
    found = read(path)
    assert [row["text"] for row in rows_of(found)] == ["good", "fine"]
    assert faults_of(found) == [("bad_encoding", 2, None)]


def test_folder_of_datasets(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    saved = datasets.Dataset.from_list(ARTICLES)
    datasets.DatasetDict({"train": saved, "test": saved.select([2, 4])}).save_to_disk(
        tmp_path / "saved"
    )
    found = read(tmp_path / "saved")
    assert rows_of(found) == [*ARTICLES, ARTICLES[2], ARTICLES[4]]


# --- files and web archives -----------------------------------------------------------------


def test_folder_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.txt").write_text("Мәтін", encoding="utf-8")
    (tmp_path / "page.html").write_text("<p>Page", encoding="utf-8")
    (tmp_path / "list.json").write_text('[{"text": "a"}, {"text": "b"}]', encoding="utf-8")
    (tmp_path / "list.txt.gz").write_bytes(gzip.compress(b"packed"))
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / ".hidden.txt").write_text("no", encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    found = read(tmp_path)
    assert [(one.kind, one.name) for one in found if isinstance(one, Row)] == [
        ("json", "list-1"),
        ("json", "list-2"),
        ("text", "list"),
        ("html", "page"),
        ("text", "one"),
    ]
    assert [reason for reason, _, _ in faults_of(found)] == ["empty"]
    assert find_inputs([str(tmp_path)]).ignored == {".jpg": 1}


def test_names_that_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in (tmp_path / "nowhere.jsonl", tmp_path / "empty", tmp_path / "*.csv"):
        with pytest.raises(InputError, match=name.name.replace("*", r"\*")):
            find_inputs([str(name)])


def test_globs_and_twice_the_same(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl"):
        (tmp_path / name).write_bytes(LINES)
    inputs = find_inputs([str(tmp_path / "*.jsonl"), str(tmp_path / "a.jsonl")])
    assert [Path(part.paths[0]).name for part in inputs.parts] == ["a.jsonl", "b.jsonl"]


PAGE = "<html><body><p>Қор 120 отбасыға көмек берді.</p></body></html>".encode()


def warc_of(*answers: tuple[str, str, bytes]) -> bytes:
    """An archive of HTTP answers: (status, content type, body)."""
    archive = b""
    for number, (status, form, body) in enumerate(answers):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {form}\r\n".encode()
        http += b"Content-Length: %d\r\n\r\n" % len(body) + body
        archive += (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            "WARC-Date: 2024-04-16T00:00:00Z\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        ).encode() + http
        archive += b"\r\n\r\n"
    return archive


ANSWERS = (
    ("200 OK", "text/html; charset=utf-8", PAGE),
    ("404 Not Found", "text/html", b"nothing"),
    ("200 OK", "image/png", b"\x89PNG"),
    ("200 OK", "text/plain", b"plain words"),
)


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_web_archive(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"crawl.warc{suffix}"
    path.write_bytes(PACK[suffix](warc_of(*ANSWERS)))
    found = read(path)
    rows = [one for one in found if isinstance(one, Row)]
    assert [(row.kind, row.url, row.content) for row in rows] == [
        ("html", "https://example.org/0", PAGE),
        ("text", "https://example.org/3", b"plain words"),
    ]
    assert rows[0].charset == "utf-8"
    assert [one.what for one in found if isinstance(one, PassedOver)] == [
        "http status 404",
        "content type image/png",
    ]


def test_web_archive_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    members = [gzip.compress(warc_of(one)) for one in ANSWERS]
    path.write_bytes(b"".join(members)[:-10])
    found = read(path)
    assert [one.content for one in found if isinstance(one, Row)][:1] == [PAGE]
    assert [reason for reason, _, _ in faults_of(found)] == ["truncated"]
