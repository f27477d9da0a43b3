"""Who speaks, bids others give or signs the article: no giver, whatever verb is near."""

from __future__ import annotations

from extractor.match.clauses import NO_PART, Part, is_open
from extractor.match.lexicon import Hit
from extractor.match.scenes import HEADING, MARKS, Phrase, Scene, word_before

_FIRST_LINES = 3
_ENDS = frozenset(".!?")
# «добавил к празднику | 250 наборов»: so near what is given stands to its verb.
_ADDED = 4
# «обещает | заместитель акима района | Ермек Садыков»: so long is what he is.
_POST = 5


def sovereign(scene: Scene, phrase: Phrase) -> Part | None:
    """«initiated by Elbasy», «Токаев поручил»: who bids others give does not give."""
    named = phrase.sort in ("run", "person") and scene.begins("sovereign", phrase.first)
    return NO_PART if named else None


def speaker(scene: Scene, phrase: Phrase) -> Part | None:
    """«деп хабарлайды X», «по данным X», «X said»: who speaks does not give."""
    before = scene.heads.get("source_before", [])
    if not scene.suffixed and scene.ends("source_before", word_before(scene, phrase)):
        return NO_PART
    if any(0 < phrase.first - h.last <= 3 and is_open(scene, h.last, phrase.first) for h in before):
        return NO_PART
    if scene.head_first and _is_put_in(scene, phrase):
        return NO_PART
    after = scene.heads.get("source_after", [])
    if any(0 < h.first - phrase.last <= 5 and is_open(scene, phrase.last, h.first) for h in after):
        return NO_PART
    return next(
        (NO_PART for hit in scene.heads.get("speech", []) if _speaks(scene, phrase, hit)), None
    )


def _speaks(scene: Scene, phrase: Phrase, speech: Hit) -> bool:
    """«X сообщил», «сказал X»: no comma and no giving between them."""
    if scene.head_first and _adds(scene, speech):
        return False
    ahead = speech.first - phrase.last
    if 0 < ahead <= 8 and is_open(scene, phrase.last, speech.first):
        owner = scene.suffixed and "gen" in phrase.cases
        return not owner and not _acts_between(scene, phrase.last, speech.first)
    behind = phrase.first - speech.last
    if behind == 1 and not scene.suffixed and phrase.sort in ("person", "run"):
        return True
    reach = 8 if phrase.sort == "person" and scene.head_first else 2
    return (
        0 < behind <= reach
        and is_open(scene, speech.last, phrase.first)
        and not _acts_between(scene, phrase.last, phrase.last + 8)
    )


def _is_put_in(scene: Scene, phrase: Phrase) -> bool:
    """«К маю, обещает заместитель акима Ермек Садыков, привезут …»: between commas one speaks."""
    verb = phrase.first - 1
    while verb > 0 and scene.word(verb) and phrase.first - verb <= _POST:
        readings = scene.parsed.language.morphology.readings(scene.tokens[verb].norm)
        if any(r.pos == "VERB" for r in readings):
            commas = (scene.parsed.norm(verb - 1), scene.parsed.norm(phrase.last + 1))
            return phrase.sort == "person" and commas == (",", ",")
        verb -= 1
    return False


def _adds(scene: Scene, speech: Hit) -> bool:
    """«фонд добавил 250 наборов», «3 млн добавило АО»; of «добавил, что …» one only speaks."""
    if not scene.begins("deed", speech.first):
        return False
    start, stop = max(0, speech.first - _ADDED), min(len(scene.tokens), speech.last + 1 + _ADDED)
    inner = (range(start, speech.first), range(speech.last + 1, stop))
    return any(
        all(scene.tokens[i].sort != "mark" for i in near)
        and any(
            scene.tokens[i].value is not None or scene.parsed.starting("number", i) for i in near
        )
        for near in inner
    )


def _acts_between(scene: Scene, start: int, stop: int) -> bool:
    return any(start < act.first and act.last < stop for act in scene.acts)


def author(scene: Scene, phrase: Phrase) -> Part | None:
    """«Aigerim Foundation, 2 September 2021»: a line with a name and a date signs the article."""
    if phrase.first > 1 or phrase.sort not in ("quoted", "organisation", "run", "registry"):
        return None
    if scene.ends("giver_before", phrase.first - 1):
        return None
    rest = [t for t in scene.tokens[phrase.last + 1 :] if t.sort == "word"]
    early = scene.parsed.sentence.index <= _FIRST_LINES
    signed = scene.parsed.norm(phrase.last + 1) in (",", "") and not _is_outlet(scene, phrase)
    told = phrase.sort != "run" or _is_signature(scene, phrase)
    plain = signed and told and not scene.acts
    return Part("author") if early and plain and len(rest) <= 2 else None


def _is_signature(scene: Scene, phrase: Phrase) -> bool:
    """«Forty Days After» is a headline; a noun or a date beside capitals makes a signature."""
    rest = scene.tokens[phrase.last + 1 :]
    if any(token.sort == "word" for token in rest):
        return any(token.value is not None for token in rest)
    return bool(scene.of_part("organisation", "authority"))


def _is_outlet(scene: Scene, phrase: Phrase) -> bool:
    """«Телеканал «Жайық», Уральск»: a newspaper signs what others did."""
    inside = range(phrase.first, phrase.last + 1)
    return any(scene.begins("outlet", i) for i in inside)


def heading(scene: Scene, phrase: Phrase) -> Part | None:
    """««Көк Тас»: бір жылдың есебі»: whose article it is; «МЧС: …» only says who speaks."""
    opens = all(not scene.word(i) for i in range(phrase.first))
    body = phrase.sort in ("quoted", "title")
    early = scene.parsed.sentence.index <= _FIRST_LINES
    return Part(HEADING) if opens and body and early and _titles(scene, phrase.last) else None


def _titles(scene: Scene, last: int) -> bool:
    """A colon stands behind the name, and no full stop at the end of the line."""
    behind = last + 1 + (scene.parsed.norm(last + 1) in MARKS)
    return scene.parsed.norm(behind) == ":" and scene.tokens[-1].text not in _ENDS
