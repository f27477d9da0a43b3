"""The page itself: content packed into a template that needs nothing from anywhere else.

The content stands in blocks of JSON that no browser runs, the scripts are named by their digests in
the page's own policy: what an article says cannot become a script, and nothing is fetched.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from extractor.report.articles import Page, Row
from extractor.report.charts import series_chart, timeline_chart
from extractor.report.overview import Overview
from extractor.report.words import LANGS, all_words

if TYPE_CHECKING:
    from markupsafe import Markup

FOLDER = Path(__file__).with_name("page")
MAP = Path(__file__).with_name("map.json")
SCRIPTS = ("words", "dom", "format", "store", "charts", "overview", "events", "articles")
# What a page that is served has besides: it asks the server, and it can correct.
SERVED = ("server", "corrections")


class ReportError(ValueError):
    """The page cannot be made; the message says what is missing and how to get it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of the whole stands in the page."""

    articles: int
    articles_kept: int
    events: int
    events_kept: int
    texts_missing: int
    rejections: bool


@dataclass(frozen=True, slots=True)
class Content:
    """All that the page shows."""

    shown: Shown
    overview: Overview
    rows: tuple[Row, ...]
    events: tuple[dict[str, Any], ...]
    chunks: tuple[tuple[Page, ...], ...]


def render_page(content: Content) -> str:
    """«Content» → HTML, the same for the same content.

    Raises:
        ReportError: Altair or vl-convert is not installed.
    """
    plain = {"mode": "file", "shown": content.shown, "overview": content.overview}
    packed = {
        "rows": pack(content.rows),
        "events": pack(content.events),
        "chunks": [pack(chunk) for chunk in content.chunks],
    }
    return fill_template(plain, packed, page_script(*SCRIPTS, "main"))


def fill_template(
    plain: dict[str, Any], packed: dict[str, Any], own: str, *, connect: str = "'none'"
) -> str:
    """The template with its words, charts and map, the content and the script given.

    ``connect`` is whom the page may ask: nobody, or the server that it came from.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    try:
        charts = {"timeline": timeline_chart(), "series": series_chart()}
        bundle = vega_bundle()
    except ImportError as error:
        raise ReportError(
            f"{error.name} is not installed; the report needs: pip install 'extractor[report]'"
        ) from error
    environment = Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    words = all_words()
    fixed = {"words": words, "charts": charts, "map": orjson.loads(MAP.read_bytes())}
    return environment.get_template("page.html.j2").render(
        policy=policy((bundle, own), connect),
        langs=LANGS,
        words=words["ui"],
        style=raw(read("page.css")),
        script=raw(own),
        blocks={
            "fixed": block(fixed),
            "content": block(plain),
            "packed": block(packed),
            "vega": block(pack(bundle)),
        },
    )


def pack(value: object) -> str:
    """A value as JSON, gzipped, in letters that mean nothing to HTML."""
    return base64.b64encode(gzip.compress(orjson.dumps(value), 9, mtime=0)).decode("ascii")


def block(value: object) -> Markup:
    """A value as JSON between script tags: no «<» in it can end the block or open another."""
    text = orjson.dumps(value).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return raw(text)


def policy(scripts: tuple[str, ...], connect: str) -> str:
    """Nothing may be loaded, and only these very scripts may run."""
    digests = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}'"
        for script in scripts
    )
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data:; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def page_script(*names: str) -> str:
    """The page's own scripts in one, in the order in which they need each other."""
    parts = "\n".join(read(f"{name}.js") for name in names)
    return f'(function () {{\n"use strict";\n{parts}\n}})();'


@cache
def vega_bundle() -> str:
    """Vega, Vega-Lite and vega-embed as vl-convert ships them, kept to themselves."""
    import vl_convert

    # Its stub asks for arguments that it can do without.
    bundle: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    return f"(function () {{{bundle}}})();"


def read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def raw(text: str) -> Markup:
    """Text that is no user's and must stand as it is."""
    from markupsafe import Markup

    return Markup(text)
