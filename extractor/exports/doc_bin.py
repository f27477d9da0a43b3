"""``--to spacy``: a DocBin with the records of the documents and their spans.

``doc.spans["figures"]`` and ``doc.spans["events"]`` are there for any spaCy; ``doc._.aid`` after
``import extractor.langs.spacy_aid``. Tokens are those of ``extractor.pipeline``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.exports.content import Content, Report, whole_file
from extractor.exports.sheets import text_of

if TYPE_CHECKING:
    from spacy.language import Language


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → PATH, for ``DocBin().from_disk(PATH)``; it is held in memory until written."""
    from spacy.tokens import DocBin

    from extractor.langs.spacy_aid import keep_record

    held = DocBin(store_user_data=True)
    for record in content.records:
        text = text_of(record, content, report)
        if text is not None:
            doc = _tokeniser(record.lang).make_doc(text)
            doc.user_data["article"] = record.id
            keep_record(doc, record)
            held.add(doc)
            report.written["documents"] += 1
    with whole_file(path) as draft:
        held.to_disk(draft)


@cache
def _tokeniser(lang: str) -> Language:
    import spacy

    from extractor.api import check_lang
    from extractor.langs import spacy_aid
    from extractor.langs.spacy_tokens import adapt_tokenizer

    nlp = spacy.blank(lang)
    adapt_tokenizer(nlp.tokenizer, check_lang(lang))
    nlp.max_length = spacy_aid.MAX_CHARS
    return nlp
