"""Campaigns by name: in quotes beside their head noun, by registry, by capitals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from extractor.match.both_names import describes
from extractor.match.capitals import run_right
from extractor.match.lexicon import Hit
from extractor.match.quoted_names import head_beside, is_nearer
from extractor.match.scenes import OPENERS, Scene, find_quotes
from extractor.types import Mention

# What closes a heading that stands in a line of its own, or before its text.
_LABELS = frozenset(":.\u2013\u2014")


def _quoted_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«X» акциясы, акция «X», the "X" campaign: a quoted name beside its head."""
    for first, last in find_quotes(scene.tokens):
        translated = _before_bracket(scene, first, last)
        head = head_beside(scene, first, last + (translated is not None), "campaign")
        other = head_beside(scene, first, last, "organisation", "authority", "no_campaign")
        named = scene.begins("named", last + 1) or scene.ends("named", first - 1)
        owned = head is not None and other is not None and is_nearer(other, head, first, last)
        second = head is None and other is None and _follows_owner(scene, first)
        if second or (named and other is None) or (head is not None and not owned):
            known = next(scene.parsed.between("campaign", first, last), None)
            name = translated or (first + 1, last - 1)
            yield _campaign(scene, name, text, known, "quoted")


def _follows_owner(scene: Scene, first: int) -> bool:
    """акция фонда «Көк Тас» | «Жылы қыс»: the second name in quotes is that of the campaign."""
    for begin, end in find_quotes(scene.tokens):
        if scene.head_first and end == first - 1:
            owner = head_beside(scene, begin, end, "organisation", "authority")
            heads = scene.heads.get("campaign", [])
            return owner is not None and any(h.last == owner.first - 1 for h in heads)
    return False


def _before_bracket(scene: Scene, first: int, last: int) -> tuple[int, int] | None:
    """«Zhyly Qys ("Warm Winter") campaign» → Zhyly Qys: what is in brackets translates it."""
    bracketed = scene.parsed.norm(first - 1) == "(" and scene.parsed.norm(last + 1) == ")"
    if not bracketed or not scene.capital(first - 2):
        return None
    return _run_left(scene, first - 2), first - 2


def _known_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«Нұрлы жер», «#БІЗБІРГЕМІЗ»: a registered name in quotes, hashed or beside its head."""
    for hit in scene.parsed.of_sort("campaign"):
        before, after = hit.first - 1, hit.last + 1
        marked = scene.parsed.norm(before) in OPENERS or scene.parsed.norm(before) == "#"
        heads = scene.heads.get("campaign", [])
        behind = () if scene.head_first else (after, after + 1, after + 2)
        beside = any(h.first in behind or h.last == before for h in heads)
        owners = scene.of_part("organisation", "authority", "no_campaign")
        owned = any(0 < h.first - hit.last <= 3 or 0 < hit.first - h.last <= 2 for h in owners)
        owned = owned and scene.parsed.norm(before) != "#"
        titled = _is_label(scene, hit.first, hit.last) or _is_under(scene, hit)
        if (marked or beside or titled) and not owned and scene.capital(hit.first):
            first = before if scene.parsed.norm(before) == "#" else hit.first
            last = after if scene.parsed.norm(after) == "!" else hit.last
            yield _campaign(scene, (first, last), text, hit, "registry")


def _is_label(scene: Scene, first: int, last: int) -> bool:
    """«Road to School: how …», «• Дорога в школу. 300 …»: it stands over what follows."""
    opens = not any(scene.word(i) for i in range(first))
    return opens and scene.parsed.norm(last + 1) in _LABELS and last > first


def _is_under(scene: Scene, hit: Hit) -> bool:
    """«Within | Road to School children got bags»: of several words, behind a small one."""
    latin = not scene.suffixed and not scene.head_first
    return latin and hit.last > hit.first and scene.begins("preposition", hit.first - 1)


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
        givers = scene.parsed.between("provider", first, max(last, head.last))
        known_giver = any(h.last >= last for h in givers)
        posts = any(first <= h.first <= last for h in scene.of_part("office"))
        if scene.parsed.norm(head.last + 1) in OPENERS:
            continue
        if (first < last or _is_single(scene, last, head)) and not known_giver and not posts:
            known = next(scene.parsed.between("campaign", first, last), None)
            yield _campaign(scene, (first, last), text, known, "titled")


def _announced_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«the charity campaign | Zhyly Qys, …»: a run of capitals behind its head."""
    if scene.suffixed or scene.head_first or scene.titled:
        return
    for head in scene.heads.get("campaign", []):
        first = _past_named(scene, head.last + 1)
        several = scene.parsed.norm(head.last) != head.entry.form.split()[-1]
        several = several or scene.capital(head.last)
        if several or not scene.capital(first) or scene.acronym(first):
            continue
        last = _run_on(scene, first)
        barred = scene.place(first) is not None or scene.begins("no_name", first)
        barred = barred or bool(scene.parsed.starting("demonym", first))
        heads = scene.of_part("organisation", "authority", "office")
        body = any(first <= h.first <= last for h in heads)
        body = body or any(scene.parsed.starting("provider", first))
        acts = any(act.first == last + 1 for act in scene.acts) and _is_linked(scene, head.first)
        if not (barred or body or acts):
            known = next(scene.parsed.between("campaign", first, last), None)
            yield _campaign(scene, (first, last), text, known, "announced")


def _is_linked(scene: Scene, index: int) -> bool:
    """«Under the campaign | Kok Tas gave»; of «The campaign Zhyly Qys gave» it is the subject."""
    small = ("preposition", "link_of", "giver_before")
    return any(scene.begins(part, i) for i in range(index) for part in small)


def _past_named(scene: Scene, index: int) -> int:
    """«a campaign | called | Warm Winter», «the drive | , titled | Warm Winter»."""
    at = index + (scene.parsed.norm(index) == ",")
    named = (hit.last + 1 for hit in scene.heads.get("named", []) if hit.first == at)
    return next(named, index)


def _run_on(scene: Scene, first: int) -> int:
    """«With Love to the Village»: small words within a title, but no place where it is held."""
    last = run_right(scene, first)
    while last < len(scene.tokens) - 2 and scene.begins("small", last + 1):
        after = last + 2 + scene.begins("the", last + 2)
        if not scene.capital(after) or scene.place(after) or scene.parsed.starting("date", after):
            break
        last = run_right(scene, after)
    return last


def _is_single(scene: Scene, index: int, head: Hit) -> bool:
    """«the Izgilik programme»: one word in capitals that is neither a place nor a nation."""
    common = scene.place(index) or scene.acronym(index) or scene.parsed.starting("demonym", index)
    heads = scene.of_part("organisation", "authority", "collective", "office")
    body = any(h.first <= index <= h.last for h in heads)
    opens = not scene.word(index - 1) or any(
        scene.begins(part, index) for part in ("no_name", "sovereign")
    )
    return head.first == index + 1 and not (common or body or opens or scene.stop(index))


def _explained_campaign(scene: Scene, text: str) -> Iterator[Mention]:
    """«within Izgilik, a project of …»: what it is stands behind."""
    if scene.suffixed or scene.head_first or scene.titled:
        return
    for head in scene.heads.get("campaign", []):
        article = scene.begins("article", head.first - 1)
        last = head.first - 3
        if article and scene.parsed.norm(last + 1) == "," and scene.capital(last):
            first = _run_left(scene, last)
            body = any(first <= h.first <= last for h in scene.of_part("organisation", "authority"))
            if not body and not scene.place(first):
                yield _campaign(scene, (first, last), text, None, "explained")


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


def named_again(scene: Scene, text: str, known: Iterable[Mention]) -> Iterator[Mention]:
    """«Izgilik» was a programme before: so it is in «the first year of Izgilik»."""
    for campaign in known:
        words = campaign.text.split()
        for first, token in enumerate(scene.tokens):
            last = first + len(words) - 1
            inside = scene.tokens[first : last + 1]
            same = token.text == words[0] and [t.text for t in inside] == words
            behind = range(last + 1, last + 3)
            body = any(h.first in behind for h in scene.of_part("organisation", "authority"))
            if same and scene.capital(first) and not body:
                again = _campaign(scene, (first, last), text, None, "again")
                yield replace(again, id=campaign.id)


CAMPAIGNS: tuple[Callable[[Scene, str], Iterator[Mention]], ...] = (
    _quoted_campaign,
    _known_campaign,
    _titled_campaign,
    _announced_campaign,
    _explained_campaign,
)
