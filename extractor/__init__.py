"""Aid figures and aid events from Kazakh, Russian and English news.

>>> import extractor
>>> record = extractor.extract("The fund delivered 120 food packages to families in Almaty.")
>>> [figure.text for figure in record.figures]
['120 food packages']

Importing costs nothing: what a name needs is imported when the name is first used, and
the words are read from disk by the first call of ``load`` or of anything that needs them.
"""

from __future__ import annotations

import sys
from types import ModuleType

# Type checkers take this name for true; importing ``typing`` would cost more than all the rest.
TYPE_CHECKING = False

__all__ = [
    "ArticleError",
    "ArticleRecord",
    "CanonicalEvent",
    "EventRecord",
    "Failure",
    "FigureRecord",
    "KnowledgeError",
    "QuantityRecord",
    "Source",
    "__version__",
    "explain",
    "extract",
    "extract_many",
    "load",
    "notation",
    "pipeline",
    "quantities",
    "resolve",
    "to_pandas",
]

if TYPE_CHECKING:
    from extractor.api import (
        Failure,
        QuantityRecord,
        extract,
        extract_many,
        notation,
        pipeline,
        quantities,
    )
    from extractor.explain import explain
    from extractor.frames import to_pandas
    from extractor.knowledge import KnowledgeError
    from extractor.loading import load
    from extractor.records import ArticleRecord, CanonicalEvent, EventRecord, FigureRecord
    from extractor.resolve import resolve
    from extractor.stages.articles import ArticleError
    from extractor.types import Source

    __version__: str
else:
    _HOMES = {
        "ArticleError": "stages.articles",
        "ArticleRecord": "records",
        "CanonicalEvent": "records",
        "EventRecord": "records",
        "Failure": "api",
        "FigureRecord": "records",
        "KnowledgeError": "knowledge",
        "QuantityRecord": "api",
        "Source": "types",
        "explain": "explain",
        "extract": "api",
        "extract_many": "api",
        "load": "loading",
        "notation": "api",
        "pipeline": "api",
        "quantities": "api",
        "resolve": "resolve",
        "to_pandas": "frames",
    }

    def __getattr__(name):
        """«extractor.extract» → looked up at its home on first use, kept afterwards (PEP 562)."""
        if name == "__version__":
            found = _version()
        elif name in _HOMES:
            from importlib import import_module

            found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found
        return found

    def __dir__():
        return sorted({*globals(), *__all__})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("extractor")
    except PackageNotFoundError:
        return "0+unknown"


class _Door(ModuleType):
    """``extractor.pipeline`` and ``extractor.explain`` are functions.

    Python would put the submodules of the same names in their place when these are imported.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door
