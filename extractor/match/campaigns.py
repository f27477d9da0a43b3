"""Campaigns by name: in quotes beside their head noun, by registry, by capitals."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.match.lexicon import Hit
from extractor.match.phrases import describes, head_beside, is_nearer
from extractor.match.scenes import OPENERS, Scene, find_quotes
from extractor.types import Mention


def _quoted_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«X» акциясы, акция «X», the "X" campaign: a quoted name beside its head."""
    for first, last in find_quotes(scene.tokens):
        head = head_beside(scene, first, last, "campaign")
        other = head_beside(scene, first, last, "organisation", "authority", "no_campaign")
        if head is not None and not (other and is_nearer(other, head, first, last)):
            known = next(scene.parsed.between("campaign", first, last), None)
            yield _campaign(scene, (first + 1, last - 1), text, known, "quoted")


def _known_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«Нұрлы жер», «#БІЗБІРГЕМІЗ»: a registered name in quotes, hashed or beside its head."""
    for hit in scene.parsed.of_sort("campaign"):
        before, after = hit.first - 1, hit.last + 1
        marked = scene.parsed.norm(before) in OPENERS or scene.parsed.norm(before) == "#"
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
        if last is None or (last == head.first - 2 and not describes(scene, last + 1)):
            continue
        first = _run_left(scene, last)
        # «the Clear Water Projects»: a head in capitals belongs to the name.
        last = head.last if last == head.first - 1 and scene.capital(head.last) else last
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
    return _past_preposition(scene, first, last)


def _past_preposition(scene: Scene, first: int, last: int) -> int:
    """«Under the Clear Water programme» → Clear Water: a line begins with a capital."""
    while first < last and any(scene.begins(part, first) for part in ("preposition", "article")):
        first += 1
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
