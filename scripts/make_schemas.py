"""«schemas/*.schema.json» from the models: run after a model changes (``make schemas``)."""

from __future__ import annotations

from pathlib import Path

from extractor.cli_schemas import PAPERS, schema_text

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"


def schema_path(name: str) -> Path:
    """«article» → schemas/article.schema.json."""
    return SCHEMAS / f"{name}.schema.json"


def main() -> None:
    SCHEMAS.mkdir(exist_ok=True)
    for name in PAPERS:
        schema_path(name).write_text(schema_text(name), encoding="utf-8", newline="\n")
        print(schema_path(name))


if __name__ == "__main__":
    main()
