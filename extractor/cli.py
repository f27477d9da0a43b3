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
