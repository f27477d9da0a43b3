"""The report over a server of this machine: search in large results, corrections that become gold.

Only this machine is listened to, by its own name: a page from elsewhere can neither ask (its name
in «Host» is another one) nor change anything (its «Origin» is).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from extractor.evaluate.gold import GoldError
from extractor.io.readers import BadInput
from extractor.io.records import RecordError
from extractor.loading import Knowledge, load
from extractor.records import ArticleRecord
from extractor.report.articles import make_page
from extractor.report.corrections import gold_of_record, read_saved, save_gold
from extractor.report.overview import Tally, make_overview
from extractor.report.page import SCRIPTS, SERVED, ReportError, Shown, fill_template, page_script
from extractor.report.search import Found, Index, open_index
from extractor.report.texts import read_texts, text_of
from extractor.report.writing import Unread, Wanted, all_events, good_records

if TYPE_CHECKING:
    from flask import Flask, Response

HOST = "127.0.0.1"
MOST_BYTES = 4_000_000
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Library:
    """What is served: the index, its overview, and where corrections go."""

    index: Index
    overview: dict[str, Any]
    shown: Shown
    gold: Path
    unread: tuple[Unread, ...]


def open_library(wanted: Wanted, gold: Path, folder: Path) -> Library:
    """Records and events, loaded into an index in ``folder``.

    Raises:
        RecordError: no line is a record; the message names file and line.
        ReportError: DuckDB is not installed.
    """
    try:
        index = open_index(folder / "index.duckdb")
    except ImportError as error:
        raise missing(error) from error
    tally, unread = Tally(), list[Unread]()
    index.load_articles(good_records(wanted, unread), tally)
    if unread and not tally.articles:
        raise RecordError(str(unread[0]))
    if wanted.texts:
        index.load_texts(_known_texts(wanted, unread))
    index.load_events(all_events(wanted, unread), tally)
    shown = Shown(
        articles=tally.articles,
        articles_kept=tally.articles,
        events=tally.events,
        events_kept=tally.events,
        texts_missing=0,
        rejections=True,
    )
    return Library(index, asdict(make_overview(tally)), shown, gold, tuple(unread))


def _known_texts(wanted: Wanted, unread: list[Unread]) -> Iterator[tuple[str, str]]:
    """Each text once, for the records that have none; what cannot be read is kept apart."""
    without = {one.id for one in good_records(wanted, []) if one.text is None}
    for found in read_texts(wanted.texts, without):
        if isinstance(found, BadInput):
            unread.append(found)
        elif found[0] in without:
            without.remove(found[0])
            yield found


def missing(error: ImportError) -> ReportError:
    return ReportError(
        f"{error.name} is not installed; the server needs: pip install 'extractor[serve]'"
    )


def serve(wanted: Wanted, gold: Path, *, port: int, ready: Any) -> None:
    """Serves until it is stopped; ``ready`` is told the address and the library.

    Raises:
        OSError: the port is taken.
        ReportError: Flask, waitress or DuckDB is not installed.
    """
    try:
        from waitress.server import create_server
    except ImportError as error:
        raise missing(error) from error
    with tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        library = open_library(wanted, gold, Path(folder))
        app = make_app(library)
        server: Any = create_server(app, host=HOST, port=port, threads=4, ident=None)
        app.config["PORT"] = int(server.effective_port)
        ready(f"http://{HOST}:{server.effective_port}/", library)
        try:
            server.run()
        finally:
            server.close()


def make_app(library: Library, port: int = 80) -> Flask:
    """The addresses of the server; ``config["PORT"]`` is the one it listens to."""
    try:
        from flask import Flask, Response, request
    except ImportError as error:
        raise missing(error) from error

    app = Flask("extractor.report", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, PORT=port)

    @app.before_request
    def only_from_here() -> Response | None:
        refused = refusal(request.method, dict(request.headers), app.config["PORT"])
        return None if refused is None else answer(403, {"error": refused})

    @app.after_request
    def with_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @app.get("/")
    def home() -> Response:
        return Response(home_page(library), mimetype="text/html", status=200)

    @app.get("/api/<question>")
    def ask(question: str) -> Response:
        if question not in QUESTIONS:
            return answer(404, {"error": f"unknown question {question}"})
        try:
            told = QUESTIONS[question](library, request.args)
        except (GoldError, ValueError) as error:
            return answer(422, {"error": str(error)})
        return answer(200, told)

    @app.put("/api/gold")
    def save() -> Response:
        if request.mimetype != "application/json":
            return answer(415, {"error": "expected application/json"})
        try:
            told = save_corrections(library, request.args.get("id", ""), request.get_data())
        except (GoldError, ValueError) as error:
            return answer(422, {"error": str(error)})
        return answer(200, told)

    return app


def refusal(method: str, headers: Mapping[str, str], port: int) -> str | None:
    """Why a request is none of this machine's own page, or nothing if it is.

    A name that points here is not enough (DNS rebinding), and what changes something says where
    it comes from (forged requests).
    """
    # A browser leaves the usual port unsaid.
    end = "" if port == 80 else f":{port}"
    names = {f"{name}{end}" for name in (HOST, "localhost")}
    host = headers.get("Host", "")
    if host not in names:
        return f"host {host!r} is not this server"
    if method not in ("GET", "HEAD") and headers.get("Origin") != f"http://{host}":
        return "the request comes from another page"
    return None


def home_page(library: Library) -> str:
    plain = {
        "mode": "serve",
        "shown": library.shown,
        "overview": library.overview,
        "gold": str(library.gold),
    }
    return fill_template(plain, {}, page_script(*SCRIPTS, *SERVED, "main"), connect="'self'")


def answer(status: int, told: object) -> Response:
    from flask import Response

    content = told if isinstance(told, bytes) else orjson.dumps(told)
    return Response(content, status=status, mimetype="application/json")


# --- questions ------------------------------------------------------------------------------------


def rows(found: Found) -> bytes:
    """The rows are JSON already."""
    return b'{"found":%d,"rows":[%b]}' % (found.found, b",".join(found.rows))


def listed(found: tuple[bytes, ...]) -> bytes:
    return b"[%b]" % b",".join(found)


def show_article(library: Library, asked: Mapping[str, str]) -> object:
    """An article's page, what was corrected before, and whether that stands in a file."""
    record = library.index.record(asked.get("id", ""))
    if record is None:
        return None
    text = text_in(library, record)
    page = asdict(make_page(record, text, _know()))
    saved = None if text is None else read_saved(library.gold, record.id, text)
    return {**page, "gold": saved or gold_of_record(record), "saved": saved is not None}


def save_corrections(library: Library, name: str, content: bytes) -> dict[str, str]:
    record = library.index.record(name)
    if record is None:
        raise ValueError(f"no article {name!r}")
    saved = save_gold(library.gold, record, known_text(library, record), orjson.loads(content))
    return {"text": str(saved.text), "gold": str(saved.gold)}


def text_in(library: Library, record: ArticleRecord) -> str | None:
    beside = library.index.text(record.id)
    return text_of(record, {} if beside is None else {record.id: beside})


def known_text(library: Library, record: ArticleRecord) -> str:
    text = text_in(library, record)
    if text is None:
        raise ValueError(f"the text of {record.id!r} is not known: gold needs it (--texts)")
    return text


@cache
def _know() -> Knowledge:
    """Numbers are left out by rules alone; no model of names is asked."""
    return load(ner="rules")


QUESTIONS: dict[str, Callable[[Library, Mapping[str, str]], object]] = {
    "article": show_article,
    "articles": lambda library, asked: rows(library.index.articles(asked)),
    "events": lambda library, asked: rows(library.index.events(asked)),
    "event": lambda library, asked: library.index.event(asked.get("id", "")),
    "parts": lambda library, asked: listed(library.index.parts_of(asked.get("id", ""))),
    "present": lambda library, asked: library.index.present(asked.get("id", "")),
    "canonical": lambda library, asked: listed(
        library.index.canonical_of(asked.get("article", ""), asked.get("event", ""))
    ),
    "choices": lambda library, asked: library.index.choices(),
}
