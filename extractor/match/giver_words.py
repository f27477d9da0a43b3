"""A small word says who gives: «при поддержке X», «X тарапынан», «donated by X»."""

from __future__ import annotations

from extractor.match.clauses import DESCRIBED, NO_PART, Part
from extractor.match.parsed import WORD_DASHES
from extractor.match.recipients import is_got, is_request
from extractor.match.scenes import MARKS, Phrase, Scene, ends_at, word_before
from extractor.types import Concept

_PEOPLE = frozenset({"recipients", "affected"})


def giver_word(scene: Scene, phrase: Phrase) -> Part | None:
    """«при поддержке X», «X тарапынан», «donated by X»: a small word says who gives."""
    before = word_before(scene, phrase)
    if phrase.sort == "place":
        return _place_source(scene, phrase, before)
    if scene.ends("giver_before", before):
        # «from Shetpe» is a town as well as a giver, «with money from Kaztemir» is not.
        plain = not any(h.last == before > h.first for h in scene.heads["giver_before"])
        town = phrase.sort == "run" and len(phrase) == 1 and scene.ends("origin", before) and plain
        # «By Gulnar Akhmetova»: a line that begins so and does nothing is signed.
        signed = before == 0 and not scene.acts
        got = is_got(scene, before) and not scene.ends("origin", before)
        # «from | its emergency fund»
        got = got or (phrase.bare and scene.begins("own", phrase.first - 1))
        return NO_PART if town or signed or got or is_request(scene) else Part("agent")
    if scene.suffixed and (_is_named_behind(scene, phrase) or _is_in_list(scene, phrase)):
        return Part("agent")
    last = ends_at(scene, phrase)
    for hit in scene.heads.get("together_after", []):
        if 0 < hit.first - last <= 2 and "ins" in phrase.cases:
            return Part("agent")
    for hit in scene.heads.get("giver_after", []):
        if 0 < hit.first - last <= 2 and scene.suffixed and phrase.cases & {"gen", None}:
            return Part("agent")
    return Part("agent") if _is_thanked(scene, phrase) else None


def _is_named_behind(scene: Scene, phrase: Phrase) -> bool:
    """«Шараның демеушісі – | «Көк Тас» қоры»: a dash says who it is."""
    dash = phrase.first - 1
    return scene.parsed.norm(dash) in WORD_DASHES and scene.ends("giver_before", dash - 1)


def _is_in_list(scene: Scene, phrase: Phrase) -> bool:
    """«Қаржыны демеушілер берді: | «Көк Тас», «Алтын дән» қоры»: names behind a colon say who."""
    colon = next((i for i in range(phrase.first) if scene.parsed.norm(i) == ":"), None)
    if colon is None or any(act.first > colon for act in scene.acts):
        return False
    crowds = [h for h in scene.of_part("collective") if h.last < colon]
    return bool(crowds) and any(act.first < colon for act in scene.acts)


def _is_thanked(scene: Scene, phrase: Phrase) -> bool:
    """««Көк Тас» қорына рахмет», «рахмет «Көк Тас» қорына»: who is thanked gave."""
    before = scene.ends("thanks", word_before(scene, phrase))
    if not scene.suffixed:
        return before and not (scene.head_first and phrase.sort in ("collective", "people"))
    last = ends_at(scene, phrase)
    behind = any(0 < h.first - last <= 2 for h in scene.heads.get("thanks", []))
    return (before or behind) and "dat" in phrase.cases


def _has_goods(scene: Scene) -> bool:
    """«груз из Турции», «aid from Kazakhstan»: what is there came from somewhere."""
    concepts = (h.entry.meaning for h in scene.parsed.of_sort("noun"))
    return any(isinstance(c, Concept) and c.sort == "item" for c in concepts)


def _place_source(scene: Scene, phrase: Phrase, before: int) -> Part | None:
    """«из Мангистауской области», «from Kazakhstan»: a country or region, not a town."""
    if phrase.head not in ("country", "region") or not (scene.acts or _has_goods(scene)):
        return (
            None if phrase.head in ("country", "region", "city") and not scene.suffixed else NO_PART
        )
    if scene.suffixed and "abl" in phrase.cases:
        return Part("origin")
    if scene.suffixed:
        return None if phrase.cases & {None, "nom"} else NO_PART
    if _is_home(scene, before - 1):
        return NO_PART
    # «bought in Kazakhstan» says no more than where.
    if scene.ends("origin", before) and (scene.head_first or scene.ends("giver_before", before)):
        return Part("origin")
    # «46 wagons have been sent by Kazakhstan»
    by = scene.ends("giver_before", before) and not scene.head_first and phrase.head == "country"
    return Part("place") if by and scene.acts and not is_got(scene, before) else None


def _is_home(scene: Scene, index: int) -> bool:
    """«40 children from Karaganda», «объединение «Үміт» из Кызылорды»: where somebody lives.

    «Детям с пороками сердца из Шымкента»: words that only describe them may stand between.
    """
    if index > 0 and scene.tokens[index].text in MARKS:
        return True
    start = index
    while start > max(0, index - DESCRIBED) and scene.word(start - 1) and not scene.verb(start):
        start -= 1
    concepts = (h.entry.meaning for h in scene.parsed.between("noun", start, index))
    return any(isinstance(c, Concept) and c.kind in _PEOPLE for c in concepts)
