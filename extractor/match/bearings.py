"""How a place stands in its sentence: «from Taraz», «Атырауға», «в Уральске»."""

from __future__ import annotations

from extractor.match.parsed import Parsed
from extractor.match.story import tokens_of
from extractor.types import Mention


def bearing(parsed: Parsed, mention: Mention) -> str:
    """«origin», «inside», «goal» or nothing, by case ending or preposition."""
    first, last = tokens_of(parsed, mention)
    if parsed.language.suffixed:
        last = _end_of_list(parsed, last)
    cases = cases_at(parsed, first, last)
    if parsed.language.suffixed:
        made = [
            h for h in parsed.starting("head", past_head(parsed, last)) if h.entry.id == "origin"
        ]
        if any(h.reading.case == "dat" for h in made):
            return "goal"
        owned = _cases_of_owned(parsed, last) if cases <= {"gen"} else set()
        if made or "abl" in cases or "abl" in owned:
            return "origin"
        if cases & {"loc", "adj"}:
            return "inside"
        return "goal" if "dat" in cases or "dat" in owned else ""
    word = word_before(parsed, first)
    for part in ("origin", "inside", "goal"):
        if any(h.entry.id == part for h in parsed.ending("head", word)):
            return "goal" if part == "inside" and _is_entered(cases) else part
    # «отправит Афганистану 300 тонн»: whom it is given to.
    return "goal" if cases == {"dat"} else ""


def past_head(parsed: Parsed, last: int) -> int:
    """«Атакент | кентіндегі | қоймаға»: what stands behind a place and its head noun."""
    heads = parsed.starting("place_head", last + 1)
    return heads[0].last + 1 if heads else last + 1


def _is_entered(cases: set[str]) -> bool:
    """«в Украину», «в Костанайскую область» lead there, «в Украине» lies there."""
    return "acc" in cases and not cases & {"loc", "dat", "gen"}


def _end_of_list(parsed: Parsed, last: int) -> int:
    """«Бөрлі, Теректі аудандарында» → Теректі: the last of a list bears the case of all."""
    while True:
        step = next((s for s in (2, 3) if _joined_by(parsed, last, s)), None)
        if step is None:
            return last
        last = parsed.starting("place", last + step)[0].last


def _joined_by(parsed: Parsed, last: int, step: int) -> bool:
    """Is a place so many tokens behind this one joined to it by «,» or «және»?"""
    between = range(last + 1, last + step)
    joined = all(parsed.norm(i) == "," or parsed.ending("and", i) for i in between)
    return joined and bool(parsed.starting("place", last + step))


def cases_at(parsed: Parsed, first: int, last: int) -> set[str]:
    """The cases of a name, or of the head noun behind it, at its end or before it."""
    hits = [*parsed.ending("place", last), *parsed.starting("place_head", last + 1)]
    hits += parsed.ending("place_head", last)
    heads = [h for h in hits if h.entry.sort == "place_head"]
    heads = heads or list(parsed.ending("place_head", first - 1))
    return {h.reading.case for h in heads or hits if h.reading.case}


def _cases_of_owned(parsed: Parsed, last: int) -> set[str]:
    """«Нұр-Сұлтан қ. жүк қоймасынан»: the noun that the place belongs to bears the case."""
    readings = parsed.language.morphology.readings
    for index in range(last + 1, min(last + 5, len(parsed.tokens))):
        token = parsed.tokens[index]
        if token.text == ".":
            continue
        if token.sort != "word" or parsed.starting("verb", index):
            break
        owned = [r.case for r in readings(token.norm) if r.possessive]
        # «Атырау облысының | Қосшағыл кентіне»: what it owns owns the next.
        if owned and {*owned} != {"gen"}:
            return {case for case in owned if case}
    return set()


def word_before(parsed: Parsed, first: int) -> int:
    """The preposition before a place: «из города Уральска», «из Астаны и Кокшетау»."""
    index = first - 1
    while index >= 0:
        listed = parsed.norm(index) == "," or parsed.ending("and", index)
        heads = parsed.ending("place_head", index - 1)
        earlier = parsed.ending("place", heads[0].first - 1 if heads else index - 1)
        if listed and earlier:
            index = earlier[0].first - 1
        elif parsed.ending("place_head", index) or _is_article(parsed, index):
            index -= 1
        else:
            break
    return index


def _is_article(parsed: Parsed, index: int) -> bool:
    return any(hit.entry.id == "article" for hit in parsed.ending("head", index))
