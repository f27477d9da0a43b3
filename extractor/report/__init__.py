"""The page people open: one file that shows the articles, the events and every figure in its words.

>>> from extractor.report import Wanted, write_report
>>> wanted = Wanted(records=Path("out/records.jsonl"))
>>> written = write_report(wanted, Path("report.html"))  # doctest: +SKIP
>>> written.articles, written.bytes  # doctest: +SKIP
(6, 1034211)
"""

from __future__ import annotations

from extractor.report.page import ReportError
from extractor.report.writing import Unread, Wanted, Written, write_report

__all__ = ["ReportError", "Unread", "Wanted", "Written", "write_report"]
