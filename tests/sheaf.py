"""Records, gold and canonical events that the tests of exports share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from typer.testing import CliRunner

import extractor
from extractor.cli import app
from extractor.records import ArticleRecord, CanonicalEvent

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpora" / "samples"
DEV = ROOT / "corpora" / "dev"

# The first character is one code point and two UTF-16 code units; «👩‍🌾» is three and five.
EMOJI = (
    "😀 Фонд «Халык» выделил 2,3 млрд тенге на помощь пострадавшим от паводка. "
    "👩‍🌾 120 семей получили продуктовые наборы."
)

# One action in two reports; the first value is a plan, then what was given grew.
EVENT = CanonicalEvent.model_validate(
    {
        "id": "ev-0123456789abcdef",
        "mentions": [
            {"article": "a-1", "event": "e1", "lang": "kk", "published": "2024-04-16"},
            {
                "article": "a-2",
                "event": "e2",
                "lang": "ru",
                "outlet": "=news.kz",
                "published": "2024-04-20",
            },
        ],
        "aid": ["cash", "food"],
        "campaign": {"text": "Жомарт жан", "id": "zhomart-zhan"},
        "providers": [{"text": "Фонд «Халык»"}, {"text": "-SOS-"}],
        "locations": ["KZ-15", "KZ"],
        "places": ["Ақтөбе"],
        "period": "2024-04",
        "wave": 2,
        "status": "delivered",
        "series": [
            {
                "kind": "money",
                "unit": "KZT",
                "scope": "total",
                "latest": 1_500_000_000,
                "latest_status": "delivered",
                "planned": 2_000_000_000,
                "done_share": 0.75,
                "statements": [
                    {
                        "label": "plan",
                        "value": 2_000_000_000,
                        "bound": "approx",
                        "status": "planned",
                        "as_of": "2024-04-16",
                        "sources": [{"article": "a-1", "figure": "f1"}],
                    },
                    {
                        "label": "cumulative",
                        "value": 1_500_000_000,
                        "bound": "min",
                        "status": "delivered",
                        "as_of": "2024-04-20",
                        "sources": [{"article": "a-2", "figure": "f1"}],
                    },
                ],
            },
            {
                "kind": "recipients",
                "unit": "family",
                "scope": "total",
                "latest": 15_000,
                "latest_status": "delivered",
                "statements": [
                    {
                        "label": "cumulative",
                        "value": 15_000,
                        "bound": "exact",
                        "status": "delivered",
                        "as_of": None,
                        "sources": [{"article": "a-2", "figure": "f2"}],
                    }
                ],
            },
            {
                "kind": "money",
                "unit": "KZT",
                "scope": "each",
                "latest": 100_000,
                "latest_status": "delivered",
                "statements": [],
            },
        ],
        "derived": [
            {
                "kind": "money",
                "unit": "KZT",
                "value": 1_500_000_000,
                "rule": "families × each",
                "operands": [{"article": "a-2", "figure": "f2"}],
            }
        ],
        "confidence": 0.9,
    }
)


@cache
def sample_records() -> tuple[ArticleRecord, ...]:
    """The six samples, each record with its text."""
    return tuple(
        extractor.extract(path.read_text(encoding="utf-8"), id=path.stem, with_text=True)
        for path in sorted(SAMPLES.glob("*.txt"))
    )


def record_of(text: str, name: str = "a-1", *, with_text: bool = True) -> ArticleRecord:
    return extractor.extract(text, id=name, published="2024-04-16", with_text=with_text)


def write_records(path: Path, records: Iterable[ArticleRecord]) -> Path:
    path.write_text("".join(f"{one.to_json()}\n" for one in records), encoding="utf-8")
    return path


def write_events(path: Path, events: Sequence[CanonicalEvent] = (EVENT,)) -> Path:
    path.write_text("".join(f"{one.to_json()}\n" for one in events), encoding="utf-8")
    return path


def run(*words: str | Path) -> tuple[int, str]:
    """Exit code and stderr of a command that has nothing for stdout."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.stdout == ""
    return result.exit_code, result.stderr
