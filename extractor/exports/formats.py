"""The formats by name, and the two things that one can do: export, and import gold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Final

from extractor.evaluate.gold import GoldError
from extractor.exports.content import Content, ExportError, OffsetUnit, Report, fresh_folder
from extractor.exports.gold_files import build_gold, write_pair
from extractor.exports.sheets import Fill, Sheet, settle_offsets, whole


@dataclass(frozen=True, slots=True)
class Format:
    """Which module writes it, what it needs, and whether it takes gold as well as records."""

    module: str
    needs: tuple[str, ...] = ()
    gold: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "csv": Format("csv_tables"),
    "xlsx": Format("xlsx_book", ("openpyxl",)),
    "parquet": Format("parquet_tables", ("pyarrow",)),
    "hxl": Format("hxl_rows"),
    "fts": Format("fts_flows"),
    "datapackage": Format("data_package"),
    "hf": Format("hf_dataset", ("pyarrow",)),
    "label-studio": Format("label_studio", gold=True),
    "doccano": Format("doccano", gold=True),
    "brat": Format("brat", gold=True),
    "spacy": Format("doc_bin"),
}
Read = Callable[[Path, Report], Iterator[tuple[str, Sheet | ExportError, OffsetUnit]]]
IMPORTS: Final = ("label-studio", "doccano", "brat")


def export(content: Content, to: str, path: Path) -> Report:
    """Records and events → PATH in the format ``to``; the report counts what was left out.

    Raises:
        ExportError: the format cannot be written so, or needs a package that is missing.
        KeyError: there is no such format.
    """
    chosen = FORMATS[to]
    if content.gold is not None and not chosen.gold:
        taking = ", ".join(name for name, one in FORMATS.items() if one.gold)
        raise ExportError(f"gold goes to {taking}; {to} takes records")
    for name in chosen.needs:
        _require(name, to)
    report = Report()
    import_module(f"extractor.exports.{chosen.module}").write(content, path, report)
    return report


def _require(name: str, to: str) -> None:
    try:
        import_module(name)
    except ImportError as problem:
        raise ExportError(f"{to} needs {name}: pip install 'extractor[export]'") from problem


@dataclass(frozen=True, slots=True)
class Import:
    """What an import needs to know: which unit offsets count in, and how new marks are read.

    ``offsets`` overrules what the file says; ``fill`` gives the fields of words, or nothing.
    """

    offsets: OffsetUnit | None = None
    fill: Fill = field(default=lambda _quote, _lang: None)


def import_gold(path: Path, origin: str, folder: Path, settings: Import) -> Report:
    """What ``label-studio``, ``doccano`` or ``brat`` exported → gold files in FOLDER.

    An article that cannot be read is refused by name and the others go on.

    Raises:
        ExportError: the file as a whole is not what that tool writes, or FOLDER is not empty.
        KeyError: there is no such tool.
    """
    read: Read = import_module(f"extractor.exports.{FORMATS[origin].module}").read
    report = Report()
    taken: set[str] = set()
    with fresh_folder(folder) as home:
        for place, sheet, unit in read(path, report):
            try:
                if isinstance(sheet, ExportError):
                    raise sheet
                settled = _settle(sheet, settings.offsets or unit, place, report)
                filled = whole(settled, settings.fill, _sayer(place, report))
                write_pair(build_gold(path, filled), home, taken)
            except (ExportError, GoldError) as problem:
                report.refused.append(f"{place}: {problem}")
            else:
                report.written["gold articles"] += 1
    return report


def _settle(sheet: Sheet, unit: OffsetUnit, place: str, report: Report) -> Sheet:
    settled, found = settle_offsets(sheet, unit)
    if found != unit:
        report.said.append(f"{place}: offsets count {found}, not {unit}: only so the quotes fit")
    return settled


def _sayer(place: str, report: Report) -> Callable[[str], None]:
    return lambda words: report.said.append(f"{place}: {words}")
