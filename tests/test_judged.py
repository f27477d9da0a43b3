"""Short texts and what is judged of their figures: category, scope and status."""

from __future__ import annotations

import pytest
from phrases import know, rows

from extractor.pipeline import run_pipeline
from extractor.types import Figure, Source

# The end of a line in a row of the table.
LINE = " ¶ "


def judged(figure: Figure, wholes: dict[str, Figure]) -> str:
    """«120 child+evacuee part/500 -»: a total goes without saying, nothing is a dash."""
    scope: str = "" if figure.scope == "total" else figure.scope
    if figure.scope == "part" and figure.of is not None:
        scope += f"/{wholes[figure.of].quantity.value:f}"
    category = "+".join(sorted(figure.category)) or "-"
    words = [f"{figure.quantity.value:f}", category, scope, figure.status or "-"]
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(("text", "expected"), rows("judged"))
def test_judged(text: str, expected: str) -> None:
    """«Развезли 340 тонн из обещанных 1 200» → so many delivered, and the whole under way."""
    extraction = run_pipeline(Source(text.replace(LINE, "\n")), know())
    wholes = {figure.id: figure for figure in extraction.figures}
    found = [judged(figure, wholes) for figure in extraction.figures]
    assert " | ".join(found) == expected
