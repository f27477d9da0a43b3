"""Sums in the monthly calculation index: the stated unit stays, tenge stand beside it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import extractor
from extractor.knowledge import KnowledgeError, Toml, read_index


@pytest.mark.parametrize(
    ("published", "tenge"),
    [
        # Article own-ru-101 states both: «100 МРП (369 200 тенге)».
        ("2024-05-14", 369200),
        ("2020-03-31", 265100),
        ("2020-04-01", 277800),
        ("2014-12-31", None),
        ("2027-01-01", None),
        (None, None),
    ],
)
def test_tenge_by_the_day(published: str | None, tenge: int | None) -> None:
    text = "Семьям, пострадавшим от паводка, выплатили помощь в размере 100 МРП."
    (figure,) = extractor.extract(text, published=published).figures
    assert (figure.unit, figure.value) == ("MCI", Decimal(100))
    assert figure.tenge == (None if tenge is None else Decimal(tenge))


def test_other_units_have_no_tenge_beside_them() -> None:
    text = "Фонд выделил 5 млн тенге и 300 корзин семьям, пострадавшим от паводка."
    figures = extractor.extract(text, published="2024-05-14").figures
    assert [figure.unit for figure in figures] == ["KZT", "kit"]
    assert [figure.tenge for figure in figures] == [None, None]


def test_days_out_of_order_are_refused() -> None:
    rows = [{"since": "2024-01-01", "tenge": 1}, {"since": "2023-01-01", "tenge": 1}]
    with pytest.raises(KnowledgeError, match=r"domain/mci\.toml: since: the days must rise"):
        read_index(Toml(Path("domain/mci.toml"), {"index": rows}))


def test_every_row_of_the_table_has_its_source() -> None:
    path = Path(extractor.__file__).parent / "domain" / "mci.toml"
    rows = path.read_text(encoding="utf-8").split("[[index]]")[1:]
    assert len(rows) > 10
    assert all("source = " in row for row in rows)
