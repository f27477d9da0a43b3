"""Strange inputs for every entry point, grown by coverage: `make fuzz` runs a million of each.

An input that raises, or whose quotes are not where their offsets say, ends the run with exit
code 1 and is written to out/fuzz/ENTRY/.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

ENTRIES = ("lines", "csv", "packed", "quantities", "extract", "page")
OUT = Path("out/fuzz")
SEEDS: dict[str, tuple[bytes, ...]] = {
    "lines": ('{"id": 1, "text": "Қор 120 отбасыға көмек берді.", "date": "2024-04-16"}'.encode(),),
    "csv": ('id;text\n1;"Фонд ""Халык"" выделил\n2,3 млрд тенге"\n2;b\n'.encode(),),
    "packed": (b"\x1f\x8b\x08\x00", b"BZh9", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"),
    "quantities": (
        "15 мыңнан астам отбасы".encode(),
        "от 10 до 15 тысяч человек".encode(),
        b"half a million tenge each",
        "myńnan astam otbasy 2,3 млрд".encode(),
    ),
    "extract": ("Қор 120 отбасыға 5-тен 10 мыңға дейін теңге таратты. 17.07.2020".encode(),),
    "page": ("<html><body><p>Фонд передал 120 семьям 5 тонн муки.</p>".encode(),),
}


def reader(form: str, suffix: str) -> Callable[[bytes], None]:
    """Bytes as a file of a form: rows and places come out, nothing is raised."""
    from extractor.io.dumps.inputs import Part, Reading, read_part
    from extractor.io.dumps.rows import PassedOver
    from extractor.run.articles import make_engine, read_row
    from extractor.run.settings import Options

    engine = make_engine(Options(ner="rules", gate=False))

    def read(raw: bytes) -> None:
        with NamedTemporaryFile(suffix=suffix, dir=OUT) as file:
            Path(file.name).write_bytes(raw)
            part = Part(form, (file.name,))  # type: ignore[arg-type]
            for row in read_part(part, Reading()):
                if isinstance(row, PassedOver):
                    continue
                outcome = read_row(row, engine)
                assert outcome.reason != "internal_error", outcome.message

    return read


def packed() -> Callable[[bytes], None]:
    """The first byte chooses the packing, the rest is its bytes."""
    readers = [reader("lines", f".jsonl{one}") for one in (".gz", ".bz2", ".xz", ".zst")]
    return lambda raw: readers[raw[0] % 4](raw[1:]) if raw else None


def quantities() -> Callable[[bytes], None]:
    import extractor

    langs = ("kk", "ru", "en", "auto")

    def read(raw: bytes) -> None:
        text = raw[1:].decode("utf-8", "surrogateescape")
        for found in extractor.quantities(text, langs[raw[0] % 4] if raw else None):
            assert text[found.start : found.end] == found.text

    return read


def extract(*, html: bool) -> Callable[[bytes], None]:
    import extractor

    know = extractor.load(ner="rules")

    def read(raw: bytes) -> None:
        text = raw.decode("utf-8", "replace")
        try:
            record = extractor.extract(text, know=know, html=html, with_text=True)
        except extractor.ArticleError:
            return
        assert record.text is not None
        for figure in record.figures:
            assert record.text[figure.start : figure.end] == figure.text
        assert record.to_json()

    return read


MAKERS: dict[str, Callable[[], Callable[[bytes], None]]] = {
    "lines": lambda: reader("lines", ".jsonl"),
    "csv": lambda: reader("csv", ".csv"),
    "packed": packed,
    "quantities": quantities,
    "extract": lambda: extract(html=False),
    "page": lambda: extract(html=True),
}


def fuzz(entry: str, runs: int) -> None:
    """One entry point, in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["extractor"]):
        target = MAKERS[entry]()
    corpus = OUT / entry
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[entry]):
        (corpus / f"seed-{number}").write_bytes(seed)
    found = f"-artifact_prefix={corpus}/"
    flags = [f"-runs={runs}", "-max_len=400", "-timeout=60", "-rss_limit_mb=4096", found]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], target)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--entry", choices=ENTRIES, action="append")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    entries = given.entry or ENTRIES
    if given.here:
        fuzz(entries[0], given.runs)
        return 0
    failed = 0
    for entry in entries:
        words = [sys.executable, __file__, "--here", "--entry", entry, "--runs", str(given.runs)]
        begun = time.monotonic()
        done = subprocess.run(words, stderr=subprocess.PIPE, text=True, check=False)
        ran = re.findall(r"Done (\d+) runs", done.stderr)
        times = f"{int(ran[-1]):,} executions" if ran else "ended early"
        print(f"{entry:12} {times}, {time.monotonic() - begun:.0f} s, exit code {done.returncode}")
        if done.returncode or not ran:
            failed += 1
            print(done.stderr[-2000:], file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
