"""A sentence as a scene of givers: its head words by part, its verbs, and phrases in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.match.lexicon import Hit
from extractor.match.morphology import SuffixMorphology
from extractor.match.parsed import Parsed
from extractor.match.tense import tells_news
from extractor.types import Concept, Token

OPENERS = {"\u00ab": "\u00bb", "\u201c": "\u201d", '"': '"', "\u201e": "\u201c"}
MARKS = frozenset(OPENERS) | frozenset(OPENERS.values())
_JOINED_MARKS = frozenset("-\u2010\u2011%")
_ENDS = frozenset(".!?")
_LONGEST_QUOTE = 9
# «тұрғындары» → «тұрғында»: what stays of a word in all its cases, and never less than a stem.
_POSSESSED = 2
_STEM = 3
# «were | all | quickly handed over»: so far before its participle stands an auxiliary.
_AUXILIARY = 3
GIVING = frozenset({"give", "giving", "build", "collect", "start", "plan"})
GETTING = "receive"
# The part of a name that is only there, and parts that make a giver of it.
OTHER = "other"
# «Көк Тас»: бір жылдың есебі – a name that stands over an article as its heading.
HEADING = "heading"
ACTING = frozenset({"agent", "subject", "source", "possessor"})
_COUNTS = frozenset({"cardinal", "collective", "scale", "vague", "several", "half"})
_CROWDS = frozenset({"collective", "people", "office"})
_NOUNS = frozenset({"organisation", "authority", "collective", "people", "unit"})


# -- what a sentence offers ----------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """A sentence with its head words by part, and the words that say who acts."""

    parsed: Parsed

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return self.parsed.tokens

    @cached_property
    def heads(self) -> dict[str, list[Hit]]:
        """«organisation» → the hits of that part; acronyms only where they are in capitals."""
        table: dict[str, list[Hit]] = {}
        for hit in self.parsed.of_sort("head"):
            acronym = hit.entry.form.isupper() and not self.tokens[hit.first].text[:2].isupper()
            verbal = hit.entry.id in _NOUNS and hit.reading.tense is not None
            # «демеушілік жасады», «кәсіпкерлік»: what such people do.
            deed = self.suffixed and hit.entry.id in _CROWDS and hit.reading.case == "adj"
            if not (acronym or verbal or deed or self._is_one_of(hit)):
                table.setdefault(hit.entry.id, []).append(hit)
        table.setdefault("speech", []).extend(filter(self._tells, self._giving))
        return table

    def _is_one_of(self, hit: Hit) -> bool:
        """«ауданның тұрғыны» is one of «аудан тұрғындары»: the word lacks its plural."""
        if not self.suffixed or hit.entry.id not in _CROWDS:
            return False
        whole = hit.entry.form.replace("-", " ").split()[-1].removeprefix("=")
        word = self.parsed.norm(hit.last)
        return not word.startswith(whole[: max(_STEM, len(whole) - _POSSESSED)])

    def of_part(self, *parts: str) -> list[Hit]:
        """Longest head words first, so that «қоғамдық қор» is met before «қор»."""
        found = [hit for part in parts for hit in self.heads.get(part, ())]
        return sorted(found, key=lambda hit: (hit.first - hit.last, hit.first))

    def ends(self, part: str, index: int) -> bool:
        return any(hit.last == index for hit in self.heads.get(part, ()))

    def begins(self, part: str, index: int) -> bool:
        return any(hit.first == index for hit in self.heads.get(part, ()))

    @cached_property
    def suffixed(self) -> bool:
        """Does the language say with endings, and with the verb last, who does what?"""
        return self.parsed.language.suffixed

    @cached_property
    def head_first(self) -> bool:
        return self.parsed.language.head == "initial"

    @cached_property
    def acts(self) -> list[Hit]:
        """Verbs of giving, collecting, organising; and those of getting, to be told apart."""
        verbs = [h for h in self._giving if not self._reports(h) and not self._tells(h)]
        deeds = [h for h in self.of_part("deed") if not self._attends(h)]
        deeds = [h for h in deeds if not self.place(h.first)]
        found = sorted([*verbs, *deeds], key=lambda hit: hit.first)
        said = self.heads.get("speech", []) if self.suffixed else []
        found = [h for h in found if not any(_inside(h, other) for other in said)]
        return [hit for hit in found if not any(_within(hit, other) for other in found)]

    @cached_property
    def _giving(self) -> list[Hit]:
        return [h for h in self.parsed.of_sort("verb") if h.entry.id in (*GIVING, GETTING)]

    def _tells(self, verb: Hit) -> bool:
        return verb.entry.id in ("give", "giving") and tells_news(self.parsed, verb)

    def suffered(self, act: Hit) -> bool:
        """«were distributed», «переданы»: its subject is what is given."""
        if self.head_first:
            return act.reading.pos == "PRTS"
        if self.suffixed or act.reading.tense != "past":
            return False
        return any(self.begins("be", i) for i in range(max(0, act.first - _AUXILIARY), act.first))

    def _reports(self, verb: Hit) -> bool:
        """«…, передает корреспондент»: the same verb, behind a comma, only tells."""
        tells = any(self.begins(part, verb.first) for part in ("speech", "source_before"))
        return tells and self.parsed.norm(verb.first - 1) in (",", *MARKS)

    def _attends(self, deed: Hit) -> bool:
        """«рәсімге әкім қатысты», «в церемонии участвовал аким»: who only comes gives nothing."""
        if not self.begins("attend", deed.first):
            return False
        where = ("dat",) if self.suffixed else ("loc", "acc")
        shown = [h for h in self.heads.get("ceremony", []) if h.reading.case in where]
        return any(h.last < deed.first or self.head_first for h in shown)

    @cached_property
    def titled(self) -> bool:
        """«Road to School Opens In Astana»: in such a line a capital says nothing."""
        if self.tokens[-1].text in _ENDS:
            return False
        words = [token for token in self.tokens if token.sort == "word" and len(token.text) > 3]
        big = sum(token.text[0].isupper() for token in words)
        return len(words) > 4 and big >= 0.7 * len(words)

    def heads_beside(self, first: int) -> tuple[int, ...]:
        """The token before, marks let through: where a name would end."""
        index = first - 1
        while index >= 0 and self.tokens[index].text in MARKS:
            index -= 1
        return (index,)

    def word(self, index: int) -> bool:
        return 0 <= index < len(self.tokens) and self.tokens[index].sort == "word"

    def capital(self, index: int) -> bool:
        return self.word(index) and self.tokens[index].text[:1].isupper()

    def acronym(self, index: int) -> bool:
        text = self.tokens[index].text if self.word(index) else ""
        return len(text) > 1 and text.isupper()

    def foreign(self, index: int) -> bool:
        """«Chery» in a Cyrillic text."""
        cyrillic = self.parsed.sentence.zone.script == "Cyrl"
        return cyrillic and self.capital(index) and self.tokens[index].text.isascii()

    def stop(self, index: int) -> bool:
        return bool(self.parsed.starting("stop", index))

    def verb(self, index: int) -> bool:
        return any(hit.last == index for hit in self.parsed.starting("verb", index))

    def place(self, index: int) -> Hit | None:
        hits = self.parsed.starting("place", index)
        return hits[0] if hits and self.capital(index) else None

    def counted(self, first: int) -> bool:
        """«25 000 волонтеров», «елуге жуық еріктісі»: a counted crowd is a figure, no name."""
        for index in range(first - 1, max(-1, first - 5), -1):
            token = self.tokens[index]
            if self._is_clock(index) or self._is_object(index) or self._is_label(index):
                return False
            if token.value is not None or any(
                hit.entry.id in _COUNTS for hit in self.parsed.ending("number", index)
            ):
                return True
            mark = token.sort == "mark" and token.text not in _JOINED_MARKS
            if mark or self.parsed.ending("noun", index):
                return False
        return False

    def _is_object(self, index: int) -> bool:
        """«107-сін демеушілер сыйлады», «12 миллионын»: what they gave, not how many they are."""
        if not self.suffixed:
            return False
        cases = {hit.reading.case for hit in self.parsed.ending("number", index)}
        if index > 1 and self.tokens[index - 2].value is not None:
            cases |= hyphened_cases(self, index - 2) or set()
        return "acc" in cases

    def _is_label(self, index: int) -> bool:
        """«№12 мектеп оқушылары»: a number of that sort is a name."""
        return self.tokens[index].value is not None and self.parsed.norm(index - 1) == "№"

    def _is_clock(self, index: int) -> bool:
        """«16:30 Кәсіпкерлер …»: an hour counts nobody."""
        colon = self.parsed.norm(index - 1) == ":" and self.parsed.glued(index)
        return colon and self.parsed.glued(index - 1)

    def currency(self, index: int) -> bool:
        return any(
            isinstance(h.entry.meaning, Concept) and h.entry.meaning.sort == "currency"
            for h in self.parsed.starting("noun", index)
        )

    def cases(self, index: int) -> frozenset[str | None]:
        """Every case that a word may stand in, by its readings."""
        if not self.word(index):
            return frozenset()
        readings = self.parsed.language.morphology.readings(self.tokens[index].norm)
        return frozenset(r.case for r in readings if r.case is not None)

    def only_adjective(self, index: int) -> bool:
        """«Великой», but not «Петров», which a dictionary also takes for an adjective."""
        readings = self.parsed.language.morphology.readings(self.tokens[index].norm)
        known = [r.pos for r in readings if r.pos]
        return bool(known) and all(pos in ("ADJF", "PRTF") for pos in known)

    def adjective(self, index: int) -> bool:
        if not self.word(index):
            return False
        readings = self.parsed.language.morphology.readings(self.tokens[index].norm)
        return any(r.pos in ("ADJF", "PRTF") for r in readings)

    def participle(self, index: int) -> bool:
        """«реализуемой ТОО»: a participle goes with what stands before it."""
        readings = self.parsed.language.morphology.readings(self.tokens[index].norm)
        return bool(readings) and all(r.pos == "PRTF" for r in readings if r.pos)


def _within(hit: Hit, other: Hit) -> bool:
    """«got» of «got together»: the longer verb is the one that is meant."""
    return _inside(hit, other) and other.last - other.first > hit.last - hit.first


def _inside(hit: Hit, other: Hit) -> bool:
    """«бата | берді», «бөлісті»: what is said is not given."""
    return other.first <= hit.first and hit.last <= other.last


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that may name a giver; ``cases`` are those of its head, None where unknown.

    ``model`` is the one that found it, nothing where a rule did.
    """

    first: int
    last: int
    sort: str
    head: str = ""
    cases: frozenset[str | None] = frozenset({None})
    known: str | None = None
    bare: bool = False
    model: str = ""

    def overlaps(self, other: Phrase) -> bool:
        return self.first <= other.last and other.first <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1


# -- phrases: by registry and quotation marks ----------------------------------------------


def hyphened_cases(scene: Scene, last: int) -> frozenset[str | None] | None:
    """«AFAD-тың», «ҚР-дағы», «Көк Тас»-тың: the ending stands behind a hyphen."""
    morphology = scene.parsed.language.morphology
    hyphen = _hyphen_behind(scene, last)
    if not isinstance(morphology, SuffixMorphology) or hyphen is None:
        return None
    endings = morphology.table.get(scene.parsed.norm(hyphen + 1), ())
    return frozenset(e.case for e in endings if e.case and e.tense is None) or None


def _hyphen_behind(scene: Scene, last: int) -> int | None:
    hyphen = last + 1 + (scene.parsed.norm(last + 1) in MARKS)
    glued = scene.parsed.norm(hyphen) == "-" and scene.parsed.glued(hyphen)
    return hyphen if glued else None


def ends_at(scene: Scene, phrase: Phrase) -> int:
    """«ЖШС | -ның | қолдауымен»: an ending behind a hyphen still belongs to its phrase."""
    hyphen = _hyphen_behind(scene, phrase.last)
    return phrase.last if hyphen is None or not scene.suffixed else hyphen + 1


def hit_cases(scene: Scene, hit: Hit) -> frozenset[str | None]:
    """The cases of a hit in all its readings: «қорының» → {gen}, «фонд» → {nom, acc}."""
    hyphened = hyphened_cases(scene, hit.last)
    if hyphened is not None:
        return hyphened
    same = scene.parsed.starting(hit.entry.sort, hit.first)
    cases = {
        other.reading.case
        for other in same
        if other.last == hit.last and other.entry.id == hit.entry.id
    }
    if scene.head_first and hit.last > hit.first:
        noun = next((i for i in range(hit.first, hit.last) if not scene.adjective(i)), hit.last)
        cases = {*scene.cases(noun)}
    if scene.suffixed:
        return frozenset(cases)
    return frozenset(case for case in cases if case is not None) or frozenset({None})


def find_quotes(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Token indices of opening and closing quotation marks, not too far apart."""
    index = 0
    while index < len(tokens):
        closer = OPENERS.get(tokens[index].text)
        if closer is None:
            index += 1
            continue
        stops = range(index + 2, min(index + _LONGEST_QUOTE + 2, len(tokens)))
        stop = next((i for i in stops if tokens[i].text == closer), None)
        if stop is not None:
            yield index, stop
        index = (stop or index) + 1


# -- phrases: by head noun -----------------------------------------------------------------


def conjunctions(scene: Scene) -> frozenset[str]:
    return frozenset(hit.entry.form for hit in scene.parsed.of_sort("and"))


# -- phrases: by capitals ------------------------------------------------------------------


def owns(scene: Scene, index: int) -> bool:
    """«IFRC's Disaster Relief Fund»: a name ends with its possessive, «Women's» it does not."""
    text = scene.tokens[index].text
    owner = len(text) > 2 and text[-2:] in ("'s", "\u2019s")
    return owner and not scene.begins("whose_sort", index)


# -- parts: who speaks, who gets, who gives ------------------------------------------------


def _before_noun(scene: Scene, phrase: Phrase) -> int:
    """«from the mining company | Zhaiyk Munai» → «the»: the noun that announces a name."""
    before = phrase.first - 1
    if scene.suffixed or scene.head_first or phrase.sort not in ("run", "registry", "quoted"):
        return before
    index = before - (before >= 0 and scene.tokens[before].text in MARKS)
    if not scene.ends("organisation", index) or scene.capital(index):
        return before
    while index > 0 and scene.word(index) and not _binds(scene, index):
        index -= 1
    return index


def _binds(scene: Scene, index: int) -> bool:
    """«the», «from», «to», «gave»: a small word or a verb ends what is said of a noun."""
    small = ("article", "preposition", "link_of", "giver_before", "origin")
    bound = any(scene.ends(part, index) for part in small)
    return bound or scene.stop(index) or scene.verb(index)


def word_before(scene: Scene, phrase: Phrase) -> int:
    """«по инициативе различных групп» → «инициативе»: articles, marks, «различных» let through."""
    index = _before_noun(scene, phrase)
    while index >= 0 and (
        scene.begins("article", index)
        or scene.tokens[index].text in MARKS
        or (scene.begins("no_name", index) and scene.adjective(index))
        or (phrase.sort in ("person", "run") and scene.ends("office", index))
    ):
        index -= 1
    return index
