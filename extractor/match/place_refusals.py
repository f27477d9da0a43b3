"""Names beside which a word, a mark or a surname says that no place is meant."""

from __future__ import annotations

from collections.abc import Callable

from extractor.match.parsed import WORD_DASHES
from extractor.match.place_names import Candidate, Scene, is_abroad, is_capital


def _beside_noise(scene: Scene, candidate: Candidate) -> str | None:
    """«Абай көшесі», «Astana Times», «АО Астана»: the word beside the name decides."""
    name = candidate.name
    for hit, noise in scene.noises:
        beside = hit.first == name.last + 1 if noise.side == "after" else hit.last == name.first - 1
        # «Дала» ЖШС Шымкенттегі …: the form belongs to the name before it.
        if noise.side != "after" and name.spatial and name.ending:
            continue
        if beside and (not noise.kinds or any(o.kind in noise.kinds for o in name.options)):
            return noise.reason
    return None


def _person(scene: Scene, candidate: Candidate) -> str | None:
    """«Абай Құнанбаев», «Altai Kulginov», «А. Абай» are people; «в Алматы Иванов» is not."""
    name = candidate.name
    if _is_initial(scene, name.last + 1) or _is_initial(scene, name.first - 2):
        return "person"
    if name.spatial or scene.norm(name.first - 1) in scene.know.stops:
        return None
    surname = name.last + 1 if name.options else name.last
    found = scene.capital(surname) and surname > name.first
    return "person" if found and scene.know.person.fullmatch(scene.norm(surname)) else None


def _is_initial(scene: Scene, index: int) -> bool:
    """«Қ.»: one capital and a full stop."""
    return (
        scene.capital(index) and len(scene.tokens[index].text) == 1 and scene.norm(index + 1) == "."
    )


def _quoted(scene: Scene, candidate: Candidate) -> str | None:
    """«Атырау» in quotes is a club, a hotel or a newspaper."""
    opened: tuple[int, str] | None = None
    for index, token in enumerate(scene.tokens):
        if opened and token.text == opened[1]:
            inside = opened[0] < candidate.name.first and candidate.name.last < index
            if inside and index - opened[0] - 1 <= scene.know.quoted:
                return "quoted"
            opened = None
        elif token.text in scene.know.quotes:
            opened = (index, scene.know.quotes[token.text])
    return None


def _foreign_capital(scene: Scene, candidate: Candidate) -> str | None:
    """«столица Украины», «Украинаның елордасы», «the capital of Ukraine» are not Astana."""
    name = candidate.name
    if not is_capital(name):
        return None
    beside = (
        *(scene.names.get(name.last + step) for step in (1, 2)),
        scene.covered.get(name.first - 1),
    )
    abroad = (other for other in beside if other is not None)
    return "capital" if any(is_abroad(option) for o in abroad for option in o.options) else None


def _route(scene: Scene, candidate: Candidate) -> str | None:
    """«Караганда – Балхаш», «Almaty-Taraz»: of two places joined by a dash a road is made."""
    name = candidate.name
    ahead = scene.norm(name.last + 1) in WORD_DASHES and scene.covered.get(name.last + 2)
    behind = scene.norm(name.first - 1) in WORD_DASHES and scene.covered.get(name.first - 2)
    return "route" if ahead or behind else None


_NOT_PLACES: tuple[Callable[[Scene, Candidate], str | None], ...] = (
    _beside_noise,
    _person,
    _quoted,
    _foreign_capital,
    _route,
)


def refuse_place(scene: Scene, candidate: Candidate) -> str | None:
    """«Astana Times» → "outlet", «Нур-Султане» → nothing."""
    governor = candidate.governor
    known = bool(candidate.name.options)
    rules = (_quoted,) if known and governor and governor.direct else _NOT_PLACES
    return next((reason for rule in rules if (reason := rule(scene, candidate))), None)
