"""The report in a browser, from disk and served: no error, no request elsewhere, and it reads well.

Needs Chromium (`apt-get install chromium`) and the Python package `playwright`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.evaluate import read_gold
from extractor.records import CanonicalEvent
from extractor.report import Wanted, write_report

pytestmark = pytest.mark.extras

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
HOSTILE = (
    "<script>window.hit = 1</script> Қор 120 отбасыға <img src=x onerror='window.hit = 2'> "
    "азық-түлік таратты. \u202eтенге 500\u202c </script><!-- 😀😀 15 мың отбасы көмек алды. "
    "Барлығы 12 900 000 теңге, әр отбасыға 107 500 теңгеден берілді. 2024 жылы."
)
QUIET = "The fund delivered 420 school kits and 60 tonnes of flour to families in Shymkent."


@dataclass
class Heard:
    """What a page said that it should not have."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as ready:
        running = ready.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    know = extractor.load(ner="rules")
    records = [
        extractor.extract(
            HOSTILE,
            id="</script><b>bad",
            title="<img src=x onerror='window.hit = 3'>",
            published="2024-04-16",
            outlet="<b>outlet</b>\u202e",
            know=know,
            with_text=True,
        ),
        extractor.extract(
            QUIET, id="en-1", published="2024-04-20", outlet="a.kz", know=know, with_text=True
        ),
    ]
    lines = "".join(f"{record.to_json()}\n" for record in records)
    (folder / "records.jsonl").write_text(lines, encoding="utf-8")
    lines = "".join(f"{event.to_json()}\n" for event in events())
    (folder / "events.jsonl").write_text(lines, encoding="utf-8")
    return write_report(Wanted(folder), folder / "report.html").path


def events() -> Iterator[CanonicalEvent]:
    """One with a series that grows, has a plan and contradicts itself; one without numbers."""
    stated = (
        ("cumulative", 120, "2024-04-10", "delivered"),
        ("cumulative", 340, "2024-04-16", "delivered"),
        ("cumulative", 380, "2024-04-16", "delivered"),
        ("plan", 1000, "2024-04-12", "planned"),
    )
    yield CanonicalEvent.model_validate(
        {
            "id": "ev-0000000000000001",
            "mentions": [
                {
                    "article": "</script><b>bad",
                    "event": "e1",
                    "lang": "kk",
                    "outlet": "<b>outlet</b>\u202e",
                    "published": "2024-04-16",
                }
            ],
            "campaign": {"text": "<script>window.hit = 4</script>"},
            "providers": [{"text": "Қор"}],
            "aid": ["food"],
            "locations": ["KZ-15"],
            "status": "delivered",
            "confidence": 0.93,
            "series": [
                {
                    "kind": "recipients",
                    "unit": "family",
                    "scope": "total",
                    "statements": [
                        {
                            "label": label,
                            "value": value,
                            "bound": "exact",
                            "status": status,
                            "as_of": day,
                            "sources": [{"article": "</script><b>bad", "figure": "f1"}],
                        }
                        for label, value, day, status in stated
                    ],
                    "latest": 380,
                    "latest_status": "delivered",
                    "planned": 1000,
                    "done_share": 0.38,
                    "conflicts": [
                        {"as_of": "2024-04-16", "values": [340, 380], "statements": [1, 2]}
                    ],
                }
            ],
            "checks": [
                {
                    "rule": "count*each=total",
                    "operands": [f"</script><b>bad/f{at}" for at in (1, 4, 3)],
                    "expected": 12900000,
                    "stated": 12900000,
                    "gap": 0,
                    "verdict": "holds",
                }
            ],
        }
    )
    yield CanonicalEvent.model_validate(
        {
            "id": "ev-0000000000000002",
            "mentions": [
                {
                    "article": "en-1",
                    "event": "e1",
                    "lang": "en",
                    "outlet": "a.kz",
                    "published": "2024-04-20",
                }
            ],
            "providers": [{"text": "fund"}],
            "aid": ["education"],
            "locations": ["KZ-79"],
            "confidence": 0.4,
        }
    )


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def page(browser: Any, heard: Heard, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page that writes down its errors and requests; marked parameters are its settings."""
    settings = {"locale": "en", "viewport": {"width": 1280, "height": 900}}
    context = browser.new_context(**{**settings, **getattr(request, "param", {})})
    one = context.new_page()
    one.on("pageerror", lambda error: heard.errors.append(str(error)))
    one.on("console", lambda said: heard.errors.append(said.text) if said.type == "error" else None)
    one.on("request", lambda sent: heard.requests.append(sent.url))
    yield one
    context.close()


def go(page: Any, report: Path, view: str) -> None:
    page.goto(f"{report.as_uri()}#/{view}")
    page.wait_for_selector("h1")


BAD = "%3C%2Fscript%3E%3Cb%3Ebad"
VIEWS = (
    "overview",
    "events",
    "articles",
    "event/ev-0000000000000001",
    "event/ev-0000000000000002",
    f"article/{BAD}",
    f"article/{BAD}?figure=f1",
    "article/nowhere",
)
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "kk-KZ"}
DARK = {"color_scheme": "dark", "locale": "ru-RU"}


@pytest.mark.parametrize("page", [{}, DARK, PHONE], indirect=True, ids=["light", "dark", "phone"])
def test_every_view_is_quiet(page: Any, heard: Heard, report: Path) -> None:
    """No error, no request but for the file itself, nothing wider than the screen."""
    for view in VIEWS:
        page.goto(f"{report.as_uri()}#/{view}")
        page.wait_for_selector("#views a[aria-current]")
        page.wait_for_timeout(300)
        assert page.locator("[role=alert]").count() == 0, view
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, view
        assert page.evaluate("window.hit") is None, view
    assert heard.errors == []
    assert [url for url in heard.requests if not url.startswith(("file:", "data:"))] == []


def test_hostile_words_are_words(page: Any, report: Path) -> None:
    go(page, report, f"article/{BAD}")
    text = page.locator(".text").inner_text()
    assert "<script>window.hit = 1</script>" in text
    assert "U+202E" in text
    assert page.locator("h1").inner_text() == "<img src=x onerror='window.hit = 3'>"
    assert page.locator("main script, main img").count() == 0


def test_marks_are_the_figures_words_behind_emoji(page: Any, report: Path) -> None:
    go(page, report, f"article/{BAD}")
    marks = page.locator("mark.figure[tabindex]")
    said = [mark.partition("\n")[0] for mark in marks.all_inner_texts()]
    assert any(mark.startswith("15 мың отбасы") for mark in said), said


def test_a_figure_is_told_by_hover_click_and_keys(page: Any, report: Path) -> None:
    go(page, report, f"article/{BAD}")
    mark = page.locator("mark.figure[tabindex]").first
    mark.hover()
    assert "120 families" in page.locator("#card").inner_text()
    mark.click()
    panel = page.locator(".panel")
    assert "120 families" in panel.inner_text()
    assert panel.locator("a[href='#/event/ev-0000000000000001']").count() == 1
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.figure") is not None
    assert panel.is_visible()


def test_kinds_can_be_hidden_and_numbers_left_out_shown(page: Any, report: Path) -> None:
    go(page, report, f"article/{BAD}")
    mark = page.locator("mark.kind-recipients").first
    colour = "mark => getComputedStyle(mark).backgroundColor"
    shown = mark.evaluate(colour)
    page.locator(".legend .kind-recipients input").uncheck()
    assert mark.evaluate(colour) != shown
    left = page.locator("mark.left-out", has_text="2024")
    plain = left.evaluate(colour)
    page.get_by_label("Show the numbers left out").check()
    assert left.evaluate(colour) != plain
    left.hover()
    assert "date" in page.locator("#card").inner_text()


def test_filters_narrow_the_events_and_stay_in_the_address(page: Any, report: Path) -> None:
    go(page, report, "events")
    rows = page.locator("main tbody tr")
    assert rows.count() == 2
    page.get_by_label("Region").select_option("KZ-79")
    page.wait_for_function("() => document.querySelectorAll('main tbody tr').length === 1")
    assert "place=KZ-79" in page.url
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_function("() => document.querySelectorAll('main tbody tr').length === 2")
    page.get_by_label("Confidence at least").select_option("0.9")
    page.wait_for_function("() => document.querySelectorAll('main tbody tr').length === 1")
    assert "<script>window.hit = 4</script>" in rows.first.inner_text()
    go(page, report, "events?from=2024-04-18&to=2024-04-30")
    page.wait_for_function("() => document.querySelectorAll('main tbody tr').length === 1")
    assert "education" in rows.first.inner_text()


def test_articles_are_found_by_their_text(page: Any, report: Path) -> None:
    go(page, report, "articles")
    page.keyboard.press("/")
    page.keyboard.type("TONNES of flour")
    page.wait_for_function("() => document.querySelectorAll('main tbody tr').length === 1")
    assert page.locator("main tbody a").get_attribute("href") == "#/article/en-1"


def test_a_series_is_drawn_and_its_conflict_said(page: Any, report: Path) -> None:
    go(page, report, "event/ev-0000000000000001")
    page.wait_for_selector(".chart svg path")
    said = page.locator(".series").inner_text()
    assert "340 ≠ 380" in said
    assert "done: 38%" in said
    assert "holds" in page.locator(".check").inner_text()


def test_the_map_opens_the_events_of_a_region(page: Any, report: Path) -> None:
    go(page, report, "overview")
    assert page.locator("path.region").count() == 20
    page.locator("path.region[data-code='KZ-15']").press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#/events?place=KZ-15')")
    page.wait_for_function("() => document.querySelectorAll('main tbody tr').length === 1")


def test_numbers_are_written_in_the_language_of_the_page(page: Any, report: Path) -> None:
    for code, written in (("kk", "1\u00a0000"), ("ru", "1\u00a0000"), ("en", "1,000")):
        go(page, report, "event/ev-0000000000000001")
        page.locator("#choices select").first.select_option(code)
        page.wait_for_function(f"() => document.documentElement.lang === '{code}'")
        assert written in page.locator(".series").inner_text()


def test_languages_and_colours_are_chosen(page: Any, report: Path) -> None:
    go(page, report, "overview")
    for code, title in (("kk", "есеп"), ("ru", "отчёт"), ("en", "report")):
        page.locator("#choices select").first.select_option(code)
        page.wait_for_function(f"() => document.documentElement.lang === '{code}'")
        assert title in page.locator("h1").inner_text()
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator("#choices select").nth(1).select_option("dark")
    assert page.evaluate(paper) != light


@pytest.mark.parametrize("page", [{}, DARK], indirect=True, ids=["light", "dark"])
def test_words_stand_out_from_their_ground(page: Any, report: Path) -> None:
    """A contrast of 4.5 to 1 for every mark and chip, as WCAG asks of text."""
    go(page, report, f"article/{BAD}?figure=f1")
    page.wait_for_selector(".panel .facts")
    found = page.evaluate(CONTRASTS, "mark.figure, .chip, .facts dt, .note, .top a, mark sup")
    assert found
    assert min(found.values()) >= 4.5, found


# --- served ---------------------------------------------------------------------------------------


@pytest.fixture
def served(report: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server over the same records; gold goes to ``tmp_path``."""
    command = [sys.executable, "-m", "extractor", "serve", str(report.parent)]
    with subprocess.Popen(
        [*command, "--port", "0", "--gold", str(tmp_path)], stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        said = running.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found, said
        yield found[0]
        running.terminate()


def test_a_reviewed_article_becomes_gold(
    page: Any, heard: Heard, served: str, tmp_path: Path
) -> None:
    page.goto(f"{served}#/article/{BAD}?figure=f1")
    save = page.get_by_role("button", name="Save as gold")
    page.wait_for_selector(".panel .correct")
    assert save.is_disabled()
    panel = page.locator(".panel")
    panel.locator("select[name=kind]").select_option("affected")
    panel.locator("select[name=event]").focus()
    panel.locator("select[name=event]").select_option("new")
    assert page.evaluate("document.activeElement.name") == "event"
    page.locator("mark[data-figure=f2]").first.click()
    panel.get_by_role("button", name="Reject").click()
    assert "Rejected" in panel.inner_text()
    page.get_by_role("button", name="Accept the rest").click()
    save.click()
    page.wait_for_function("() => document.querySelector('main').innerText.includes('Saved: ')")
    [article] = read_gold(tmp_path)
    assert article.text == HOSTILE
    quotes = [figure.quote for figure in article.figures]
    assert "120 отбасыға" in quotes
    assert "15 мың отбасы" not in quotes
    assert article.figures[0].kind == "affected"
    assert article.events[-1].figures == ("f1",)
    page.reload()
    page.wait_for_selector(".panel .correct")
    assert "This article was reviewed before." in page.locator("main").inner_text()
    assert heard.errors == []
    assert all(url.startswith((served, "data:")) for url in heard.requests)


def test_served_lists_are_searched(page: Any, heard: Heard, served: str) -> None:
    page.goto(f"{served}#/articles?q=flour")
    page.wait_for_selector("main tbody tr")
    assert page.locator("main tbody tr").count() == 1
    page.goto(f"{served}#/events?place=KZ-15")
    page.wait_for_selector("main tbody tr")
    assert page.locator("main tbody tr").count() == 1
    page.locator("main tbody a").first.click()
    page.wait_for_selector(".chart svg path")
    page.goto(f"{served}#/overview")
    page.wait_for_selector(".map path")
    assert heard.errors == []
    assert page.evaluate("window.hit") is None


CONTRASTS = """(chosen) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if ((parts(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const told = {};
  for (const element of document.querySelectorAll(chosen)) {
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const name = `${element.tagName}.${element.className}`;
    told[name] = Math.min(told[name] ?? 99, contrast);
  }
  return told;
}"""
