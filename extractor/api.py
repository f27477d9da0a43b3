"""The door: what a user calls. ``import extractor`` gives these names, lazily.

Offsets are counted in Unicode code points of the article's text: ``text[start:end]`` is what
was read. For plain text that is the input, untouched; for HTML it is ``record.text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import regex
from pydantic import Field

from extractor.io.readers import BadInput
from extractor.light import read_lightly, zones_in
from extractor.loading import Knowledge, load
from extractor.pipeline import run_for_record
from extractor.records import Amount, ArticleRecord, Record
from extractor.signs import Notable, notation, plain
from extractor.stages.articles import ArticleError
from extractor.stages.records import make_record
from extractor.stages.sentences import split_sentences
from extractor.stages.zones import find_zones
from extractor.types import Article, Bound, Lang, Quantity, Sentence, Source, Zone

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = [
    "Failure",
    "Notable",
    "QuantityRecord",
    "as_source",
    "check_lang",
    "extract",
    "extract_many",
    "looks_like_html",
    "notation",
    "pipeline",
    "plain",
    "quantities",
    "read_sentences",
]


# --- articles -------------------------------------------------------------------------------


def extract(
    article: str | Source,
    *,
    know: Knowledge | None = None,
    id: str | None = None,
    title: str | None = None,
    published: str | date | None = None,
    outlet: str | None = None,
    html: bool | None = None,
    with_text: bool = False,
) -> ArticleRecord:
    """One article in, one record out: its aid figures and aid events.

    A string is plain text, unless it begins as an HTML document does; ``html`` says so outright.
    ``published`` (an ISO date, or as the outlet writes it) dates «бүгін», «вчера», «last week»;
    without it the date is looked for in the text.

    Offsets are code points of the text. When the input was HTML, that text is ``record.text``;
    else the record has it only if ``with_text`` asks for it. Money is in units of its currency
    (ISO 4217 code in ``unit``), never in thousands; values are ``Decimal``.

    >>> text = "Қор 120 отбасыға азық-түлік себетін таратты."
    >>> figure = extract(text).figures[0]
    >>> notation(figure), figure.kind, text[figure.start : figure.end]
    ('=120 family', 'recipients', '120 отбасыға')

    >>> record = extract("Фонд выделил более 5 млн тенге на помощь пострадавшим от паводков.")
    >>> record.lang, notation(record.figures[0])
    ('ru', '≥5000000 KZT')

    Raises:
        ArticleError: there is nothing to read (``EmptyArticle``, ``NoLetters``,
            ``BinaryArticle``, ``TooLongArticle``), or it is in none of the three languages
            (``UnsupportedLanguage``); ``error.reason`` is a slug.
        KnowledgeError: the package's data cannot be read.
        TypeError: the article is neither a string nor a ``Source``.
    """
    source = as_source(article, id=id, title=title, published=published, outlet=outlet, html=html)
    return _record(source, know or load(), with_text=with_text)


def extract_many(
    articles: Iterable[str | Source | BadInput], *, know: Knowledge | None = None
) -> Iterator[ArticleRecord | Failure]:
    """Articles in, records out, one for one and in order; a bad article gives a ``Failure``.

    Strings are named by their place, from «article-1»; what a reader could not read
    (``BadInput``) passes through as a ``Failure``, so that nothing is lost. Lazy: one article
    is held at a time.

    >>> found = extract_many(["500 families received tents from the Red Crescent.", "123"])
    >>> [type(one).__name__ for one in found]
    ['ArticleRecord', 'Failure']
    """
    know = know or load()
    for number, article in enumerate(articles, 1):
        yield _record_or_failure(article, f"article-{number}", know)


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that gave no record: which, where it came from, why.

    ``reason`` is that of the ``ArticleError`` («empty», «unsupported_language», …) or of the
    reader («bad_json», …), «not_an_article» for a value of another type, «internal_error» for
    a mistake of ours; ``message`` is for people.
    """

    id: str
    origin: str | None
    reason: str
    message: str


def as_source(
    article: str | Source,
    *,
    id: str | None = None,
    title: str | None = None,
    published: str | date | None = None,
    outlet: str | None = None,
    html: bool | None = None,
) -> Source:
    """«<!doctype html>…», «Қор …», a ``Source`` → a ``Source`` with what is known beside it."""
    if isinstance(article, str):
        source = Source(article, html=looks_like_html(article) if html is None else html)
    elif isinstance(article, Source):
        source = article if html is None else replace(article, html=html)
    else:
        raise TypeError(f"an article is a str or a Source, not {type(article).__name__}")
    day = published.isoformat() if isinstance(published, date) else published
    return replace(
        source,
        id=source.id if id is None else id,
        title=source.title if title is None else title,
        published=source.published if day is None else day,
        outlet=source.outlet if outlet is None else outlet,
    )


def looks_like_html(text: str) -> bool:
    """«<!DOCTYPE html>», «<?xml …?><html>»: nothing but a page begins so."""
    return _html_start().match(text) is not None


@lru_cache(maxsize=1)
def _html_start() -> regex.Pattern[str]:
    return regex.compile(
        r"(?i)\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}"
        r"<(?:!doctype\s+html|html|head|body)[\s>]",
        regex.DOTALL,
    )


def _record(source: Source, know: Knowledge, *, with_text: bool = False) -> ArticleRecord:
    from extractor import __version__

    return make_record(
        run_for_record(source, know),
        version=__version__,
        digest=know.digest,
        with_text=with_text or source.html,
    )


def _record_or_failure(
    article: str | Source | BadInput, name: str, know: Knowledge
) -> ArticleRecord | Failure:
    if isinstance(article, BadInput):
        return _unread(article)
    source = Source("", id=name)
    try:
        source = as_source(article, id=name if isinstance(article, str) else None)
        return _record(source, know)
    except ArticleError as error:
        return Failure(source.id, source.origin, error.reason, str(error))
    except TypeError as error:
        known = isinstance(article, str | Source)
        reason = "internal_error" if known else "not_an_article"
        return Failure(source.id, source.origin, reason, str(error))
    except Exception as error:  # one strange article must not end a run of a million
        message = f"{type(error).__name__}: {error}"
        return Failure(source.id, source.origin, "internal_error", message)


def _unread(bad: BadInput) -> Failure:
    """«dump.jsonl, line 3» → dump-3, the name that the reader would have given."""
    stem = Path(bad.path).stem
    if bad.line is None:
        return Failure(stem, bad.path, bad.reason, bad.message)
    return Failure(f"{stem}-{bad.line}", f"{bad.path}:{bad.line}", bad.reason, bad.message)


# --- quantities -----------------------------------------------------------------------------


class QuantityRecord(Record):
    """A number with its bound and what it counts: ``text[start:end]`` is the phrase.

    ``unit`` is ``None`` for a bare number; ``max`` is the upper end of a range.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    value: Amount
    max: Amount | None = None
    bound: Bound
    unit: str | None = None
    item: str | None = None

    def __repr__(self) -> str:
        return f"<{notation(self)} [{self.start}:{self.end}] {self.text!r}>"


def quantities(
    text: str, lang: Lang | str | None = None, know: Knowledge | None = None
) -> tuple[QuantityRecord, ...]:
    """Every quantity in a text of one or more lines, about aid or not; dates are none.

    ``lang`` is «kk», «ru» or «en»; ``None`` or «auto» decides line by line. Offsets are code
    points of ``text``. Any string is read, an odd one gives an empty tuple.

    >>> quantities("15 мыңнан астам отбасы", "kk")
    (<≥15000 family [0:22] '15 мыңнан астам отбасы'>,)
    >>> [notation(found) for found in quantities("15 myńnan astam otbasy", "kk")]
    ['≥15000 family']
    >>> [notation(found) for found in quantities("от 10 до 15 тысяч человек")]
    ['10000..15000 person']

    Raises:
        ValueError: ``lang`` is none of the three.
    """
    know = know or load()
    whole = _lone_surrogates().sub("\ufffd", text)
    zones: Sequence[Zone] = ()
    if lang not in (None, "auto"):
        zones = zones_in(whole, check_lang(lang), know)
    elif text.strip():
        zones = find_zones(Article("text", whole), know.zones)
    return tuple(_quantity(quantity, text) for quantity in read_lightly(whole, zones, know))


@lru_cache(maxsize=1)
def _lone_surrogates() -> regex.Pattern[str]:
    """Halves of characters, as broken JSON has them; no dictionary can look them up."""
    return regex.compile(r"[\ud800-\udfff]")


def check_lang(lang: str | None) -> Lang:
    """«kk» → kk; «uz» → an error that names the three."""
    for known in get_args(Lang):
        if lang == known:
            return known  # type: ignore[no-any-return]
    raise ValueError(f"unknown language {lang!r}; known are {', '.join(get_args(Lang))}")


def read_sentences(text: str, zones: Sequence[Zone], know: Knowledge) -> tuple[Sentence, ...]:
    """«Бірінші. Екінші.» → its sentences, as the article's way through the stages cuts them."""
    alphabets = {zone: know.alphabet(text, zone) for zone in zones}
    return split_sentences(
        Article("text", text),
        zones,
        know.languages,
        lambda zone: know.folding(zone, alphabets[zone]),
    )


def _quantity(quantity: Quantity, text: str) -> QuantityRecord:
    share = quantity.unit is None and quantity.number.share
    return QuantityRecord(
        start=quantity.span.start,
        end=quantity.span.stop,
        text=quantity.span.of(text),
        value=quantity.value,
        max=quantity.max,
        bound=quantity.bound,
        unit="percent" if share else quantity.unit,
        item=quantity.item,
    )


# --- spaCy ----------------------------------------------------------------------------------


def pipeline(lang: str, *, domain: Sequence[str | Path] = ()) -> Language:
    """A spaCy pipeline: tokens and sentences of Kazakh, Russian or English, and the record.

    ``doc._.aid`` is the ``ArticleRecord`` of ``doc.text`` (``None`` where there is none, then
    ``doc._.aid_failure`` says why); ``doc.spans["figures"]`` and ``doc.spans["events"]`` are
    its spans widened to tokens; ``span._.figure`` and ``span._.event`` are their records. The
    tokeniser is that of ``lang``; the record finds its language itself. ``domain`` is as in
    ``load``. See ``extractor.langs`` for what is kept when a document is stored.

    >>> nlp = pipeline("kk")
    >>> doc = nlp("Қор 120 отбасыға көмек таратты.")
    >>> [(span.text, span.label_, span._.figure.id) for span in doc.spans["figures"]]
    [('120 отбасыға', 'recipients', 'f1')]

    Raises:
        ValueError: ``lang`` is none of the three.
    """
    from extractor.langs import make_pipeline

    return make_pipeline(check_lang(lang), domain=domain)
