"""Short texts and the figures read in them: kind, unit, item, scope, and the whole of a part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from phrases import know, rows

from extractor.pipeline import run_pipeline
from extractor.types import Figure, Source

# The end of a line in a row of the table.
LINE = " ¶ "
BOUNDS = {"exact": "=", "min": "≥", "max": "≤", "approx": "≈", "vague": "~", "range": "="}


def plain(value: Decimal) -> str:
    """«96400000.0» → «96400000»."""
    return f"{value.normalize():f}"


def notation(figure: Figure, wholes: dict[str, Figure]) -> str:
    """«≥640 family recipients part/1000»: a total goes without saying."""
    quantity = figure.quantity
    top = f"-{plain(quantity.max)}" if quantity.max is not None else ""
    scope: str = "" if figure.scope == "total" else figure.scope
    if figure.scope == "part" and figure.of is not None:
        scope += f"/{plain(wholes[figure.of].quantity.value)}"
    value = f"{BOUNDS[quantity.bound]}{plain(quantity.value)}{top}"
    words = [value, figure.unit, figure.item or "", figure.kind, scope]
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(("text", "expected"), rows("figures"))
def test_figures(text: str, expected: str) -> None:
    """«640 out of 1,000 families …» → a part of a stated whole."""
    extraction = run_pipeline(Source(text.replace(LINE, "\n")), know())
    wholes = {figure.id: figure for figure in extraction.figures}
    found = [notation(figure, wholes) for figure in extraction.figures]
    assert " | ".join(found) == expected


def test_no_text_twice() -> None:
    texts = [text for text, _ in rows("figures")]
    assert len(texts) == len(set(texts))


def test_tabs_part_the_cells_of_a_table() -> None:
    text = "Aid handed out\nDistrict\tFamilies\tStoves\nKorday\t318\t16\nMerke\t205\t11"
    found = run_pipeline(Source(text), know()).figures
    assert [figure.unit for figure in found] == ["family", "piece", "family", "piece"]
