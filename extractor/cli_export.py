"""The commands ``export`` and ``import``: records to other people's tools, annotation to gold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from extractor.cli_errors import DONE, SET_ASIDE, say
from extractor.exports import Content, Import, Options, Report, export, import_gold
from extractor.exports.content import OffsetUnit
from extractor.io.readers import BadInput, read_sources
from extractor.io.records import RECORDS_FILE, RecordError, try_events, try_records

if TYPE_CHECKING:
    from extractor.exports.rates import Rates

EVENTS_FILE: Final = "events.jsonl"
OFFSETS: Final[Mapping[str, OffsetUnit]] = {"code-points": "code_points", "utf-16": "utf16"}
# Longer messages of a schema are cut: the first words name the place and the fault.
MESSAGE = 300
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Exporting:
    """What the user asked ``export`` for."""

    input: Path
    to: str
    output: Path
    events: Path | None = None
    texts: tuple[Path, ...] = ()
    rates: Path | None = None
    offsets: str | None = None


def run_export(asked: Exporting) -> int:
    """«Exporting» → the file or folder, a count on stderr, the exit code."""
    bad: list[RecordError] = []
    report = export(_content(asked, bad), asked.to, asked.output)
    return _end(report, len(bad))


def run_import(path: Path, origin: str, folder: Path, *, offsets: str | None) -> int:
    """What a tool exported → gold files, a count on stderr, the exit code."""
    unit = OFFSETS[offsets] if offsets else None
    return _end(import_gold(path, origin, folder, Import(unit, _read_words)), 0)


def _end(report: Report, bad: int) -> int:
    for line in report.lines():
        say(line)
    return SET_ASIDE if report.refused or bad else DONE


def _content(asked: Exporting, bad: list[RecordError]) -> Content:
    options = Options(
        texts=_texts(asked.texts),
        rates=_rates(asked.rates),
        offsets=OFFSETS[asked.offsets] if asked.offsets else None,
    )
    if asked.input.is_dir() and not (asked.input / RECORDS_FILE).exists():
        from extractor.evaluate import read_gold

        return Content(iter(()), gold=iter(read_gold(asked.input)), options=options)
    events = _events_file(asked)
    found = None if events is None else _good(try_events(events), bad)
    return Content(_good(try_records(asked.input), bad), found, options=options)


def _events_file(asked: Exporting) -> Path | None:
    beside = asked.input / EVENTS_FILE
    if asked.events is None and beside.is_file():
        say(f"{beside}: taken along")
        return beside
    return asked.events


def _good(things: Iterator[Thing | RecordError], bad: list[RecordError]) -> Iterator[Thing]:
    """What is no error; each error is said in one line."""
    for thing in things:
        if isinstance(thing, RecordError):
            bad.append(thing)
            say(" ".join(str(thing).split())[:MESSAGE])
        else:
            yield thing


def _texts(paths: Sequence[Path]) -> Callable[[str], str | None]:
    """The articles by id, as ``extract`` names them; a page of HTML has its text in its record."""
    found: dict[str, str] = {}
    for source in read_sources(paths):
        if isinstance(source, BadInput):
            say(f"{source.path}: {source.reason}: {source.message}")
        elif not source.html:
            found[source.id] = source.content
    return found.get


def _rates(path: Path | None) -> Rates | None:
    from extractor.exports.rates import read_rates

    return None if path is None else read_rates(path)


def _read_words(quote: str, lang: str) -> dict[str, object] | None:
    """«15 мың отбасы» → value 15000, bound exact, unit family, if it is one quantity."""
    from extractor import quantities
    from extractor.api import check_lang
    from extractor.records import plain_number

    found = quantities(quote, check_lang(lang))
    if len(found) != 1 or found[0].unit is None:
        return None
    [one] = found
    most = None if one.max is None else plain_number(one.max)
    read = {"value": plain_number(one.value), "max": most, "bound": one.bound}
    return {**read, "unit": one.unit, "item": one.item}
