"""All that the stages know: words from ``langs/`` and ``domain/``, read once by ``load``.

Nothing here is read at import. Bad entries are loud: they raise ``KnowledgeError``
with the file and the key.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from extractor.match.lexer import DigitStyle, read_tokens
from extractor.match.lexicon import Entry, Lexicon
from extractor.match.memory import Memory
from extractor.match.morphology import Morphology, build_morphology, fold_word
from extractor.match.words import BoundWord, Name, NumberRole, NumberWord, Refusal, Tail
from extractor.types import Bound, Concept, Lang, Token

HERE = Path(__file__).parent
LANGS: tuple[Lang, ...] = get_args(Lang)
# Words of aid, phrases in which they are none, and those in which words of other fields are
# none: one table each, not a list of them.
TOPICS = ("topic", "no_topic", "no_noise")


class KnowledgeError(ValueError):
    """A data file says something that makes no sense; the message names file and key."""


@dataclass(frozen=True)
class Toml:
    """A parsed data file that can say where it comes from."""

    path: Path
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """«[[item]]» → its tables; a file without the key has none."""
        found = self.content.get(key, [])
        if not isinstance(found, list):
            raise KnowledgeError(f"{self.name}: [[{key}]] must be a list of tables")
        return found

    def fail(self, key: str, why: str) -> KnowledgeError:
        return KnowledgeError(f"{self.name}: {key}: {why}")


def read_toml(path: Path) -> Toml:
    """«domain/items.toml» → its content, or a message that names the file."""
    try:
        return Toml(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{path}: {error}") from error


@dataclass(frozen=True, slots=True)
class IndexValue:
    """What one monthly calculation index is worth in tenge, and from which day to which."""

    since: str
    tenge: Decimal
    until: str


_FOREVER = "9999-12-31"


def read_index(toml: Toml) -> tuple[IndexValue, ...]:
    """«domain/mci.toml» → its rows by day; a row is valid until the next one begins."""
    rows = toml.tables("index")
    days = [str(row["since"]) for row in rows]
    if days != sorted(set(days)):
        raise toml.fail("since", "the days must rise")
    return tuple(
        IndexValue(row["since"], Decimal(row["tenge"]), row.get("until", _FOREVER)) for row in rows
    )


@dataclass(frozen=True)
class RangeFrame:
    """«от … до …», «… мен … аралығында»: the words around and between two numbers."""

    open: frozenset[str]
    middle: frozenset[str]
    close: frozenset[str]
    near: bool = False


@dataclass(frozen=True)
class RangeGrammar:
    """«5-тен 10 мыңға дейін», «от 10 до 15»: the marks and words of a range."""

    marks: frozenset[str]
    frames: tuple[RangeFrame, ...]
    open: frozenset[str]
    middle: frozenset[str]
    close: frozenset[str]
    from_case: str | None
    to_case: str | None


@dataclass(frozen=True)
class PeopleGrammar:
    """«первокурсник», «forester», «механизатор»: which unknown nouns stand for people."""

    endings: tuple[str, ...]
    exceptions: frozenset[str]


_COUNTING = frozenset(
    (
        *("number", "homograph", "refuse", "bound", "level", "noun", "filler", "of", "and"),
        *("stop", "link", "out_of", "made_of", "count_noun", "partitive_before", "verb", "place"),
    )
)
# Words that help to build a number and are none by themselves.
_HELPERS = frozenset(("article", "conjunction", "partitive", "whole", "half", "excess", "ordinal"))
_MOST_WORDS = 500_000


@dataclass(frozen=True)
class Language:
    """One language: its morphology, its grammar tables and its one lexicon."""

    code: Lang
    morphology: Morphology
    digits: DigitStyle
    tails: Mapping[str, Tail]
    ranges: RangeGrammar
    fraction_case: str | None
    head: Literal["initial", "final"]
    inversion: bool
    # «we», «our»: an article that says so often is its giver's own report.
    we: frozenset[str]
    distributive_case: str | None
    abbreviations: frozenset[str]
    number_forms: frozenset[str]
    signs: Mapping[str, str]
    item_aid: Mapping[str, tuple[str, ...]]
    campaign_aid: Mapping[str, tuple[str, ...]]

    @property
    def suffixed(self) -> bool:
        """Does it say with endings, and with the verb last, who does what? So does Kazakh."""
        return self.distributive_case is not None

    @property
    def analytic(self) -> bool:
        """Does it say by order and small words alone who does what? So does English."""
        return bool(self.plurals)

    doubtful: Mapping[str, str]
    composed_teens: bool
    tight_scales: frozenset[str]
    signed_scales: frozenset[str]
    adverbs: tuple[str, ...]
    comma_sums: bool
    ratios: frozenset[str]
    pagers: frozenset[str]
    divisible: frozenset[str]
    plurals: tuple[tuple[str, str], ...]
    people: PeopleGrammar
    lexicon: Lexicon = field(compare=False)
    seams: dict[tuple[str, bool], int | None] = field(default_factory=dict, compare=False)

    @cached_property
    def counting(self) -> Lexicon:
        """The words that tell what is counted, and how many: all that quantities need."""
        return self.lexicon.only(_COUNTING)

    @cached_property
    def counts(self) -> Memory[bool]:
        """«мыңнан», «жартысы», «тоннадан»: does this word make a number, said or not?"""
        return Memory(self._is_counting, _MOST_WORDS)

    def _is_counting(self, norm: str) -> bool:
        if any(getattr(word, "role", "") == "article" for word in self.counting.meanings(norm)):
            return False
        return self.counting.opens(norm, self._makes_number)

    def _makes_number(self, entry: Entry) -> bool:
        if isinstance(entry.meaning, NumberWord):
            return entry.meaning.role not in _HELPERS
        divisible = isinstance(entry.meaning, Concept) and entry.meaning.id in self.divisible
        return divisible and entry.sort == "noun"

    def tokens(self, text: str, start: int = 0, stop: int | None = None) -> tuple[Token, ...]:
        """«50 бетперде» → its tokens, in Cyrillic letters."""
        end = len(text) if stop is None else stop
        return tuple(read_tokens(text, start, end, self.digits, fold_word))


def _currency_signs(files: Iterable[Toml]) -> dict[str, str]:
    return {
        sign.lower(): table["id"]
        for toml in files
        for table in toml.tables("currency")
        for sign in table.get("signs", [])
    }


def _aid_by(files: Iterable[Toml], sort: str) -> dict[str, tuple[str, ...]]:
    """«mask» → ("protective_equipment",): the kind of aid of an item, or of a campaign.

    Of several tables of one item the first says what is meant where no word tells more.
    """
    tables = [table for toml in files for table in toml.tables(sort)]
    return {table["id"]: tuple(table.get("aid", ())) for table in reversed(tables)}


def _aid_of_units(files: Iterable[Toml]) -> dict[str, tuple[str, ...]]:
    """«meal» → {"hot_meal": ("food",)}: a unit that is a thing by itself."""
    tables = [table for toml in files for table in toml.tables("unit")]
    return {table["item"]: tuple(table["aid"]) for table in tables if "aid" in table}


def _number_entries(toml: Toml) -> Iterator[Entry]:
    for role in get_args(NumberRole):
        for table in toml.tables(role):
            value = _value(toml, role, str(table.get("value", 0)))
            word = NumberWord(role, value, bool(table.get("plural", False)), table.get("bound"))
            for form in table.get("forms", []):
                yield Entry("number", role, form, word, toml.name)
    for form in toml.content.get("homographs", {}).get("forms", []):
        yield Entry("homograph", "homograph", form, None, toml.name)
    for table in toml.tables("refuse"):
        reason, soft = table["reason"], bool(table.get("soft", False))
        for side in ("before", "after", "year"):
            where: Literal["before", "after"] = "before" if side == "before" else "after"
            refusal = Refusal(reason, where, side == "year", soft)
            for form in table.get(side, []):
                yield Entry("refuse", reason, form, refusal, toml.name)


def _value(toml: Toml, role: str, text: str) -> Decimal:
    """«1000», «0.5», «1/3» → the number that a word stands for."""
    top, _, below = text.partition("/")
    try:
        return Decimal(top) / Decimal(below or 1)
    except ArithmeticError as error:
        raise toml.fail(role, f"not a number: {text!r}") from error


def _bound_entries(toml: Toml) -> Iterator[Entry]:
    for table in toml.tables("bound"):
        if table["kind"] not in get_args(Bound) or table["side"] not in ("before", "after"):
            raise toml.fail("bound", f"unknown kind or side: {table['kind']} {table['side']}")
        word = BoundWord(table["kind"], table["side"], table.get("case"))
        for form in table["forms"]:
            yield Entry("bound", table["kind"], form, word, toml.name)
    for form in toml.content.get("level", {}).get("forms", []):
        yield Entry("level", "level", form, None, toml.name)


def _phrase_entries(toml: Toml) -> Iterator[Entry]:
    sorts = {
        "stops": "stop",
        "fillers": "filler",
        "of": "of",
        "and": "and",
        "partitive_before": "partitive_before",
        "partitive_after": "partitive_after",
        "additive_before": "additive_before",
        "additive_after": "additive_after",
        "out_of": "out_of",
        "that_is": "that_is",
        "made_of": "made_of",
        "count_nouns": "count_noun",
        "links": "link",
        "agents": "agent",
        "pronouns": "pronoun",
        "indefinite": "indefinite",
        "same_nouns": "same_noun",
        "yields": "yield",
        "earmarks": "earmark",
        "relatives": "relative",
        "lessons": "lesson",
        "age_words": "age_word",
        "pluperfect": "pluperfect",
        "completing": "completing",
        "particles": "particle",
        "examples": "example",
        "allotting": "allotting",
        "gathering": "gathering",
        "living": "living",
        "meant_for": "meant_for",
        "lost": "lost",
        "befallen": "befallen",
        "account": "account",
    }
    for key, sort in sorts.items():
        for form in toml.content.get(key, []):
            yield Entry(sort, sort, form, None, toml.name)


def _scope_entries(toml: Toml) -> Iterator[Entry]:
    for scope in (
        "each",
        "part",
        "whole",
        "next",
        "size",
        "contents",
        "target",
        "progress",
        "payment",
        "rate",
        "rest",
        "most",
        "price",
        "for_one",
        "average",
        "living",
        "compare",
        "more",
        "raising",
        "parent",
        "earlier",
        "holding",
    ):
        for table in toml.tables(scope):
            for form in table["forms"]:
                yield Entry("scope", scope, form, table.get("side", "before"), toml.name)


def _concept(sort: str, table: Mapping[str, Any]) -> Concept:
    """«[[item]] id = "mask"» → what its words mean."""
    if sort == "currency":
        return Concept(table["id"], "currency", unit=table["id"], kind="money")
    if sort == "item":
        return Concept(
            table["id"],
            "item",
            unit=table.get("unit", "piece"),
            item=table["id"],
            kind="goods",
            aid=tuple(table.get("aid", ())),
            telling=bool(table.get("telling", False)),
            quiet=bool(table.get("quiet", False)),
        )
    if sort == "category":
        noun = bool(table.get("noun", True))
        return Concept(
            table["id"],
            "category",
            unit=table.get("unit") if noun else None,
            kind="recipients" if noun else None,
            category=(table["id"],),
        )
    measured = "measure" if table.get("measure") else "unit"
    return Concept(
        table["id"],
        measured,  # type: ignore[arg-type]
        unit=table["unit"],
        item=table.get("item"),
        kind=table.get("kind"),
    )


_DOMAIN_SORTS = ("unit", "currency", "item", "category")


def _domain_entries(files: Iterable[Toml], lang: Lang) -> Iterator[Entry]:
    for toml in files:
        for sort in _DOMAIN_SORTS:
            for table in toml.tables(sort):
                try:
                    concept = _concept(sort, table)
                except KeyError as error:
                    raise toml.fail(f"[[{sort}]]", f"needs the key {error}") from error
                for form in (*table.get(lang, []), *table.get("signs", [])):
                    yield Entry("noun", concept.id, form, concept, toml.name)
        for table in toml.tables("verb"):
            for form in table.get(lang, []):
                yield Entry("verb", table["class"], form, None, toml.name)
        for table in toml.tables("role"):
            for form in table.get(lang, []):
                yield Entry("role", table["kind"], form, None, toml.name)
        for table in toml.tables("fate"):
            for form in table.get(lang, []):
                yield Entry("fate", table["category"], form, None, toml.name)
        for table in toml.tables("load"):
            for form in table.get(lang, []):
                yield Entry("load", table["step"], form, None, toml.name)
        for table in toml.tables("aid"):
            telling = bool(table.get("telling", False))
            for form in table.get(lang, []):
                yield Entry("aid", table["id"], form, telling, toml.name)
        for table in toml.tables("wave"):
            for form in table.get(lang, []):
                yield Entry("wave", table["id"], form, None, toml.name)
        for table in toml.tables("noise"):
            for form in table.get(lang, []):
                yield Entry("noise", table["reason"], form, None, toml.name)
        for sort in TOPICS:
            for form in toml.content.get(sort, {}).get(lang, []):
                yield Entry(sort, sort, form, None, toml.name)
        for sort in ("campaign", "provider"):
            for table in toml.tables(sort):
                name = Name(table["id"], tuple(table.get("aid", ())), table.get("organiser"))
                for form in table.get(lang, []):
                    yield Entry(sort, table["id"], form, name, toml.name)
        for table in toml.tables("head"):
            for form in table.get(lang, []):
                yield Entry("head", table["role"], form, None, toml.name)


def _tails(toml: Toml) -> dict[str, Tail]:
    return {
        form: Tail(
            table.get("case"),
            bool(table.get("possessive", False)),
            table.get("bound"),
            table.get("refuse"),
            bool(table.get("decade", False)),
        )
        for table in toml.tables("tail")
        for form in table["forms"]
    }


def _ranges(toml: Toml) -> RangeGrammar:
    table = toml.content.get("range", {})
    frames = tuple(
        RangeFrame(
            open=frozenset(frame.get("open", ())),
            middle=frozenset(frame.get("middle", ())),
            close=frozenset(frame.get("close", ())),
            near=bool(frame.get("near", False)),
        )
        for frame in table.get("frame", ())
    )
    return RangeGrammar(
        marks=frozenset(table.get("marks", ())),
        frames=frames,
        open=frozenset(word for frame in frames for word in frame.open),
        middle=frozenset(word for frame in frames for word in frame.middle),
        close=frozenset(table.get("close", ())),
        from_case=table.get("from_case"),
        to_case=table.get("to_case"),
    )


def _people(toml: Toml) -> PeopleGrammar:
    table = toml.content.get("people", {})
    return PeopleGrammar(tuple(table.get("endings", ())), frozenset(table.get("exceptions", ())))


LANGUAGE_FILES = ("numbers", "bounds", "endings", "phrases", "scope", "sentences")


def read_language(
    code: Lang, folder: Path, domain: Iterable[Toml], extra: Iterable[Entry] = ()
) -> Language:
    """«langs/kk» and the Kazakh side of ``domain`` → one Language."""
    files = {name: read_toml(folder / f"{name}.toml") for name in LANGUAGE_FILES}
    domain = list(domain)
    morphology = build_morphology(files["endings"].content)
    numbers, phrases = files["numbers"], files["phrases"]
    style = DigitStyle(numbers.content["digits"]["decimal"], numbers.content["digits"]["group"])

    def lex(form: str) -> tuple[Token, ...]:
        return tuple(read_tokens(form, 0, len(form), style, fold_word))

    lexicon = Lexicon(morphology, lex)
    makers: tuple[tuple[str, Callable[[Toml], Iterator[Entry]]], ...] = (
        ("numbers", _number_entries),
        ("bounds", _bound_entries),
        ("phrases", _phrase_entries),
        ("scope", _scope_entries),
    )
    for name, maker in makers:
        for entry in maker(files[name]):
            lexicon.add(entry)
    for entry in _domain_entries(domain, code):
        lexicon.add(entry)
    for entry in extra:
        lexicon.add(entry)
    return Language(
        code=code,
        morphology=morphology,
        digits=style,
        tails=_tails(numbers),
        ranges=_ranges(numbers),
        fraction_case=next((t["case"] for t in numbers.tables("fraction")), None),
        head=phrases.content.get("head", "initial"),
        inversion=bool(phrases.content.get("inversion", False)),
        we=frozenset(phrases.content.get("we", ())),
        distributive_case=files["scope"].content.get("distributive_case"),
        abbreviations=frozenset(files["sentences"].content.get("abbreviations", ())),
        number_forms=frozenset(
            form
            for role in get_args(NumberRole)
            for table in numbers.tables(role)
            for form in table.get("forms", [])
        ),
        signs=_currency_signs(domain),
        item_aid={**_aid_of_units(domain), **_aid_by(domain, "item")},
        campaign_aid=_aid_by(domain, "campaign"),
        doubtful=numbers.content.get("doubtful", {}),
        composed_teens=all(str(table["value"]) != "11" for table in numbers.tables("cardinal")),
        tight_scales=frozenset(
            form for table in numbers.tables("scale") for form in table["forms"] if len(form) == 1
        ),
        adverbs=tuple(phrases.content.get("adverbs", ())),
        signed_scales=frozenset(numbers.content["digits"].get("signed_scales", ())),
        plurals=tuple(
            (ending, singular) for ending, singular in files["endings"].content.get("plurals", ())
        ),
        people=_people(files["endings"]),
        comma_sums=bool(numbers.content["digits"].get("comma_sums", False)),
        pagers=frozenset(numbers.content.get("pager", {}).get("words", ())),
        ratios=frozenset(numbers.content.get("ratio", {}).get("words", ())),
        divisible=frozenset(
            table["id"]
            for toml in domain
            for table in toml.tables("unit")
            if table.get("divisible")
        ),
        lexicon=lexicon,
    )


DOMAIN_FILES = (
    "units",
    "currencies",
    "items",
    "categories",
    "aid",
    "status",
    "kinds",
    "fates",
    "loads",
    "noise",
    "campaigns",
    "providers",
    "waves",
)


def digest_of(folders: Iterable[Path]) -> str:
    """«sha256 of every data file, by name and content», twelve digits of it."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if path.suffix in (".toml", ".tsv", ".json"):
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
