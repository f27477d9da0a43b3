"""The name on both sides of its head noun: «Syr Toqyma textile mill», «akimat of Shymkent»."""

from __future__ import annotations

from extractor.match.capitals import in_run, past_number, run_right, says_sort
from extractor.match.lexicon import Hit
from extractor.match.scenes import Scene, conjunctions, owns

_LONGEST_FIELD = 6


def both_names(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«local entrepreneurs», «regional akimat», «akimat of Shymkent», «Syr Toqyma textile mill»."""
    first, last = head.first, head.last
    while first > 0 and head.first - first < 3 and describes(scene, first - 1):
        first -= 1
    first += first < head.first and says_sort(scene, first)
    first = _both_fields(scene, first) if part == "authority" else first
    while first > 0 and scene.capital(first):
        step = 1 if in_run(scene, first - 1) else 2 * is_hyphened(scene, first)
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
        return _is_field(scene, index + 1) and not acts_at(scene, index + 1)
    barred = ("be", "preposition", "link_of", "speech", "no_name", "article", "area")
    return not scene.stop(index) and not any(scene.begins(part, index) for part in barred)


def _both_fields(scene: Scene, first: int) -> int:
    """«the | employment and social programmes department»: both are its fields."""
    joint, near = first - 1, first - 2
    linked = joint > 0 and scene.tokens[joint].norm in conjunctions(scene)
    plain = not scene.capital(first) and not scene.capital(near)
    return (
        near if linked and plain and describes(scene, near) and not heads_at(scene, near) else first
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
    plain = [i for i in near if not scene.capital(i) and not heads_at(scene, i)]
    return plain == near[: len(plain)] and any(scene.begins("area", i) for i in plain)


def acts_at(scene: Scene, index: int) -> bool:
    """A verb of giving begins here."""
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


def is_hyphened(scene: Scene, first: int) -> bool:
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
    """«local | entrepreneurs», «volunteers' | headquarters»: it belongs to the noun behind it."""
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


def heads_at(scene: Scene, index: int) -> bool:
    """A noun that heads the name of a body begins here."""
    return any(h.first == index for h in scene.of_part("organisation", "authority", "collective"))
