"""How fast quantities are read: MB/s by language on one core, and as a ratio to other readers.

The peers (``pip install '.[bench]'``) read the same articles in the same run; one that is not
installed, or that fails, is named with the reason. No pass, no fail.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median

from bench import read_articles

import extractor
from extractor.knowledge import LANGS
from extractor.light import counting_sentences, parse_numbers, zones_in
from extractor.loading import Knowledge
from extractor.types import Lang

Reader = Callable[[str], object]


def texts_of(know: Knowledge) -> dict[Lang, list[str]]:
    """The texts of the annotated articles by the language of their records."""
    texts: dict[Lang, list[str]] = {lang: [] for lang in LANGS}
    for source in read_articles():
        record = extractor.extract(source, know=know, with_text=True)
        texts[record.lang].append(record.text or "")
    return texts


def read_numbers(text: str, lang: Lang, know: Knowledge) -> None:
    """The number layer: the sentences that count, their words, and the numbers made of them."""
    for sentence in counting_sentences(text, zones_in(text, lang, know), know):
        parse_numbers(sentence, know)


def quantulum() -> Reader:
    """Numbers with units, English."""
    from quantulum3 import parser

    return parser.parse  # type: ignore[no-any-return]


def number_parser(lang: str) -> Reader:
    """Number words alone, no units."""
    import number_parser

    return partial(number_parser.parse, language=lang)


def recognizers() -> Reader:
    """Money, English; the suite has no Russian and no Kazakh."""
    from recognizers_number_with_unit import recognize_currency

    return lambda text: recognize_currency(text, "en-us")


def natasha() -> Reader:
    """Money by yargy rules, Russian."""
    from natasha import MoneyExtractor, MorphVocab

    money = MoneyExtractor(MorphVocab())
    return lambda text: list(money(text))


PEERS: dict[Lang, dict[str, Callable[[], Reader]]] = {
    "kk": {},
    "ru": {"natasha money": natasha, "number-parser": partial(number_parser, "ru")},
    "en": {
        "quantulum3": quantulum,
        "number-parser": partial(number_parser, "en"),
        "recognizers-text money": recognizers,
    },
}


def speed(read: Reader, texts: Sequence[str], passes: int) -> float:
    """Megabytes (10⁶ bytes of UTF-8) a second of processor time, the median of warm passes."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    laps = []
    for _ in range(passes + 1):
        start = time.process_time()
        for text in texts:
            read(text)
        laps.append(time.process_time() - start)
    return size / median(laps[1:])


def rows(lang: Lang, texts: Sequence[str], know: Knowledge, passes: int) -> Iterator[str]:
    """One line for us, one for each peer."""
    numbers = speed(partial(read_numbers, lang=lang, know=know), texts, passes)
    yield f"{lang:<4} {'numbers alone':<24} {numbers:8.3f}"
    ours = speed(partial(extractor.quantities, lang=lang, know=know), texts, passes)
    yield f"{lang:<4} {'extractor.quantities':<24} {ours:8.3f}"
    for name, open_peer in PEERS[lang].items():
        try:
            peer = speed(open_peer(), texts, 1)
        except Exception as error:
            yield f"{lang:<4} {name:<24}  not measured: {type(error).__name__}: {error}"
        else:
            yield f"{lang:<4} {name:<24} {peer:8.3f}  {ours / peer:6.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    know = extractor.load()
    print(f"\n{'lang':<4} {'reader':<24} {'MB/s':>8}  {'ratio':>6}")
    for lang, texts in texts_of(know).items():
        for row in rows(lang, texts, know, options.passes):
            print(row, flush=True)


if __name__ == "__main__":
    main()
