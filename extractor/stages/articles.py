"""Articles: plain text untouched, HTML through trafilatura; what is no article says why."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import regex

from extractor.types import Article, Source

# Counted in characters: a whole book, four times over. Longer input is a dump, not an article.
MAX_CHARS = 20_000_000
_SAMPLE = 200_000
_STRANGE_SHARE = 0.3


class ArticleError(ValueError):
    """An input that is no article; ``reason`` is a slug, the message is for people."""

    reason = "article"


class EmptyArticle(ArticleError):
    """No text at all, or HTML in which no text was found."""

    reason = "empty"


class NoLetters(ArticleError):
    """Digits and marks only: nothing that could be read."""

    reason = "no_letters"


class BinaryArticle(ArticleError):
    """NUL bytes, or too many control and replacement characters."""

    reason = "binary"


class BrokenText(ArticleError):
    """Half of a surrogate pair: the text cannot be written as UTF-8."""

    reason = "lone_surrogate"


class TooLongArticle(ArticleError):
    """More than ``MAX_CHARS`` characters."""

    reason = "too_long"


class UnsupportedLanguage(ArticleError):
    """Clearly in none of our languages; ``language`` is the code of the one it looks like."""

    reason = "unsupported_language"

    def __init__(self, language: str) -> None:
        super().__init__(f"the article looks like {language!r}; supported are kk, ru, en")
        self.language = language


def make_article(source: Source) -> Article:
    """«<html>…», «17 июля 2020 …» → the only text there is, with whatever is known beside it."""
    _check_length(source.content)
    if source.html:
        return _checked(_from_html(source))
    return _checked(
        Article(
            id=source.id,
            text=source.content,
            title=source.title,
            published=_iso_or_as_written(source.published),
            outlet=source.outlet,
            url=source.url,
        )
    )


def check_language(article: Article, foreign: str | None) -> None:
    """«uk», as ``find_foreign`` says of an article → an error; nothing → nothing."""
    if foreign is not None:
        raise UnsupportedLanguage(foreign)


def _check_length(content: str) -> None:
    if len(content) > MAX_CHARS:
        raise TooLongArticle(f"{len(content)} characters; the limit is {MAX_CHARS}")


def _checked(article: Article) -> Article:
    text = article.text
    if not text or text.isspace():
        raise EmptyArticle("the article has no text")
    strange = _strange().findall(text[:_SAMPLE])
    if "\0" in text or len(strange) > _STRANGE_SHARE * len(text[:_SAMPLE]):
        raise BinaryArticle("the text has NUL or too many control characters: is it binary?")
    try:
        (text + (article.title or "")).encode("utf-8")
    except UnicodeEncodeError as error:
        raise BrokenText(f"a lone surrogate at character {error.start}") from error
    if not any(map(str.isalpha, text)):
        raise NoLetters("the text has no letters")
    return article


@lru_cache(maxsize=1)
def _strange() -> regex.Pattern[str]:
    """Control, private and unassigned characters, lone surrogates, U+FFFD; white space is none."""
    return regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\ufffd--\s]", regex.VERSION1)


# --- HTML -----------------------------------------------------------------------------------


def _from_html(source: Source) -> Article:
    page = _read_page(source)
    text = (page.text or "") if page is not None else ""
    if not text.strip():
        raise EmptyArticle("no article text was found in the HTML")
    title = source.title or page.title or None
    return Article(
        id=source.id,
        text=_with_title(text, title),
        title=title,
        published=_iso_or_as_written(source.published or page.date or None),
        outlet=source.outlet or page.sitename or page.hostname or None,
        url=source.url or page.url or None,
    )


def _read_page(source: Source) -> Any:
    """The page as trafilatura sees it, or nothing: it has no opinion about very bad HTML."""
    from trafilatura import bare_extraction

    if "\0" in source.content:
        raise BinaryArticle("the HTML has NUL characters: is it binary?")
    return bare_extraction(
        source.content,
        url=source.url,
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
    )


def _with_title(text: str, title: str | None) -> str:
    """The title becomes the first line, unless the beginning of the text has it."""
    if not title or _plain(title) in _plain(text[: 3 * len(title) + 400]):
        return text
    return f"{title.strip()}\n\n{text}"


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


# --- metadata -------------------------------------------------------------------------------


def _iso_or_as_written(published: str | None) -> str | None:
    """«2024-04-15T11:43:00+05:00» → 2024-04-15; other spellings wait for ``find_published``."""
    if not published or not published.strip():
        return None
    match = _iso_date().match(published.strip())
    return match[0] if match else published.strip()


@lru_cache(maxsize=1)
def _iso_date() -> regex.Pattern[str]:
    return regex.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")


def with_published(article: Article, published: str | None) -> Article:
    """«2024-04-15», as ``find_published`` found → the article with that date."""
    return article if article.published == published else replace(article, published=published)
