"""The name behind its head noun, where adjectives stand before it: «Штаб поддержки Украины»."""

from __future__ import annotations

from extractor.match.both_names import acts_at, is_hyphened
from extractor.match.capitals import couple_end, surname_cases
from extractor.match.lexicon import Hit
from extractor.match.scenes import Scene, conjunctions, find_quotes, hit_cases

_LONGEST_NAME = 9
# «Первый Северный горно-обогатительный | комбинат»: so many adjectives before a head.
_DESCRIBED = 3


def right_name(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«оперативный штаб», «министерства культуры и информации», «Штаб поддержки Украины»."""
    first = adjectives_left(scene, head)
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


def adjectives_left(scene: Scene, head: Hit) -> int:
    """«Корпоративный фонд»: where the adjectives before a head begin."""
    first, cases = head.first, scene.cases(head.first)
    for _ in range(_DESCRIBED):
        if first == 0 or not _agrees(scene, first - 1, cases):
            break
        first -= 1 + 2 * _tied_left(scene, first - 1)
    return first - 2 * is_hyphened(scene, first)


def _agrees(scene: Scene, index: int, cases: frozenset[str | None]) -> bool:
    """«корпоративный | фонд»; not «собранными | предпринимателями», by whom it was done."""
    if not scene.adjective(index) or scene.participle(index) or acts_at(scene, index):
        return False
    barred = scene.stop(index) or scene.begins("no_name", index)
    counted = bool(scene.parsed.starting("number", index))
    return not (barred or counted) and (not cases or bool(scene.cases(index) & cases))


def _tied_left(scene: Scene, index: int) -> bool:
    """«горно-|обогатительный комбинат»: a hyphen ties the first half to its adjective."""
    tied = scene.parsed.norm(index - 1) == "-" and scene.parsed.glued(index - 1)
    return tied and scene.parsed.glued(index) and scene.word(index - 2)


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
