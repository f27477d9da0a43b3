"""Who gives, and under which name: providers by their part in the clause, campaigns by name.

First every phrase that may name somebody is cut out: by registry, quotation marks, head noun,
post, capitals. Then each is asked which part it plays: whoever speaks, gets or only lends the
address is left out. What a bare «фонд» or «партия» means, the names before it say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractor.match.lexicon import Hit
from extractor.match.morphology import SuffixMorphology
from extractor.match.parsed import Parsed
from extractor.types import Concept, Mention, Span, Token

_OPEN = {"\u00ab": "\u00bb", "\u201c": "\u201d", '"': '"', "\u201e": "\u201c"}
_MARKS = frozenset(_OPEN) | frozenset(_OPEN.values())
_JOINED_MARKS = frozenset("-\u2010\u2011%")
_ENDS = frozenset(".!?")
_CLAUSE = frozenset(";:.!?\u2022")
_LONGEST_QUOTE = 9
_LONGEST_NAME = 9
_LONGEST_CASE = 3
_LONG_WORD = 6
_FIRST_LINES = 3
_ROMAN = frozenset("IVXLC")
_GIVING = frozenset({"give", "giving", "build", "collect", "start", "plan"})
_GETTING = "receive"
_KINDS = {"collective": "crowd", "people": "crowd", "person": "person", "place": "place"}
_BODIES = frozenset({"quoted", "organisation", "authority", "run", "registry"})
_COUNTS = frozenset({"cardinal", "collective", "scale", "vague", "several", "half"})
_NOUNS = frozenset({"organisation", "authority", "collective", "people", "unit"})
_ACTING = frozenset({"agent", "subject", "source"})
_OBJECT_CASES = frozenset({"dat", "acc", "loc", "adj", "equ"})


def find_names(
    parsed: Sequence[Parsed], text: str, entities: Sequence[Mention] = ()
) -> tuple[Mention, ...]:
    """«Біз біргеміз!» акциясы → a campaign; «Шұғыла» қоры көмек берді → a provider.

    ``Mention.rule`` of a provider is its part in the clause, ``Mention.code`` its sort (body,
    person, crowd, helper, place), ``Mention.value`` the name as it was first given in full.
    ``entities`` are names that a model found, with PERSON, ORG, … as their ``rule``: they are
    judged as the phrases are that the rules found.
    """
    found: list[Mention] = []
    scenes = [Scene(p) for p in parsed if p.sentence.zone.kind in ("headline", "body")]
    for scene in scenes:
        found += _unique(m for rule in CAMPAIGNS for m in rule(scene, text))
    book = _Book(frozenset(m.text.casefold() for m in found))
    for scene in scenes:
        index = scene.parsed.sentence.index
        given = [e for e in entities if e.sentence == index]
        campaigns = [m for m in found if m.sort == "campaign" and m.sentence == index]
        found += _givers(scene, text, book, campaigns, given)
    found.sort(key=lambda mention: (mention.span, mention.sort))
    return tuple(found)


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap, the first one stays."""
    kept: list[Mention] = []
    for mention in mentions:
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return kept


# -- what a sentence offers ----------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """A sentence with its head words by part, and the words that say who acts."""

    parsed: Parsed

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.parsed.tokens

    @cached_property
    def heads(self) -> dict[str, list[Hit]]:
        """«organisation» → the hits of that part; acronyms only where they are in capitals."""
        table: dict[str, list[Hit]] = {}
        for hit in self.parsed.of_sort("head"):
            acronym = hit.entry.form.isupper() and not self.tokens[hit.first].text[:2].isupper()
            verbal = hit.entry.id in _NOUNS and hit.reading.tense is not None
            if not acronym and not verbal:
                table.setdefault(hit.entry.id, []).append(hit)
        return table

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
        return self.parsed.language.distributive_case is not None

    @cached_property
    def head_first(self) -> bool:
        return self.parsed.language.head == "initial"

    @cached_property
    def acts(self) -> list[Hit]:
        """Verbs of giving, collecting, organising; and those of getting, to be told apart."""
        verbs = [h for h in self.parsed.of_sort("verb") if h.entry.id in (*_GIVING, _GETTING)]
        verbs = [h for h in verbs if not self._reports(h)]
        return sorted([*verbs, *self.of_part("deed")], key=lambda hit: hit.first)

    def _reports(self, verb: Hit) -> bool:
        """«…, передает корреспондент»: the same verb, behind a comma, only tells."""
        tells = any(self.begins(part, verb.first) for part in ("speech", "source_before"))
        return tells and self.parsed.norm(verb.first - 1) in (",", *_MARKS)

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
        while index >= 0 and self.tokens[index].text in _MARKS:
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
            if token.value is not None or any(
                hit.entry.id in _COUNTS for hit in self.parsed.ending("number", index)
            ):
                return True
            mark = token.sort == "mark" and token.text not in _JOINED_MARKS
            if mark or self.parsed.ending("noun", index):
                return False
        return False

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


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that may name a giver; ``cases`` are those of its head, None where unknown."""

    first: int
    last: int
    sort: str
    head: str = ""
    cases: frozenset[str | None] = frozenset({None})
    known: str | None = None
    bare: bool = False

    def overlaps(self, other: Phrase) -> bool:
        return self.first <= other.last and other.first <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1


# -- phrases: by registry and quotation marks ----------------------------------------------


def _registered(scene: Scene) -> Iterator[Phrase]:
    """«Nur Otan», «МЧС», «Красный Полумесяц»: a giver of the registry, written as a name."""
    for hit in scene.parsed.of_sort("provider"):
        if scene.capital(hit.first) and not _is_lower_acronym(scene, hit):
            cases = _hit_cases(scene, hit)
            yield Phrase(hit.first, hit.last, "registry", hit.entry.form, cases, hit.entry.id)


def _is_lower_acronym(scene: Scene, hit: Hit) -> bool:
    text = scene.tokens[hit.first].text
    return hit.first == hit.last and len(text) <= 4 and not text[:2].isupper()


def _hyphened_cases(scene: Scene, last: int) -> frozenset[str | None] | None:
    """«AFAD-тың», «ҚР-дағы»: the ending stands behind a hyphen."""
    morphology = scene.parsed.language.morphology
    hyphen = scene.parsed.norm(last + 1) == "-" and scene.parsed.glued(last + 1)
    if not isinstance(morphology, SuffixMorphology) or not hyphen:
        return None
    endings = morphology.table.get(scene.parsed.norm(last + 2), ())
    return frozenset(e.case for e in endings if e.case and e.tense is None) or None


def _hit_cases(scene: Scene, hit: Hit) -> frozenset[str | None]:
    """The cases of a hit in all its readings: «қорының» → {gen}, «фонд» → {nom, acc}."""
    hyphened = _hyphened_cases(scene, hit.last)
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


def _quoted(scene: Scene) -> Iterator[Phrase]:
    """«Шұғыла» қоры, ТОО «Кереку Агро»: a quoted name and the noun that makes it somebody."""
    for first, last in _quotes(scene.tokens):
        inner = _known_inside(scene, first + 1, last - 1)
        head = _head_beside(scene, first, last, "organisation", "authority")
        other = _head_beside(scene, first, last, "campaign", "no_campaign")
        if inner is not None and not (other and _nearer(other, head, first, last)):
            cases = _hit_cases(scene, head) if head else frozenset({None})
            whole = head is not None and inner.bare
            span = _around(scene, head, first, last) if whole and head else (first + 1, last - 1)
            word = head.entry.form if head else inner.head
            yield replace(inner, first=span[0], last=span[1], cases=cases, head=word)
        elif head is not None and not (other and _nearer(other, head, first, last)):
            a, b = _around(scene, head, first, last)
            head, b = _next_head(scene, head, b)
            known = _known_inside(scene, a, b)
            name = known.known if known else None
            yield Phrase(a, b, "quoted", head.entry.form, _hit_cases(scene, head), name)


def _next_head(scene: Scene, head: Hit, last: int) -> tuple[Hit, int]:
    """«Қара алтын» шахтасының ұжымы: the collective of the mine gives, not the mine."""
    if scene.suffixed and _hit_cases(scene, head) == {"gen"}:
        for other in scene.of_part("organisation"):
            if other.first == last + 1:
                return other, other.last
    return head, last


def _nearer(other: Hit, head: Hit | None, first: int, last: int) -> bool:
    gap = _gap(other, first, last)
    return head is None or gap < _gap(head, first, last)


def _gap(hit: Hit, first: int, last: int) -> int:
    return hit.first - last if hit.first > last else first - hit.last


def _quotes(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Token indices of opening and closing quotation marks, not too far apart."""
    index = 0
    while index < len(tokens):
        closer = _OPEN.get(tokens[index].text)
        if closer is None:
            index += 1
            continue
        stops = range(index + 2, min(index + _LONGEST_QUOTE + 2, len(tokens)))
        stop = next((i for i in stops if tokens[i].text == closer), None)
        if stop is not None:
            yield index, stop
        index = (stop or index) + 1


def _known_inside(scene: Scene, first: int, last: int) -> Phrase | None:
    """«Nur Otan» in quotes; «Birgemiz» қоғамдық қоры across them: marks are looked through."""
    words = [t for t in scene.tokens[first : last + 1] if t.sort == "word"]
    found = scene.parsed.language.lexicon.scan(words)
    whole = [h for h in found if h.entry.sort == "provider" and h.last - h.first + 1 == len(words)]
    if not whole:
        return None
    return Phrase(first, last, "registry", whole[0].entry.form, known=whole[0].entry.id)


def _head_beside(scene: Scene, first: int, last: int, *parts: str) -> Hit | None:
    """The head noun of a quoted name: behind it, across up to two words, or before it."""
    for head in scene.of_part(*parts):
        reach = 3 if scene.suffixed else 2
        after = 0 < head.first - last <= reach and not _stopped(scene, last, head.first)
        inner = range(head.last + 1, first)
        chain = scene.head_first and len(inner) <= 2 and all("gen" in scene.cases(i) for i in inner)
        before = first > head.last and (not inner or chain) and not scene.suffixed
        if (after and not scene.head_first) or before:
            return head
    return None


def _stopped(scene: Scene, start: int, stop: int) -> bool:
    between = range(start + 1, stop)
    return any(not scene.word(i) or scene.verb(i) or scene.stop(i) for i in between)


def _around(scene: Scene, head: Hit, first: int, last: int) -> tuple[int, int]:
    """The quoted name with its head; in English a head in small letters stays outside."""
    if scene.suffixed:
        return first, max(last, head.last)
    if scene.head_first:
        return _adjectives(scene, head), last
    if scene.capital(head.first):
        return min(first, head.first), max(last, head.last)
    return (first + 1, last - 1) if head.last < first else (first, head.last)


def _adjectives(scene: Scene, head: Hit) -> int:
    """«Корпоративный фонд»: where the adjectives before a head begin."""
    first, cases = head.first, scene.cases(head.first)
    while (
        first > 0
        and head.first - first < 3
        and scene.adjective(first - 1)
        and not scene.stop(first - 1)
        and not scene.begins("no_name", first - 1)
        and not scene.parsed.starting("number", first - 1)
        and (not cases or scene.cases(first - 1) & cases)
    ):
        first -= 1
    return first


# -- phrases: by head noun -----------------------------------------------------------------


def _with_head(scene: Scene) -> Iterator[Phrase]:
    """«Ұлттық волонтерлер желісі», «акимат Астаны», «the akimat of Shymkent»."""
    for part in ("organisation", "authority", "collective", "people"):
        for head in scene.of_part(part):
            if scene.begins("no_head", head.first):
                continue
            phrase = _headed(scene, head, part)
            crowd = part in ("collective", "people")
            if (
                part == "organisation"
                and _is_many(scene, phrase)
                and not _has_capital(scene, phrase)
            ):
                continue
            if crowd and (scene.counted(phrase.first) or _is_single(scene, phrase)):
                continue
            owned = phrase.first > 0 and _owns(scene, phrase.first - 1)
            if owned or _is_batch(scene, head, phrase):
                continue
            if part != "people" or _is_crowd(scene, phrase):
                yield phrase


def _has_capital(scene: Scene, phrase: Phrase) -> bool:
    return any(scene.capital(i) for i in range(phrase.first + 1, phrase.last + 1))


def _is_single(scene: Scene, phrase: Phrase) -> bool:
    """«India is a dedicated donor», «предприниматель Ермек Садыков»: said of somebody named."""
    if scene.begins("office", phrase.last) and scene.capital(phrase.last + 1):
        return True
    return any(h.entry.id == "article" for h in scene.parsed.ending("number", phrase.first - 1))


def _is_batch(scene: Scene, head: Hit, phrase: Phrase) -> bool:
    """«партия гуманитарной помощи»: what is behind the noun are things, not a name."""
    concepts = (
        hit.entry.meaning for hit in scene.parsed.between("noun", head.last + 1, phrase.last)
    )
    things = any(isinstance(c, Concept) and c.sort == "item" for c in concepts)
    return things and phrase.sort == "organisation" and not scene.capital(phrase.last)


def _is_crowd(scene: Scene, phrase: Phrase) -> bool:
    """«неравнодушные жители», «жители Алматы», «от жителей»: not any citizens."""
    whose = any(scene.capital(i) for i in range(phrase.first + 1, phrase.last + 1))
    caring = scene.begins("caring", phrase.first)
    asked = scene.ends("giver_before", _word_before(scene, phrase))
    placed = bool(scene.parsed.starting("place", phrase.first)) and phrase.first < phrase.last
    return whose or caring or asked or placed


def _headed(scene: Scene, head: Hit, part: str) -> Phrase:
    extent = _left_name if scene.suffixed else _right_name if scene.head_first else _both_names
    first, last = extent(scene, head, part)
    inner = _name_inside(scene, head, last, part)
    if inner is not None:
        return replace(inner, cases=_hit_cases(scene, head))
    inside = range(first, last + 1)
    named = any(scene.capital(i) and (i > 0 or scene.acronym(i)) for i in inside)
    named = named or (scene.suffixed and first < head.first and scene.capital(first))
    named = named or last - head.last >= 2
    generic = part == "organisation" or (part == "authority" and first == last)
    bare = generic and not (named and (last > first or scene.acronym(first)))
    return Phrase(first, last, part, head.entry.form, _hit_cases(scene, head), None, bare)


def _name_inside(scene: Scene, head: Hit, last: int, part: str) -> Phrase | None:
    """«компания Chery International» → Chery International: the name says enough."""
    if not scene.head_first or part != "organisation" or head.entry.form.isupper():
        return None
    for hit in scene.parsed.of_sort("provider"):
        if hit.first == head.last + 1 and hit.last >= last and scene.capital(hit.first):
            return Phrase(hit.first, hit.last, "registry", hit.entry.form, known=hit.entry.id)
    foreign = all(scene.foreign(i) for i in range(head.last + 1, last + 1))
    if last > head.last and foreign:
        return Phrase(head.last + 1, last, "run", scene.tokens[last].norm)
    return None


def _left_name(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«Төтенше жағдайлар департаменті», «мұнай компаниялары»: the name stands before its head."""
    first, capital = head.first, None
    if part == "organisation" and not _possessed(scene, head):
        return head.first, head.last
    while first > 0 and head.first - first < 5 and _joins_left(scene, first - 1, part):
        first -= 1
        if capital is not None and _whole_region(scene, first):
            break
        opens = first == 0 and capital is not None and bool(scene.place(capital))
        if scene.capital(first) and not opens and not (capital and _dative(scene, first)):
            capital = first
    if capital is not None:
        return capital, head.last
    near = head.first - 1
    lower = near >= 0 and _joins_left(scene, near, part) and not scene.begins("caring", near)
    return (near if lower else head.first), head.last


def _possessed(scene: Scene, head: Hit) -> bool:
    """«Халық қоры» is a name, «орталық» alone an adjective; acronyms bear no ending."""
    same = [
        h for h in scene.of_part("organisation") if (h.first, h.last) == (head.first, head.last)
    ]
    return head.entry.form.isupper() or any(h.reading.possessive for h in same)


def _whole_region(scene: Scene, index: int) -> bool:
    """«Ақмола облысы Зеренді ауданының әкімдігі»: the region only says where."""
    return any(h.reading.case is None for h in scene.parsed.starting("place_head", index))


def _dative(scene: Scene, index: int) -> bool:
    return "dat" in scene.cases(index)


def _joins_left(scene: Scene, index: int, part: str) -> bool:
    """May this word belong to the name behind it? «қаладағы», «үшін», «берді» may not."""
    if not scene.word(index) or scene.verb(index) or scene.stop(index):
        return False
    if scene.begins("no_name", index) or scene.begins("speech", index) or _is_tail(scene, index):
        return False
    if scene.parsed.starting("number", index) or scene.tokens[index].value is not None:
        return False
    if part in ("collective", "people") and scene.begins("organisation", index):
        return False
    if scene.capital(index):
        cases = _place_cases(scene, index)
        return not cases & {"loc", "abl", "adj"} and not (part != "organisation" and "dat" in cases)
    cases = scene.cases(index) - ({"adj"} if not _locative(scene, index) else set())
    long = len(scene.tokens[index].norm) >= _LONG_WORD
    return not cases & {"loc", "abl", "adj", "ins", "dat"} and not (long and _verbal(scene, index))


def _place_cases(scene: Scene, index: int) -> frozenset[str | None]:
    """«Украинаға» → dat; of a capitalised word that is no known place, nothing is known."""
    hits = [h for h in scene.parsed.starting("place", index) if h.last == index]
    return frozenset(h.reading.case for h in hits)


def _is_tail(scene: Scene, index: int) -> bool:
    """The second half of «сондай-ақ»."""
    return scene.parsed.norm(index - 1) == "-" and scene.parsed.glued(index)


def _locative(scene: Scene, index: int) -> bool:
    """«қаладағы» says where; «гуманитарлық», with the shorter ending, what sort."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    return any(r.case == "adj" and len(norm) - len(r.lemma) > _LONGEST_CASE for r in readings)


def _verbal(scene: Scene, index: int) -> bool:
    """«құрылған», «көмекті»: a participle or an object."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    objects = (r.case == "acc" and len(norm) - len(r.lemma) > 1 for r in readings)
    return any(r.tense in ("past", "future") for r in readings) or any(objects)


def _right_name(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«оперативный штаб», «министерства культуры и информации», «Штаб поддержки Украины»."""
    first = _adjectives(scene, head)
    last = head.last
    if part in ("collective", "people") and scene.begins("unit", head.first):
        return first, last
    while last + 1 < len(scene.tokens) and last - head.last < _LONGEST_NAME:
        step = _step_right(scene, last)
        if step == last:
            break
        last = step
    while last > head.last and scene.adjective(last) and not scene.capital(last):
        last -= 1
    return first, last


def _step_right(scene: Scene, last: int) -> int:
    """One genitive, acronym or name further; «и» only between genitives."""
    following = last + 1
    if scene.tokens[following].norm in _and(scene) and scene.word(following + 1):
        both = "gen" in scene.cases(last) and "gen" in scene.cases(following + 1)
        return following + 1 if both and not scene.capital(following + 1) else last
    if not scene.word(following) or scene.stop(following) or scene.verb(following):
        return last
    if scene.parsed.starting("number", following) or scene.begins("speech", following):
        return last
    if scene.acronym(following) or scene.foreign(following) or "gen" in scene.cases(following):
        return following
    return last


def _and(scene: Scene) -> frozenset[str]:
    return frozenset(hit.entry.form for hit in scene.parsed.of_sort("and"))


def _both_names(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«local entrepreneurs», «regional akimat», «akimat of Shymkent», «Syr Toqyma textile mill»."""
    first, last = head.first, head.last
    while first > 0 and head.first - first < 3 and _describes(scene, first - 1):
        first -= 1
    while first > 0 and scene.capital(first) and _in_run(scene, first - 1):
        first -= 1
    unit = part in ("collective", "people") and scene.begins("unit", head.first)
    if scene.begins("link_of", last + 1) and not unit:
        after = last + 2
        while scene.begins("article", after):
            after += 1
        if scene.capital(after) or scene.begins("area", after):
            last = _run_right(scene, after)
    return first, last


def _describes(scene: Scene, index: int) -> bool:
    blocked = any(scene.begins(part, index) for part in ("no_name", "speech", "link_of"))
    blocked = blocked or scene.stop(index) or scene.verb(index)
    numeric = scene.parsed.starting("number", index) or scene.tokens[index].value is not None
    blocked = blocked or (scene.word(index) and _owns(scene, index))
    hyphen = scene.tokens[index].text == "-" and scene.word(index - 1)
    return hyphen or (scene.word(index) and not blocked and not numeric)


# -- phrases: by capitals ------------------------------------------------------------------


def _run_of_capitals(scene: Scene) -> Iterator[Phrase]:
    """«Grain Reserve Agency (GRA)», «CITIC Construction»: a name that no noun announces."""
    index = 0
    while index < len(scene.tokens):
        if not _opens_run(scene, index):
            index += 1
            continue
        last = _run_right(scene, index)
        first = _skip_title(scene, index, last)
        owned = first > 0 and _owns(scene, first - 1)
        if first <= last and not owned and _is_name(scene, first, last):
            yield Phrase(first, last, "run", scene.tokens[_head_of_run(scene, first, last)].norm)
        index = last + 1


def _head_of_run(scene: Scene, first: int, last: int) -> int:
    """«Grain Reserve Agency (GRA)» → Agency."""
    opened = [i for i in range(first, last) if scene.parsed.norm(i) == "("]
    linked = [i for i in range(first + 1, last) if scene.begins("link_of", i)]
    return min([*opened, *linked, last + 1]) - 1


def _opens_run(scene: Scene, index: int) -> bool:
    if not scene.capital(index) or scene.titled:
        return False
    latin = not scene.suffixed and not scene.head_first
    return latin or scene.foreign(index)


def _run_right(scene: Scene, index: int) -> int:
    """The last token of a run of capitals, «of», «for» and «and the» let through."""
    last = index
    while last + 1 < len(scene.tokens) and not _owns(scene, last):
        step = next((s for s in (1, 2, 3) if _continues(scene, last, s)), None)
        if step is None:
            break
        last += step
    return _with_brackets(scene, last)


def _owns(scene: Scene, index: int) -> bool:
    """«IFRC's Disaster Relief Fund»: the name ends with its possessive."""
    text = scene.tokens[index].text
    return len(text) > 2 and text[-2:] in ("'s", "\u2019s")


def _with_brackets(scene: Scene, last: int) -> int:
    """«Grain Reserve Agency (GRA)», «Zhomart Zhan (Generous Soul) National Center»."""
    if scene.parsed.norm(last + 1) != "(" or not scene.capital(last + 2):
        return last
    close = next((i for i in range(last + 3, last + 6) if scene.parsed.norm(i) == ")"), None)
    if close is None:
        return last
    while scene.capital(close + 1):
        close += 1
    return close


def _continues(scene: Scene, last: int, step: int) -> bool:
    target = last + step
    small = range(last + 1, target)
    if not scene.capital(target) or not _same_script(scene, last, target):
        return False
    if step == 1:
        return True
    if step == 2 and scene.tokens[last + 1].text in ("-", ".", "&", "'"):
        return scene.parsed.glued(last + 1) or scene.tokens[last + 1].text == "&"
    joined = all(scene.begins("link_of", i) or scene.begins("the", i) for i in small)
    joined = joined and not scene.begins("the", last + 1)
    joined = joined or (step == 2 and _joins_and(scene, last))
    return joined and not scene.place(last) and scene.word(last + 1)


def _joins_and(scene: Scene, last: int) -> bool:
    """«Ministry of Culture and Information» is one name, «Caritas and UNICEF» are two."""
    if scene.tokens[last + 1].norm not in _and(scene):
        return False
    linked = any(scene.begins("link_of", i) for i in range(max(0, last - 4), last))
    heads = scene.of_part("organisation", "authority")
    plain = not any(h.last == last for h in heads)
    announced = any(last + 2 < h.first <= last + 4 for h in heads) and not scene.acronym(last)
    return plain and (linked or announced)


def _same_script(scene: Scene, one: int, other: int) -> bool:
    return scene.tokens[one].text.isascii() == scene.tokens[other].text.isascii() or (
        scene.parsed.sentence.zone.script == "Latn"
    )


def _in_run(scene: Scene, index: int) -> bool:
    return scene.capital(index) and not scene.stop(index) and not _owns(scene, index)


def _skip_title(scene: Scene, first: int, last: int) -> int:
    """«Businesswoman Zhanna Ospanova» → Zhanna Ospanova; «The Council» → Council."""
    while first <= last:
        office = next((h for h in scene.of_part("office") if h.first == first), None)
        if office is not None and office.last < last:
            first = office.last + 1
        elif scene.begins("unit", first) and scene.begins("of", first + 1) and first + 1 < last:
            first += 2
        elif (
            scene.stop(first)
            or not scene.word(first)
            or any(scene.begins(part, first) for part in ("article", "no_name"))
        ):
            first += 1
        else:
            break
    return first


def _is_name(scene: Scene, first: int, last: int) -> bool:
    """A word that opens a sentence, a place, a nation, a currency or a river is no giver."""
    covered = scene.place(first)
    if covered is not None and covered.last >= last:
        return False
    if first == last and _is_common(scene, first):
        return False
    offices = scene.of_part("office")
    if all(any(h.first <= i <= h.last for h in offices) for i in range(first, last + 1)):
        return False
    inside = range(first, last + 2)
    if any(scene.parsed.starting("place_noise", i) or scene.currency(i) for i in inside):
        return False
    if any(scene.parsed.starting("place_head", i) for i in (last, last + 1)):
        return False
    if first < last or scene.acronym(first):
        return scene.parsed.norm(first - 1) != "#"
    opens = first == 0 or scene.tokens[first - 1].text in _MARKS | {"#", "-"}
    return not opens and not _is_attribute(scene, last)


def _is_attribute(scene: Scene, index: int) -> bool:
    """«Taiwanese newspaper», «Rohingya men»: a single capital before a plain noun."""
    following = index + 1
    plain = scene.word(following) and not scene.capital(following)
    acts = any(act.first == following for act in scene.acts) or scene.begins("be", following)
    return plain and not acts and not scene.stop(following) and not scene.head_first


def _is_common(scene: Scene, index: int) -> bool:
    token = scene.tokens[index]
    whole = len(scene.tokens) <= 2 and scene.acronym(index)
    short = len(token.text) <= 2 or set(token.text) <= _ROMAN
    nation = bool(scene.parsed.starting("demonym", index))
    return whole or short or nation or scene.begins("no_name", index)


def _person(scene: Scene) -> Iterator[Phrase]:
    """«аким Павлодара Кайрат Нукенов», «Михаил Ломтадзе»: a first name and a surname."""
    index = 0
    while index + 1 < len(scene.tokens):
        if not _full_name(scene, index):
            index += 1
            continue
        first = _post(scene, index)
        cases = scene.cases(index) if scene.head_first else _name_cases(scene, index + 1)
        yield Phrase(first, index + 1, "person", scene.tokens[index + 1].norm, cases)
        index += 2


def _full_name(scene: Scene, index: int) -> bool:
    both = scene.capital(index) and scene.capital(index + 1)
    if _is_sovereign(scene, index) or scene.parsed.norm(index - 1) == "-":
        return False
    if not both or scene.titled or scene.acronym(index) or scene.acronym(index + 1):
        return False
    third = scene.capital(index + 2) or scene.capital(index - 1)
    beside = bool(scene.place(index) or scene.place(index + 1) or scene.stop(index))
    post = any(h.last == index - 1 for h in scene.of_part("office"))
    head = any(h.first in (index, index + 1) for h in scene.of_part("organisation", "authority"))
    adjective = scene.head_first and any(scene.only_adjective(i) for i in (index, index + 1))
    adjective = adjective or any(h.first == index for h in scene.of_part("office"))
    beside = beside or bool(scene.parsed.starting("place_head", index + 2))
    verb = scene.verb(index) or scene.verb(index + 1)
    post = post or _post(scene, index) < index
    if scene.parsed.sentence.zone.script == "Cyrl" and scene.foreign(index):
        return False
    if any(scene.parsed.starting("place_noise", i) for i in (index, index + 1, index + 2)):
        return False
    return not (beside or head or adjective or verb or (third and not post))


def _is_sovereign(scene: Scene, index: int) -> bool:
    """«по инициативе Главы государства …»: who bids others give does not give."""
    beside = (index - 1, index, index + 1)
    return any(h.last in beside for h in scene.heads.get("sovereign", []))


def _post(scene: Scene, index: int) -> int:
    """Where the post before a name begins, if it is that of a place: «аким Павлодара …»."""
    if not scene.head_first:
        return index
    for office in scene.of_part("office"):
        between = range(office.last + 1, index)
        if 0 < len(between) <= 2 and all("gen" in scene.cases(i) for i in between):
            return office.first
    return index


def _name_cases(scene: Scene, index: int) -> frozenset[str | None]:
    cases = scene.cases(index) if scene.suffixed else frozenset()
    long = {case for case in cases if case in ("gen", "abl", "dat", "ins")}
    return frozenset(long) or frozenset({None})


def _place_as_giver(scene: Scene) -> Iterator[Phrase]:
    """«India contributed», «из Мангистауской области», «Қазақстаннан»: a place that gives."""
    for hit in scene.parsed.of_sort("place"):
        beside = scene.parsed.starting("place_head", hit.last + 1)
        last = beside[0].last if beside else hit.last
        if scene.capital(hit.first) and "/" not in hit.entry.id and not scene.capital(last + 1):
            cases = _hit_cases(scene, beside[0] if beside else hit)
            kind = getattr(hit.entry.meaning, "kind", "")
            yield Phrase(hit.first, last, "place", kind, cases)


PHRASES: tuple[Callable[[Scene], Iterator[Phrase]], ...] = (
    _quoted,
    _registered,
    _with_head,
    _person,
    _run_of_capitals,
    _place_as_giver,
)


def _phrases(scene: Scene, extra: Iterable[Phrase]) -> list[Phrase]:
    """All phrases without overlap: a registered name before its head noun, then the longest."""
    found = [*(phrase for rule in PHRASES for phrase in rule(scene)), *extra]
    order = {sort: rank for rank, sort in enumerate(("quoted", "registry", "person"))}
    known = {phrase.last for phrase in found if phrase.sort == "registry" and scene.suffixed}
    found.sort(
        key=lambda p: (
            p.sort != "registry" and p.last in known,
            -len(p),
            p.bare,
            order.get(p.sort, 9),
            p.first,
        )
    )
    kept: list[Phrase] = []
    for phrase in found:
        if not any(other.overlaps(phrase) for other in kept):
            kept.append(phrase)
    kept.sort(key=lambda p: p.first)
    return [p for p in kept if not (_is_member(scene, p, kept) or _is_tail_of(scene, p, kept))]


def _is_tail_of(scene: Scene, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """«Nur Otan» партиясы: the noun behind a known name adds nothing to it."""
    beside = scene.heads_beside(phrase.first)
    return phrase.bare and any(p.last in beside and not p.bare for p in phrases)


def _is_member(scene: Scene, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """«партия белсенділері», «волонтеры Штаба»: the giver is the party, the headquarters."""
    if phrase.sort != "collective" or not scene.begins("unit", phrase.first):
        return False
    bodies = [p for p in phrases if p.sort not in ("collective", "people", "place", "person")]
    if scene.suffixed:
        return any(0 < phrase.first - p.last <= 3 for p in bodies)
    reach = 1 if scene.head_first else 3
    return any(0 < p.first - phrase.last <= reach for p in bodies)


# -- parts: who speaks, who gets, who gives ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """«subject», «agent», «source», «possessor» give; None is somebody else's part."""

    name: str | None


_NO = Part(None)


def _speaker(scene: Scene, phrase: Phrase) -> Part | None:
    """«деп хабарлайды X», «по данным X», «X said»: who speaks does not give."""
    before = scene.heads.get("source_before", [])
    if any(0 < phrase.first - h.last <= 3 and _open(scene, h.last, phrase.first) for h in before):
        return _NO
    after = scene.heads.get("source_after", [])
    if any(0 < h.first - phrase.last <= 5 and _open(scene, phrase.last, h.first) for h in after):
        return _NO
    return next((_NO for hit in scene.heads.get("speech", []) if _speaks(scene, phrase, hit)), None)


def _speaks(scene: Scene, phrase: Phrase, speech: Hit) -> bool:
    """«X сообщил», «сказал X»: no comma and no giving between them."""
    ahead = speech.first - phrase.last
    if 0 < ahead <= 8 and _open(scene, phrase.last, speech.first):
        owner = scene.suffixed and "gen" in phrase.cases
        return not owner and not _acts_between(scene, phrase.last, speech.first)
    behind = phrase.first - speech.last
    reach = 8 if phrase.sort == "person" and scene.head_first else 2
    return (
        0 < behind <= reach
        and _open(scene, speech.last, phrase.first)
        and not _acts_between(scene, phrase.last, phrase.last + 8)
    )


def _open(scene: Scene, start: int, stop: int) -> bool:
    """No comma or other mark between."""
    return all(
        scene.word(i) or scene.tokens[i].text in _MARKS | {"-"} for i in range(start + 1, stop)
    )


def _acts_between(scene: Scene, start: int, stop: int) -> bool:
    return any(start < act.first and act.last < stop for act in scene.acts)


def _recipient(scene: Scene, phrase: Phrase) -> Part | None:
    """«фонд үшін», «фонд получил», «families were given»: who gets does not give."""
    if any(0 < h.first - phrase.last <= 1 for h in scene.heads.get("recipient_after", [])):
        return _NO
    if scene.ends("giver_before", _word_before(scene, phrase)):
        return None
    following = next((a for a in scene.acts if a.first > phrase.last), None)
    gets = following is not None and following.entry.id == _GETTING
    if following and gets and following.first - phrase.last <= 3:
        return None if scene.suffixed and "abl" in phrase.cases else _NO
    return _NO if not scene.suffixed and _passive(scene, phrase.last + 1) else None


def _passive(scene: Scene, index: int) -> bool:
    """«families were given»: a form of «be» and a participle behind the phrase."""
    if not scene.begins("be", index):
        return False
    return any(
        a.entry.id == "give" and a.reading.tense == "past" and 0 < a.first - index <= 2
        for a in scene.acts
    )


def _author(scene: Scene, phrase: Phrase) -> Part | None:
    """«Aigerim Foundation, 2 September 2021»: a line with a name and a date signs the article."""
    if phrase.first > 1 or phrase.sort not in ("quoted", "organisation", "run", "registry"):
        return None
    rest = [t for t in scene.tokens[phrase.last + 1 :] if t.sort == "word"]
    early = scene.parsed.sentence.index <= _FIRST_LINES
    signed = scene.parsed.norm(phrase.last + 1) in (",", "")
    return Part("author") if early and signed and len(rest) <= 2 and not scene.acts else None


def _giver_word(scene: Scene, phrase: Phrase) -> Part | None:
    """«при поддержке X», «X тарапынан», «donated by X»: a small word says who gives."""
    before = _word_before(scene, phrase)
    if phrase.sort == "place":
        return _place_source(scene, phrase, before)
    if scene.ends("giver_before", before):
        town = phrase.sort == "run" and len(phrase) == 1 and scene.ends("origin", before)
        return _NO if town or _is_request(scene) else Part("agent")
    for hit in scene.heads.get("giver_after", []):
        if 0 < hit.first - phrase.last <= 2 and scene.suffixed and phrase.cases & {"gen", None}:
            return Part("agent")
    return None


def _is_request(scene: Scene) -> bool:
    """«заявки от предпринимателей»: whoever asks does not give."""
    concepts = (h.entry.meaning for h in scene.parsed.of_sort("noun"))
    return any(isinstance(c, Concept) and c.kind == "requests" for c in concepts)


def _word_before(scene: Scene, phrase: Phrase) -> int:
    index = phrase.first - 1
    while index >= 0 and (scene.begins("article", index) or scene.tokens[index].text in _MARKS):
        index -= 1
    return index


def _place_source(scene: Scene, phrase: Phrase, before: int) -> Part | None:
    """«из Мангистауской области», «from Kazakhstan»: a country or region, not a town."""
    if phrase.head not in ("country", "region") or not scene.acts:
        return None if phrase.head in ("country", "region", "city") and not scene.suffixed else _NO
    if scene.suffixed:
        return Part("origin") if "abl" in phrase.cases else _NO
    return Part("origin") if scene.ends("origin", before) else None


def _by_case(scene: Scene, phrase: Phrase) -> Part | None:
    """«қорға», «фонду» get; «волонтерами», «тұрғындардан» give; «қордың», «фонда» own."""
    cases = _settled(scene, phrase)
    if cases == {None} or not cases:
        return None
    if scene.suffixed:
        return _by_ending(scene, phrase, cases)
    if "nom" in cases:
        return None
    if "ins" in cases and phrase.sort != "place":
        return Part("agent") if scene.acts else _NO
    if "gen" in cases:
        return _possessor_before(scene, phrase)
    return _NO


def _settled(scene: Scene, phrase: Phrase) -> frozenset[str | None]:
    """«подразделениям МЧС»: behind a noun, a word that is never inflected is its genitive."""
    free = len(phrase.cases) >= 5 or {"gen", "nom"} <= phrase.cases
    before = scene.parsed.norm(phrase.first - 1)
    readings = scene.parsed.language.morphology.readings(before) if before else ()
    noun = any(r.pos == "NOUN" for r in readings)
    return frozenset({"gen"}) if free and noun else phrase.cases


def _by_ending(scene: Scene, phrase: Phrase, cases: frozenset[str | None]) -> Part | None:
    if cases & {None, "nom"}:
        return None
    if "abl" in cases:
        crowd = phrase.sort in ("collective", "people") and len(phrase) == 1
        return Part("named" if crowd else "source") if scene.acts else _NO
    return _possessor(scene, phrase) if "gen" in cases else _NO


def _possessor(scene: Scene, phrase: Phrase) -> Part:
    """«партиясының филиалы өткізіп келеді», «жасағының еріктісі көмектесуде»."""
    if phrase.sort in ("place", "person"):
        return _NO
    if scene.tokens[phrase.last + 1 : phrase.last + 2] and scene.counted(phrase.last + 2):
        return Part("possessor")
    near = any(
        0 < h.first - phrase.last <= 4
        and _open(scene, phrase.last, h.first)
        and h.reading.case not in _OBJECT_CASES
        and not scene.cases(h.last) & {"dat", "acc"} - {None}
        for h in scene.heads.get("unit", [])
    )
    return Part("possessor") if near and scene.acts else _NO


def _possessor_before(scene: Scene, phrase: Phrase) -> Part:
    """«сотрудники фонда», «решение маслихата»: the word before belongs to the giver."""
    before = _word_before(scene, phrase)
    units = [h for h in scene.heads.get("unit", []) if h.last == before]
    if phrase.sort == "place" or not scene.acts:
        return _NO
    if units:
        objects = all(h.reading.case in _OBJECT_CASES for h in units)
        return _NO if objects else Part("possessor")
    return Part("named") if phrase.sort == "registry" else _NO


def _preposition(scene: Scene, phrase: Phrase) -> Part | None:
    """«в фонде», «at the House of Friendship», «for the ministry»: a place or a recipient."""
    before = _word_before(scene, phrase)
    if before < 0 or scene.suffixed:
        return None
    if scene.begins("of", before):
        unit = any(h.last in (before - 1, before) for h in scene.heads.get("unit", []))
        return Part("possessor") if unit and scene.acts and phrase.sort != "place" else _NO
    return _NO if scene.begins("preposition", before) else None


def _subject(scene: Scene, phrase: Phrase) -> Part | None:
    """«Фонд раздал», «the fund handed over», «қор таратты»: a verb of giving in its clause."""
    if phrase.sort == "place":
        return _subject_place(scene, phrase)
    if phrase.sort in ("run", "registry") and scene.ends("office", phrase.first - 1):
        return None if scene.head_first is False else _NO
    for act in scene.acts:
        orders = phrase.sort == "person" and act.entry.id in ("plan", "start")
        if act.entry.id == _GETTING or orders:
            continue
        if act.first > phrase.last and _reaches(scene, phrase.last, act.first):
            return Part("subject")
        near = scene.head_first and 0 < phrase.first - act.last <= 8
        if near and _reaches(scene, act.last, phrase.first):
            return Part("subject")
    return None


def _reaches(scene: Scene, start: int, stop: int) -> bool:
    """No full stop, colon or speaker between a subject and its verb."""
    limit = 40 if scene.suffixed else 25
    inner = range(start + 1, stop)
    return len(inner) <= limit and not any(scene.tokens[i].text in _CLAUSE for i in inner)


def _subject_place(scene: Scene, phrase: Phrase) -> Part | None:
    """«India contributed»: a place gives only right before its verb."""
    if scene.suffixed or scene.head_first or phrase.head not in ("country", "region", "city"):
        return _NO
    start = phrase.last
    if scene.parsed.norm(start + 1) == ",":
        start = next(
            (i for i in range(start + 2, len(scene.tokens)) if scene.parsed.norm(i) == ","), start
        )
    reach = 10 if scene.begins("be", start + 1) else 3
    near = [a for a in scene.acts if 0 < a.first - start <= reach and a.entry.id in _GIVING]
    opened = phrase.first == 0 or scene.begins("article", phrase.first - 1)
    return Part("place") if near and opened and not scene.titled else _NO


PARTS: tuple[Callable[[Scene, Phrase], Part | None], ...] = (
    _author,
    _speaker,
    _recipient,
    _giver_word,
    _by_case,
    _preposition,
    _subject,
)


def _part_of(scene: Scene, phrase: Phrase) -> str | None:
    """The first rule that knows decides; a name that no rule knows is only named."""
    for rule in PARTS:
        part = rule(scene, phrase)
        if part is not None:
            return part.name
    if phrase.sort in ("collective", "people"):
        return "named" if scene.begins("caring", phrase.first) or scene.suffixed else None
    return "named" if phrase.sort in ("registry", "quoted", "organisation") else None


def _listed(scene: Scene, before: Phrase, here: Phrase) -> bool:
    """«X, Y», «X мен Y»: nothing but a comma or «and» between."""
    small = ("no_name", "article")
    linked = [
        i
        for i in range(before.last + 1, here.first)
        if not any(scene.begins(part, i) for part in small)
    ]
    return 0 < len(linked) <= 2 and all(
        scene.tokens[i].text == "," or scene.tokens[i].norm in _and(scene) for i in linked
    )


def _share_cases(scene: Scene, phrases: Sequence[Phrase]) -> list[Phrase]:
    """«демеушілер мен тұрғындардан»: the ending of the last one is meant for all."""
    shared = list(phrases)
    for index in range(len(shared) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        if scene.suffixed and _listed(scene, here, after) and None in here.cases:
            shared[index] = replace(here, cases=after.cases)
    return shared


def _parts_of(scene: Scene, phrases: Sequence[Phrase]) -> list[str | None]:
    """The members of a list play one part: «депутаты, банк, меценаты и волонтеры»."""
    phrases = _share_cases(scene, phrases)
    parts = [_part_of(scene, phrase) for phrase in phrases]
    for index in range(1, len(phrases)):
        before, here = phrases[index - 1], phrases[index]
        listed = _listed(scene, before, here)
        alike = here.sort != "place" and bool(
            before.cases & here.cases or None in before.cases | here.cases
        )
        if listed and alike and parts[index] in (None, "named") and parts[index - 1] in _ACTING:
            parts[index] = parts[index - 1]
    return parts


# -- givers as mentions --------------------------------------------------------------------


class _Book:
    """Names met so far, so that a bare «фонд» finds the one that it means."""

    def __init__(self, campaigns: frozenset[str]) -> None:
        self.campaigns = campaigns
        self._by_head: dict[str, Mention] = {}
        self._by_words: dict[tuple[str, ...], Mention] = {}
        self._last: Mention | None = None

    def add(self, phrase: Phrase, mention: Mention) -> None:
        self._by_head[phrase.head.split()[-1].casefold()] = mention
        if phrase.sort in ("run", "quoted") and mention.rule != "other":
            self._last = mention

    def meant_by(self, head: str, *, generic: bool) -> Mention | None:
        """«партия» → the last party; «компания» → the last name, whatever it is."""
        found = self._by_head.get(head.rsplit(maxsplit=1)[-1].casefold())
        return found or (self._last if generic else None)

    def first(self, words: tuple[str, ...], mention: Mention) -> Mention:
        """«акимата Астаны» → Акимат Астаны: the first mention of the same words."""
        return self._by_words.setdefault(words, mention)


def _givers(
    scene: Scene,
    text: str,
    book: _Book,
    campaigns: Sequence[Mention],
    entities: Sequence[Mention],
) -> Iterator[Mention]:
    """«фонд раздал» → the phrases of a sentence with their parts, written out from the book."""
    phrases = _phrases(scene, _entity_phrases(scene, entities))
    parts = _parts_of(scene, phrases)
    for phrase, part in zip(phrases, parts, strict=True):
        span = scene.parsed.span(phrase.first, phrase.last)
        if any(span.overlaps(campaign.span) for campaign in campaigns):
            continue
        if phrase.sort in ("run", "person") and span.of(text).casefold() in book.campaigns:
            continue
        mention = _mention(scene, phrase, text, part or "other")
        bare = phrase.bare or _is_shorthand(scene, phrase, book)
        if bare:
            if _is_many(scene, phrase):
                continue
            full = book.meant_by(phrase.head, generic=scene.begins("generic", phrase.last))
            if full is None and phrase.sort != "authority":
                continue
            if full is not None:
                mention = replace(mention, value=full.value, id=full.id)
        else:
            known = book.first(_lemmas(scene, phrase), mention)
            mention = replace(mention, value=known.value)
            if phrase.sort in _BODIES:
                book.add(phrase, mention)
        if part is not None or (not phrase.bare and phrase.sort in _BODIES):
            yield mention


def _is_shorthand(scene: Scene, phrase: Phrase, book: _Book) -> bool:
    """«Штабом благотворительных ярмарок»: the Headquarters, and words that are not its own."""
    plain = phrase.sort == "organisation" and scene.head_first and not _has_capital(scene, phrase)
    opened = scene.capital(phrase.first) and phrase.first > 0
    return plain and opened and book.meant_by(phrase.head, generic=False) is not None


def _is_many(scene: Scene, phrase: Phrase) -> bool:
    """«организации», «organizations» mean no single name before them."""
    hits = [h for h in scene.of_part(phrase.sort) if h.last in (phrase.first, phrase.last)]
    if scene.head_first:
        return bool(hits) and all(h.reading.plural for h in hits if h.reading.pos)
    form = phrase.head.split()[-1]
    return not scene.suffixed and scene.parsed.norm(phrase.last) != form


def _lemmas(scene: Scene, phrase: Phrase) -> tuple[str, ...]:
    """The words of a phrase by their first lemma, marks left out."""
    words = []
    for index in range(phrase.first, phrase.last + 1):
        if scene.word(index):
            readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
            nouns = [r.lemma for r in readings if r.pos in ("NOUN", "ADJF")]
            words.append(nouns[0] if nouns else _stem(scene, phrase, index))
    return tuple(words)


def _stem(scene: Scene, phrase: Phrase, index: int) -> str:
    norm = scene.tokens[index].norm
    morphology = scene.parsed.language.morphology
    if index == phrase.last and isinstance(morphology, SuffixMorphology):
        cut = 0 if None in phrase.cases else _ending(norm, morphology, phrase.cases)
        return norm[: len(norm) - cut]
    return norm


def _entity_phrases(scene: Scene, entities: Sequence[Mention]) -> Iterator[Phrase]:
    """A model's names as phrases: the tokens that they cover."""
    for entity in entities:
        inside = [i for i, t in enumerate(scene.tokens) if t.span.overlaps(entity.span)]
        if inside:
            cases = _name_cases(scene, inside[-1]) if scene.suffixed else scene.cases(inside[0])
            sort = "person" if entity.rule == "PERSON" else "organisation"
            yield Phrase(inside[0], inside[-1], sort, scene.tokens[inside[-1]].norm, cases)


def _mention(scene: Scene, phrase: Phrase, text: str, part: str) -> Mention:
    span = _trimmed(scene, phrase)
    return Mention(
        span=span,
        sort="provider",
        text=span.of(text),
        sentence=scene.parsed.sentence.index,
        id=phrase.known,
        code=_kind(scene, phrase),
        value=span.of(text),
        rule=part,
    )


def _kind(scene: Scene, phrase: Phrase) -> str:
    """Volunteers and staff are helpers: they give for somebody else."""
    kind = _KINDS.get(phrase.sort, "body")
    helper = kind == "crowd" and any(scene.begins("helper", i) for i in (phrase.first, phrase.last))
    return "helper" if helper else kind


def _trimmed(scene: Scene, phrase: Phrase) -> Span:
    """«партиясының» → партиясы: where cases are endings, the name goes without."""
    span = scene.parsed.span(phrase.first, phrase.last)
    if not scene.suffixed and not scene.head_first:
        return Span(span.start, span.stop - 2 * _owns(scene, phrase.last))
    if not scene.suffixed or None in phrase.cases or not phrase.cases:
        return span
    morphology = scene.parsed.language.morphology
    if not isinstance(morphology, SuffixMorphology):
        return span
    norm = scene.tokens[phrase.last].norm
    cut = _ending(norm, morphology, phrase.cases)
    return Span(span.start, span.stop - cut)


def _ending(norm: str, morphology: SuffixMorphology, cases: frozenset[str | None]) -> int:
    """«партиясының» in the genitive → 3 letters: the shortest suffix that marks the case alone."""
    for cut in range(1, min(_LONGEST_CASE, len(norm) - 1) + 1):
        for ending in morphology.table.get(norm[-cut:], ()):
            if ending.case in cases and not ending.possessive and ending.tense is None:
                return cut
    return 0


# -- campaigns -----------------------------------------------------------------------------


def _quoted_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«X» акциясы, акция «X», the "X" campaign: a quoted name beside its head."""
    for first, last in _quotes(scene.tokens):
        head = _head_beside(scene, first, last, "campaign")
        other = _head_beside(scene, first, last, "organisation", "authority", "no_campaign")
        if head is not None and not (other and _nearer(other, head, first, last)):
            known = next(scene.parsed.between("campaign", first, last), None)
            yield _campaign(scene, (first + 1, last - 1), text, known, "quoted")


def _known_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«Нұрлы жер», «#БІЗБІРГЕМІЗ»: a registered name in quotes, hashed or beside its head."""
    for hit in scene.parsed.of_sort("campaign"):
        before, after = hit.first - 1, hit.last + 1
        marked = scene.parsed.norm(before) in _OPEN or scene.parsed.norm(before) == "#"
        heads = scene.heads.get("campaign", [])
        beside = any(h.first in (after, after + 1, after + 2) or h.last == before for h in heads)
        owners = scene.of_part("organisation", "authority", "no_campaign")
        owned = any(0 < h.first - hit.last <= 3 or 0 < hit.first - h.last <= 2 for h in owners)
        owned = owned and scene.parsed.norm(before) != "#"
        if (marked or beside) and not owned and scene.capital(hit.first):
            first = before if scene.parsed.norm(before) == "#" else hit.first
            last = after if scene.parsed.norm(after) == "!" else hit.last
            yield _campaign(scene, (first, last), text, hit, "registry")


def _titled_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«the Road to School charity campaign»: a run of capitals before its head."""
    if scene.suffixed or scene.head_first or scene.titled:
        return
    for head in scene.heads.get("campaign", []):
        last = next((i for i in (head.first - 1, head.first - 2) if scene.capital(i)), None)
        if last is None or (last == head.first - 2 and not _describes(scene, last + 1)):
            continue
        first = _run_left(scene, last)
        known_giver = any(h.last >= last for h in scene.parsed.starting("provider", first))
        posts = any(first <= h.first <= last for h in scene.of_part("office"))
        if first < last and not known_giver and not posts:
            known = next(scene.parsed.between("campaign", first, last), None)
            yield _campaign(scene, (first, last), text, known, "titled")


def _run_left(scene: Scene, last: int) -> int:
    first = last
    while first > 0:
        if scene.capital(first - 1) and not scene.begins("article", first - 1):
            first -= 1
        elif scene.capital(first - 2) and scene.begins("small", first - 1):
            first -= 2
        else:
            break
    return first


def _campaign(
    scene: Scene, tokens: tuple[int, int], text: str, known: Hit | None, rule: str
) -> Mention:
    span = scene.parsed.span(*tokens)
    return Mention(
        span=span,
        sort="campaign",
        text=span.of(text),
        sentence=scene.parsed.sentence.index,
        id=known.entry.id if known is not None else None,
        rule=rule,
    )


CAMPAIGNS: tuple[Callable[[Scene, str], Iterator[Mention]], ...] = (
    _quoted_campaign,
    _known_campaign,
    _titled_campaign,
)
