"""Which part a phrase plays in its clause: who speaks or gets is no giver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractor.match.clauses import Part, is_open
from extractor.match.giver_cases import by_case, preposition
from extractor.match.giver_words import giver_word
from extractor.match.lexicon import Hit
from extractor.match.parsed import WORD_DASHES
from extractor.match.recipients import recipient
from extractor.match.scenes import GIVING, Phrase, Scene, conjunctions, ends_at
from extractor.match.speakers import author, heading, sovereign, speaker
from extractor.match.subjects import opens_clause, subject

_NEXT = 3
_ACTING = frozenset({"agent", "subject", "source"})


PARTS: tuple[Callable[[Scene, Phrase], Part | None], ...] = (
    sovereign,
    author,
    heading,
    speaker,
    recipient,
    giver_word,
    by_case,
    preposition,
    subject,
)


def _part_of(scene: Scene, phrase: Phrase) -> str | None:
    """The first rule that knows decides; a name that no rule knows is only named."""
    for rule in PARTS:
        part = rule(scene, phrase)
        if part is not None:
            return part.name
    if phrase.sort in ("collective", "people"):
        told = scene.suffixed and not _is_predicate(scene, phrase)
        return "named" if scene.begins("caring", phrase.first) or told else None
    return "named" if phrase.sort in ("registry", "quoted", "organisation") else None


def _is_predicate(scene: Scene, phrase: Phrase) -> bool:
    """«Олардың жартысы – ауыл тұрғындары»: who they are, and nobody gives."""
    return scene.parsed.norm(phrase.first - 1) in WORD_DASHES and not scene.acts


def _listed(scene: Scene, before: Phrase, here: Phrase) -> bool:
    """«X, Y», «X мен Y», «X и бизнесмен Y»: nothing but a comma or «and» between."""
    small = ("no_name", "article")
    posts = scene.heads.get("office", []) if here.sort == "person" and scene.head_first else []
    linked = [
        i
        for i in range(ends_at(scene, before) + 1, here.first)
        if not any(scene.begins(part, i) for part in small)
        and not any(hit.first <= i <= hit.last for hit in posts)
    ]
    return 0 < len(linked) <= 2 and all(
        scene.tokens[i].text == "," or scene.tokens[i].norm in conjunctions(scene) for i in linked
    )


def _share_cases(scene: Scene, phrases: Sequence[Phrase]) -> list[Phrase]:
    """«демеушілер мен тұрғындардан»: the ending of the last one is meant for all."""
    shared = list(phrases)
    for index in range(len(shared) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        if scene.suffixed and _listed(scene, here, after) and None in here.cases:
            shared[index] = replace(here, cases=after.cases)
    return shared


def parts_of(scene: Scene, phrases: Sequence[Phrase]) -> list[str | None]:
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
        # «came from Uzbekistan and Tajikistan»
        if listed and parts[index - 1] == "origin" and here.sort == "place" == before.sort:
            states = {before.head, here.head} == {"country"}
            parts[index] = parts[index] or ("origin" if states else None)
    parts = _without_getters(scene, phrases, _without_echoes(scene, phrases, parts))
    if scene.suffixed:
        _share_last(scene, phrases, parts)
    return _share_list_of_places(scene, phrases, parts)


def _without_echoes(
    scene: Scene, phrases: Sequence[Phrase], parts: list[str | None]
) -> list[str | None]:
    """«помогли соседи: фермеры района дали», «выручило ТОО: аграрии дали»: told once more."""
    colon = next((i for i, t in enumerate(scene.tokens) if t.text == ":"), None)
    if colon is None or not scene.head_first:
        return parts
    acting = [i for i, part in enumerate(parts) if part in _ACTING]
    sides = [[i for i in acting if (phrases[i].first < colon) is left] for left in (True, False)]
    for here, there in (sides, sides[::-1]):
        plain = [i for i in here if _is_plain_crowd(phrases[i])]
        if plain == here and any(not _is_plain_crowd(phrases[i]) for i in there):
            parts = [None if i in plain else part for i, part in enumerate(parts)]
    return parts


def _without_getters(
    scene: Scene, phrases: Sequence[Phrase], parts: list[str | None]
) -> list[str | None]:
    """«Посольство передало | МЧС РК | 10 насосов»: a verb that has its subject gives to the next.

    Acronyms bear no case: only where they stand tells what they are.
    """
    if not scene.head_first:
        return parts
    given = list(parts)
    for index, phrase in enumerate(phrases):
        if given[index] != "subject" or not scene.acronym(phrase.first):
            continue
        near = (a for a in scene.acts if 0 < phrase.first - a.last <= _NEXT)
        act = next((a for a in near if is_open(scene, a.last, phrase.first)), None)
        if act is not None and any(
            part == "subject" and _is_subject_of(scene, other, act)
            for other, part in zip(phrases[:index], given, strict=False)
        ):
            given[index] = None
    return given


def _is_subject_of(scene: Scene, phrase: Phrase, act: Hit) -> bool:
    """It stands before the verb, and no mark of a clause between them."""
    return 0 < act.first - phrase.last <= _NEXT + 1 and is_open(scene, phrase.last, act.first)


def _is_plain_crowd(phrase: Phrase) -> bool:
    """«соседи», «аграрии»; «фермеры района» are told from others."""
    return phrase.sort in ("collective", "people") and len(phrase) == 1


def _share_last(scene: Scene, phrases: Sequence[Phrase], parts: list[str | None]) -> None:
    """«X | мен Y қорына рахмет», «X, Y компаниясының қолдауымен»: the word behind is for all."""
    for index in range(len(phrases) - 2, -1, -1):
        here, after = phrases[index], phrases[index + 1]
        silent = parts[index] in (None, "named") and here.sort != "place"
        if silent and parts[index + 1] == "agent" and _listed(scene, here, after):
            parts[index] = "agent"


def _share_list_of_places(
    scene: Scene, phrases: Sequence[Phrase], parts: list[str | None]
) -> list[str | None]:
    """«Azerbaijan, Uzbekistan and Turkey sent»: what the last of a list does, all of them do."""
    if scene.suffixed:
        return _share_last_place(scene, phrases, parts)
    if scene.head_first:
        return parts
    first = 0
    for index, phrase in enumerate(phrases):
        joined = index > first and _listed(scene, phrases[index - 1], phrase)
        if phrase.sort != "place" or not joined:
            first = index
        opens = phrases[first].sort == "place" and opens_clause(scene, phrases[first].first)
        if joined and phrase.sort == "place" and opens and _gives_next(scene, phrase.last):
            parts = [*parts[:first], *["place"] * (index - first + 1), *parts[index + 1 :]]
    return parts


def _share_last_place(
    scene: Scene, phrases: Sequence[Phrase], parts: list[str | None]
) -> list[str | None]:
    """«Жапония | мен Норвегия 23 миллион доллар бөлді»: both of them gave."""
    for index in range(len(phrases) - 2, -1, -1):
        here, after = phrases[index], phrases[index + 1]
        alike = here.head == after.head == "country" and bool(here.cases & {None, "nom"})
        if alike and parts[index + 1] == "place" and _listed(scene, here, after):
            parts[index] = "place"
    return parts


def _gives_next(scene: Scene, last: int) -> bool:
    """«Turkey | sent», «Turkey | have also sent»."""
    acts = (a for a in scene.acts if 0 < a.first - last <= _NEXT and a.entry.id in GIVING)
    return any(not scene.suffered(act) for act in acts)
