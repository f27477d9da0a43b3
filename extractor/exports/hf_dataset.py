"""``--to hf``: a folder that ``datasets.load_dataset`` reads offline, with a card.

The default configuration has an article a row with its figures and events inside, as the project's
own corpora have; the others are the flat tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.exports import parquet_tables
from extractor.exports.content import Content, Report
from extractor.exports.gold_files import gold_row
from extractor.exports.walk import tables_of
from extractor.io.tables import Table

if TYPE_CHECKING:
    import pyarrow as pa

    from extractor.records import ArticleRecord

ARTICLES = "articles"


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → PATH/README.md, articles.parquet and a Parquet file a table.

    Raises:
        ExportError: PATH exists and is not an empty folder.
    """
    tables = tables_of(content)
    passing = _articles_in_passing(content, path / f"{ARTICLES}.parquet", report)
    parquet_tables.write(replace(content, records=passing), path, report)
    (path / "README.md").write_text(card(tables), encoding="utf-8", newline="\n")


def _articles_in_passing(content: Content, file: Path, report: Report) -> Iterator[ArticleRecord]:
    """The records as they are, each written down as a nested row before the next is asked for."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = article_schema()
    with ParquetWriter(file, schema) as writer:
        for record in content.records:
            text = record.text or content.options.texts(record.id)
            if text is None:
                report.left_out["texts (extract --with-text, or --texts)"] += 1
            writer.write_table(pa.Table.from_pylist([gold_row(record, text)], schema=schema))
            report.written[ARTICLES] += 1
            yield record


def article_schema() -> pa.Schema:
    """An article a row: the fields of the gold, and where each quote stands."""
    import pyarrow as pa

    text, texts, number, place = pa.string(), pa.list_(pa.string()), pa.float64(), pa.int64()
    figure = {
        **dict.fromkeys(("id", "quote"), text),
        **dict.fromkeys(("start", "end"), place),
        **dict.fromkeys(("value", "max"), number),
        **dict.fromkeys(("bound", "kind", "unit", "item"), text),
        "category": texts,
        **dict.fromkeys(("scope", "of", "same_as", "status"), text),
    }
    event = {
        "id": text,
        **dict.fromkeys(("figures", "aid"), texts),
        "campaign": text,
        **dict.fromkeys(("providers", "locations", "places"), texts),
        "period": text,
    }
    heads = dict.fromkeys(("id", "lang", "script", "published", "source", "title", "text"), text)
    lists = {
        "figures": pa.list_(pa.struct(list(figure.items()))),
        "events": pa.list_(pa.struct(list(event.items()))),
    }
    return pa.schema(list({**heads, **lists}.items()))


def card(tables: tuple[Table, ...]) -> str:
    """The README with the configurations that the library reads; no licence is made up."""
    configs = [(ARTICLES, "an article a row, its figures and events inside")]
    configs += [(table.name, table.title) for table in tables]
    listed = "".join(
        f"- config_name: {name}\n"
        + ("  default: true\n" if name == ARTICLES else "")
        + f"  data_files:\n  - split: train\n    path: {name}.parquet\n"
        for name, _ in configs
    )
    rows = "".join(f"| `{name}` | {title} |\n" for name, title in configs)
    return (
        f"---\npretty_name: Aid figures and aid events from news\nlanguage:\n- kk\n- ru\n- en\n"
        f"configs:\n{listed}---\n\n# Aid figures and aid events from news\n\n"
        "Made by `extractor export --to hf`. Offsets `start`, `end` count Unicode code points of\n"
        "`text`, as Python does. Say here where the articles come from and under which licence.\n\n"
        f"| configuration | rows |\n|---|---|\n{rows}"
    )
