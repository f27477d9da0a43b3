"""The command line: each command reads its options and hands over to a ``cli_*`` module.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
Data go to stdout, messages to stderr.
"""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli_errors import plain_errors, utf8_streams

app = typer.Typer(
    name="extractor",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Aid figures and aid events from Kazakh, Russian and English news.

    \b
    extractor extract news/ > records.jsonl   one record a line
    extractor extract article.txt             a table, on a terminal
    extractor explain article.txt             which words and rules decided
    extractor COMMAND --help                  options and examples

    Exit codes: 0 done; 1 a gate failed; 2 wrong usage or unreadable input;
    3 finished, and some inputs were set aside (each is named on stderr).
    """,
)


class Language(StrEnum):
    """What ``--lang`` takes."""

    auto = "auto"
    kk = "kk"
    ru = "ru"
    en = "en"


class Format(StrEnum):
    """What ``--format`` takes."""

    jsonl = "jsonl"
    json = "json"
    table = "table"


class Schema(StrEnum):
    """What ``schema`` takes."""

    article = "article"
    event = "event"
    quantities = "quantities"
    gold = "gold"


class Group(StrEnum):
    """What ``totals --by`` takes."""

    all = "all"
    campaign = "campaign"
    region = "region"
    month = "month"
    item = "item"


class TotalsFormat(StrEnum):
    """What ``totals --format`` takes."""

    csv = "csv"
    json = "json"
    table = "table"


class Target(StrEnum):
    """What ``export --to`` takes."""

    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    hxl = "hxl"
    fts = "fts"
    datapackage = "datapackage"
    hf = "hf"
    label_studio = "label-studio"
    doccano = "doccano"
    brat = "brat"
    spacy = "spacy"


class Origin(StrEnum):
    """What ``import --from`` takes."""

    label_studio = "label-studio"
    doccano = "doccano"
    brat = "brat"


class Offsets(StrEnum):
    """What ``--offsets`` takes."""

    code_points = "code-points"
    utf16 = "utf-16"


class Names(StrEnum):
    auto = "auto"
    models = "models"
    rules = "rules"
    stanza = "stanza"


def iso_date(value: str | None) -> str | None:
    """«2024-04-16» as it is; anything else is wrong usage."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date like 2024-04-16") from None


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH…|-]",
        help=".txt, .html, .json, .jsonl, folders of them; - is stdin",
        show_default=False,
    ),
]
Domain = Annotated[
    list[Path] | None,
    typer.Option(
        "--domain",
        metavar="PATH",
        help="Your own words: a TOML file or a folder of them; may be repeated.",
        show_default=False,
    ),
]
Models = Annotated[
    Names,
    typer.Option(
        "--ner",
        help="Models of names besides the rules: auto (where they help), models (all own), "
        "rules (none), stanza.",
    ),
]
StanzaDir = Annotated[
    Path | None,
    typer.Option(
        "--stanza-dir",
        metavar="DIR",
        help="With --ner stanza: a folder made by stanza.download(…, model_dir=DIR).",
        show_default="stanza's own",
    ),
]
Only = Annotated[Language, typer.Option("--lang", help="Keep the articles in this language alone.")]


@app.command()
def extract(
    paths: Paths = None,
    *,
    lang: Only = Language.auto,
    style: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="One record a line, one JSON list, or tables to read. "
            "[default: table on a terminal, else jsonl]",
            show_default=False,
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            callback=iso_date,
            help="Publication date of the articles that come without one.",
            show_default=False,
        ),
    ] = None,
    domain: Domain = None,
    ner: Models = Names.auto,
    stanza_dir: StanzaDir = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put each article's text into its record.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write there.", show_default="stdout"),
    ] = None,
) -> None:
    """Articles to records: the figures and aid events of each, on stdout.

    An article's id is its field "id", else the name of its file without suffix.
    An input that is no article is named on stderr and set aside; the rest goes on.

    \b
    Examples:
      extractor extract article.txt
      extractor extract news/ dump.jsonl --format jsonl -o records.jsonl
      curl -s https://example.org/news/1 | extractor extract - --published 2024-04-16
      extractor extract news/ --ner stanza --stanza-dir stanza_resources
    """
    with plain_errors():
        from extractor.cli_extract import Request, run_extract

        request = Request(
            paths=tuple(map(str, paths or ())),
            lang=lang.value,
            style=style.value if style else None,
            published=published,
            domain=tuple(domain or ()),
            ner=ner.value,
            stanza_dir=stanza_dir,
            with_text=with_text,
            output=output,
        )
        code = run_extract(request)
    raise typer.Exit(code)


@app.command()
def explain(
    path: Annotated[str, typer.Argument(metavar="PATH|-", help="the article; - is stdin")],
    *,
    figure: Annotated[
        str | None,
        typer.Option(metavar="ID", help="One figure alone, such as f3.", show_default=False),
    ] = None,
    domain: Domain = None,
) -> None:
    """Why: the words, the entries and the rules behind each figure, and what was rejected.

    \b
    Examples:
      extractor explain article.txt
      extractor explain article.txt --figure f3
    """
    with plain_errors():
        from extractor.cli_explain import run_explain

        code = run_explain(path, figure, domain=tuple(domain or ()))
    raise typer.Exit(code)


@app.command()
def quantities(
    text: Annotated[
        str, typer.Argument(metavar="[TEXT|-]", help="the text; - is stdin", show_default=False)
    ] = "-",
    *,
    lang: Annotated[Language, typer.Option("--lang", help="The language of the lines.")],
) -> None:
    """Lines of text to the quantities in each: one JSON list a line, [] where there are none.

    Offsets start, end count code points of the line. Lines are answered as they come.

    \b
    Examples:
      extractor quantities --lang kk "15 мыңнан астам отбасыға"
      extractor quantities --lang auto - < lines.txt > quantities.jsonl
    """
    with plain_errors():
        from extractor.cli_quantities import run_quantities

        code = run_quantities(text, lang.value)
    raise typer.Exit(code)


@app.command("run")
def run_command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help=".jsonl, .csv, .parquet, .warc, folders of .txt and .html, folders that "
            "datasets saved, globs; text files also .gz .zst .xz .bz2",
        ),
    ],
    *,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="The folder of the run.")],
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Processes.", show_default="one for each core"),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="ROLE=FIELD,…",
            help="Fields of text, id, title, published, url, outlet; html for a text that is "
            "HTML. What is not said is guessed and shown.",
            show_default=False,
        ),
    ] = None,
    encoding: Annotated[
        str, typer.Option(metavar="NAME", help="Of text files; HTML may say its own.")
    ] = "utf-8",
    gate: Annotated[
        bool,
        typer.Option("--gate/--no-gate", help="Leave out articles without a word of aid."),
    ] = True,
    ner: Models = Names.auto,
    stanza_dir: StanzaDir = None,
    domain: Domain = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put each article's text into its record.")
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0.1, help="What an article may take; then quarantine."),
    ] = 60.0,
    memory: Annotated[
        int | None,
        typer.Option(
            metavar="MIB",
            min=512,
            help="Address space of a worker; an article that needs more goes to quarantine.",
            show_default="no limit",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The first N articles alone.", show_default=False),
    ] = None,
    sample: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            min=0.0,
            max=1.0,
            help="A share of the articles, always the same ones: 0.01 is one in a hundred.",
            show_default=False,
        ),
    ] = None,
    share: Annotated[
        str | None,
        typer.Option(
            "--shard",
            metavar="I/N",
            help="One task of an array of N; extractor merge DIR when all are done.",
            show_default=False,
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw away the run that DIR holds.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show fields and sizes, write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON on stdout.")] = False,
) -> None:
    """A dump of articles to DIR: records.jsonl, tables as .parquet, quarantine, manifest.

    A run that was stopped goes on with the same command and ends with the same bytes;
    what cannot be read goes to quarantine.jsonl with file, line and reason.

    \b
    Examples:
      extractor run dump.jsonl.gz --out run/
      extractor run news/*.parquet --map text=body,published=day --out run/ --workers 8
      extractor run crawl.warc.gz --out run/ --sample 0.01 --dry-run
      extractor run dump.csv --encoding cp1251 --ner rules --out run/ --json
      extractor run dump/ --out run/ --shard "$SLURM_ARRAY_TASK_ID/100"
    """
    with plain_errors():
        import os

        from extractor.cli_run import Request, run_dump
        from extractor.run.settings import Options

        request = Request(
            inputs=tuple(inputs),
            out=out,
            options=Options(
                domain=tuple(map(str, domain or ())),
                ner=ner.value,
                stanza_dir=str(stanza_dir) if stanza_dir else None,
                gate=gate,
                with_text=with_text,
                seconds=timeout,
                limit=limit,
                sample=sample,
            ),
            mapping=mapping,
            encoding=encoding,
            workers=workers or os.cpu_count() or 1,
            share=share,
            fresh=fresh,
            dry=dry_run,
            memory=memory,
            as_json=as_json,
        )
        code = run_dump(request)
    raise typer.Exit(code)


@app.command("merge")
def merge_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="the folder of a run")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON on stdout.")] = False,
) -> None:
    """The outputs of a run whose --shard tasks are all done.

    \b
    Example:
      extractor merge run/
    """
    with plain_errors():
        from extractor.cli_run import merge_folder

        code = merge_folder(folder, as_json=as_json)
    raise typer.Exit(code)


@app.command()
def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD…", help="folders of x.txt and x.json, or .jsonl files"),
    ],
    *,
    records: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Records to score; without it the gold's texts are extracted now.",
            show_default=False,
        ),
    ] = None,
    second: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Another annotation of the same articles: how far do the two agree?",
            show_default=False,
        ),
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Fail below these scores (exit code 1).", show_default=False
        ),
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to the scores.")] = (
        False
    ),
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="With --update: lower floors too.")
    ] = False,
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="List the first N errors too.")
    ] = 0,
    lang: Only = Language.auto,
    ner: Models = Names.auto,
    stanza_dir: StanzaDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Scores as JSON.")] = False,
) -> None:
    """Precision, recall and F1 against gold, by language and field; the worst is the score.

    \b
    Examples:
      extractor evaluate corpora/dev
      extractor evaluate corpora/dev --records records.jsonl --errors 20 --lang kk
      extractor evaluate corpora/dev --floors tests/floors.json
      extractor evaluate corpora/test --second corpora/second.jsonl
      extractor evaluate corpora/clusters/dev
    """
    with plain_errors():
        from extractor.cli_evaluate import Judging, run_evaluate

        judging = Judging(
            gold=tuple(gold),
            records=records,
            second=second,
            floors=floors,
            update=update,
            allow_regression=allow_regression,
            errors=errors,
            lang=lang.value,
            ner=ner.value,
            stanza_dir=stanza_dir,
            as_json=as_json,
        )
        code = run_evaluate(judging)
    raise typer.Exit(code)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="records of the older run")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="records of the newer run")],
    *,
    gold: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="Gold that judges each change; may be repeated.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Gains, losses and changes between two runs, by article and quote.

    \b
    Examples:
      extractor diff before.jsonl after.jsonl
      extractor diff before.jsonl after.jsonl --gold corpora/dev
    """
    with plain_errors():
        from extractor.cli_evaluate import run_diff

        run_diff(old, new, gold or [])


@app.command()
def report(
    records: Annotated[
        Path,
        typer.Argument(metavar="DIR|RECORDS", help="the folder of a run, or records.jsonl(.gz)"),
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Write the page there.")
    ] = Path("report.html"),
    events: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Canonical events. [default: events.jsonl of the folder, else they are made now]",
            show_default=False,
        ),
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="The articles that the records were made of, for records without text; "
            "may be repeated.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Of more articles show an even sample. [default: 1000, and what fits into 5 MB]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """One page that shows it all: a file of its own, which opens from disk and loads nothing.

    Overview, map, canonical events, and each article with its figures in their words.
    Records made by `extract --with-text` (or from HTML) carry their text; else say --texts.

    \b
    Examples:
      extractor report out/ -o report.html
      extractor report records.jsonl --texts news/ --events events.jsonl
    """
    with plain_errors():
        from extractor.cli_report import run_report
        from extractor.report import Wanted

        wanted = Wanted(records=records, events=events, texts=tuple(texts or ()), limit=limit)
        code = run_report(wanted, output)
    raise typer.Exit(code)


@app.command()
def serve(
    records: Annotated[
        Path,
        typer.Argument(metavar="DIR|RECORDS", help="the folder of a run, or records.jsonl(.gz)"),
    ],
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="On this machine's own address; 0 is any free.")
    ] = 8765,
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Corrected articles go there. [default: gold beside the records]",
            show_default=False,
        ),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Canonical events. [default: events.jsonl of the folder, else they are made now]",
            show_default=False,
        ),
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="The articles that the records were made of, for records without text; "
            "may be repeated.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """The report over a server of this machine alone: search in large results, and corrections.

    A reviewed article becomes gold, x.txt and x.json, which `extractor evaluate` reads.

    \b
    Examples:
      extractor serve out/
      extractor serve records.jsonl --texts news/ --port 9000 --gold corrected/
    """
    with plain_errors():
        from extractor.cli_report import run_serve
        from extractor.report import Wanted

        wanted = Wanted(records=records, events=events, texts=tuple(texts or ()))
        code = run_serve(wanted, gold, port)
    raise typer.Exit(code)


@app.command()
def export(
    records: Annotated[
        Path,
        typer.Argument(
            metavar="INPUT", help="records.jsonl(.gz), the folder of a run, or a folder of gold"
        ),
    ],
    *,
    to: Annotated[Target, typer.Option("--to", help="The format.")],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="A file (xlsx, hxl, fts, doccano, spacy) or a new folder (the others).",
        ),
    ],
    events: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Canonical events, for the tables and for hxl and fts.",
            show_default="events.jsonl of the folder, if it is there",
        ),
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="The articles, where records come without --with-text; may be repeated.",
            show_default=False,
        ),
    ] = None,
    rates: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="For fts: a CSV of currency,date,per_usd; without it nothing is converted.",
            show_default=False,
        ),
    ] = None,
    offsets: Annotated[
        Offsets | None,
        typer.Option(
            help="What offsets count, for label-studio and doccano.",
            show_default="as the tool counts: code-points, utf-16",
        ),
    ] = None,
) -> None:
    """Records to tables, exchange formats and annotation tools.

    What is left out or changed on the way is counted on stderr.

    \b
    Examples:
      extractor export records.jsonl --to xlsx -o aid.xlsx
      extractor export records.jsonl --to csv -o tables --events events.jsonl
      extractor export records.jsonl --to fts -o flows.csv --rates rates.csv
      extractor export records.jsonl --to label-studio -o tasks --texts news/
    """
    with plain_errors():
        from extractor.cli_export import Exporting, run_export

        asked = Exporting(
            input=records,
            to=to.value,
            output=output,
            events=events,
            texts=tuple(texts or ()),
            rates=rates,
            offsets=offsets.value if offsets else None,
        )
        code = run_export(asked)
    raise typer.Exit(code)


@app.command("import")
def import_(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="what the tool exported: a file, or brat's folder"),
    ],
    *,
    origin: Annotated[Origin, typer.Option("--from", help="The annotation tool.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="GOLD_DIR", help="A new folder for the gold.")
    ],
    offsets: Annotated[
        Offsets | None,
        typer.Option(
            help="What offsets count.", show_default="as the file says, checked against the quotes"
        ),
    ] = None,
) -> None:
    """Annotation back to gold files, x.txt and x.json an article, for ``evaluate``.

    \b
    Examples:
      extractor import project-1.json --from label-studio -o gold
      extractor import all.jsonl --from doccano -o gold
      extractor import brat/data/aid --from brat -o gold
    """
    with plain_errors():
        from extractor.cli_export import run_import

        unit = offsets.value if offsets else None
        code = run_import(path, origin.value, output, offsets=unit)
    raise typer.Exit(code)


@app.command()
def schema(
    name: Annotated[
        Schema, typer.Argument(metavar="article|event|quantities|gold", help="which one")
    ],
) -> None:
    """The JSON Schema of what comes out (article, quantities) or of gold.

    \b
    Example:
      extractor schema article > article.schema.json
    """
    with plain_errors():
        from extractor.cli_schemas import schema_text

        sys.stdout.write(schema_text(name.value))


@app.command()
def resolve(
    records: Annotated[
        list[Path],
        typer.Argument(metavar="RECORDS…", help="records.jsonl[.gz], or folders of runs"),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write there.", show_default="stdout"),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keep what was compared there: the next records are compared with it alone.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Records of many articles to canonical events: what was done, once, however often reported.

    With --store a day of records can be added to those before; the events are those of a full
    run. A line that is no record is named on stderr and left out.

    \b
    Examples:
      extractor resolve records.jsonl -o events.jsonl
      extractor resolve today.jsonl --store news.sqlite -o events.jsonl
    """
    with plain_errors():
        from extractor.cli_resolve import run_resolve

        code = run_resolve(records, output, store)
    raise typer.Exit(code)


@app.command()
def totals(
    events: Annotated[Path, typer.Argument(metavar="EVENTS", help="events.jsonl of resolve")],
    *,
    by: Annotated[Group, typer.Option("--by", help="One row for each of these.")] = Group.all,
    style: Annotated[
        TotalsFormat | None,
        typer.Option(
            "--format", help="[default: table on a terminal, else csv]", show_default=False
        ),
    ] = None,
) -> None:
    """Sums over canonical events, each counted once; stderr says what is left out and why.

    Planned, collected and delivered are kept apart, as are currencies, units, and what is
    stated from what only follows by arithmetic.

    \b
    Examples:
      extractor totals events.jsonl --by campaign
      extractor totals events.jsonl --by region --format csv > regions.csv
    """
    with plain_errors():
        from extractor.cli_resolve import run_totals

        code = run_totals(events, by.value, style.value if style else None)
    raise typer.Exit(code)


@app.command()
def info() -> None:
    """Versions, models, the digest of the data, and the languages: for a bug report."""
    with plain_errors():
        from extractor.cli_info import info_lines

        sys.stdout.write("".join(f"{line}\n" for line in info_lines()))


def main() -> None:
    """The entry point ``extractor``."""
    utf8_streams()
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
