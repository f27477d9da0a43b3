"""Zones: what in a text is headline, dateline, body or boilerplate, and in what language.

Lines are cut into pieces where boilerplate is glued to the last sentence; every piece is judged
by the tuple of rules at the foot of the file; lists of other headlines are closed; what is left
is the article. Zones lie edge to edge over the whole text.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, get_args

import regex

from extractor.match.cues import OPENING, STOPS, CueBook, View, bare, fold, read_cues
from extractor.match.languages import (
    Languages,
    foreign_language,
    has_marked_latin,
    language_of,
    likely_language,
)
from extractor.match.mixed import Stretch, stretches
from extractor.match.scripts import (
    alphabet_of,
    cyrillic_view,
    lower_each,
    read_scripts,
    script_of,
    words_of,
)
from extractor.types import Article, Lang, Script, Span, Zone, ZoneKind

_ROOT = Path(__file__).parent.parent
_LANGS: tuple[Lang, ...] = get_args(Lang)
_ALPHABET_SAMPLE = 200_000
_SCRIPT_SAMPLE = 4_000
_LONGEST_LABEL = 90
_LONGEST_HEADLINE = 200
_LONGEST_STATEMENT = 100
_LONGEST_DECK = 210
_LONGEST_DATELINE = 100
_MOST_COUNTERS = 2
_PROSE = {"soft": 40, "hard": 160, "final": 60}
_NEEDED = {"soft": 1, "hard": 2, "final": 1}
_FOREIGN_SAMPLE = 6_000


@dataclass(frozen=True, slots=True, eq=False)
class ZoneKnowledge:
    """The standing phrases, the words of datelines, the languages; from ``domain/zones.toml``."""

    cues: CueBook
    months: Mapping[str, int]
    relative: frozenset[str]
    beside: frozenset[str]
    languages: Languages

    def month_of(self, word: str) -> int | None:
        """«апреля», «Sept», «sáýir» → the number of the month."""
        month = self.months.get(lower_each(word))
        return month or self.months.get(self.cyrillic(word))

    def cyrillic(self, word: str, alphabet: str | None = None) -> str:
        """«oqyŋyz» → «оқыңыз», in the language that has a Cyrillic view."""
        return cyrillic_view(word, self.languages.scripts[self.languages.marked], alphabet)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or a part of one; ``body`` is the text without its margins."""

    span: Span
    body: str
    opening: str = ""
    whole: bool = False
    kind: ZoneKind | None = None
    reason: str = ""
    closes: str = "no"
    lang: Lang | None = None
    script: Script | None = None

    def judged(self, kind: ZoneKind, reason: str = "", closes: str = "no") -> _Piece:
        return replace(self, kind=kind, reason=reason, closes=closes)

    @property
    def open(self) -> bool:
        """Has text, and nobody has said yet what it is."""
        return self.kind is None and bool(self.body)


# --- knowledge ------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def load_zone_knowledge() -> ZoneKnowledge:
    """«domain/zones.toml» and ``langs/*/scripts.toml`` → what ``find_zones`` needs; read once."""
    path = _ROOT / "domain" / "zones.toml"
    try:
        return read_zone_knowledge(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def read_zone_knowledge(table: Mapping[str, Any]) -> ZoneKnowledge:
    """«[[cue]] …», parsed → knowledge; a cue that could never match is an error."""
    dateline = table["dateline"]
    return ZoneKnowledge(
        cues=read_cues(table["cue"]),
        months={form: row["number"] for row in table["month"] for form in row["forms"]},
        relative=frozenset(dateline["relative"]),
        beside=frozenset(dateline["beside"]),
        languages=_read_languages(table["foreign"]),
    )


def _read_languages(foreign: Mapping[str, str]) -> Languages:
    scripts = {lang: read_scripts(_ROOT / "langs" / lang / "scripts.toml") for lang in _LANGS}
    return Languages.of(scripts, foreign)


# --- the way --------------------------------------------------------------------------------


def find_zones(article: Article, know: ZoneKnowledge) -> tuple[Zone, ...]:
    """«ПОДЕЛИТЬСЯ», «Recent Posts» → boilerplate; the rest is headline, dateline and body."""
    reader = _Reader.of(article.text, know)
    pieces = [reader.judge(piece) for piece in reader.pieces()]
    pieces = _settle_numbers(_close_lists(pieces))
    pieces = _find_head(pieces, article.title)
    pieces = _find_tail(pieces)
    pieces = [piece if piece.kind else replace(piece, kind="body") for piece in pieces]
    told = _find_languages(_fill_blanks(pieces), know)
    return tuple(_merge(part for piece in told for part in _by_language(piece, article, know)))


def article_language(zones: Sequence[Zone]) -> Lang:
    """«9 000 letters kk, 300 ru» → kk: the language of most of the body, else of what there is."""
    for kinds in (("body",), ("headline",), ("dateline", "boilerplate")):
        lengths: dict[Lang, int] = {}
        for zone in zones:
            if zone.kind in kinds:
                lengths[zone.lang] = lengths.get(zone.lang, 0) + len(zone.span)
        if lengths:
            return max(lengths, key=lambda lang: lengths[lang])
    return _LANGS[0]


def article_script(zones: Sequence[Zone]) -> Script:
    """«Latn» for an article in Latin Kazakh: the script of most of the body in its language."""
    lang = article_language(zones)
    lengths: dict[Script, int] = {}
    for zone in zones:
        if zone.lang == lang:
            weight = len(zone.span) * (1 if zone.kind == "boilerplate" else 1000)
            lengths[zone.script] = lengths.get(zone.script, 0) + weight
    return max(lengths, key=lambda script: lengths[script]) if lengths else "Cyrl"


def find_foreign(article: Article, zones: Sequence[Zone], know: ZoneKnowledge) -> str | None:
    """«Уряд виділив …» → uk: the language of an article that is clearly none of ours."""
    parts: list[str] = []
    size = 0
    for zone in zones:
        if zone.kind in ("headline", "body") and size < _FOREIGN_SAMPLE:
            parts.append(article.text[zone.span.start : zone.span.stop][:_FOREIGN_SAMPLE])
            size += len(parts[-1])
    return foreign_language("\n".join(parts) or article.text[:_FOREIGN_SAMPLE], know.languages)


# --- pieces ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Reader:
    """The text, the knowledge, and the alphabet of its Latin Kazakh, if it has any."""

    text: str
    know: ZoneKnowledge
    alphabet: str | None

    @classmethod
    def of(cls, text: str, know: ZoneKnowledge) -> _Reader:
        scripts = know.languages.scripts[know.languages.marked]
        latin = has_marked_latin(text[:_ALPHABET_SAMPLE], know.languages)
        return cls(text, know, alphabet_of(text, scripts) if latin else None)

    def pieces(self) -> Iterator[_Piece]:
        """The lines, cut where boilerplate is glued on."""
        stop = 0
        for blank, lines in groupby(self.text.splitlines(keepends=True), str.isspace):
            if blank:
                start, stop = stop, stop + sum(map(len, lines))
                yield _Piece(Span(start, stop), "")
                continue
            for line in lines:
                start, stop = stop, stop + len(line)
                yield from self._cut(start, stop)

    def _cut(self, start: int, stop: int) -> Iterator[_Piece]:
        """«… в МЧС.Читайте также:…» → the sentence and the tail."""
        at = start
        for cut, end, reason in self._tails(start, stop):
            if cut < at:
                continue
            if cut > at:
                yield self._piece(at, cut)
            yield self._piece(cut, end).judged("boilerplate", reason)
            at = end
        if at < stop:
            yield self._piece(at, stop)

    def _piece(self, start: int, stop: int) -> _Piece:
        body = self.text[start:stop].strip()
        whole = self.text[stop - 1].isspace() or stop == len(self.text)
        return _Piece(Span(start, stop), body, fold(body[:OPENING]), whole)

    @property
    def view(self) -> View | None:
        """«taǧy oqyŋyz:» → «тағы оқыңыз:», where the text has Latin Kazakh."""
        return self._cyrillic if self.alphabet else None

    def _cyrillic(self, opening: str) -> str:
        if script_of(opening) != "Latn":
            return opening
        return " ".join(self.know.cyrillic(word, self.alphabet) for word in opening.split())

    def _tails(self, start: int, stop: int) -> list[tuple[int, int, str]]:
        """Where in the line boilerplate begins and ends and why, in order."""
        line = self.text[start:stop]
        tails = [*self._stamped(line), *self.know.cues.glued(line, self.view)]
        return [(start + at, start + end, reason) for at, end, reason in sorted(tails)]

    def _stamped(self, line: str) -> Iterator[tuple[int, int, str]]:
        """«■Headline 13 апреля 2024 11:19»: other headlines, each with its date."""
        for match in _stamped_lists().finditer(line):
            if self.know.month_of(match["month"]):
                yield match.start(), match.end(), "other_headlines"

    # --- rules ------------------------------------------------------------------------------

    def judge(self, piece: _Piece) -> _Piece:
        """The first rule that has a verdict decides."""
        if not piece.open:
            return piece
        for rule in RULES:
            verdict = rule(piece, self)
            if verdict is not None:
                return verdict
        return piece


@lru_cache(maxsize=1)
def _stamped_lists() -> regex.Pattern[str]:
    bullet = "[\u25a0\u25aa\u25cf]"
    stamp = r"\d{1,2} (?P<month>\p{L}{3,9}) \d{4} \d\d:\d\d"
    item = rf"{bullet}[^\u25a0\u25aa\u25cf\n]{{4,220}}?{stamp}"
    glued = rf"(?<=[{STOPS}])\p{{Lu}}\p{{Ll}}+"
    return regex.compile(rf"(?:{glued})?(?:{item})+")


def link(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«https://www.zakon.kz/…» alone in a line is a link."""
    body = piece.body
    lone = body.startswith(("http://", "https://", "www.")) and " " not in body
    return piece.judged("boilerplate", "link") if lone else None


def phone(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«+7 701 759 90 19» alone in a line is the page's telephone."""
    if piece.body[0] in "+8(" and _phone().fullmatch(piece.body):
        return piece.judged("boilerplate", "phone")
    return None


def rates(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«USD/KZT 447.9 EUR/KZT 482.16» is the exchange widget."""
    if len(piece.body) > 200 or not _rates().fullmatch(piece.body):
        return None
    return piece.judged("boilerplate", "rates")


def dateline(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«17 июля 2020 | 16:57», «Вчера 17:30»: a line of nothing but date words."""
    if len(piece.body) > _LONGEST_DATELINE or not _has_digit(piece.body):
        return None
    words = [match[0] for match in _date_words().finditer(piece.body)]
    months = [word for word in words if reader.know.month_of(word)]
    known = reader.know.relative | reader.know.beside
    others = [word for word in words if word not in months]
    seen = [reader.know.cyrillic(word) if reader.alphabet else lower_each(word) for word in others]
    if not all(
        low in known or lower_each(word) in known for low, word in zip(seen, others, strict=True)
    ):
        return None
    relative = any(word in reader.know.relative for word in seen)
    return (
        piece.judged("dateline")
        if months or relative or _numeric_date().search(piece.body)
        else None
    )


def number(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«9120»: a lone number; a view counter if it stands beside the dateline or at the end."""
    if _lone_number().fullmatch(piece.body):
        return piece.judged("body", "number")
    return None


def navigation(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«News > Government»: a path through the site."""
    if len(piece.body) <= 80 and _breadcrumbs().fullmatch(piece.body):
        return piece.judged("boilerplate", "navigation")
    return None


def hashtags(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«#Павлодар #помощь» is a line of tags."""
    if piece.body.startswith("#") and all(word.startswith("#") for word in piece.body.split()):
        return piece.judged("boilerplate", "tags")
    return None


def label(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«ПОДЕЛИТЬСЯ», «Comments (12)»: the whole line is a standing phrase."""
    if len(piece.body) > _LONGEST_LABEL:
        return None
    cue = reader.know.cues.label(piece.opening, reader.view)
    return piece.judged("boilerplate", cue.reason, cue.closes) if cue else None


def opening(piece: _Piece, reader: _Reader) -> _Piece | None:
    """«Photo: Astana akimat»: a line that begins with a standing phrase and soon ends."""
    found = reader.know.cues.opening(piece.opening, reader.view)
    if found is None:
        return None
    form, cue = found
    rest = len(piece.body) - len(form)
    if rest > cue.limit:
        return None
    alone = not bare(piece.opening[len(form) :])
    return piece.judged("boilerplate", cue.reason, cue.closes if alone else "no")


@lru_cache(maxsize=1)
def _phone() -> regex.Pattern[str]:
    return regex.compile(r"(?:\+7|8)[\d ()\u00a0-]{8,18}\d")


@lru_cache(maxsize=1)
def _rates() -> regex.Pattern[str]:
    code = r"(?:[A-Z]{3}(?:/[A-Z]{3})?)?"
    pair = rf"[$\u20ac\u20bd\u00a5]?\s*{code}\s*[:=-]?\s*\d{{1,4}}[.,]\d{{1,4}}[\s|;,\u20b8]*"
    return regex.compile(rf"(?=.*(?:[A-Z]{{3}}|[$\u20ac]))(?:{pair}){{2,12}}")


@lru_cache(maxsize=1)
def _lone_number() -> regex.Pattern[str]:
    return regex.compile(
        r"[^\p{L}\p{N}]{0,3}\d{1,3}(?:[ \u00a0\u202f.,]?\d{1,3}){0,3}[KkMm]?[^\p{L}\p{N}%]{0,3}"
    )


@lru_cache(maxsize=1)
def _breadcrumbs() -> regex.Pattern[str]:
    step = r"\p{Lu}[\p{L} ,&-]{0,30}"
    return regex.compile(rf"{step}(?:\s*[>\u00bb\u203a\u2192]\s*{step}){{1,5}}")


@lru_cache(maxsize=1)
def _date_words() -> regex.Pattern[str]:
    return regex.compile(r"\p{L}+")


@lru_cache(maxsize=1)
def _numeric_date() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?!\d)"
    )


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


# --- lists of other headlines ---------------------------------------------------------------


def _close_lists(pieces: list[_Piece]) -> list[_Piece]:
    """«Recent Posts», «Читайте также» and the headlines under them → boilerplate."""
    prose = _Prose.of(pieces)
    closed = list(pieces)
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        end = index + 1
        if piece.closes != "no" and prose.before(index):
            end = prose.list_end(pieces, index)
            for at in range(index + 1, end):
                if pieces[at].body and pieces[at].kind != "boilerplate":
                    closed[at] = pieces[at].judged("boilerplate", piece.reason)
        index = end
    return closed


@dataclass(frozen=True, slots=True, eq=False)
class _Prose:
    """Which pieces read like paragraphs: their places by length asked for, and sums so far."""

    places: Mapping[str, list[int]]
    sums: list[int]

    @classmethod
    def of(cls, pieces: Sequence[_Piece]) -> _Prose:
        lengths = [_prose_length(piece) for piece in pieces]
        places = {
            closes: [at for at, length in enumerate(lengths) if length >= least]
            for closes, least in _PROSE.items()
        }
        return cls(places, [0, *accumulate(lengths)])

    def before(self, index: int) -> int:
        return self.sums[index]

    def list_end(self, pieces: Sequence[_Piece], index: int) -> int:
        """Where the article goes on: at the first paragraph, if enough of them follow."""
        closes = pieces[index].closes
        places = self.places[closes]
        first = bisect_right(places, index)
        if len(places) - first < _NEEDED[closes]:
            return len(pieces)
        after = self.sums[-1] - self.sums[index]
        if closes == "final" and after <= 2 * self.before(index):
            return len(pieces)
        return _step_back(pieces, places[first], index)


def _prose_length(piece: _Piece) -> int:
    """The length of a piece that reads like a paragraph: a full stop, no teaser's ellipsis."""
    return len(piece.body) if piece.open and _prose().search(piece.body[-8:]) else 0


@lru_cache(maxsize=1)
def _prose() -> regex.Pattern[str]:
    """Ends like a sentence, or announces a list; quotes and brackets may follow."""
    return regex.compile('(?<!\\.\\.)[.!?:;,][\u00bb"\u201d)]*$')


def _step_back(pieces: Sequence[_Piece], first: int, index: int) -> int:
    """A line that ends in a colon belongs to the paragraph under it."""
    return next((at for at in range(index + 1, first) if pieces[at].body.endswith(":")), first)


def _settle_numbers(pieces: list[_Piece]) -> list[_Piece]:
    """A lone number beside a dateline, in boilerplate or at the end is a view counter."""
    full = [index for index, piece in enumerate(pieces) if piece.body]
    if sum(piece.reason == "number" for piece in pieces) > _MOST_COUNTERS:
        full = []
    settled = [
        replace(piece, kind=None, reason="") if piece.reason == "number" else piece
        for piece in pieces
    ]
    for place, index in enumerate(full):
        if pieces[index].reason != "number":
            continue
        beside = [
            pieces[at].kind
            for at in (*full[max(0, place - 1) : place], *full[place + 1 : place + 2])
        ]
        last = place >= len(full) - 1
        counter = last or any(kind in ("dateline", "boilerplate") for kind in beside)
        if counter:
            settled[index] = pieces[index].judged("boilerplate", "counter")
    return settled


# --- head and tail --------------------------------------------------------------------------


def _find_head(pieces: list[_Piece], title: str | None) -> list[_Piece]:
    """The headline, the rubric above it, a repeated headline, and a deck without a full stop."""
    content = [index for index, piece in enumerate(pieces) if piece.open]
    if len(content) < 2:
        return pieces
    marked = list(pieces)
    place = _headline_place(pieces, content, _same(title or ""))
    if place is None:
        return pieces
    for above in content[:place]:
        marked[above] = pieces[above].judged("boilerplate", "rubric")
    head = pieces[content[place]]
    marked[content[place]] = head.judged("headline")
    for index in content[place + 1 : place + 3]:
        body = pieces[index].body
        if len(body) < 2 * len(head.body) and _same(body) == _same(head.body):
            marked[index] = pieces[index].judged("headline")
        elif _is_deck(pieces, index, content[place + 1 :]):
            marked[index] = pieces[index].judged("headline", "deck")
            break
        else:
            break
    return marked


def _headline_place(pieces: Sequence[_Piece], content: Sequence[int], title: str) -> int | None:
    """Where the title stands, else the first line if it looks like a headline.

    A title that the text does not have stands above it: then a first sentence is no headline.
    """
    for place, index in enumerate(content[:6]):
        if (
            title
            and len(pieces[index].body) < 2 * len(title) + 40
            and _same(pieces[index].body) == title
        ):
            short = all(_words(pieces[above].body) <= 3 for above in content[:place])
            return place if short else None
    first, second = pieces[content[0]], pieces[content[1]]
    above = len(content) > 2 and _is_rubric(first.body) and second.body[-1] not in ".!?"
    if above and _looks_like_headline(second):
        return 1
    if title and first.body[-1] in ".!?":
        return None
    return 0 if _looks_like_headline(first) else None


def _is_rubric(body: str) -> bool:
    """«Общество»: one or two words, no mark, no number."""
    return len(body) <= 60 and body[-1].isalpha() and not _has_digit(body) and _words(body) <= 2


def _looks_like_headline(piece: _Piece) -> bool:
    """No full stop and not too long, or one short sentence; no list item, no dateline before it."""
    body = piece.body
    if not piece.whole or len(body) > _LONGEST_HEADLINE or script_of(body) is None:
        return False
    if body[-1] in ":;," or body[0] in "-*>\u2013\u2014\u2022" or _place_first().match(body):
        return False
    sentence = body.rstrip('\u00bb"\u201d)')
    if sentence.endswith(".") and not sentence.endswith(".."):
        return len(body) <= _LONGEST_STATEMENT and not _inner_stop().search(body)
    return True


@lru_cache(maxsize=1)
def _place_first() -> regex.Pattern[str]:
    """«JEDDAH — Police …», «ASTANA. KAZINFORM – …»: the place and the agency open a body."""
    return regex.compile(r"\p{Lu}[\p{Lu}., /()-]{3,40}\s*[\u2013\u2014:-]+ ")


@lru_cache(maxsize=1)
def _inner_stop() -> regex.Pattern[str]:
    return regex.compile(r"[.!?]\s+\p{Lu}")


def _is_deck(pieces: Sequence[_Piece], index: int, content: Sequence[int]) -> bool:
    """«В результате акции собраны средства»: no full stop, and a paragraph after it."""
    body = pieces[index].body
    later = [at for at in content if at > index]
    sentence = body[-1] in '.!?:;,\u2026"\u00bb\u201d' or body[0] in '-*>\u2013\u2014\u2022\u00ab"'
    return (
        bool(later)
        and not sentence
        and len(body) <= _LONGEST_DECK
        and _words(body) >= 4
        and pieces[index].whole
        and _prose().search(pieces[later[0]].body[-8:]) is not None
    )


def _find_tail(pieces: list[_Piece]) -> list[_Piece]:
    """«алматы, вов, ветераны» and «Мухтар Абаев» under the text → tags, byline."""
    marked = list(pieces)
    content = [index for index, piece in enumerate(pieces) if piece.open]
    for index in reversed(content[max(1, len(content) - 2) :]):
        reason = "tags" if _is_tags(pieces[index].body) else _byline(pieces[index].body)
        if not reason:
            break
        marked[index] = pieces[index].judged("boilerplate", reason)
    return marked


def _is_tags(body: str) -> bool:
    """Three or more short items in small letters, commas between, no full stop, no quantity."""
    items = [item.strip() for item in body.split(",")]
    return (
        len(items) >= 3
        and body[0].islower()
        and body[-1].isalnum()
        and all(item and len(item.split()) <= 4 and not item[0].isdigit() for item in items)
        and not regex.search(r"\d\s", body)
    )


def _byline(body: str) -> str:
    """«Мухтар Абаев»: two or three capitalised words and nothing else."""
    return "byline" if len(body) <= 60 and _names().fullmatch(body) else ""


@lru_cache(maxsize=1)
def _names() -> regex.Pattern[str]:
    name = r"\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?"
    return regex.compile(rf"{name}(?: {name}){{1,2}}(?:, {name})?\.?")


def _words(body: str) -> int:
    return sum(1 for _ in words_of(body))


def _same(text: str) -> str:
    """What two printings of one headline have in common."""
    return " ".join(words_of(lower_each(text)))


# --- languages and zones --------------------------------------------------------------------


def _fill_blanks(pieces: list[_Piece]) -> list[_Piece]:
    """An empty line belongs to the piece before it."""
    filled: list[_Piece] = []
    for piece in pieces:
        if not piece.body and filled:
            filled[-1] = replace(filled[-1], span=filled[-1].span.union(piece.span))
        elif filled and not filled[-1].body:
            filled[-1] = replace(piece, span=filled[-1].span.union(piece.span))
        else:
            filled.append(piece)
    return filled


def _find_languages(pieces: Sequence[_Piece], know: ZoneKnowledge) -> list[_Piece]:
    """Every piece by its own letters; what does not tell, by its neighbours in the same script."""
    told = [_tell(piece, know) for piece in pieces]
    forward = _pass_on(told)
    return [_settle(piece, know) for piece in reversed(_pass_on(list(reversed(forward))))]


def _tell(piece: _Piece, know: ZoneKnowledge) -> _Piece:
    script = script_of(piece.body[:_SCRIPT_SAMPLE])
    if script is None:
        return piece
    return replace(piece, script=script, lang=language_of(piece.body, script, know.languages))


def _pass_on(pieces: Iterable[_Piece]) -> list[_Piece]:
    """The language of a piece goes to the next one that has none, if the script is the same."""
    passed: list[_Piece] = []
    last: dict[Script | None, Lang] = {}
    script: Script | None = None
    for piece in pieces:
        given = piece if piece.script else replace(piece, script=script)
        if given.lang is None and given.script in last:
            given = replace(given, lang=last[given.script])
        if given.lang is not None:
            last[given.script] = given.lang
        script = given.script
        passed.append(given)
    return passed


def _settle(piece: _Piece, know: ZoneKnowledge) -> _Piece:
    script: Script = piece.script or "Latn"
    lang = piece.lang or likely_language(piece.body, script, know.languages)
    return replace(piece, script=script, lang=lang)


def _by_language(piece: _Piece, article: Article, know: ZoneKnowledge) -> Iterator[_Piece]:
    """«Фонд помог 20 семьям / Қор 20 отбасыға көмектесті» → a piece in each language."""
    parts: list[Stretch] = []
    if piece.kind in _TOLD and piece.lang and piece.script:
        parts = stretches(piece.span.of(article.text), piece.lang, piece.script, know.languages)
    start = piece.span.start
    for part in parts:
        span = Span(start + part.start, start + part.stop)
        yield replace(piece, span=span, lang=part.lang, script=part.script)
    if not parts:
        yield piece


_TOLD = frozenset({"headline", "body"})


def _merge(pieces: Iterable[_Piece]) -> Iterator[Zone]:
    """Neighbours of one sort and language become one zone; a headline stays alone."""
    current: Zone | None = None
    for piece in pieces:
        zone = _zone(piece)
        if current and zone.kind != "headline" and _alike(current, zone):
            current = replace(current, span=current.span.union(zone.span))
            continue
        if current:
            yield current
        current = zone
    if current:
        yield current


def _zone(piece: _Piece) -> Zone:
    assert piece.kind and piece.lang and piece.script  # set by find_zones
    return Zone(piece.span, piece.kind, piece.lang, piece.script, piece.reason)


def _alike(one: Zone, other: Zone) -> bool:
    return (one.kind, one.reason, one.lang, one.script) == (
        other.kind,
        other.reason,
        other.lang,
        other.script,
    )


RULES = (link, phone, rates, hashtags, dateline, number, navigation, label, opening)
