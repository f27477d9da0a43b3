"""The articles' texts: from the records that carry them, else from the inputs they were made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from extractor.io.readers import BadInput, read_sources
from extractor.records import ArticleRecord
from extractor.types import Source


def read_texts(
    paths: Collection[Path], wanted: Collection[str]
) -> Iterator[tuple[str, str] | BadInput]:
    """«news/», {"kk-1"} → ("kk-1", its text); what cannot be read passes through.

    HTML is left out: the text of a page is in its record, and the page itself is not that text.
    """
    for source in read_sources(paths):
        if isinstance(source, BadInput):
            yield source
        elif source.id in wanted and not source.html:
            yield source.id, source.content


def text_of(record: ArticleRecord, texts: Mapping[str, str]) -> str | None:
    """The text that the record's offsets count in, or nothing: another text is no text."""
    text = record.text if record.text is not None else texts.get(record.id)
    if text is None or not all(text[one.start : one.end] == one.text for one in record.figures):
        return None
    return text


def source_of(record: ArticleRecord, text: str) -> Source:
    """The article as it was read, for ``explain``."""
    return Source(
        text,
        id=record.id,
        title=record.title,
        published=record.published,
        outlet=record.source,
        html=False,
    )
