"""Numbers → words by num2words and qazaqify, in many forms and cases → back to the number."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
import qazaqify
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

import extractor
from extractor.loading import load
from extractor.stages.numbers import find_numbers
from extractor.types import Lang, Number

COUNT = 10_000
TOP = 10**12
DOOR = 25

Spell = Callable[[int, int], str]


def read(text: str, lang: Lang) -> tuple[Number, ...]:
    """The number layer by itself: tokens, words, numbers."""
    language = load().languages[lang]
    tokens = language.tokens(text)
    return find_numbers(tokens, language.lexicon.scan(tokens), language)


def values(seed: int) -> Iterator[int]:
    """0 to 1100, round numbers and their neighbours, then numbers of every length to 10^12."""
    yield from range(1101)
    for power in range(3, 13):
        yield from (10**power - 1, 10**power, 5 * 10**power // 10)
    chance = random.Random(seed)
    for _ in range(COUNT - 1131 + 200):
        length = chance.randint(1, 12)
        value = chance.randrange(10 ** (length - 1), 10**length)
        zeros = chance.choice((0, 0, 0, length // 2, length - 1))
        yield value // 10**zeros * 10**zeros
    yield TOP


# -- Kazakh: endings by harmony ---------------------------------------------------------------

BACK, FRONT = "аоұыяё", "әөүіеиэ"
VOICELESS = "кқпстфхцчшщ"
SONOROUS = "мнң"
CASES = ("", "gen", "dat", "acc", "loc", "abl", "ins", "equ")


def ending(word: str, case: str) -> str:
    """«мың», dat → «ға»: the ending that the last vowel and consonant ask for."""
    vowel = next(letter for letter in reversed(word) if letter in BACK + FRONT + "у")
    soft = vowel in FRONT
    last = word[-1]
    if last in BACK + FRONT + "у":
        first = "н д"
    elif last in VOICELESS:
        first = "т т"
    elif last in SONOROUS:
        first = "н д"
    else:
        first = "д д"
    genitive, other = first.split()
    ablative = "н" if last in SONOROUS else other
    vowels = ("е", "і") if soft else ("а", "ы")
    hard = last in VOICELESS
    forms = {
        "gen": f"{genitive}{vowels[1]}ң",
        "dat": ("к" if soft else "қ") + vowels[0] if hard else ("г" if soft else "ғ") + vowels[0],
        "acc": f"{'н' if last in BACK + FRONT + 'у' else other}{vowels[1]}",
        "loc": f"{other}{vowels[0]}",
        "abl": f"{ablative}{vowels[0]}н",
        "ins": "пен" if hard else ("бен" if last in "зж" else "мен"),
        "equ": f"{other}{vowels[0]}й",
    }
    return forms.get(case, "")


def kazakh(value: int, turn: int) -> str:
    words = num2words(value, lang="kz") if turn % 2 else qazaqify.words(value)
    shape = turn % 11
    if shape == 8:
        return f"{mixed(value, ('миллиард', 'миллион', 'мың'))} адам"
    if shape == 9:
        return f"{grouped(value, turn)}-{ending(words, CASES[1 + turn % 7])}"
    if shape == 10:
        return f"{grouped(value, turn)} адам"
    case = CASES[shape]
    return f"{words}{ending(words, case)}" if case else f"{words} адам"


def mixed(value: int, scales: tuple[str, str, str]) -> str:
    """«12 миллион 345 мың 678»: digits between the scales."""
    parts, rest = [], value
    for power, scale in zip((9, 6, 3), scales, strict=True):
        count, rest = divmod(rest, 10**power)
        if count:
            parts.append(f"{count} {scale}")
    return " ".join((*parts, str(rest)) if rest or not parts else parts)


def grouped(value: int, turn: int) -> str:
    """«14 478»: digits in groups, with each of the separators."""
    separator = ("", " ", "\u00a0", "\u2009", "\u202f", "'", "\u2019")[turn % 7]
    return f"{value:,}".replace(",", separator)


# -- Russian and English ----------------------------------------------------------------------


def russian(value: int, turn: int) -> str:
    shape = turn % 10
    if shape == 8:
        return f"{grouped(value, turn)} человек"
    if shape == 9:
        scales = (("миллиардов", "миллионов", "тысяч"), ("млрд", "млн", "тыс."))[turn // 10 % 2]
        return f"{mixed(value, scales)} человек"
    words = str(num2words(value, lang="ru", case="ngdaip"[turn % 6]))
    words = words.replace("ё", "е") if shape == 7 else words
    return words.capitalize() if shape == 6 else words


def english(value: int, turn: int) -> str:
    shape = turn % 8
    if shape == 6:
        return f"{value:,} people"
    if shape == 7:
        return f"{grouped(value, turn)} people"
    words = str(num2words(value, lang="en"))
    if shape & 1:
        words = words.replace(" and ", " ")
    if shape & 2:
        words = words.replace(",", "")
    if shape & 4:
        words = words.replace("-", " ")
    return f"{words} people" if turn % 3 else words.capitalize()


SPELL: dict[Lang, Spell] = {"kk": kazakh, "ru": russian, "en": english}


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_number_comes_back(lang: Lang) -> None:
    """«жүз елу мың» → 150000, over more than 10 000 values; not one may be lost."""
    wrong, asked = [], 0
    for turn, value in enumerate(values(seed=2024)):
        phrase = SPELL[lang](value, turn)
        asked += 1
        found = read(phrase, lang)
        if [number.value for number in found] != [value] or found[0].max is not None:
            wrong.append((phrase, value, [str(number.value) for number in found]))
    assert asked > COUNT
    assert wrong == []


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_number_comes_through_the_door(lang: Lang) -> None:
    """The same through ``extractor.quantities``, for a sample."""
    wrong = []
    for turn, value in list(enumerate(values(seed=7)))[::DOOR]:
        phrase = SPELL[lang](value, turn)
        bare = phrase.isdigit() and (1900 <= value <= 2100 or len(phrase) > 8)
        if bare or value == 1:
            continue
        found = [quantity.value for quantity in extractor.quantities(phrase, lang)]
        if found != [value]:
            wrong.append((phrase, value, found))
    assert wrong == []


DECIMALS = st.decimals(min_value=0, max_value=999, places=2).filter(lambda v: v % 1 != 0)


@settings(max_examples=300, deadline=None)
@given(DECIMALS, st.sampled_from(("мың", "млн", "млрд", "")))
def test_decimals_with_scales(value: Decimal, scale: str) -> None:
    """«2,35 млн» → 2350000 in Kazakh and Russian, «2.35 million» in English."""
    factor = {"мың": 10**3, "млн": 10**6, "млрд": 10**9, "": 1}[scale]
    names = {
        "kk": scale,
        "ru": scale.replace("мың", "тыс."),
        "en": {"мың": "thousand", "млн": "million", "млрд": "bn", "": ""}[scale],
    }
    for lang, name in names.items():
        mark = "." if lang == "en" else ","
        phrase = f"{str(value).replace('.', mark)} {name}".strip()
        found = read(f"{phrase} x", lang)  # type: ignore[arg-type]
        assert [number.value for number in found] == [value * factor], phrase


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 99_999), st.sampled_from((5, 10, 25, 50, 75)))
def test_kazakh_fractions_in_words(whole: int, cents: int) -> None:
    """«екі бүтін оннан бес», «мың бүтін жүзден жетпіс бес» as qazaqify writes them."""
    value = Decimal(whole) + Decimal(cents) / 100
    phrase = qazaqify.words_float(float(value))
    assert [number.value for number in read(phrase, "kk")] == [value], phrase


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 9_999), st.integers(1, 99))
def test_russian_and_english_fractions_in_words(whole: int, cents: int) -> None:
    """«одна целая двадцать три сотых», «one point two three»."""
    value = Decimal(whole) + Decimal(cents) / 100
    for lang in ("ru", "en"):
        phrase = num2words(float(value), lang=lang)
        found = read(phrase, lang)
        assert [number.value for number in found] == [value], phrase


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 900), st.integers(1, 90), st.sampled_from(("-", "–", "—", " – ", " — ")))
def test_ranges_in_digits(low: int, step: int, dash: str) -> None:
    """«10–12 тысяч»: the scale holds for both ends."""
    high = low + step
    for lang, scale in (("kk", "мың адам"), ("ru", "тысяч человек"), ("en", "thousand people")):
        found = read(f"{low}{dash}{high} {scale}", lang)  # type: ignore[arg-type]
        if low * 20 < high:
            continue
        ends = (Decimal(low * 1000), Decimal(high * 1000))
        assert [(n.value, n.max) for n in found] == [ends]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(("kk", "ru", "en")))
def test_any_text_is_read(text: str, lang: Lang) -> None:
    """Whatever stands in a line, spans lie in it and are in order."""
    found = extractor.quantities(text, lang)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(text[one.start : one.end] == one.text for one in found)
