"""Phrases by head noun, and those that the noun makes nobody in particular."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.match.both_names import both_names, heads_at
from extractor.match.capitals import person
from extractor.match.left_names import bears_name, left_name, next_head
from extractor.match.lexicon import Hit
from extractor.match.quoted_names import is_stopped
from extractor.match.right_names import right_name
from extractor.match.scenes import (
    Phrase,
    Scene,
    conjunctions,
    find_quotes,
    hit_cases,
    owns,
    word_before,
)
from extractor.types import Concept

_LONGEST_ORIGIN = 5
# «Residents | have already brought»
_AT_ONCE = 3
_HANDING = frozenset({"give", "giving", "collect"})


def with_head(scene: Scene) -> Iterator[Phrase]:
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
    """«волонтеры | Алматы»: a word behind the first is written as a name."""
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
        return any(not is_stopped(scene, index + 1, p.first) for p in named)
    return one and all(map(scene.capital, (index + 1, index + 2))) and not scene.place(index + 1)


def _says_whose(scene: Scene, phrase: Phrase) -> bool:
    """«the state order», «miners' union»: a noun before a noun gives nothing."""
    if scene.suffixed or scene.head_first or phrase.last > phrase.first:
        return False
    after = phrase.last + 1
    if scene.parsed.norm(after) in ("'", "\u2019") and scene.parsed.glued(after):
        return True
    plural = phrase.sort in ("collective", "people")
    return not plural and bool(scene.parsed.starting("noun", after) or heads_at(scene, after))


def _announces(scene: Scene, head: Hit, part: str) -> bool:
    """«the German company | Henkel», «Zhas Otan youth | wing»: the name says who it is."""
    if scene.suffixed or scene.head_first:
        return False
    after = head.last + 1
    if part == "people":
        return scene.begins("unit", after)
    named = scene.capital(after) and not scene.capital(head.last) and not scene.place(after)
    return part == "organisation" and named and not scene.begins("no_name", after)


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
    whose = has_capital(scene, phrase) or bears_name(scene, phrase.first)
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
    extent = left_name if scene.suffixed else right_name if scene.head_first else both_names
    first, last = extent(scene, head, part)
    if scene.suffixed and last > head.last:
        head = next_head(scene, head, head.last)[0]
    inner = _name_inside(scene, head, last, part)
    if inner is not None:
        return replace(inner, cases=hit_cases(scene, head))
    inside = range(first, last + 1)
    named = any(scene.capital(i) and (i > 0 or scene.acronym(i)) for i in inside)
    named = named or (scene.suffixed and first < head.first and scene.capital(first))
    named = named or last - head.last >= 2 or bears_name(scene, first)
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


def is_many(scene: Scene, phrase: Phrase) -> bool:
    """«организации», «organizations» mean no single name before them."""
    hits = [h for h in scene.of_part(phrase.sort) if h.last in (phrase.first, phrase.last)]
    if scene.head_first:
        return bool(hits) and all(h.reading.plural for h in hits if h.reading.pos)
    form, norm = phrase.head.split()[-1], scene.parsed.norm(phrase.last)
    # «the company's staff»: of one company
    norm = norm[:-2] if owns(scene, phrase.last) else norm
    return not scene.suffixed and norm != form
