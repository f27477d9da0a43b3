"""«corpora/dev/*.{txt,json}» → «corpora/dev.jsonl»: an article a line, text and gold together.

Run after gold changes (``make corpora``); an argument names another folder to write to. Every
row has every field, in one order, so that tables and data frames can be made of the rows;
annotators' notes stay behind. The sizes in ``corpora/README.md`` are brought up to date too.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.evaluate import read_gold

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
SPLITS = ("train", "dev", "test")
FIGURE_FIELDS: Mapping[str, Any] = {
    "id": None,
    "quote": None,
    "nth": 1,
    "value": None,
    "max": None,
    "bound": None,
    "kind": None,
    "unit": None,
    "item": None,
    "category": [],
    "scope": None,
    "of": None,
    "same_as": None,
    "status": None,
}
EVENT_FIELDS: Mapping[str, Any] = {
    "id": None,
    "figures": [],
    "aid": [],
    "campaign": None,
    "providers": [],
    "locations": [],
    "places": [],
    "period": None,
}


def split_lines(split: str) -> str:
    """«dev» → its JSON lines; gold that cannot be read is an error here already."""
    folder = CORPORA / split
    read_gold(folder)
    return "".join(
        json.dumps(article_row(path), ensure_ascii=False, separators=(",", ":")) + "\n"
        for path in sorted(folder.glob("*.json"))
    )


def article_row(path: Path) -> dict[str, Any]:
    """«own-kk-001.json» with the text of «own-kk-001.txt» → a row."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    return {
        **{name: gold.get(name) for name in ("id", "lang", "script", "published", "source")},
        "text": path.with_suffix(".txt").read_bytes().decode("utf-8"),
        "figures": [fill(figure, FIGURE_FIELDS) for figure in gold["figures"]],
        "events": [fill(event, EVENT_FIELDS) for event in gold["events"]],
    }


def fill(row: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row.get(name, default) for name, default in fields.items()}


def card(text: str) -> str:
    """The dataset card with the table of sizes as they are now."""
    rows = "".join(f"| {' | '.join(map(str, size_row(split)))} |\n" for split in SPLITS)
    return re.sub(r"(?<=\|--:\|\n)(?:\|.*\|\n)+", lambda _found: rows, text, count=1)


def size_row(split: str) -> tuple[str | int, ...]:
    """«dev» → articles, kk, kk in Latin script, ru, en, figures, events, without aid."""
    articles = read_gold(CORPORA / split)
    langs = Counter(article.lang for article in articles)
    return (
        split,
        len(articles),
        langs["kk"],
        sum((article.lang, article.script) == ("kk", "Latn") for article in articles),
        langs["ru"],
        langs["en"],
        sum(len(article.figures) for article in articles),
        sum(len(article.events) for article in articles),
        sum(not article.reports_aid for article in articles),
    )


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    files = {f"{split}.jsonl": split_lines(split) for split in SPLITS}
    files["README.md"] = card((CORPORA / "README.md").read_text(encoding="utf-8"))
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
        print(folder / name)


if __name__ == "__main__":
    main()
