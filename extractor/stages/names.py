"""Who gives, and under which name: providers by their part in the clause, campaigns by name.

First every phrase that may name somebody is cut out: by registry, quotation marks, head noun,
post, capitals. Then each is asked which part it plays: whoever speaks, gets or only lends the
address is left out. What a bare «фонд» or «партия» means, the names before it say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from extractor.match.campaigns import CAMPAIGNS, named_again
from extractor.match.capitals import entity_cases, person, with_its_noun
from extractor.match.headed_names import has_capital, is_many
from extractor.match.left_names import LONGEST_CASE
from extractor.match.morphology import SuffixMorphology
from extractor.match.parsed import Parsed
from extractor.match.parts import parts_of
from extractor.match.phrases import cut_phrases
from extractor.match.scenes import (
    ACTING,
    GETTING,
    GIVING,
    HEADING,
    MARKS,
    OTHER,
    Phrase,
    Scene,
    hyphened_cases,
    owns,
)
from extractor.ner import Entity
from extractor.types import Mention, Span

_KINDS = {"collective": "crowd", "people": "crowd", "person": "person", "place": "place"}
# So far before its acronym stands the noun of a name: «управление … по делам беженцев (УДБ)».
_EXPLAINED = 8
# «В прошлом году | он | на свои деньги построил»: so early stands a pronoun, so near its verb.
_EARLY = 4
_NEAR_VERB = 5
# «желі», «желісі»: so many letters say whose something is.
_LONGEST_OWNED = 2
_BODIES = frozenset({"quoted", "organisation", "authority", "run", "registry"})


def find_names(
    parsed: Sequence[Parsed], text: str, entities: Sequence[Entity] = ()
) -> tuple[Mention, ...]:
    """«Біз біргеміз!» акциясы → a campaign; «Шұғыла» қоры көмек берді → a provider.

    ``Mention.rule`` of a provider is its part in the clause, ``Mention.code`` its sort (body,
    person, crowd, helper, place), ``Mention.value`` the name as it was first given in full.
    ``entities`` are names that a model found. They count where no rule cuts a phrase, and
    only if their part in the clause makes givers of them.
    """
    found: list[Mention] = []
    scenes = [Scene(p) for p in parsed if p.sentence.zone.kind in ("headline", "body")]
    for scene in scenes:
        found += _unique(m for rule in CAMPAIGNS for m in rule(scene, text))
    again = {m.text: m for m in found if m.rule != "registry"}.values()
    for scene in scenes:
        more = [*found, *named_again(scene, text, again)]
        found = _unique(more)
    book = _Book(frozenset(m.text.casefold() for m in found), _short_names(scenes))
    for scene in scenes:
        index = scene.parsed.sentence.index
        given = [e for e in entities if scene.parsed.sentence.span.covers(e.span)]
        campaigns = [m for m in found if m.sort == "campaign" and m.sentence == index]
        found += _givers(scene, text, book, campaigns, given)
    for before, scene in pairwise(scenes):
        found += _taken_up(before, scene, text)
    found.sort(key=lambda mention: (mention.span, mention.sort))
    return tuple(found)


def _taken_up(before: Scene, here: Scene, text: str) -> Iterator[Mention]:
    """«Меценат Ермек Садыков живет в Таразе. | Он купил школе автобус»: who he is gives there."""
    told = before.heads.get("speech", []) or before.acts
    if not here.head_first or told or here.heads.get("speech"):
        return
    pronouns = [h.last for h in here.heads.get("pronoun", []) if h.first <= _EARLY]
    given = [a for a in here.acts if a.entry.id != GETTING and not here.suffered(a)]
    acts = any(0 < act.first - at <= _NEAR_VERB for at in pronouns for act in given)
    persons = [phrase for phrase in person(before) if phrase.first <= _EARLY]
    if acts and len(persons) == 1 and persons[0].cases & {"nom", None}:
        mention = _mention(before, persons[0], text, "subject")
        yield replace(mention, sentence=here.parsed.sentence.index)


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap, the first one stays."""
    kept: list[Mention] = []
    for mention in mentions:
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return kept


# -- givers as mentions --------------------------------------------------------------------


class _Book:
    """Names met so far, so that a bare «фонд» finds the one that it means."""

    def __init__(self, campaigns: frozenset[str], short: frozenset[str]) -> None:
        self.campaigns = campaigns
        self.short = short
        self._by_head: dict[str, Mention] = {}
        self._by_words: dict[tuple[str, ...], Mention] = {}
        self._last: Mention | None = None
        self.person: Mention | None = None
        self.benefactor: Mention | None = None

    def add(self, phrase: Phrase, mention: Mention) -> None:
        head = phrase.head.split()[-1].casefold()
        known = self._by_head.get(head)
        # «қорға берілді»: whoever gets does not take the noun from him who gives.
        if known is None or mention.rule != OTHER or known.rule == OTHER:
            self._by_head[head] = mention
        if phrase.sort == "title" or (phrase.sort in ("run", "quoted") and mention.rule != OTHER):
            self._last = mention

    def meant_by(self, head: str, *, generic: bool) -> Mention | None:
        """«партия» → the last party; «компания» → the last name, whatever it is.

        «дүкендер желісі» has the head of «Тұмар» желі.
        """
        last = head.rsplit(maxsplit=1)[-1].casefold()
        stems = (last[: len(last) - cut] for cut in range(_LONGEST_OWNED + 1))
        found = next((self._by_head[s] for s in stems if s in self._by_head), None)
        return found or (self._last if generic else None)

    def first(self, words: tuple[str, ...], mention: Mention) -> Mention:
        """«акимата Астаны» → Акимат Астаны: the first mention of the same words."""
        return self._by_words.setdefault(words, mention)


def _givers(
    scene: Scene,
    text: str,
    book: _Book,
    campaigns: Sequence[Mention],
    entities: Sequence[Entity],
) -> Iterator[Mention]:
    """«фонд раздал» → the phrases of a sentence with their parts, written out from the book."""
    extra = (*_acronyms(scene, book.short), *_entity_phrases(scene, entities))
    phrases = cut_phrases(scene, extra)
    parts = parts_of(scene, phrases)
    named: Mention | None = None
    yield from _person_again(scene, book, parts)
    people = [phrase for phrase in phrases if phrase.sort == "person"]
    book.person = _mention(scene, people[0], text, OTHER) if len(people) == 1 else None
    for phrase, part in zip(phrases, parts, strict=True):
        span = scene.parsed.span(phrase.first, phrase.last)
        if any(span.overlaps(campaign.span) for campaign in campaigns):
            continue
        if (phrase.model or phrase.sort == "title") and part not in (*ACTING, HEADING):
            if _opens(scene, phrase):
                topic = _mention(scene, phrase, text, OTHER)
                book.add(phrase, topic)
                yield topic
            continue
        if phrase.sort in ("run", "person", "title") and span.of(text).casefold() in book.campaigns:
            continue
        if named is not None and _is_acronym_of(scene, named, phrase):
            continue
        mention = _mention(scene, phrase, text, part or OTHER)
        bare = phrase.bare or _is_shorthand(scene, phrase, book)
        if bare:
            if is_many(scene, phrase):
                continue
            full = book.meant_by(phrase.head, generic=scene.begins("generic", phrase.last))
            if named is not None and _is_bracketed(scene, named, phrase):
                full = named
                book.add(phrase, named)
            own = phrase.sort == "authority" or (part in ACTING and _names_one(scene, phrase))
            if full is None and not own:
                continue
            if full is not None:
                mention = replace(mention, value=full.value, id=full.id)
        else:
            known = book.first(_own_words(scene, phrase), mention)
            mention = replace(mention, value=known.value)
            named = mention
            if phrase.sort in _BODIES and not _is_plain_authority(scene, phrase):
                book.add(phrase, mention)
        if phrase.sort == "person" and part in ACTING:
            book.benefactor = mention
        if book.benefactor is not None and part in ACTING and _is_said_man(scene, phrase):
            mention = replace(book.benefactor, sentence=mention.sentence, rule=part)
        if part is not None or (not phrase.bare and phrase.sort in _BODIES):
            yield mention


def _person_again(scene: Scene, book: _Book, parts: Sequence[str | None]) -> Iterator[Mention]:
    """«Меценат Асан Сапаров … | Ол 12 пәтер сыйлады»: the one person of the sentence before."""
    index, person = scene.parsed.sentence.index, book.person
    # «Биыл | ол …»: a word of time may open the sentence.
    at = next((i for i in range(2) if scene.begins("person_again", i)), None)
    if person is None or person.sentence != index - 1 or at is None:
        return
    after = scene.cases(at + 1) and not scene.capital(at + 1)
    elsewhere = scene.suffixed and (scene.begins("recipient_after", at + 1) or after)
    gives = any(act.entry.id in GIVING or act.entry.id == "deed" for act in scene.acts)
    if gives and not elsewhere and not scene.heads.get("speech") and not {*ACTING} & {*parts}:
        yield replace(person, sentence=index, rule="subject")


def _is_bracketed(scene: Scene, named: Mention, phrase: Phrase) -> bool:
    """«Kok Tas JSC (hereinafter – the Company)»: what it is called from then on."""
    opened = [i for i in range(phrase.first) if scene.parsed.norm(i) == "("]
    before = scene.tokens[opened[-1] - 1].span.stop if opened and opened[-1] else None
    return before == named.span.stop and scene.parsed.norm(phrase.last + 1) == ")"


def _is_said_man(scene: Scene, phrase: Phrase) -> bool:
    """«Автобус подарил Ермек Садыков. | Меценат оплатил и бензин»: by his trade alone."""
    alone = scene.head_first and phrase.sort == "collective" and len(phrase) == 1
    posts = [h for h in scene.of_part("office") if h.first == h.last == phrase.first]
    return alone and bool(posts) and not any(h.reading.plural for h in posts)


def _is_acronym_of(scene: Scene, named: Mention, phrase: Phrase) -> bool:
    """«Корейское агентство по сотрудничеству | (KOICA)»: told once, by the name in full."""
    short = phrase.first == phrase.last and scene.acronym(phrase.first)
    return short and scene.head_first and _is_bracketed(scene, named, phrase)


def _opens(scene: Scene, phrase: Phrase) -> bool:
    """«Көк Тас» работает с 2009 года: later «компания» means the name that opened a sentence."""
    ahead = range(phrase.first)
    return phrase.sort == "title" and not any(scene.word(i) for i in ahead)


def _names_one(scene: Scene, phrase: Phrase) -> bool:
    """«Учебники купило Управление»: a capital in a sentence means one body; so does its sort."""
    return (scene.capital(phrase.first) and phrase.first > 0) or _says_which(scene, phrase)


def _says_which(scene: Scene, phrase: Phrase) -> bool:
    """«профсоюз горняков», «украинский культурный центр»: no name, and yet one of its sort."""
    if phrase.sort != "organisation" or scene.parsed.norm(phrase.first - 1) == "-":
        return False
    if scene.suffixed:
        part_of = scene.begins("unit", phrase.last) or scene.begins("generic", phrase.last)
        return len(phrase) > len(phrase.head.split()) and not part_of
    whose = not scene.ends("organisation", phrase.last) or len(phrase) > 2
    return whose if scene.head_first else _is_local(scene, phrase)


def _is_local(scene: Scene, phrase: Phrase) -> bool:
    """«the local mosque», «the alumni fund»; «her cafe» is hers, «the fund «Kok Tas»» Kok Tas."""
    owned = scene.begins("own", phrase.first - 1)
    described = len(phrase) > len(phrase.head.split()) and not owned
    after = phrase.last + 1
    named = scene.capital(after) or scene.parsed.norm(after) in MARKS
    return described and not (named or scene.begins("generic", phrase.last))


def _is_plain_authority(scene: Scene, phrase: Phrase) -> bool:
    """«акимат города», «қала әкімдігі» say no more than «акимат»: a later one is itself."""
    others = [i for i in range(phrase.first, phrase.last + 1) if not scene.begins("authority", i)]
    small = not any(scene.capital(i) for i in others)
    return small and all(scene.parsed.starting("place_head", i) for i in others)


def _is_shorthand(scene: Scene, phrase: Phrase, book: _Book) -> bool:
    """«Штабом благотворительных ярмарок»: the Headquarters, and words that are not its own.

    Behind ««Тұмар» желісі» a «кітап дүкендерінің желісі» is the same.
    """
    if phrase.sort != "organisation" or has_capital(scene, phrase):
        return False
    known = book.meant_by(phrase.head, generic=False)
    if scene.suffixed:
        return known is not None and bool(MARKS & {*known.text}) and len(phrase) > 1
    opened = scene.capital(phrase.first) and phrase.first > 0
    return scene.head_first and opened and known is not None


def _own_words(scene: Scene, phrase: Phrase) -> tuple[str, ...]:
    """«Агрохолдинг «Тобыл»» is «Тобыл»: of an unannounced name what stands in its quotes."""
    inside = range(phrase.first, phrase.last)
    opened = next((i for i in inside if scene.tokens[i].text in MARKS), None)
    if phrase.sort != "title" or opened is None or not phrase.first < opened:
        return _lemmas(scene, phrase)
    return _lemmas(scene, replace(phrase, first=opened + 1))


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


def _short_names(scenes: Iterable[Scene]) -> frozenset[str]:
    """«Босқындар ісі жөніндегі басқарма (БІБ)» → БІБ, as it is called from then on."""
    return frozenset(
        scene.tokens[index].text
        for scene in scenes
        for index in range(2, len(scene.tokens) - 1)
        if scene.acronym(index) and _explains(scene, index)
    )


def _explains(scene: Scene, index: int) -> bool:
    closed = scene.parsed.norm(index - 1) == "(" and scene.parsed.norm(index + 1) == ")"
    heads = scene.of_part("organisation", "authority") if closed else []
    return any(0 < index - head.last <= _EXPLAINED for head in heads)


def _acronyms(scene: Scene, short: frozenset[str]) -> Iterator[Phrase]:
    for index, token in enumerate(scene.tokens):
        if token.text in short and not _explains(scene, index):
            cases = hyphened_cases(scene, index) or frozenset({None})
            yield Phrase(index, index, "run", token.norm, cases)


_JOINTS = MARKS | {"-", "&", "."}
# What a model calls a giver → what kind of phrase the rules would have cut.
_SORTS: Mapping[str, str] = MappingProxyType({"ORG": "run", "PERSON": "person"})


def _entity_phrases(scene: Scene, entities: Sequence[Entity]) -> Iterator[Phrase]:
    """A model's names as phrases: the tokens that they cover, quotation marks left out."""
    for entity in entities:
        inside = [i for i, t in enumerate(scene.tokens) if t.span.overlaps(entity.span)]
        words = [i for i in inside if scene.tokens[i].text not in MARKS]
        if words and entity.label in _SORTS and _is_proper(scene, words[0], words[-1]):
            first, last = with_its_noun(scene, words[0], words[-1])
            norm = scene.tokens[last].norm
            cases = entity_cases(scene, first, last)
            yield Phrase(first, last, _SORTS[entity.label], norm, cases, model=entity.model)


def _is_proper(scene: Scene, first: int, last: int) -> bool:
    """«Алтын дән», «Ержан Сапарбек»; acronyms and places are known to the registry or no givers."""
    inside = range(first, last + 1)
    short = first == last and (scene.acronym(first) or scene.only_adjective(first))
    place = any(scene.place(i) or scene.parsed.starting("demonym", i) for i in inside)
    beside = any(
        scene.parsed.starting(sort, i)
        for sort in ("place_head", "place_noise")
        for i in (*inside, last + 1)
    )
    ruler = any(scene.begins("sovereign", i) for i in inside)
    closed = all(scene.parsed.norm(i) in MARKS for i in (first - 1, last + 1))
    quoted = closed and scene.capital(first)
    whole = all(scene.capital(i) or quoted or scene.tokens[i].text in _JOINTS for i in inside)
    return whole and not (short or place or beside or ruler or scene.titled)


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
    # «волонтеры Жетысуской области» are somebody, «волонтеры» help.
    whose = any(scene.place(i) for i in range(phrase.first, phrase.last + 1))
    return "helper" if helper and not whose else kind


def _trimmed(scene: Scene, phrase: Phrase) -> Span:
    """«партиясының» → партиясы: where cases are endings, the name goes without."""
    last = phrase.last - _adds_nothing(scene, phrase)
    span = scene.parsed.span(phrase.first, last)
    if not scene.suffixed and not scene.head_first:
        return Span(span.start, span.stop - 2 * owns(scene, last))
    if not scene.suffixed or None in phrase.cases or not phrase.cases:
        return span
    morphology = scene.parsed.language.morphology
    if not isinstance(morphology, SuffixMorphology):
        return span
    norm = scene.tokens[phrase.last].norm
    cut = _ending(norm, morphology, phrase.cases)
    return Span(span.start, span.stop - cut)


def _adds_nothing(scene: Scene, phrase: Phrase) -> bool:
    """«the Kok Zhiek company» → Kok Zhiek: a generic noun in small letters behind a name."""
    latin = not scene.suffixed and not scene.head_first
    plain = scene.begins("generic", phrase.last) and not scene.capital(phrase.last)
    return latin and plain and scene.capital(phrase.last - 1) and phrase.first < phrase.last


def _ending(norm: str, morphology: SuffixMorphology, cases: frozenset[str | None]) -> int:
    """«партиясының» in the genitive → 3 letters: the shortest suffix that marks the case alone."""
    for cut in range(1, min(LONGEST_CASE, len(norm) - 1) + 1):
        for ending in morphology.table.get(norm[-cut:], ()):
            if ending.case in cases and not ending.possessive and ending.tense is None:
                return cut
    return 0


_QUOTES = frozenset('«“„"»”')


def without_dates(
    mentions: Sequence[Mention], taken: Sequence[Span], text: str
) -> tuple[Mention, ...]:
    """«Between November», «Ahead of Victory Day», «Eighteen»: dates and numbers are no givers.

    A name in quotes may have one: «Тамыз» қоры, «Fund 20».
    """
    return tuple(
        mention
        for mention in mentions
        if mention.sort != "provider"
        or _QUOTES & set(mention.span.of(text))
        or not any(mention.span.overlaps(other) for other in taken)
    )
