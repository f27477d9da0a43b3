"""Records for the tools that people have: tables, exchange formats, annotation and back.

One module a format. Each takes ``Content`` and a path, writes, and counts in a ``Report`` what
it wrote, what it had to leave out and why.
"""

from extractor.exports.content import Content, ExportError, Options, Report
from extractor.exports.formats import FORMATS, IMPORTS, Import, export, import_gold

__all__ = [
    "FORMATS",
    "IMPORTS",
    "Content",
    "ExportError",
    "Import",
    "Options",
    "Report",
    "export",
    "import_gold",
]
