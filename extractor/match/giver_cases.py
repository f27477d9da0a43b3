"""An ending or a preposition says who gives: «волонтерами», «қордың», «сотрудники фонда»."""

from __future__ import annotations

from extractor.match.clauses import BESIDE, NO_PART, Part, is_open
from extractor.match.recipients import is_got
from extractor.match.scenes import GETTING, GIVING, Phrase, Scene, ends_at, word_before

_OBJECT_CASES = frozenset({"dat", "acc", "loc", "adj", "equ"})


def by_case(scene: Scene, phrase: Phrase) -> Part | None:
    """«қорға», «фонду» get; «волонтерами», «тұрғындардан» give; «қордың», «фонда» own."""
    cases = _settled(scene, phrase)
    if cases == {None} or not cases:
        return None
    if scene.suffixed:
        return _by_ending(scene, phrase, cases)
    if "nom" in cases or not scene.head_first:
        return None
    if "ins" in cases and phrase.sort == "place":
        return _given_by_place(scene, phrase)
    if "ins" in cases:
        return Part("agent") if scene.acts and not is_got(scene, phrase.first) else NO_PART
    if "gen" in cases:
        return _possessor_before(scene, phrase)
    return NO_PART


def _given_by_place(scene: Scene, phrase: Phrase) -> Part:
    """«груз, направленный Казахстаном», «Казахстаном передано 5 тонн»; not «над Казахстаном»."""
    gives = any(
        abs(act.first - phrase.first) <= BESIDE
        and act.entry.id in GIVING
        and act.reading.pos in ("PRTF", "PRTS")
        for act in scene.acts
    )
    linked = scene.begins("preposition", phrase.first - 1)
    return Part("place") if gives and not linked and phrase.head == "country" else NO_PART


def _settled(scene: Scene, phrase: Phrase) -> frozenset[str | None]:
    """«подразделениям МЧС»: behind a noun, a word that is never inflected is its genitive."""
    free = len(phrase.cases) >= 5 or {"gen", "nom"} <= phrase.cases
    before = scene.parsed.norm(phrase.first - 1)
    readings = scene.parsed.language.morphology.readings(before) if before else ()
    noun = any(r.pos == "NOUN" for r in readings)
    # «фермер из Зерендинского района | Ермек Садыков»: he is not the district's.
    places = (scene.parsed.ending(sort, phrase.first - 1) for sort in ("place_head", "place"))
    noun = noun and not (phrase.sort == "person" and any(places))
    return frozenset({"gen"}) if free and noun else phrase.cases


def _by_ending(scene: Scene, phrase: Phrase, cases: frozenset[str | None]) -> Part | None:
    if cases & {None, "nom"}:
        return None
    if "abl" in cases:
        crowd = phrase.sort in ("collective", "people") and len(phrase) == 1
        return Part("named" if crowd else "source") if scene.acts else NO_PART
    return _possessor(scene, phrase) if "gen" in cases else NO_PART


def _possessor(scene: Scene, phrase: Phrase) -> Part:
    """«партиясының филиалы өткізіп келеді», «жасағының еріктісі көмектесуде»."""
    if phrase.sort in ("place", "person"):
        return NO_PART
    last = ends_at(scene, phrase)
    if scene.tokens[last + 1 : last + 2] and scene.counted(last + 2):
        # «қоғамның 30 мүшесі телефон алды»: those who are its own got something.
        following = next((act for act in scene.acts if act.first > phrase.last), None)
        gets = following is not None and following.entry.id == GETTING
        return NO_PART if gets else Part("possessor")
    near = any(
        0 < h.first - last <= 4
        and is_open(scene, last, h.first)
        and h.reading.case not in _OBJECT_CASES
        and not scene.cases(h.last) & {"dat", "acc"} - {None}
        for h in scene.heads.get("unit", [])
    )
    return Part("possessor") if near and scene.acts else NO_PART


def _possessor_before(scene: Scene, phrase: Phrase) -> Part:
    """«сотрудники фонда», «решение маслихата»: the word before belongs to the giver."""
    before = word_before(scene, phrase)
    units = [h for h in scene.heads.get("unit", []) if h.last == before]
    if phrase.sort == "place" or not scene.acts:
        return NO_PART
    if units:
        objects = all(h.reading.case in _OBJECT_CASES for h in units)
        return NO_PART if objects else Part("possessor")
    return Part("named") if phrase.sort == "registry" else NO_PART


def preposition(scene: Scene, phrase: Phrase) -> Part | None:
    """«в фонде», «at the House of Friendship», «for the ministry»: a place or a recipient."""
    before = word_before(scene, phrase)
    if before < 0 or scene.suffixed:
        return None
    if scene.begins("of", before):
        unit = any(h.last in (before - 1, before) for h in scene.heads.get("unit", []))
        return Part("possessor") if unit and scene.acts and phrase.sort != "place" else NO_PART
    crew = scene.begins("origin", before) and scene.ends("crew", before - 1)
    return NO_PART if scene.begins("preposition", before) and not crew else None
