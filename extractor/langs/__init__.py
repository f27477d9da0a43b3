"""Kazakh, Russian, English: grammar as data in a folder each, and a spaCy pipeline of each.

``make_pipeline`` is ``extractor.pipeline``. A stored document (``DocBin(store_user_data=True)``,
``Doc.to_bytes``, pickle) keeps its record and span groups, because they are kept as JSON and
strings; ``_.aid`` and the like read them anew. A stored pipeline (``nlp.to_disk``) keeps its
tokeniser and components. What spaCy cannot store is the code: import ``extractor.langs.spacy_aid``
before ``spacy.load``, or before reading ``_.aid`` of a document in a process that made no
pipeline. Without ``store_user_data`` a document has its span groups and no record.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.types import Lang

if TYPE_CHECKING:
    from spacy.language import Language


def make_pipeline(lang: Lang, *, domain: Sequence[str | Path] = ()) -> Language:
    """«kk» → tokens, ``extractor_sentences``, ``extractor_aid``."""
    import spacy

    from extractor.langs import spacy_aid
    from extractor.langs.spacy_tokens import adapt_tokenizer

    nlp = spacy.blank(lang)
    adapt_tokenizer(nlp.tokenizer, lang)
    nlp.max_length = spacy_aid.MAX_CHARS
    nlp.add_pipe(spacy_aid.SENTENCES)
    nlp.add_pipe(spacy_aid.AID, config={"domain": [str(path) for path in domain]})
    return nlp
