"""What the documentation takes from elsewhere when it is built, so that nothing is said twice.

«<!-- readme: scores -->» becomes the block of README.md between its own marks of that name,
«<!-- include: CITATION.cff -->» the file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = {".cff": "yaml", ".yml": "yaml"}


def on_page_markdown(markdown: str, **_context: Any) -> str:
    """The page with its marks filled; called by mkdocs."""
    filled = re.sub(r"^<!-- readme: (\w+) -->$", readme_block, markdown, flags=re.MULTILINE)
    return re.sub(r"^<!-- include: ([\w./-]+) -->$", whole_file, filled, flags=re.MULTILINE)


def readme_block(mark: re.Match[str]) -> str:
    """«scores» → the tables between «<!-- scores: make readme -->» and «<!-- /scores -->»."""
    name = mark[1]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name}:[^>]*-->\n(.*?)<!-- /{name} -->", readme, re.DOTALL)
    if found is None:
        raise ValueError(f"README.md has no block «{name}»")
    return found[1]


def whole_file(mark: re.Match[str]) -> str:
    path = ROOT / mark[1]
    language = LANGUAGES.get(path.suffix, "text")
    return f"```{language}\n{path.read_text(encoding='utf-8')}```"
