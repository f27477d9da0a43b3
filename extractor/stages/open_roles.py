"""Sentences with a role that rules leave open: what models of names are asked about.

A model costs more than all rules together, so it reads only where its answer could change the
record: beside a figure of aid, and only if a capital is unexplained.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.match.context import Context
from extractor.match.parsed import Parsed
from extractor.match.scenes import ACTING, OTHER, Scene
from extractor.types import Figure, Mention, Sentence


def find_open_roles(
    context: Context, figures: Sequence[Figure], mentions: Sequence[Mention]
) -> tuple[Sentence, ...]:
    """«Алтын дән 300 қап ұн таратты.» → the sentence: it gives, and no rule knows who."""
    counted = {figure.sentence for figure in figures}
    known: dict[int, list[Mention]] = {}
    for mention in (m for m in mentions if m.rule != OTHER):
        known.setdefault(mention.sentence, []).append(mention)
    return tuple(
        parsed.sentence
        for parsed in context.prose
        if parsed.sentence.index in counted
        and _is_open(parsed, known.get(parsed.sentence.index, ()))
    )


def _is_open(parsed: Parsed, known: Sequence[Mention]) -> bool:
    """A capital that nothing explains: the first word counts where a giver is looked for."""
    giverless = not any(m.rule in ACTING for m in known) and _gives(parsed)
    first = 0 if giverless else 1
    return any(
        token.sort == "word"
        and token.text[0].isupper()
        and not any(mention.span.overlaps(token.span) for mention in known)
        for token in parsed.tokens[first:]
    )


def _gives(parsed: Parsed) -> bool:
    """A verb of giving makes a name a giver, and a small word does: «от», «тарапынан»."""
    scene = Scene(parsed)
    return bool(scene.acts or scene.of_part("giver_before", "giver_after"))
