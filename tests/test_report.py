"""The report: what stands on the page, hostile text that stays text, the same bytes twice."""

from __future__ import annotations

import base64
import gzip
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import extractor
from extractor.cli import app
from extractor.cli_errors import SET_ASIDE, WRONG_USAGE
from extractor.edtf import iso_days
from extractor.knowledge import KnowledgeError
from extractor.records import (
    ArticleRecord,
    CanonicalEvent,
    FigureSource,
    MentionRecord,
    SeriesRecord,
    StatementRecord,
)
from extractor.report import Wanted, Written, write_report
from extractor.report.overview import Tally, make_overview, start_of, step_of
from extractor.report.page import FOLDER, MAP, SCRIPTS, SERVED
from extractor.report.segments import Mark, cut_text
from extractor.report.words import LANGS, all_words, load_words
from extractor.report.writing import sample
from extractor.vocabulary import AID, CATEGORIES, ITEMS, UNITS

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpora" / "samples"
HOSTILE = (
    "<script>alert(1)</script> Қор 120 отбасыға <img src=x onerror=alert(2)> азық-түлік "
    "таратты. \u202eтенге 500\u202c </script><!-- &lt;b&gt; 😀 15 мың отбасы көмек алды."
)


# --- a page and what is in it ---------------------------------------------------------------------


class Blocks(HTMLParser):
    """Elements of a page: which tags, which attributes, and the content of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[str, str] = {}
        self.inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = dict(attrs).get("id") if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is not None:
            self.blocks[self.inside] = self.blocks.get(self.inside, "") + data


def parse(path: Path) -> Blocks:
    page = Blocks()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def unpack(letters: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(letters)))


def content(path: Path) -> dict[str, Any]:
    """What the page shows: its plain block and its packed ones, opened."""
    blocks = parse(path).blocks
    packed = json.loads(blocks["packed"])
    return {
        **json.loads(blocks["content"]),
        "rows": unpack(packed["rows"]),
        "events": unpack(packed["events"]),
        "articles": [page for chunk in packed["chunks"] for page in unpack(chunk)],
    }


def write_records(path: Path, *records: ArticleRecord) -> Path:
    path.write_text("".join(f"{one.to_json()}\n" for one in records), encoding="utf-8")
    return path


def extracted(text: str, name: str = "a-1", **known: Any) -> ArticleRecord:
    return extractor.extract(
        text, id=name, know=extractor.load(ner="rules"), with_text=True, **known
    )


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of the sample corpus with their texts."""
    path = tmp_path_factory.mktemp("samples") / "records.jsonl"
    done = run("extract", str(SAMPLES), "--with-text", "--ner", "rules", "-o", str(path))
    assert done.exit_code == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def report(samples: Path) -> Written:
    return write_report(Wanted(samples), samples.with_name("report.html"))


# --- content --------------------------------------------------------------------------------------


def test_counts_are_those_of_the_records(samples: Path, report: Written) -> None:
    records = [json.loads(line) for line in samples.read_text(encoding="utf-8").splitlines()]
    seen = content(report.path)["overview"]
    assert seen["articles"] == len(records) == 6
    assert seen["figures"] == sum(len(record["figures"]) for record in records)
    assert seen["langs"] == {"en": 2, "kk": 2, "ru": 2}
    assert sum(bar["count"] for bar in seen["bars"]) + seen["undated"] == 6


def test_each_article_is_its_text_with_its_figures(samples: Path, report: Written) -> None:
    records = {
        record["id"]: record
        for record in map(json.loads, samples.read_text(encoding="utf-8").splitlines())
    }
    articles = content(report.path)["articles"]
    assert {article["id"] for article in articles} == records.keys()
    for article in articles:
        pieces = [[one] if isinstance(one, str) else one for one in article["pieces"]]
        assert "".join(piece[0] for piece in pieces) == records[article["id"]]["text"]
        for figure in records[article["id"]]["figures"]:
            said = "".join(piece[0] for piece in pieces if figure["id"] in piece[1:])
            assert said == figure["text"]


def test_numbers_left_out_say_why(report: Written) -> None:
    reasons = {
        one["reason"] for article in content(report.path)["articles"] for one in article["left_out"]
    }
    assert "date" in reasons
    assert reasons <= load_words()["reason"].keys()


def test_the_same_bytes_twice(samples: Path, report: Written, tmp_path: Path) -> None:
    again = write_report(Wanted(samples), tmp_path / "again.html")
    assert again.path.read_bytes() == report.path.read_bytes()
    assert again.bytes == report.path.stat().st_size


def test_nothing_is_asked_of_the_network(report: Written) -> None:
    page = parse(report.path)
    for tag, attributes in page.tags:
        for name in ("src", "href", "action", "srcset", "data"):
            link = attributes.get(name)
            assert link is None or link.startswith(("#", "data:")), (tag, link)
    [policy] = [
        attributes["content"] or ""
        for _, attributes in page.tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]


# --- hostile text ---------------------------------------------------------------------------------


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """No tag of the article becomes one of the page, and no word of it is lost."""
    name, outlet = "</script><b>", "<img src=x onerror=alert(3)>"
    record = extracted(HOSTILE, name, title="<svg onload=alert(4)>", outlet=outlet)
    assert record.figures
    calm = extracted("Қор 120 отбасыға көмек таратты.", "calm")
    hostile = write_report(Wanted(write_records(tmp_path / "h.jsonl", record)), tmp_path / "h.html")
    plain = write_report(Wanted(write_records(tmp_path / "c.jsonl", calm)), tmp_path / "c.html")
    tags = [tag for tag, _ in parse(hostile.path).tags]
    assert tags == [tag for tag, _ in parse(plain.path).tags]
    shown = content(hostile.path)
    assert shown["overview"]["outlets"] == [[outlet, 1]]
    [article] = shown["articles"]
    assert article["id"] == name
    pieces = [one if isinstance(one, str) else one[0] for one in article["pieces"]]
    assert "".join(pieces) == HOSTILE


def test_emoji_do_not_move_what_is_marked() -> None:
    text = "😀😀 120 families got food."
    assert cut_text(text, [Mark("f1", 3, 15)]) == ("😀😀 ", ("120 families", "f1"), " got food.")


def test_marks_over_each_other_are_cut_where_they_meet() -> None:
    assert cut_text("abcd", [Mark("f1", 0, 3), Mark("f2", 1, 4)]) == (
        ("a", "f1"),
        ("bc", "f1", "f2"),
        ("d", "f2"),
    )


def test_a_mark_outside_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="f1"):
        cut_text("abc", [Mark("f1", 1, 9)])


# --- texts ----------------------------------------------------------------------------------------


def without_text(record: ArticleRecord) -> ArticleRecord:
    return record.model_copy(update={"text": None})


def test_texts_are_read_from_the_inputs(tmp_path: Path) -> None:
    text = "Қор 120 отбасыға көмек таратты."
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "kk-1.txt").write_text(text, encoding="utf-8")
    path = write_records(tmp_path / "r.jsonl", without_text(extracted(text, "kk-1")))
    quotes = write_report(Wanted(path), tmp_path / "quotes.html")
    assert quotes.shown.texts_missing == 1
    assert content(quotes.path)["articles"][0]["pieces"] is None
    whole = write_report(Wanted(path, texts=(tmp_path / "news",)), tmp_path / "whole.html")
    assert whole.shown.texts_missing == 0
    assert whole.shown.rejections


def test_another_text_of_that_name_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "kk-1.txt").write_text("Мүлде басқа мәтін.", encoding="utf-8")
    record = without_text(extracted("Қор 120 отбасыға көмек таратты.", "kk-1"))
    path = write_records(tmp_path / "r.jsonl", record)
    done = write_report(Wanted(path, texts=(tmp_path / "kk-1.txt",)), tmp_path / "r.html")
    assert done.shown.texts_missing == 1


# --- many articles --------------------------------------------------------------------------------


def many(count: int) -> Iterator[ArticleRecord]:
    """Copies of one article of 2.3 kB, each with a word and a number of its own."""
    text = " ".join(
        (SAMPLES / f"sample-{name}.txt").read_text(encoding="utf-8") for name in ("ru-1", "kk-1")
    )
    record = extracted(text, published="2024-04-16")
    for at in range(count):
        yield record.model_copy(
            update={"id": f"a-{at}", "title": f"№ {at * 7919 % 10007}", "source": f"o{at % 30}"}
        )


def test_a_sample_is_even_and_said(tmp_path: Path) -> None:
    path = write_records(tmp_path / "records.jsonl", *many(40))
    done = write_report(Wanted(path, limit=10), tmp_path / "r.html")
    shown = content(done.path)
    assert (done.shown.articles, done.shown.articles_kept) == (40, 10)
    assert shown["overview"]["articles"] == 40
    assert len(shown["articles"]) == len(shown["rows"]) == 10
    assert done.shown.events >= done.shown.events_kept == len(shown["events"]) > 0


def test_a_page_too_big_shows_fewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.report.writing.MOST_BYTES", 600_000)
    path = write_records(tmp_path / "records.jsonl", *many(200))
    done = write_report(Wanted(path), tmp_path / "r.html")
    assert done.bytes == done.path.stat().st_size <= 600_000
    assert 0 < done.shown.articles_kept < 200
    asked = write_report(Wanted(path, limit=200), tmp_path / "asked.html")
    assert asked.bytes > 600_000
    assert asked.shown.articles_kept == 200


def test_the_choice_follows_the_names_alone() -> None:
    records = list(many(100))
    ids = [[record.id for record in sample(records, limit)] for limit in (10, 20, 200)]
    assert ids[0] == [record.id for record in sample(iter(records), 10)]
    assert len(ids[0]) == 10
    assert set(ids[0]) < set(ids[1])
    assert ids[2] == [record.id for record in records]


# --- events ---------------------------------------------------------------------------------------


def canonical(**known: Any) -> CanonicalEvent:
    statements = (
        ("cumulative", 1000, "2024-04-10", "delivered"),
        ("cumulative", 1500, "2024-04-12", "delivered"),
        ("plan", 4000, "2024-04-10", "planned"),
    )
    series = SeriesRecord(
        kind="recipients",
        unit="family",
        scope="total",
        statements=tuple(
            StatementRecord.model_validate(
                {
                    "label": label,
                    "value": value,
                    "bound": "exact",
                    "status": status,
                    "as_of": day,
                    "sources": (FigureSource(article="a-1", figure="f1"),),
                }
            )
            for label, value, day, status in statements
        ),
        latest=Decimal(1500),
        latest_status="delivered",
        planned=Decimal(4000),
        done_share=0.375,
    )
    given: dict[str, Any] = {
        "id": "ev-0123456789abcdef",
        "mentions": (MentionRecord(article="a-1", event="e1", lang="kk"),),
        "locations": ("KZ-15",),
        "series": (series,),
    }
    return CanonicalEvent(**{**given, **known})


def test_totals_add_up_the_latest_and_no_part_twice() -> None:
    tally = Tally()
    tally.count_event(canonical())
    tally.count_event(canonical(id="ev-0123456789abcde0"))
    tally.count_event(canonical(id="ev-0123456789abcde1", part_of="ev-0123456789abcdef"))
    overview = make_overview(tally)
    [row] = overview.totals
    assert overview.not_added == 1
    assert (row.kind, row.unit, row.events) == ("recipients", "family", 2)
    assert row.amounts == {"planned": 8000, "delivered": 3000}


def test_events_of_the_folder_are_shown(tmp_path: Path) -> None:
    write_records(tmp_path / "records.jsonl", extracted("Қор 120 отбасыға көмек таратты."))
    (tmp_path / "events.jsonl").write_text(f"{canonical().to_json()}\n", encoding="utf-8")
    done = write_report(Wanted(tmp_path), tmp_path / "r.html")
    [event] = content(done.path)["events"]
    assert event["id"] == "ev-0123456789abcdef"
    assert event["series"][0]["latest"] == 1500


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2024-04-16", ("2024-04-16", "2024-04-16")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-21", ("2024-03-01", "2024-05-31")),
        ("2024-04-10/2024-04-14", ("2024-04-10", "2024-04-14")),
        ("../2020-07", (None, "2020-07-31")),
        ("2020-03-19/..", ("2020-03-19", None)),
        ("2024-13", (None, None)),
        ("soon", (None, None)),
    ],
)
def test_days_of_a_period(period: str, days: tuple[str | None, str | None]) -> None:
    assert iso_days(period) == days


def test_bars_grow_with_the_span() -> None:
    from datetime import date

    first = date(2024, 4, 18)
    assert step_of([]) == step_of([first, date(2024, 5, 1)]) == "day"
    assert step_of([first, date(2024, 9, 1)]) == "week"
    assert step_of([first, date(2026, 9, 1)]) == "month"
    assert start_of(first, "week") == date(2024, 4, 15)
    assert start_of(first, "month") == date(2024, 4, 1)


# --- words and map --------------------------------------------------------------------------------

SCRIPT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))


def test_every_value_of_a_record_has_words() -> None:
    words = load_words()
    closed = {"item": ITEMS, "category": CATEGORIES, "aid": AID, "unit": UNITS}
    for group, values in closed.items():
        assert set(values) <= words[group].keys(), group
    for group in ("kind", "status", "bound", "scope", "label", "relation", "verdict"):
        assert words[group], group


def test_words_are_asked_for_and_there() -> None:
    """A word that no page uses, and a use of a word that is not there, are slips."""
    said = load_words()["ui"].keys()
    template = (FOLDER / "page.html.j2").read_text(encoding="utf-8")
    asked = {*re.findall(r'\bt\("(\w+)"', SCRIPT), *re.findall(r"words\.(\w+)[.\[]", template)}
    named = {
        *re.findall(r'\["(\w+)", seen\.', SCRIPT),
        *(f"theme_{name}" for name in ("auto", "light", "dark")),
        *("overview", "events", "articles"),
    }
    assert asked <= said
    assert said <= asked | named
    assert set(re.findall(r'\bw\("(\w+)"', SCRIPT)) <= load_words().keys()


def test_countries_have_names() -> None:
    assert all_words()["place"]["UZ"] == {"kk": "Өзбекстан", "ru": "Узбекистан", "en": "Uzbekistan"}
    assert all_words()["place"]["KZ-71"]["kk"] == "Астана"


def test_every_script_is_used() -> None:
    assert {path.stem for path in FOLDER.glob("*.js")} == {*SCRIPTS, *SERVED, "main"}


def test_a_missing_language_is_an_error(tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text('[ui]\ntitle = { kk = "Есеп", en = "Report" }\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"words\.toml: ui\.title: needs kk, ru, en"):
        load_words(own)


def test_the_map_has_the_twenty_regions_by_name() -> None:
    drawn = json.loads(MAP.read_text(encoding="utf-8"))
    regions = tomllib.loads(
        (ROOT / "extractor" / "domain" / "regions.toml").read_text(encoding="utf-8")
    )["region"]
    codes = {region["code"] for region in regions}
    assert len(codes) == 20
    assert {region["code"] for region in drawn["regions"]} == codes
    assert codes <= load_words()["place"].keys()
    assert all(0 <= region["x"] <= drawn["width"] for region in drawn["regions"])
    assert all(0 <= region["y"] <= drawn["height"] for region in drawn["regions"])
    assert set(LANGS) == {"kk", "ru", "en"}


def rings(path: str) -> list[list[tuple[float, float]]]:
    """«M1,2L3,4Z» → its rings of points."""
    return [
        [(float(x), float(y)) for x, y in (point.split(",") for point in ring.split("L"))]
        for ring in path.replace("Z", "").split("M")[1:]
    ]


def covers(path: str, x: float, y: float) -> bool:
    """A point is inside where a line to the left meets the outline an odd number of times."""
    crossings = 0
    for ring in rings(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x > x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


def test_each_region_of_the_map_is_its_own_land() -> None:
    """No region is drawn over another: the middle of each lies in that one alone."""
    regions = json.loads(MAP.read_text(encoding="utf-8"))["regions"]
    for region in regions:
        around = [one["code"] for one in regions if covers(one["path"], region["x"], region["y"])]
        assert around == [region["code"]]


# --- the command ----------------------------------------------------------------------------------


def test_the_command_says_where_and_what(samples: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    done = run("report", str(samples), "-o", str(output))
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert f"{output}: 6 articles" in done.stderr
    assert output.stat().st_size < 1_300_000


def test_what_is_not_installed_is_named(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    done = run("report", str(samples), "-o", str(tmp_path / "page.html"))
    assert done.exit_code == WRONG_USAGE
    assert (
        "altair is not installed; the report needs: pip install 'extractor[report]'" in done.stderr
    )
    assert not (tmp_path / "page.html").exists()


def test_a_bad_line_among_good_ones_is_set_aside(tmp_path: Path) -> None:
    path = write_records(tmp_path / "records.jsonl", *many(2))
    path.write_text(path.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    done = run("report", str(path), "-o", str(tmp_path / "page.html"))
    assert done.exit_code == SET_ASIDE
    assert done.stderr.count(f"{path}: line 3: ") == 1
    assert content(tmp_path / "page.html")["overview"]["articles"] == 2


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text('{"id": 1}\n', encoding="utf-8")
    done = run("report", str(path), "-o", str(tmp_path / "page.html"))
    assert done.exit_code == WRONG_USAGE
    assert f"{path}: line 1" in done.stderr
    assert not (tmp_path / "page.html").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["records.jsonl"]
