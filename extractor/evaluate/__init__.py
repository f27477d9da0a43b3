"""How good are the records? Scores against gold, errors, floors, and diffs of runs."""

from extractor.evaluate.diff import Change, diff_records
from extractor.evaluate.errors import Error, list_errors
from extractor.evaluate.gate import (
    Breach,
    Floors,
    GateError,
    check_floors,
    corpus_key,
    read_floors,
    update_floors,
    write_floors,
)
from extractor.evaluate.gold import (
    GoldArticle,
    GoldError,
    GoldEvent,
    GoldFigure,
    digest_gold,
    read_gold,
)
from extractor.evaluate.reliability import Bin, reliability
from extractor.evaluate.score import Scores, agreement, evaluate
from extractor.io.records import RecordError, read_records

__all__ = [
    "Bin",
    "Breach",
    "Change",
    "Error",
    "Floors",
    "GateError",
    "GoldArticle",
    "GoldError",
    "GoldEvent",
    "GoldFigure",
    "RecordError",
    "Scores",
    "agreement",
    "check_floors",
    "corpus_key",
    "diff_records",
    "digest_gold",
    "evaluate",
    "list_errors",
    "read_floors",
    "read_gold",
    "read_records",
    "reliability",
    "update_floors",
    "write_floors",
]
