"""Articles: text that holds its offsets, HTML, errors with reasons, the day of publication."""

from __future__ import annotations

import pytest

from extractor.stages.articles import (
    MAX_CHARS,
    ArticleError,
    BinaryArticle,
    EmptyArticle,
    NoLetters,
    TooLongArticle,
    UnsupportedLanguage,
    check_language,
    make_article,
)
from extractor.stages.published import find_published, read_date
from extractor.stages.zones import find_zones, load_zone_knowledge
from extractor.types import Source

BODY = "Жителям области доставили двадцать тонн продуктов, сообщает пресс-служба акимата области."
PAGE = f"""<!doctype html><html><head><title>Двести семей получили помощь | Сайт</title>
<meta property="og:title" content="Двести семей получили помощь">
<meta property="og:site_name" content="Сайт">
<meta property="article:published_time" content="2024-04-15T11:43:00+05:00"></head>
<body><nav><a href="/">Главная</a></nav><h1>Двести семей получили помощь</h1>
<article><p>{BODY}</p><p>{BODY} Помощь привезли волонтеры из соседних районов.</p></article>
<footer>Все права защищены</footer></body></html>"""


@pytest.mark.parametrize(
    "text", [BODY, f"\ufeff{BODY}\r\n\r\n ", "а\u0301 \U0001f4e6 İ\u00a0\u2028 1", "a"]
)
def test_plain_text_is_untouched(text: str) -> None:
    assert make_article(Source(text)).text == text


def test_metadata_travels() -> None:
    article = make_article(
        Source(
            BODY, id="a1", title="Т", published="2024-04-15T11:43:00Z", outlet="zakon.kz", url="u"
        )
    )
    assert (article.id, article.title, article.outlet, article.url) == ("a1", "Т", "zakon.kz", "u")
    assert article.published == "2024-04-15"


def test_html() -> None:
    article = make_article(Source(PAGE, html=True))
    assert article.title == "Двести семей получили помощь"
    assert article.text.count("Двести семей получили помощь") == 1
    assert article.text.startswith("Двести семей получили помощь\n")
    assert BODY in article.text
    assert "Все права" not in article.text
    assert (article.published, article.outlet) == ("2024-04-15", "Сайт")


def test_what_the_user_says_beats_the_page() -> None:
    article = make_article(
        Source(PAGE, html=True, title="Другой", published="2023-01-02", outlet="x")
    )
    assert (article.title, article.published, article.outlet) == ("Другой", "2023-01-02", "x")
    assert article.text.startswith("Другой\n")


@pytest.mark.parametrize(
    ("content", "html", "error", "reason"),
    [
        ("", False, EmptyArticle, "empty"),
        (" \n\u00a0\t", False, EmptyArticle, "empty"),
        ("<html></html>", True, EmptyArticle, "empty"),
        ("<p>", True, EmptyArticle, "empty"),
        ("", True, EmptyArticle, "empty"),
        ("15 000 + 3 = !", False, NoLetters, "no_letters"),
        ("\U0001f4e6\U0001f4e6", False, NoLetters, "no_letters"),
        (f"{BODY}\0", False, BinaryArticle, "binary"),
        ("<html>\0</html>", True, BinaryArticle, "binary"),
        ("ab\ufffd\ufffd\ufffd", False, BinaryArticle, "binary"),
        ("PK\x03\x04\x14\x01\x02", False, BinaryArticle, "binary"),
        ("а" * (MAX_CHARS + 1), False, TooLongArticle, "too_long"),
    ],
    ids=str,
)
def test_no_article(content: str, html: bool, error: type[ArticleError], reason: str) -> None:
    with pytest.raises(error) as caught:
        make_article(Source(content, html=html))
    assert caught.value.reason == reason
    assert isinstance(caught.value, ArticleError)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value)


def test_some_strange_characters_are_tolerated() -> None:
    assert make_article(Source(f"{BODY}\ufffd\x07")).text.startswith("Жителям")


def test_five_megabytes() -> None:
    text = f"{BODY}\n" * (5_000_000 // (2 * len(BODY)))
    assert make_article(Source(text)).text == text


def test_check_language() -> None:
    article = make_article(Source(BODY))
    check_language(article, None)
    with pytest.raises(UnsupportedLanguage, match="'uk'") as caught:
        check_language(article, "uk")
    assert (caught.value.language, caught.value.reason) == ("uk", "unsupported_language")


# --- published ------------------------------------------------------------------------------

DATES = [
    ("17 июля 2020 | 16:57", "2020-07-17"),
    ("2024-04-15 11:43:00", "2024-04-15"),
    ("2024-04-15T11:43:00+05:00", "2024-04-15"),
    ("29.04.2024", "2024-04-29"),
    ("29.04.2024, 17:26", "2024-04-29"),
    ("15 апреля 2024 14:01", "2024-04-15"),
    ("10:01 31.01.2022", "2022-01-31"),
    ("29 октября 2019, 10:50", "2019-10-29"),
    ("24 August 2024", "2024-08-24"),
    ("April 9, 2024", "2024-04-09"),
    ("Tue, 09 Apr 2024 10:00:00 GMT", "2024-04-09"),
    ("***-- Sept 1, 2023***", "2023-09-01"),
    ("5th May 2021", "2021-05-05"),
    ("2022 жылғы 21 сәуір", "2022-04-21"),
    ("21 сәуір 2022", "2022-04-21"),
    ("2024 jylǵy 15 sáýir", "2024-04-15"),
    ("31/01/2022", "2022-01-31"),
    ("01/31/2022", "2022-01-31"),
    ("05/05/2022", "2022-05-05"),
    ("04/05/2024", None),
    ("31.02.2024", None),
    ("16 апреля 16:00", None),
    ("Вчера 17:30", None),
    ("15 апреля 1024", None),
    ("9 тонн 2024", None),
    ("120240415", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_read_date(text: str, iso: str | None) -> None:
    assert read_date(text, load_zone_knowledge()) == iso


@pytest.mark.parametrize(
    ("text", "given", "iso"),
    [
        (f"Помощь пришла\n17 июля 2020 | 16:57\n\n{BODY}\n", None, "2020-07-17"),
        (f"Помощь пришла\n\n{BODY}\n\n***-- Sept 1, 2023***\n", None, "2023-09-01"),
        (f"АСТАНА, 15 апреля 2024 – {BODY}\n", None, "2024-04-15"),
        (
            "ASTANA, April 9, 2024 (Kazinform) — Volunteers came to help people.\n",
            None,
            "2024-04-09",
        ),
        ("На 16 апреля 2024 года помощь получили сто семей области.\n", None, None),
        (f"Помощь пришла\nВчера 17:30\n\n{BODY}\n", None, None),
        (f"{BODY}\n\nRecent Posts\n\nДругой заголовок\n15.04.2024\n", None, None),
        (f"Помощь пришла\n17 июля 2020\n\n{BODY}\n", "2021-01-02T10:00:00Z", "2021-01-02"),
        (BODY, "11:49 31.01.2022", "2022-01-31"),
        (BODY, "вчера", None),
    ],
)
def test_find_published(text: str, given: str | None, iso: str | None) -> None:
    know = load_zone_knowledge()
    article = make_article(Source(text, published=given))
    assert find_published(article, find_zones(article, know), know) == iso
