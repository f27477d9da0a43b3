"""Phrases that may name somebody: by registry, quotation marks, head noun, post, capitals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.match.capitals import (
    couple_end,
    crowd_of_place,
    entity_cases,
    in_run,
    past_number,
    person,
    place_as_giver,
    run_of_capitals,
    run_right,
    says_sort,
    surname_cases,
    with_its_noun,
)
from extractor.match.lexicon import Hit
from extractor.match.morphology import Reading
from extractor.match.scenes import (
    MARKS,
    Phrase,
    Scene,
    conjunctions,
    find_quotes,
    hit_cases,
    hyphened_cases,
    owns,
    word_before,
)
from extractor.types import Concept

_LONGEST_NAME = 9
LONGEST_CASE = 3
_LONG_WORD = 6
_LONGEST_TITLE = 4
_LONGEST_OWNED = 3
_LONGEST_FIELD = 6
# «Қ. И. Сәтбаев | атындағы»
_PATRON = 6
_BETWEEN = 4
_LONGEST_ORIGIN = 5
# «Residents | have already brought»
_AT_ONCE = 3
_HANDING = frozenset({"give", "giving", "collect"})
# «Первый Северный горно-обогатительный | комбинат»: so many adjectives before a head.
_DESCRIBED = 3
# «Фонд | поддержки социальной инфраструктуры | «Алтын»»: so many genitives before its name.
_CHAIN = 4


# -- phrases: by registry and quotation marks ----------------------------------------------


def _registered(scene: Scene) -> Iterator[Phrase]:
    """«Nur Otan», «МЧС», «Красный Полумесяц»: a giver of the registry, written as a name."""
    for hit in scene.parsed.of_sort("provider"):
        if scene.capital(hit.first) and not _is_lower_acronym(scene, hit):
            cases = _governed(scene, hit) or hit_cases(scene, hit)
            yield Phrase(hit.first, hit.last, "registry", hit.entry.form, cases, hit.entry.id)


def _governed(scene: Scene, hit: Hit) -> frozenset[str | None]:
    """«фонду | AFAD»: the noun before a name that is never inflected bears its case."""
    heads = scene.of_part("organisation") if scene.head_first and scene.foreign(hit.first) else []
    return next((hit_cases(scene, h) for h in heads if h.last == hit.first - 1), frozenset())


def _is_lower_acronym(scene: Scene, hit: Hit) -> bool:
    text = scene.tokens[hit.first].text
    return hit.first == hit.last and len(text) <= 4 and not text[:2].isupper()


def _quoted(scene: Scene) -> Iterator[Phrase]:
    """«Шұғыла» қоры, ТОО «Кереку Агро»: a quoted name and the noun that makes it somebody."""
    for first, last in find_quotes(scene.tokens):
        inner = _known_inside(scene, first + 1, last - 1)
        head = head_beside(scene, first, last, "organisation", "authority")
        other = head_beside(scene, first, last, "campaign", "no_campaign")
        if inner is not None and not (other and is_nearer(other, head, first, last)):
            cases = hit_cases(scene, head) if head else frozenset({None})
            whole = head is not None and (
                scene.begins("completes", head.first) or 1 < first - head.last <= _CHAIN + 1
            )
            span = _around(scene, head, first, last) if whole and head else (first + 1, last - 1)
            word = head.entry.form if head else inner.head
            yield replace(inner, first=span[0], last=span[1], cases=cases, head=word)
        elif head is None and other is None:
            crew = head_beside(scene, first, last, "crew")
            if crew is not None and all(map(scene.capital, (first + 1,))):
                cases = hit_cases(scene, crew)
                yield Phrase(first + 1, last - 1, "quoted", scene.parsed.norm(last - 1), cases)
        elif head is not None and not (other and is_nearer(other, head, first, last)):
            a, b = _around(scene, head, first, last)
            head, b = _next_head(scene, head, b)
            known = _known_inside(scene, a, b)
            name = known.known if known else None
            yield Phrase(a, b, "quoted", head.entry.form, hit_cases(scene, head), name)


def _next_head(scene: Scene, head: Hit, last: int) -> tuple[Hit, int]:
    """«Қара алтын» шахтасының ұжымы: the collective of the mine gives, not the mine."""
    if scene.suffixed and hit_cases(scene, head) == {"gen"}:
        for other in scene.of_part("organisation", "collective", "people"):
            member = other.entry.id != "organisation" and scene.begins("unit", other.first)
            if other.first == last + 1 and not member:
                return other, other.last
    # «Көк Тас» дәріхана | желісі: a noun without an ending only describes the next one.
    plain = scene.suffixed and head.last == last and scene.parsed.norm(last) == head.entry.form
    chained = (h for h in scene.of_part("organisation") if h.first == last + 1 and plain)
    chained = (h for h in chained if not scene.begins("unit", h.first))
    noun = next((h for h in chained if _possessed(scene, h)), head)
    return noun, max(last, noun.last)


def is_nearer(other: Hit, head: Hit | None, first: int, last: int) -> bool:
    gap = _gap(other, first, last)
    if head is None:
        return True
    # «"Warm Winter" charity initiative»: the longer noun is the one that is meant.
    longer = other.first == head.first and other.last > head.last
    return gap < _gap(head, first, last) or longer


def _gap(hit: Hit, first: int, last: int) -> int:
    return hit.first - last if hit.first > last else first - hit.last


def _quoted_alone(scene: Scene) -> Iterator[Phrase]:
    """«Көк Тас» 20 тонна ұн жіберді: a name in quotes whose noun no list knows may still act."""
    roles = ("organisation", "authority", "collective", "campaign", "no_campaign")
    for first, last in find_quotes(scene.tokens):
        words = [i for i in range(first + 1, last) if scene.word(i)]
        named = all(scene.capital(i) for i in words) and 0 < len(words) <= _LONGEST_TITLE
        known = any(scene.parsed.between("provider", first, last))
        head = head_beside(scene, first, last, *roles)
        # ««Көк Тас» ауыл тұрғындарына 40 төсек сыйлады»: whoever gets is not its noun.
        gets = head is not None and scene.suffixed and hit_cases(scene, head) == {"dat"}
        if not named or known or not (head is None or gets):
            continue
        if scene.suffixed and _names_thing(scene, last + 1):
            continue
        begins, ends = with_its_noun(scene, first + 1, last - 1)
        if (begins, ends) != (first + 1, last - 1):
            cases = entity_cases(scene, begins, ends)
            yield Phrase(begins, ends, "title", scene.parsed.norm(last - 1), cases)
        elif not _belongs(scene, first, last):
            cases = hyphened_cases(scene, last) or frozenset({None})
            yield Phrase(first + 1, last - 1, "title", scene.parsed.norm(last - 1), cases)


def _names_thing(scene: Scene, index: int) -> bool:
    """«Нива» | автокөлігі: what is given, and nobody who gives."""
    if scene.begins("no_campaign", index):
        return True
    owned = (h for h in scene.parsed.starting("noun", index) if h.reading.possessive)
    concepts = (hit.entry.meaning for hit in owned)
    return any(isinstance(c, Concept) and c.sort == "item" for c in concepts)


def _belongs(scene: Scene, first: int, last: int) -> bool:
    """«екі «Жол» көлігі», «жилого комплекса «Жол»»: the name of a thing."""
    after = last + 1
    if scene.suffixed:
        return _is_owner(scene, after)
    if scene.head_first and scene.word(first - 1):
        noun = scene.cases(first - 1) and not scene.parsed.starting("stop", first - 1)
        return (
            bool(noun) and not scene.verb(first - 1) and not scene.ends("giver_before", first - 1)
        )
    return False


def _is_owner(scene: Scene, after: int) -> bool:
    """«Жол» көлігі, «Жол» медициналық көлігі; of «Жол» зардап шеккен отбасыларға it is none."""
    for index in range(after, after + _LONGEST_OWNED):
        number = scene.tokens[index : index + 1] and scene.tokens[index].value is not None
        if number or not scene.word(index) or scene.parsed.starting("filler", index):
            return False
        readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
        if any(r.tense is not None for r in readings) or scene.verb(index):
            return False
        if any(r.possessive for r in readings):
            return index == after or "dat" not in scene.cases(index)
        if scene.cases(index) & {"dat", "acc", "loc", "abl", "gen", "ins"}:
            return False
    return False


def _known_inside(scene: Scene, first: int, last: int) -> Phrase | None:
    """«Nur Otan» in quotes; «Birgemiz» қоғамдық қоры across them: marks are looked through."""
    words = [t for t in scene.tokens[first : last + 1] if t.sort == "word"]
    found = scene.parsed.language.lexicon.scan(words)
    whole = [h for h in found if h.entry.sort == "provider" and h.last - h.first + 1 == len(words)]
    if not whole:
        return None
    return Phrase(first, last, "registry", whole[0].entry.form, known=whole[0].entry.id)


def head_beside(scene: Scene, first: int, last: int, *parts: str) -> Hit | None:
    """The head noun of a quoted name: behind it, across up to two words, or before it."""
    for head in scene.of_part(*parts):
        reach = 3 if scene.suffixed else 2
        after = 0 < head.first - last <= reach and not _stopped(scene, last, head.first)
        inner = range(head.last + 1, first)
        chain = (
            scene.head_first
            and len(inner) <= _CHAIN
            and all("gen" in scene.cases(i) for i in inner)
        )
        # «филиал партии «Жаңа жол»»: the name is the party's.
        chain = chain and not scene.begins("unit", head.first)
        # «ребята из «Жаңа жол»»
        linked = len(inner) == 1 and scene.begins("origin", inner[0])
        before = first > head.last and (not inner or chain or linked) and not scene.suffixed
        if (after and not scene.head_first) or before:
            return head
    return None


def _stopped(scene: Scene, start: int, stop: int) -> bool:
    between = range(start + 1, stop)
    return any(not scene.word(i) or scene.verb(i) or scene.stop(i) for i in between)


def _around(scene: Scene, head: Hit, first: int, last: int) -> tuple[int, int]:
    """The quoted name with its head; in English a head in small letters stays outside."""
    if scene.suffixed:
        # «ҚМДБ «Зекет» қоры»: whose fund it is, in capitals and without an ending.
        return first - scene.acronym(first - 1), max(last, head.last)
    if scene.head_first:
        return _adjectives(scene, head), last
    if scene.capital(head.first):
        return min(first, head.first), max(last, head.last)
    return (first + 1, last - 1) if head.last < first else (first, head.last)


def _adjectives(scene: Scene, head: Hit) -> int:
    """«Корпоративный фонд»: where the adjectives before a head begin."""
    first, cases = head.first, scene.cases(head.first)
    for _ in range(_DESCRIBED):
        if first == 0 or not _agrees(scene, first - 1, cases):
            break
        first -= 1 + 2 * _tied_left(scene, first - 1)
    return first - 2 * _hyphened(scene, first)


def _agrees(scene: Scene, index: int, cases: frozenset[str | None]) -> bool:
    """«корпоративный | фонд»; not «собранными | предпринимателями», by whom it was done."""
    if not scene.adjective(index) or scene.participle(index) or _acts(scene, index):
        return False
    barred = scene.stop(index) or scene.begins("no_name", index)
    counted = bool(scene.parsed.starting("number", index))
    return not (barred or counted) and (not cases or bool(scene.cases(index) & cases))


def _tied_left(scene: Scene, index: int) -> bool:
    """«горно-|обогатительный комбинат»: a hyphen ties the first half to its adjective."""
    tied = scene.parsed.norm(index - 1) == "-" and scene.parsed.glued(index - 1)
    return tied and scene.parsed.glued(index) and scene.word(index - 2)


# -- phrases: by head noun -----------------------------------------------------------------


def _with_head(scene: Scene) -> Iterator[Phrase]:
    """«Ұлттық волонтерлер желісі», «акимат Астаны», «the akimat of Shymkent»."""
    for part in ("organisation", "authority", "collective", "people"):
        for head in scene.of_part(part):
            if scene.begins("no_head", head.first) or scene.ends("no_head", head.last):
                continue
            phrase = _headed(scene, head, part)
            crowd = part in ("collective", "people")
            if part == "organisation" and is_many(scene, phrase) and not has_capital(scene, phrase):
                continue
            if crowd and (scene.counted(phrase.first) or _is_single(scene, phrase)):
                continue
            owned = phrase.first > 0 and owns(scene, phrase.first - 1)
            # «Kok Tas and its employees»
            owned = owned or (crowd and scene.begins("own", phrase.first - 1))
            # «promised the firm's | director»: it is he who is meant.
            owner = phrase.bare and owns(scene, phrase.last)
            owned = owned or (owner and scene.begins("office", phrase.last + 1))
            if phrase.bare and scene.capital(phrase.first) and _in_quotes(scene, phrase):
                continue
            if (
                owned
                or _is_fair(scene, head)
                or _is_batch(scene, head, phrase)
                or _says_whose(scene, phrase)
            ):
                continue
            if _announces(scene, head, part):
                continue
            if part != "people" or _is_crowd(scene, phrase):
                yield phrase


def _is_fair(scene: Scene, head: Hit) -> bool:
    """«the annual charity | fair»: what is held there is no body."""
    latin = not scene.suffixed and not scene.head_first
    spread = (h for h in scene.heads.get("campaign", []) if h.first <= head.first <= h.last)
    return latin and any(h.last > head.last for h in spread)


def has_capital(scene: Scene, phrase: Phrase) -> bool:
    return any(scene.capital(i) for i in range(phrase.first + 1, phrase.last + 1))


def _is_single(scene: Scene, phrase: Phrase) -> bool:
    """«India is a dedicated donor», «фермер из Тараза Ермек Садыков»: said of somebody named."""
    posts = {phrase.first, phrase.last}
    if _is_first_post(scene, phrase):
        return True
    if scene.head_first and _names_person(scene, phrase.first):
        return True
    offices = [h for h in scene.of_part("office") if h.first in posts]
    if scene.suffixed and _is_apposed(scene, phrase, offices):
        return True
    many = scene.head_first and any(h.reading.plural for h in offices)
    if (
        offices
        and (not many or not scene.place(phrase.last + 1))
        and scene.capital(phrase.last + 1)
    ):
        return True
    # «a | group of friends» are many, «an | anonymous donor» is somebody.
    several = scene.begins("caring", phrase.first) or any(
        scene.parsed.starting("of", i) for i in range(phrase.first, phrase.last)
    )
    articles = scene.parsed.ending("number", phrase.first - 1)
    return not several and any(hit.entry.id == "article" for hit in articles)


def _is_first_post(scene: Scene, phrase: Phrase) -> bool:
    """«Businessman and former MP Marat Ibrayev» is one man with two posts."""
    after = phrase.last + 1
    joined = after < len(scene.tokens) and scene.tokens[after].norm in conjunctions(scene)
    if scene.suffixed or scene.head_first or not joined:
        return False
    posts = [h for h in scene.of_part("office") if not h.reading.plural]
    one = any(h.last == phrase.last for h in posts)
    return one and any(
        after < h.first <= after + 3 and scene.capital(h.last + 1) and scene.capital(h.last + 2)
        for h in posts
    )


def _is_apposed(scene: Scene, phrase: Phrase, offices: Sequence[Hit]) -> bool:
    """«Шет ауданының тұрғыны, кәсіпкер Асан Сапаров»: the name stands behind the comma."""
    behind = phrase.last + 1
    if not any(h.last == phrase.last for h in offices) or scene.parsed.norm(behind) != ",":
        return False
    posts = [h.last for h in scene.of_part("office") if h.first == behind + 1]
    first = max(posts, default=behind) + 1
    return scene.capital(first) and scene.capital(first + 1)


def _names_person(scene: Scene, index: int) -> bool:
    """«предприниматель | Ермек Садыков» is one man, «предприниматели Алматы» are many."""
    office = [h for h in scene.of_part("office") if h.first == h.last == index]
    one = bool(office) and not any(h.reading.plural for h in office)
    if one and scene.begins("origin", index + 1):
        # «фермер | из Зерендинского района Ермек Садыков»
        named = (p for p in person(scene) if 0 < p.first - index <= _LONGEST_ORIGIN)
        return any(not _stopped(scene, index + 1, p.first) for p in named)
    return one and all(map(scene.capital, (index + 1, index + 2))) and not scene.place(index + 1)


def _says_whose(scene: Scene, phrase: Phrase) -> bool:
    """«the state order», «miners' union»: a noun before a noun gives nothing."""
    if scene.suffixed or scene.head_first or phrase.last > phrase.first:
        return False
    after = phrase.last + 1
    if scene.parsed.norm(after) in ("'", "\u2019") and scene.parsed.glued(after):
        return True
    plural = phrase.sort in ("collective", "people")
    return not plural and bool(scene.parsed.starting("noun", after) or _heads(scene, after))


def _announces(scene: Scene, head: Hit, part: str) -> bool:
    """«the German company | Henkel», «Zhas Otan youth | wing»: the name says who it is."""
    if scene.suffixed or scene.head_first:
        return False
    after = head.last + 1
    if part == "people":
        return scene.begins("unit", after)
    named = scene.capital(after) and not scene.capital(head.last) and not scene.place(after)
    return part == "organisation" and named and not scene.begins("no_name", after)


def _heads(scene: Scene, index: int) -> bool:
    return any(h.first == index for h in scene.of_part("organisation", "authority", "collective"))


def _in_quotes(scene: Scene, phrase: Phrase) -> bool:
    """«Тұран-Банк» in quotes: the noun is part of the name."""
    return any(
        first < phrase.first and phrase.last < last for first, last in find_quotes(scene.tokens)
    )


def _is_batch(scene: Scene, head: Hit, phrase: Phrase) -> bool:
    """«партия гуманитарной помощи»: what is behind the noun are things, not a name."""
    concepts = (
        hit.entry.meaning for hit in scene.parsed.between("noun", head.last + 1, phrase.last)
    )
    things = any(isinstance(c, Concept) and c.sort == "item" for c in concepts)
    return things and phrase.sort == "organisation" and not scene.capital(phrase.last)


def _is_crowd(scene: Scene, phrase: Phrase) -> bool:
    """«неравнодушные жители», «жители Алматы», «от жителей»: not any citizens."""
    # «эвакуированных граждан из Кульсары»: something was done to them.
    if scene.head_first and phrase.first > 0 and scene.participle(phrase.first - 1):
        return False
    whose = any(scene.capital(i) for i in range(phrase.first + 1, phrase.last + 1))
    whose = whose or _bears_name(scene, phrase.first)
    caring = scene.begins("caring", phrase.first)
    asked = scene.ends("giver_before", word_before(scene, phrase))
    placed = bool(scene.parsed.starting("place", phrase.first)) and phrase.first < phrase.last
    # «residents of the capital»
    area = phrase.last - phrase.first > 1 and scene.begins("area", phrase.last)
    whose = whose or _gives_now(scene, phrase)
    return whose or caring or asked or placed or (area and not scene.head_first)


def _gives_now(scene: Scene, phrase: Phrase) -> bool:
    """«Residents have already brought 60 sacks»: who opens a clause and acts at once gives."""
    if scene.suffixed or scene.head_first or phrase.first > 1 or scene.counted(phrase.first):
        return False
    near = (act for act in scene.acts if 0 < act.first - phrase.last <= _AT_ONCE)
    act = next(near, None)
    return act is not None and act.entry.id in _HANDING and not scene.suffered(act)


def _headed(scene: Scene, head: Hit, part: str) -> Phrase:
    extent = _left_name if scene.suffixed else _right_name if scene.head_first else _both_names
    first, last = extent(scene, head, part)
    if scene.suffixed and last > head.last:
        head = _next_head(scene, head, head.last)[0]
    inner = _name_inside(scene, head, last, part)
    if inner is not None:
        return replace(inner, cases=hit_cases(scene, head))
    inside = range(first, last + 1)
    named = any(scene.capital(i) and (i > 0 or scene.acronym(i)) for i in inside)
    named = named or (scene.suffixed and first < head.first and scene.capital(first))
    named = named or last - head.last >= 2 or _bears_name(scene, first)
    named = named or any(owns(scene, i) for i in range(first, head.first))
    generic = part == "organisation" or (part == "authority" and first == last)
    bare = generic and not (named and (last > first or scene.acronym(first)))
    return Phrase(first, last, part, head.entry.form, hit_cases(scene, head), None, bare)


def _name_inside(scene: Scene, head: Hit, last: int, part: str) -> Phrase | None:
    """«компания Chery International» → Chery International: the name says enough."""
    if not scene.head_first or part != "organisation" or head.entry.form.isupper():
        return None
    for hit in scene.parsed.of_sort("provider"):
        owner = "nom" not in hit_cases(scene, hit) and "gen" in hit_cases(scene, hit)
        if owner and scene.begins("unit", head.first):
            continue
        if hit.first == head.last + 1 and hit.last >= last and scene.capital(hit.first):
            return Phrase(hit.first, hit.last, "registry", hit.entry.form, known=hit.entry.id)
    foreign = all(scene.foreign(i) for i in range(head.last + 1, last + 1))
    if last > head.last and foreign:
        return Phrase(head.last + 1, last, "run", scene.tokens[last].norm)
    return None


def _left_name(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«Төтенше жағдайлар департаменті», «№12 мектеп ұжымы», «Абай атындағы гимназия»."""
    seat = _seat(scene, head)
    if seat is not None:
        return seat, head.last
    first, last = _left_words(scene, head, part)
    if _possessed(scene, head) or not _says_sort(scene, head.first):
        first = _named_after(scene, _numbered(scene, first))
    first = _acronym_left(scene, first) if scene.capital(first) else first
    whole = part == "organisation" and first < head.first
    return first, _next_head(scene, head, last)[1] if whole else last


def _seat(scene: Scene, head: Hit) -> int | None:
    """«Түркияның Қазақстандағы | елшілігі», «Жапонияның ҚР-дағы | елшілігі»."""
    near = head.first - 1
    if scene.parsed.norm(near - 1) == "-" and scene.parsed.glued(near - 1):
        near -= 2
    seats = scene.parsed.ending("place", near)
    if not seats or not _possessed(scene, head):
        return None
    stands = hyphened_cases(scene, near) or {h.reading.case for h in seats}
    behind = seats[0].first - 1
    behind -= 2 * (scene.parsed.norm(behind - 1) == "-" and scene.parsed.glued(behind))
    owners = scene.parsed.ending("place", behind)
    whose = hyphened_cases(scene, behind) or {h.reading.case for h in owners}
    return owners[0].first if owners and "adj" in stands and "gen" in whose else None


def _acronym_left(scene: Scene, first: int) -> int:
    """«АҚШ-тың | Халықаралық даму агенттігі»: whose body it is belongs to its name."""
    owner = first - 3
    short = owner >= 0 and scene.acronym(owner)
    cases = hyphened_cases(scene, owner) if short else None
    return owner if cases is not None and cases <= {"gen"} else first


def _numbered(scene: Scene, first: int) -> int:
    """«№12 | мектеп ұжымы»: the number is its name."""
    numbered = first > 1 and scene.tokens[first - 1].value is not None
    return first - 2 if numbered and scene.parsed.norm(first - 2) == "№" else first


def _named_after(scene: Scene, first: int) -> int:
    """«Абай атындағы | гимназия», «Қ. Сәтбаев атындағы | университет»: whose name it bears."""
    near = first - 1
    # «атындағы | қазақ | ұлттық университеті»: whose it is may stand between.
    while near > first - _BETWEEN and _is_plain(scene, near):
        near -= 1
    if not scene.begins("named_after", near):
        return first
    start = near
    while start > 0 and (_names_whom(scene, start - 1) or _is_initial(scene, start - 2)):
        start -= 1
    return start if start < near else first


def _is_plain(scene: Scene, index: int) -> bool:
    """«қазақ», «гуманитарлық»: a small word without an ending, and not «атындағы» itself."""
    small = scene.word(index) and not scene.capital(index) and not scene.verb(index)
    return small and not (scene.cases(index) - {"adj"} or scene.begins("named_after", index))


def _names_whom(scene: Scene, index: int) -> bool:
    """«Абай»; «Семейдегі» before it says where the body is."""
    return scene.capital(index) and not _place_cases(scene, index) & {"adj", "loc", "gen", "abl"}


def _bears_name(scene: Scene, first: int) -> bool:
    """«№12 мектеп», «Абай атындағы гимназия»: a number or a patron makes one body of a noun."""
    return scene.parsed.norm(first) == "№" or any(
        scene.begins("named_after", i) for i in range(first, first + _PATRON)
    )


def _is_initial(scene: Scene, index: int) -> bool:
    """«Қ | . Сәтбаев»: a single capital and its full stop."""
    short = scene.capital(index) and len(scene.tokens[index].text) == 1
    return short and scene.parsed.norm(index + 1) == "."


def _left_words(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«Төтенше жағдайлар департаменті», «мұнай компаниялары»: the name stands before its head."""
    first, capital = head.first, None
    if part == "organisation" and not _possessed(scene, head):
        return head.first, head.last
    while first > 0 and head.first - first < 5 and _joins_left(scene, first - 1, part):
        first -= 1
        first -= 2 * (_is_tail_joined(scene, first))
        if capital is not None and _whole_region(scene, first):
            break
        if scene.begins("area", first) and not scene.place(first - 1):
            return first, head.last
        opens = first == 0 and capital is not None and _is_other_place(scene, capital)
        if scene.capital(first) and not opens and not (capital and _dative(scene, first)):
            capital = first
    if capital is not None:
        return _listed_places(scene, capital, head.first), head.last
    near = head.first - 1
    lower = near >= 0 and _joins_left(scene, near, part) and not scene.begins("caring", near)
    # «11 мың бала | мемлекеттен көмек алды»: what is counted belongs to its number.
    lower = lower and not (part != "organisation" and scene.counted(near))
    if not lower:
        return head.first, head.last
    near = _field_left(scene, first, near)
    near -= 2 * _is_tail_joined(scene, near)
    return next((i for i in range(first, near) if scene.begins("area", i)), near), head.last


def _field_left(scene: Scene, first: int, near: int) -> int:
    """«денсаулық сақтау | басқармасы», «ауыл шаруашылығы | …», «жастар саясаты | …»."""
    head, listed = near, False
    while near > 0 and head - near < _LONGEST_FIELD:
        joint = scene.tokens[near - 1].norm in conjunctions(scene)
        inner = near > first and (_says_sort(scene, near - 1) or _owned_or_done(scene, near))
        # «білім, жастар саясаты және спорт | басқармалары»
        if inner or (listed and _of_field(scene, near - 1) and _owned_or_done(scene, near)):
            near -= 1
        elif joint and _of_field(scene, near - 2) and _owned_or_done(scene, near - 2):
            near, listed = near - 2, True
        elif listed and scene.parsed.norm(near - 1) == "," and _of_field(scene, near - 2):
            near -= 2
        else:
            break
    return near - (near > 0 and scene.begins("area", near - 1))


def _of_field(scene: Scene, index: int) -> bool:
    """A plain noun or what is done, no place, no verb: «білім», «қамту», «жұмыспен»."""
    plain = scene.word(index) and not scene.stop(index) and not scene.capital(index)
    finite = scene.verb(index) and not _infinitive(scene, index)
    return plain and not finite and not scene.begins("no_name", index)


def _says_sort(scene: Scene, index: int) -> bool:
    """«әлеуметтік», «материалдық»: a noun made an adjective."""
    return "adj" in scene.cases(index) and not _locative(scene, index)


def _owned_or_done(scene: Scene, index: int) -> bool:
    """«ауыл | шаруашылығы», «денсаулық | сақтау»: what it is of stands before it."""
    if _infinitive(scene, index):
        return True
    readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
    done = any(r.tense == "infinitive" for r in readings)
    return done or any(r.possessive and r.case is None and r.tense is None for r in readings)


def _is_region(scene: Scene, index: int, part: str) -> bool:
    """«Алға | аудандарының шаруалары», «Шет ауданындағы | диқандар»: who lives in a place."""
    if part not in ("collective", "people"):
        return False
    if scene.place(index) and scene.parsed.starting("place_head", index + 1):
        return True
    heads = scene.parsed.starting("place_head", index)
    return any(h.reading.case == "adj" for h in heads) and scene.place(index - 1) is not None


def _listed_places(scene: Scene, first: int, head: int) -> int:
    """«Нұра, Шет және Абай | аудандарының шаруалары»: the noun behind a list means all of it."""
    headed = any(scene.parsed.between("place_head", first, head - 1))
    while headed and first > 1:
        linked = scene.parsed.norm(first - 1)
        before = scene.parsed.ending("place", first - 2)
        if not before or (linked != "," and linked not in conjunctions(scene)):
            break
        first = before[0].first
    return first


def _is_other_place(scene: Scene, capital: int) -> bool:
    """«Биыл Ақмола облысы»: a place of its own; in «Батыс Қазақстан облысы» it is half of one."""
    whole = scene.place(0)
    return scene.place(capital) is not None and (whole is None or whole.last < capital)


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
    if scene.begins("area", index) or _is_region(scene, index, part):
        return True
    if not scene.word(index) or scene.stop(index):
        return False
    if part in ("organisation", "authority") and (
        _governs(scene, index) or _whole_region(scene, index)
    ):
        return True
    if scene.verb(index):
        return False
    if scene.begins("no_name", index) or scene.begins("speech", index) or _is_tail(scene, index):
        return False
    if scene.parsed.starting("number", index) or scene.tokens[index].value is not None:
        return False
    if part in ("collective", "people") and scene.begins("organisation", index):
        return False
    if index == 0 and scene.place(0) is None and _is_thing(scene, index):
        return False
    if scene.capital(index):
        cases = _place_cases(scene, index) or _opening_cases(scene, index)
        return not cases & {"loc", "abl", "adj"} and not (part != "organisation" and "dat" in cases)
    cases = scene.cases(index) - ({"adj"} if not _locative(scene, index) else set())
    long = len(scene.tokens[index].norm) >= _LONG_WORD
    done = long and _verbal(scene, index) and not _says_sort(scene, index)
    return not cases & {"loc", "abl", "adj", "ins", "dat"} and not done


def _governs(scene: Scene, index: int) -> bool:
    """«жұмыспен | қамту | басқармасы»: what a body is there to do, and with what."""
    with_what = "ins" in scene.cases(index) and _infinitive(scene, index + 1)
    return _infinitive(scene, index) or with_what


def _is_thing(scene: Scene, index: int) -> bool:
    """«Құжаттарын | аудан әкімдігі берді», «Көмірді | …»: a word in the accusative is given."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    own = any(r.case == "acc" and r.possessive for r in readings)
    return own or any(
        hit.reading.case == "acc" and len(norm) - len(hit.reading.lemma) > 1
        for hit in scene.parsed.starting("noun", index)
    )


def _infinitive(scene: Scene, index: int) -> bool:
    hits = [hit for hit in scene.parsed.starting("verb", index) if hit.last == index]
    return bool(hits) and all(hit.reading.tense == "infinitive" for hit in hits)


def _place_cases(scene: Scene, index: int) -> frozenset[str | None]:
    """«Украинаға» → dat; of a capitalised word that is no known place, nothing is known."""
    hits = [h for h in scene.parsed.starting("place", index) if h.last == index]
    return frozenset(h.reading.case for h in hits)


def _opening_cases(scene: Scene, index: int) -> frozenset[str | None]:
    """«Мерекеде | әкімдік», «Кешке | департамент»: it has a capital since it opens the sentence."""
    return scene.cases(index) & {"loc", "abl", "dat"} if index == 0 else frozenset()


def _is_tail(scene: Scene, index: int) -> bool:
    """The second half of «сондай-ақ»; «мұнай-газ» is a noun of two."""
    return (
        scene.parsed.norm(index - 1) == "-"
        and scene.parsed.glued(index)
        and (not _is_compound(scene, index))
    )


def _is_tail_joined(scene: Scene, index: int) -> bool:
    hyphen = scene.parsed.norm(index - 1) == "-" and scene.parsed.glued(index)
    return hyphen and _is_compound(scene, index)


def _is_compound(scene: Scene, last: int) -> bool:
    """«титан-магний», «ет-сүт»: two plain words, and no ending behind a hyphen."""
    one, small = last - 2, scene.word(last) and not scene.capital(last)
    plain = small and scene.word(one) and not scene.stop(one) and not scene.begins("no_name", one)
    # «азық-түлік | әкімдік тарапынан берілді»: a thing known by itself
    known = any(h.last >= last for s in ("noun", "aid") for h in scene.parsed.starting(s, one))
    named = known or scene.acronym(one) or hyphened_cases(scene, one) is not None
    return plain and scene.suffixed and not named


def _locative(scene: Scene, index: int) -> bool:
    """«қаладағы» says where; «гуманитарлық», with the shorter ending, what sort."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    return any(r.case == "adj" and len(norm) - len(r.lemma) > LONGEST_CASE for r in readings)


def _verbal(scene: Scene, index: int) -> bool:
    """«құрылған», «көмекті»: a participle or an object."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    objects = (r.case == "acc" and len(norm) - len(r.lemma) > 1 for r in readings)
    # «мектеп» only looks like a converb.
    noun = bool(scene.parsed.starting("noun", index))
    done = any(r.tense in ("past", "future") or _is_denied(r) for r in readings) and not noun
    return done or any(objects)


def _is_denied(reading: Reading) -> bool:
    """«аты-жөнін айтпаған | кәсіпкер»: what somebody did not do is no part of a name."""
    return reading.tense == "perfect" and bool(reading.negated)


def _right_name(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«оперативный штаб», «министерства культуры и информации», «Штаб поддержки Украины»."""
    first = _adjectives(scene, head)
    last = head.last
    if part in ("collective", "people"):
        last = _tied_right(scene, last)
        if scene.begins("unit", head.first) and not _of_place(scene, last + 1):
            return first, last
        if _hails(scene, last):
            return first, _towns(scene, last + 2)
        if _same_surname(scene, last):
            return first, last + 1
    body = part in ("organisation", "authority")
    while last + 1 < len(scene.tokens) and last - head.last < _LONGEST_NAME:
        step = (body and _task(scene, last + 1)) or _step_right(scene, last)
        if step == last:
            break
        last = step
    while last > head.last and _describes_next(scene, last):
        last -= 1
    return first, _named_body(scene, head, last)


def _task(scene: Scene, index: int) -> int | None:
    """«комитет | по делам молодёжи», «департамент | по чрезвычайным ситуациям»."""
    ends = [hit.last for hit in scene.heads.get("task", []) if hit.first == index]
    return max(ends, default=None)


def _describes_next(scene: Scene, index: int) -> bool:
    """«фонд | местной (помощи)»: an adjective whose noun stands outside."""
    ended = scene.ends("task", index)
    return scene.adjective(index) and not scene.capital(index) and not ended


def _of_place(scene: Scene, index: int) -> bool:
    """«волонтеры | Туркестанской области», «волонтеры | Алматы»: a place has no members."""
    return scene.place(index) is not None and "gen" in scene.cases(index)


def _tied_right(scene: Scene, last: int) -> int:
    """«депутаты-партийцы»: a hyphen ties on a second noun."""
    tied = scene.parsed.norm(last + 1) == "-" and scene.parsed.glued(last + 1)
    return last + 2 if tied and scene.parsed.glued(last + 2) and scene.word(last + 2) else last


def _same_surname(scene: Scene, last: int) -> bool:
    """«супруги | Есимовы», «братья | Омаровы»: what all of them are called."""
    name = last + 1
    shared = scene.cases(last) & surname_cases(scene, name)
    return bool(shared & {"nom", "ins"}) and not scene.place(name)


def _hails(scene: Scene, last: int) -> bool:
    """«соседи из Кокпектов»: where a crowd is from says which one it is."""
    return scene.begins("origin", last + 1) and scene.capital(last + 2)


def _towns(scene: Scene, last: int) -> int:
    """«из Камысты | и Наурзума»."""
    linked = scene.tokens[last + 1 : last + 2] and scene.parsed.norm(last + 1) in conjunctions(
        scene
    )
    return last + 2 if linked and scene.capital(last + 2) else last


def _step_right(scene: Scene, last: int) -> int:
    """One genitive, acronym or name further; «и» only between genitives."""
    following = last + 1
    if _named_place(scene, last):
        return following
    if scene.capital(last) and _is_country(scene, following):
        return following
    if (pair := couple_end(scene, following)) is not None and "gen" in scene.cases(pair):
        return pair
    if scene.tokens[following].norm in conjunctions(scene) and scene.word(following + 1):
        both = "gen" in scene.cases(last) and "gen" in scene.cases(following + 1)
        # «акиматы Абайской | и Жетысуской | областей»
        regions = both and bool(scene.parsed.starting("place_head", following + 2))
        plain = regions or not scene.capital(following + 1)
        return following + 1 if both and plain else last
    if not scene.word(following) or scene.stop(following) or scene.verb(following):
        return last
    if scene.parsed.starting("number", following) or scene.begins("speech", following):
        return last
    if scene.acronym(following) or scene.foreign(following) or "gen" in scene.cases(following):
        return following
    return last


def _is_country(scene: Scene, index: int) -> bool:
    """«посольство Республики | Корея», «Минздрав Республики | Беларусь»."""
    place = scene.place(index)
    return place is not None and getattr(place.entry.meaning, "kind", "") == "country"


def _named_place(scene: Scene, last: int) -> bool:
    """«жители села | Боровское», «бизнесмены города | Жезказган»: its name is not inflected."""
    heads = scene.parsed.starting("place_head", last)
    plain = scene.capital(last + 1) and not scene.acronym(last + 1) and not scene.verb(last + 1)
    return plain and "gen" in scene.cases(last) and any(h.last == last for h in heads)


def _named_body(scene: Scene, head: Hit, last: int) -> int:
    """«прихожане мечети | «Нур»», «палата предпринимателей | «Атамекен»»: where its name ends.

    «В филиале партии «Жаңа жол» собрали»: there it is the party that counts.
    """
    bodies = scene.of_part("organisation", "collective")
    owner = last > head.last and "gen" in scene.cases(last) and any(h.last == last for h in bodies)
    if not owner or not (hit_cases(scene, head) or {None}) & {"nom", "ins", None}:
        return last
    quotes = (q for q in find_quotes(scene.tokens) if q[0] == last + 1 and scene.capital(last + 2))
    return next((closed for _, closed in quotes), last)


def _both_names(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«local entrepreneurs», «regional akimat», «akimat of Shymkent», «Syr Toqyma textile mill»."""
    first, last = head.first, head.last
    while first > 0 and head.first - first < 3 and describes(scene, first - 1):
        first -= 1
    first += first < head.first and says_sort(scene, first)
    first = _both_fields(scene, first) if part == "authority" else first
    while first > 0 and scene.capital(first):
        step = 1 if in_run(scene, first - 1) else 2 * _hyphened(scene, first)
        if not step or (first == 1 < head.first and says_sort(scene, 0)):
            break
        first -= step
    first = _past_town(scene, first, head.first)
    first = _owner(scene, first) if part in ("organisation", "authority") else first
    unit = part in ("collective", "people") and scene.begins("unit", head.first)
    unit = unit and not _of_area(scene, last + 2)
    if scene.begins("link_of", last + 1) and not unit:
        after = last + 2
        while scene.begins("article", after):
            after += 1
        if scene.capital(after) or scene.begins("area", after):
            last = run_right(scene, after)
            # «rescuers of Kazakhstan's | Emergency Ministry»
            owned = owns(scene, last) and scene.capital(last + 1)
            last = _with_area(scene, run_right(scene, last + 1) if owned else last)
        elif part in ("collective", "people") or scene.begins("unit", head.first):
            last = _whose(scene, after, last)
        elif part == "authority":
            last = _field(scene, after, last)
        if last > head.last and part == "authority" and scene.begins("link_of", last + 1):
            owner = last + 2 + scene.begins("article", last + 2)
            last = _with_area(scene, run_right(scene, owner)) if scene.capital(owner) else last
    elif part in ("collective", "people") and scene.begins("origin", last + 1) and not unit:
        last = _with_area(scene, run_right(scene, last + 2)) if scene.capital(last + 2) else last
    return first, last


def _field(scene: Scene, after: int, last: int) -> int:
    """«department of | employment and social programmes»: what a body is there for."""
    end = after - 1
    while end - after < _LONGEST_FIELD and _is_field(scene, end + 1):
        end += 1
    joined = scene.tokens[end].norm in conjunctions(scene)
    return last if end < after else end - joined


def _is_field(scene: Scene, index: int) -> bool:
    if not scene.word(index) or scene.capital(index) or scene.verb(index):
        return False
    if scene.tokens[index].norm in conjunctions(scene):
        return _is_field(scene, index + 1) and not _acts(scene, index + 1)
    barred = ("be", "preposition", "link_of", "speech", "no_name", "article", "area")
    return not scene.stop(index) and not any(scene.begins(part, index) for part in barred)


def _both_fields(scene: Scene, first: int) -> int:
    """«the | employment and social programmes department»: both are its fields."""
    joint, near = first - 1, first - 2
    linked = joint > 0 and scene.tokens[joint].norm in conjunctions(scene)
    plain = not scene.capital(first) and not scene.capital(near)
    return (
        near if linked and plain and describes(scene, near) and not _heads(scene, near) else first
    )


def _owner(scene: Scene, first: int) -> int:
    """«the | city's social welfare department», «Japan's embassy»: whose it is says which one."""
    if first == 0 or not owns(scene, first - 1):
        return first
    town = scene.parsed.ending("place", first - 1)
    if town:
        return town[0].first + scene.begins("the", town[0].first)
    return first - 1 if scene.begins("area", first - 1) else first


def _of_area(scene: Scene, after: int) -> bool:
    """«employees of | the regional hospital»: it is no giver of its own, they are."""
    start = after + scene.begins("article", after)
    near = [i for i in range(start, start + 3) if all(map(scene.word, range(start, i + 1)))]
    plain = [i for i in near if not scene.capital(i) and not _heads(scene, i)]
    return plain == near[: len(plain)] and any(scene.begins("area", i) for i in plain)


def _acts(scene: Scene, index: int) -> bool:
    return any(act.first == index for act in scene.acts)


def _whose(scene: Scene, after: int, last: int) -> int:
    """«students of the medical university», «deputies of the maslikhats»."""
    for head in scene.of_part("organisation", "authority", "area"):
        between = range(after, head.first)
        if after <= head.first <= after + 3 and all(_is_sort(scene, i) for i in between):
            return past_number(scene, head.last)
    return last


def _is_sort(scene: Scene, index: int) -> bool:
    """«the | education workers' | union»: a word, or the mark of a possessive plural."""
    return scene.word(index) or _is_plural_owner(scene, index)


def _is_plural_owner(scene: Scene, index: int) -> bool:
    """«miners|' union»: the apostrophe of a plural, and a word on both sides."""
    mark = scene.parsed.norm(index) in ("'", "\u2019") and scene.parsed.glued(index)
    return mark and scene.word(index - 1) and scene.word(index + 1)


def _hyphened(scene: Scene, first: int) -> bool:
    """«Altyn-Plus LLP»: the word belongs to the one that a hyphen ties it to."""
    if _is_plural_owner(scene, first - 1):
        return scene.capital(first - 2)
    tied = scene.parsed.norm(first - 1) == "-" and scene.parsed.glued(first - 1)
    return tied and scene.parsed.glued(first) and scene.capital(first - 2)


def _past_town(scene: Scene, first: int, head: int) -> int:
    """«In Taraz Kok Zhiek LLP gave»: the town behind «in» is no part of the name."""
    town = scene.place(first)
    inside = town is not None and scene.begins("inside", first - 1)
    return town.last + 1 if town is not None and inside and town.last + 1 < head else first


def _with_area(scene: Scene, last: int) -> int:
    """«farmers of the Zharma | district», «of Kostanay | and Akmola regions»."""
    linked = scene.tokens[last + 1 : last + 2] and scene.parsed.norm(last + 1) in conjunctions(
        scene
    )
    if linked and scene.capital(last + 2) and scene.begins("area", last + 3):
        return last + 3
    noun = scene.begins("area", last + 1) or scene.begins("organisation", last + 1)
    return last + 1 if noun and not scene.capital(last + 1) else last


def describes(scene: Scene, index: int) -> bool:
    blocked = any(scene.begins(part, index) for part in ("no_name", "speech", "link_of"))
    # «the volunteers' | headquarters»
    blocked = blocked and not _is_plural_owner(scene, index + 1)
    blocked = blocked or scene.stop(index) or scene.verb(index)
    numeric = scene.parsed.starting("number", index) or scene.tokens[index].value is not None
    blocked = blocked or (scene.word(index) and owns(scene, index))
    hyphen = scene.tokens[index].text == "-" and scene.word(index - 1)
    hyphen = hyphen or (_is_plural_owner(scene, index) and not scene.capital(index - 1))
    # «the 14|th Charity Fair»
    blocked = blocked or (scene.parsed.glued(index) and scene.tokens[index - 1].value is not None)
    return hyphen or (scene.word(index) and not blocked and not numeric)


# -- phrases: by capitals ------------------------------------------------------------------


PHRASES: tuple[Callable[[Scene], Iterator[Phrase]], ...] = (
    _quoted,
    _registered,
    _with_head,
    person,
    run_of_capitals,
    crowd_of_place,
    place_as_giver,
    _quoted_alone,
)


def cut_phrases(scene: Scene, extra: Iterable[Phrase]) -> list[Phrase]:
    """All phrases without overlap: a registered name before its head noun, then the longest.

    ``extra`` are those of a model: they stand only where no rule cuts a phrase.
    """
    found = [phrase for rule in PHRASES for phrase in rule(scene)]
    order = {sort: rank for rank, sort in enumerate(("quoted", "registry", "person"))}
    known = {phrase.last for phrase in found if phrase.sort == "registry" and scene.suffixed}
    found = [phrase for phrase in found if not _swallows(phrase, found)]
    found.sort(
        key=lambda p: (
            p.sort != "registry" and p.last in known,
            p.sort == "title",
            -len(p),
            p.bare,
            order.get(p.sort, 9),
            p.first,
        )
    )
    kept: list[Phrase] = []
    for phrase in (*found, *extra):
        if not any(other.overlaps(phrase) for other in kept):
            kept.append(phrase)
    kept.sort(key=lambda p: p.first)
    return [p for p in kept if not (_is_member(scene, p, kept) or _is_tail_of(scene, p, kept))]


def _swallows(phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """«Асан Сапаров ауыл тұрғындарына берді»: the person gives, the crowd behind him gets."""
    gets = phrase.sort in ("collective", "people") and phrase.cases == {"dat"}
    return gets and any(p.sort == "person" and p.overlaps(phrase) for p in phrases)


def _is_tail_of(scene: Scene, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """«Nur Otan» партиясы: the noun behind a known name adds nothing to it."""
    beside = scene.heads_beside(phrase.first)
    form = phrase.sort == "organisation" and phrase.first == phrase.last
    tail = phrase.bare or (scene.suffixed and form)
    return tail and any(p.last in beside and not p.bare for p in phrases)


def _is_member(scene: Scene, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """«партия белсенділері», «волонтеры Штаба»: the giver is the party, the headquarters."""
    crew = phrase.last if scene.suffixed else phrase.first
    if phrase.sort != "collective" or not scene.begins("unit", crew):
        return False
    hails = scene.begins("origin", phrase.last + 1) and not scene.head_first
    barred = ("collective", "people", "place", *(() if hails else ("person",)))
    bodies = [p for p in phrases if p.sort not in barred]
    if scene.suffixed:
        return any(0 < phrase.first - p.last <= 3 for p in bodies)
    reach = 1 if scene.head_first else 3
    return any(
        0 < p.first - phrase.last <= reach + (scene.tokens[p.first - 1].text in MARKS)
        for p in bodies
    )


# -- givers as mentions --------------------------------------------------------------------


def is_many(scene: Scene, phrase: Phrase) -> bool:
    """«организации», «organizations» mean no single name before them."""
    hits = [h for h in scene.of_part(phrase.sort) if h.last in (phrase.first, phrase.last)]
    if scene.head_first:
        return bool(hits) and all(h.reading.plural for h in hits if h.reading.pos)
    form, norm = phrase.head.split()[-1], scene.parsed.norm(phrase.last)
    # «the company's staff»: of one company
    norm = norm[:-2] if owns(scene, phrase.last) else norm
    return not scene.suffixed and norm != form
