"""The examples that the data files owe: each holds, and each entry has one in every language.

Where the code is wrong and the phrase is right, the row stands in ``data/known_failures.tsv``
and is a strict xfail: a surprise success fails the build, so that the row moves to its entry.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from extractor.api import notation, quantities, read_sentences
from extractor.loading import Knowledge, load
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed, parse
from extractor.match.tense import status_of
from extractor.stages.zones import find_zones
from extractor.types import Article, Lang, Sentence

PACKAGE = Path(__file__).parent.parent / "extractor"
KNOWN = Path(__file__).parent / "data" / "known_failures.tsv"
LANGS: tuple[Lang, ...] = ("kk", "ru", "en")

# Table of a data file → the sort of its entries in the lexicon, and the key that names them.
COUNTED = {"unit": "id", "currency": "id", "item": "id", "category": "id"}
WORDS = {
    "aid": "id",
    "verb": "class",
    "role": "kind",
    "fate": "category",
    "load": "step",
    "noise": "reason",
    "topic": "topic",
    "no_topic": "no_topic",
    "no_noise": "no_noise",
    "wave": "id",
}
FILES = {
    "unit": "units",
    "currency": "currencies",
    "item": "items",
    "category": "categories",
    "aid": "aid",
    "topic": "aid",
    "no_topic": "aid",
    "no_noise": "aid",
    "verb": "status",
    "role": "kinds",
    "fate": "fates",
    "load": "loads",
    "noise": "noise",
    "wave": "waves",
}
STATUSES = ("planned", "collected", "ongoing", "delivered", "-")


@dataclass(frozen=True)
class Owner:
    """An entry of a data file: «domain/items.toml», [[item]], «mask»."""

    file: str
    table: str
    id: str
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    place: int = 0

    @property
    def sort(self) -> str:
        return "noun" if self.table in COUNTED else self.table

    def of(self, lang: str) -> tuple[str, ...]:
        return dict(self.forms).get(lang, ())


@dataclass(frozen=True)
class Row:
    """An example: a phrase in a language and what must be read in it."""

    owner: Owner
    lang: Lang
    phrase: str
    expected: str = ""

    def __str__(self) -> str:
        return f"{self.owner.file}:{self.owner.table}:{self.owner.id}:{self.lang}:{self.phrase}"


def params(rows: Sequence[Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=str)


# --- the data files ------------------------------------------------------------------------------


@cache
def content(name: str) -> dict[str, Any]:
    return tomllib.loads((PACKAGE / name).read_text(encoding="utf-8"))


def _tables(name: str, table: str) -> list[dict[str, Any]]:
    found = content(name).get(table, [])
    return cast(list[dict[str, Any]], [found] if isinstance(found, dict) else found)


def _entries(table: str) -> Iterator[tuple[Owner, dict[str, Any]]]:
    """[[item]] and the like: all three languages stand in one entry."""
    name = f"domain/{FILES[table]}.toml"
    key = {**COUNTED, **WORDS}[table]
    for place, entry in enumerate(_tables(name, table)):
        forms = tuple((lang, tuple(entry.get(lang, ()))) for lang in LANGS)
        yield Owner(name, table, entry.get(key, table), forms, place), entry


def _rows(tables: Sequence[str], key: str) -> list[Row]:
    """«["kk", "50 маска", "=50 piece mask"]» → a row; a third column is what is expected."""
    return [
        Row(owner, row[0], row[1], *row[2:])
        for table in tables
        for owner, entry in _entries(table)
        for row in entry.get(key, ())
    ]


GRAMMAR_TABLES = {
    lang: sorted(
        key
        for key, tables in content(f"langs/{lang}/scope.toml").items()
        if isinstance(tables, list)
    )
    for lang in LANGS
}


def _grammar_entries(lang: Lang, file: str) -> Iterator[tuple[Owner, dict[str, Any]]]:
    """[[each]] of scope.toml, [[bound]] of bounds.toml: one language, ``forms``."""
    name = f"langs/{lang}/{file}.toml"
    tables = GRAMMAR_TABLES[lang] if file == "scope" else ["bound"]
    for table in tables:
        for place, entry in enumerate(_tables(name, table)):
            side = entry.get("side", "before")
            owner = Owner(name, table, side, ((lang, tuple(entry["forms"])),), place)
            yield owner, entry


def _grammar_rows(file: str, key: str) -> list[Row]:
    return [
        Row(owner, lang, *((row,) if isinstance(row, str) else row))
        for lang in LANGS
        for owner, entry in _grammar_entries(lang, file)
        for row in entry.get(key, ())
    ]


def _sentence_rows(key: str) -> list[Row]:
    rows = []
    for lang in LANGS:
        name = f"langs/{lang}/sentences.toml"
        forms = tuple(content(name)["abbreviations"])
        owner = Owner(name, "abbreviations", "abbreviations", ((lang, forms),))
        rows += [Row(owner, lang, phrase) for phrase in content(name).get(key, ())]
    return rows


def _known(check: str) -> list[Any]:
    """Rows of known_failures.tsv for one check, as strict xfails."""
    rows = csv.reader(
        (line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line[:1] != "#"),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    owners = {(o.table, o.id): o for table in FILES for o, _ in reversed(list(_entries(table)))}
    return [
        pytest.param(
            Row(
                owners.get((table, id), Owner("known", table, id, ())),
                cast(Lang, lang),
                phrase,
                expected,
            ),
            marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=why),
            id=f"known:{table}:{id}:{lang}:{phrase}",
        )
        for kind, table, id, lang, phrase, expected, why in (row for row in rows if row)
        if kind == check
    ]


# --- what is read in a phrase --------------------------------------------------------------------


@cache
def know() -> Knowledge:
    return load()


def sentences_of(phrase: str, lang: Lang) -> tuple[Sentence, ...]:
    """A phrase cut as the door cuts it, in a language that is given."""
    scripts = know().scripts[lang]
    zones = tuple(
        replace(z, lang=lang, script=z.script if z.script in scripts.scripts else scripts.home)
        for z in find_zones(Article("text", phrase), know().zones)
    )
    return read_sentences(phrase, zones, know())


def parsed_of(phrase: str, lang: Lang) -> list[Parsed]:
    return [parse(one, know().languages[lang]) for one in sentences_of(phrase, lang)]


def hits_of(row: Row) -> list[tuple[Parsed, Hit]]:
    """The hits that are due to the row's own entry."""
    return [
        (parsed, hit)
        for parsed in parsed_of(row.phrase, row.lang)
        for hit in parsed.of_sort(row.owner.sort)
        if hit.entry.origin == row.owner.file
        and hit.entry.id == row.owner.id
        and hit.entry.form in row.owner.of(row.lang)
    ]


def scope_hits(row: Row) -> list[Hit]:
    return [
        hit
        for parsed in parsed_of(row.phrase, row.lang)
        for hit in parsed.of_sort("scope")
        if hit.entry.id == row.owner.table
        and hit.entry.meaning == row.owner.id
        and hit.entry.form in row.owner.of(row.lang)
    ]


def forms_of(hits: Sequence[Hit]) -> str:
    return ", ".join(f"«{hit.entry.form}» at {hit.span.start}" for hit in hits)


# --- examples hold -------------------------------------------------------------------------------


@params([*_rows(tuple(COUNTED), "examples"), *_known("quantity")])
def test_quantity(row: Row) -> None:
    found = " | ".join(notation(quantity) for quantity in quantities(row.phrase, row.lang))
    assert found == row.expected


@params([row for row in _rows(("item", "category"), "examples") if row.expected])
def test_noun_is_its_own(row: Row) -> None:
    """«=120 person» for «120 students» is not enough: the entry itself must have been read."""
    assert hits_of(row), f"no form of {row.owner.id} in «{row.phrase}»"


@params([*_rows(tuple(WORDS), "examples"), *_known("word")])
def test_word(row: Row) -> None:
    assert hits_of(row), f"no form of {row.owner.id} in «{row.phrase}»"


@params([*_rows((*COUNTED, *WORDS), "silent"), *_known("silent")])
def test_silent(row: Row) -> None:
    found = [hit for _, hit in hits_of(row)]
    assert not found, f"{row.owner.id} fires in «{row.phrase}»: {forms_of(found)}"


@params([*_rows(("verb",), "examples"), *_known("status")])
def test_status(row: Row) -> None:
    """«500 маска таратылды» → delivered; «-» where the verb alone says nothing."""
    assert row.expected in STATUSES, row.expected
    found = {status_of(parsed, hit) for parsed, hit in hits_of(row)} - {None}
    assert (", ".join(sorted(map(str, found))) or "-") == row.expected


@params(_grammar_rows("scope", "examples"))
def test_scope(row: Row) -> None:
    assert row.expected == row.owner.table, "the second column names the table"
    assert scope_hits(row), f"no form of [[{row.owner.table}]] in «{row.phrase}»"


@params(_grammar_rows("scope", "silent"))
def test_scope_is_silent(row: Row) -> None:
    found = scope_hits(row)
    assert not found, f"[[{row.owner.table}]] fires in «{row.phrase}»: {forms_of(found)}"


@params(_grammar_rows("bounds", "examples"))
def test_bound(row: Row) -> None:
    found = " | ".join(notation(quantity) for quantity in quantities(row.phrase, row.lang))
    assert found == row.expected


@params(_sentence_rows("examples"))
def test_one_sentence(row: Row) -> None:
    """«5 млн. Қазақстан теңгесі»: the point of an abbreviation ends nothing."""
    assert [one.span.of(row.phrase) for one in sentences_of(row.phrase, row.lang)] == [row.phrase]


@params([*_sentence_rows("silent"), *_known("sentences")])
def test_two_sentences(row: Row) -> None:
    """«… жетті. Тұрғындар …»: an end is an end."""
    found = [one.span.of(row.phrase) for one in sentences_of(row.phrase, row.lang)]
    assert len(found) == 2, found


# --- each entry has examples ---------------------------------------------------------------------


def _owed() -> Iterator[tuple[str, str]]:
    """Entry and language with forms and without an example."""
    for table in FILES:
        for owner, entry in _entries(table):
            given = {row[0] for row in entry.get("examples", ())}
            for lang in LANGS:
                if owner.of(lang) and lang not in given:
                    yield f"{owner.file}: {table} {owner.id} (no. {owner.place + 1})", lang
    for lang in LANGS:
        for owner, entry in _grammar_entries(lang, "scope"):
            if entry["forms"] and not entry.get("examples"):
                yield f"{owner.file}: {owner.table} {owner.id}", lang


def test_each_entry_has_an_example_in_each_language() -> None:
    owed = [f"{entry}: {lang}" for entry, lang in _owed()]
    assert not owed, "\n".join(owed)


def test_example_is_in_a_language_of_its_entry() -> None:
    rows = [*_rows((*COUNTED, *WORDS), "examples"), *_rows((*COUNTED, *WORDS), "silent")]
    stray = [str(row) for row in rows if not row.owner.of(row.lang)]
    assert not stray, "\n".join(stray)


def test_no_example_twice() -> None:
    rows = [*_rows((*COUNTED, *WORDS), "examples"), *_grammar_rows("scope", "examples")]
    twice = [
        row
        for row, count in Counter(str(r) + str(r.owner.place) for r in rows).items()
        if count > 1
    ]
    assert not twice, "\n".join(twice)


# --- how many forms are witnessed ----------------------------------------------------------------


def _seen_in(rows: Sequence[Row]) -> set[tuple[str, str, str, str]]:
    """(file, id, language, form) of every entry that some example phrase contains."""
    return {
        (hit.entry.origin, hit.entry.id, row.lang, hit.entry.form)
        for row in rows
        for sentence in sentences_of(row.phrase, row.lang)
        for hit in know().languages[row.lang].lexicon.scan(sentence.tokens)
    }


def witnessed() -> dict[str, tuple[int, list[str]]]:
    """File → how many forms it has, and those that no example of the file contains."""
    found: dict[str, tuple[int, list[str]]] = {}
    for file in dict.fromkeys(FILES.values()):
        tables = [table for table in FILES if FILES[table] == file]
        seen = _seen_in(_rows(tables, "examples"))
        forms = [
            (owner.file, owner.id, lang, form)
            for table in tables
            for owner, _ in _entries(table)
            for lang in LANGS
            for form in owner.of(lang)
        ]
        bare = [
            f"{lang} {id}: {form}"
            for name, id, lang, form in forms
            if (name, id, lang, form) not in seen
        ]
        found[f"domain/{file}.toml"] = len(forms), bare
    for lang in LANGS:
        found[f"langs/{lang}/scope.toml"] = _scope_witnessed(lang)
        found[f"langs/{lang}/sentences.toml"] = _abbreviations_witnessed(lang)
    return found


def _scope_witnessed(lang: Lang) -> tuple[int, list[str]]:
    seen = _seen_in([row for row in _grammar_rows("scope", "examples") if row.lang == lang])
    owners = [owner for owner, _ in _grammar_entries(lang, "scope")]
    pairs = [(owner.table, form) for owner in owners for form in owner.of(lang)]
    bare = [
        f"{table}: {form}"
        for table, form in pairs
        if (f"{lang}/scope.toml", table, lang, form) not in seen
    ]
    return len(pairs), bare


def _abbreviations_witnessed(lang: Lang) -> tuple[int, list[str]]:
    phrases = [row.phrase.lower() for row in _sentence_rows("examples") if row.lang == lang]
    short = content(f"langs/{lang}/sentences.toml")["abbreviations"]
    return len(short), [one for one in short if not any(f"{one}." in each for each in phrases)]


# Files in which every form must be witnessed; the rest are only printed, on the way there.
STRICT = tuple(f"langs/{lang}/scope.toml" for lang in LANGS)


def test_forms_are_witnessed(capsys: pytest.CaptureFixture[str]) -> None:
    """Prints the share by file; a form with no example is a promise that nobody keeps."""
    found = witnessed()
    with capsys.disabled():
        print("\nforms witnessed by an example:")
        for file, (all_of_them, bare) in found.items():
            print(f"  {file:28} {all_of_them - len(bare):5} of {all_of_them}")
    missing = [f"{file}: {form}" for file in STRICT for form in found[file][1]]
    assert not missing, "\n".join(missing)
