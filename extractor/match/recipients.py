"""Who gets, or asks for something: no giver either."""

from __future__ import annotations

from extractor.match.clauses import DESCRIBED, NO_PART, Part
from extractor.match.scenes import GETTING, Phrase, Scene, conjunctions, word_before
from extractor.types import Concept


def recipient(scene: Scene, phrase: Phrase) -> Part | None:
    """«фонд үшін», «фонд получил», «families were given»: who gets does not give."""
    if any(0 < h.first - phrase.last <= 1 for h in scene.heads.get("recipient_after", [])):
        return NO_PART
    crowd = phrase.sort in ("collective", "people")
    if crowd and scene.suffixed and _gets_beside(scene, phrase.last):
        return NO_PART
    if scene.ends("giver_before", word_before(scene, phrase)):
        return None
    # «әкімдік мал алуға 20 миллион теңге бөлді»: what it is for is no verb of its own.
    aims = ("infinitive", "intent") if scene.suffixed else ()
    behind = (a for a in scene.acts if a.first > phrase.last and a.reading.tense not in aims)
    following = next(behind, None)
    gets = following is not None and following.entry.id == GETTING
    if following and gets and following.first - phrase.last <= 3:
        return None if scene.suffixed and "abl" in phrase.cases else NO_PART
    return NO_PART if not scene.suffixed and _passive(scene, phrase.last + 1) else None


def _gets_beside(scene: Scene, last: int) -> bool:
    """«құтқарушылар мен зардап шеккендерге», «… мен тұрғындар үшін»: both of them get."""
    if last + 1 >= len(scene.tokens) or scene.tokens[last + 1].norm not in conjunctions(scene):
        return False
    for index in range(last + 2, last + 2 + DESCRIBED):
        if not scene.word(index) or scene.parsed.starting("number", index):
            return False
        norm = scene.tokens[index].norm
        readings = scene.parsed.language.morphology.readings(norm)
        cases = {r.case for r in readings if r.case and len(norm) - len(r.lemma) > 1}
        named = scene.begins("collective", index) or scene.begins("people", index)
        if cases or named:
            return cases == {"dat"} or scene.begins("recipient_after", index + 1)
    return False


def _passive(scene: Scene, index: int) -> bool:
    """«families were given»: a form of «be» and a participle behind the phrase."""
    if not scene.begins("be", index):
        return False
    return any(
        a.entry.id == "give" and a.reading.tense == "past" and 0 < a.first - index <= 2
        for a in scene.acts
    )


def is_got(scene: Scene, index: int) -> bool:
    """«received | by pupils», «получены | жителями»: by whom a thing is got is who gets it."""
    got = [a for a in scene.acts if a.last == index - 1 and a.entry.id == GETTING]
    # «families were given | coal», but «coal was given | by the fund»
    return any(not scene.begins("be", act.first) for act in got)


def is_request(scene: Scene) -> bool:
    """«заявки от предпринимателей»: whoever asks does not give."""
    concepts = (h.entry.meaning for h in scene.parsed.of_sort("noun"))
    return any(isinstance(c, Concept) and c.kind == "requests" for c in concepts)
