"""Who is the subject of a verb of giving: «Фонд раздал», «India contributed», «қор таратты»."""

from __future__ import annotations

from extractor.match.clauses import BESIDE, NO_PART, Part
from extractor.match.parsed import WORD_DASHES
from extractor.match.recipients import is_request
from extractor.match.scenes import GETTING, GIVING, MARKS, Phrase, Scene, conjunctions

_AFTER_OPENING = 4
_CLAUSE = frozenset(";:.!?|\u2022")


def subject(scene: Scene, phrase: Phrase) -> Part | None:
    """«Фонд раздал», «the fund handed over», «қор таратты»: a verb of giving in its clause."""
    if phrase.sort == "place":
        return _subject_place(scene, phrase)
    body = scene.suffixed and scene.ends("organisation", phrase.last)
    if phrase.sort in ("run", "registry") and scene.ends("office", phrase.first - 1) and not body:
        return None if scene.head_first is False else NO_PART
    if _is_post_of(scene, phrase):
        return NO_PART
    if phrase.sort == "title" and not _stands_before_verb(scene, phrase):
        return None
    if phrase.sort == "people" and is_request(scene):
        return None
    if phrase.sort == "person" and _is_told(scene, phrase):
        return None
    if phrase.sort == "person" and _may_speak(scene, phrase) and not _hands_over(scene, phrase):
        return None
    for act in scene.acts:
        orders = phrase.sort == "person" and act.entry.id in ("plan", "start")
        if act.entry.id == GETTING or orders or scene.suffered(act):
            continue
        if act.first > phrase.last and _reaches(scene, phrase.last, act.first):
            return Part("subject")
        near = scene.head_first and 0 < phrase.first - act.last <= 8
        if near and _reaches(scene, act.last, phrase.first):
            return Part("subject")
    return None


def _is_told(scene: Scene, phrase: Phrase) -> bool:
    """«a farm, whose chairman is Asan Saparov, gave»: the sentence only says who he is."""
    latin = not scene.suffixed and not scene.head_first
    return latin and scene.begins("be", phrase.first - 1) and scene.ends("office", phrase.first - 2)


def _is_post_of(scene: Scene, phrase: Phrase) -> bool:
    """«глава КХ «Белый Утёс» | Ермек Садыков отдал»: he gives, under the post that he holds."""
    held = scene.head_first and phrase.sort == "quoted" and scene.ends("office", phrase.first - 1)
    behind = phrase.last + 1
    return held and scene.capital(behind) and scene.capital(behind + 1)


def _may_speak(scene: Scene, phrase: Phrase) -> bool:
    """«Асан … төлейтінін айтады»; of «Асан … сыйлады, деп хабарлайды Сәуле» only Сәуле speaks."""
    return any(
        "," not in map(scene.parsed.norm, (hit.first - 2, hit.first - 1)) or phrase.first > hit.last
        for hit in scene.heads.get("speech", [])
    )


def _hands_over(scene: Scene, phrase: Phrase) -> bool:
    """«вручил аким …, сообщает …»: where somebody speaks, a person gives only beside the verb."""
    return any(
        act.entry.id in GIVING
        and (0 < act.first - phrase.last <= BESIDE or 0 < phrase.first - act.last <= BESIDE)
        for act in scene.acts
    )


def _stands_before_verb(scene: Scene, phrase: Phrase) -> bool:
    """«Көк Тас» opens its clause, «Көк Тас» передал: nothing else asks to be the subject."""
    behind = phrase.last + 1 + (scene.parsed.norm(phrase.last + 1) in MARKS)
    ahead = phrase.first - (scene.parsed.norm(phrase.first - 1) in MARKS)
    if scene.suffixed:
        announced = any(scene.tokens[i].text in MARKS for i in range(phrase.first, phrase.last))
        return announced or opens_clause(scene, ahead)
    return any(0 <= act.first - behind <= 1 and act.entry.id != GETTING for act in scene.acts)


def _reaches(scene: Scene, start: int, stop: int) -> bool:
    """No full stop, colon or speaker between a subject and its verb."""
    limit = 40 if scene.suffixed else 25
    inner = range(start + 1, stop)
    walls = (i for i in inner if scene.tokens[i].text in _CLAUSE)
    return len(inner) <= limit and all(_takes_up(scene, i) for i in walls)


def _takes_up(scene: Scene, colon: int) -> bool:
    """«Помог и предприниматель Ермек Садыков: он пожертвовал …»: the pronoun is he."""
    return scene.tokens[colon].text == ":" and scene.begins("pronoun", colon + 1)


def _subject_place(scene: Scene, phrase: Phrase) -> Part | None:
    """«India contributed», «Казахстан отправил», «Ақтөбе облысы екі фура жіберді»."""
    if phrase.head not in ("country", "region", "city") or (scene.titled and phrase.first > 0):
        return NO_PART
    opens = opens_clause(scene, phrase.first) or _acts_at_once(scene, phrase)
    # «Ұйымға | Жапония | 23 миллион доллар бөлді»: a country right before what it gives.
    opens = opens or (scene.suffixed and phrase.head == "country" and _counts_next(scene, phrase))
    if not opens or scene.parsed.norm(phrase.last + 1) in WORD_DASHES:
        return NO_PART
    if scene.suffixed:
        return Part("place") if _gives_last(scene, phrase) else NO_PART
    if scene.head_first and "nom" not in phrase.cases:
        return NO_PART
    start = phrase.last
    if scene.parsed.norm(start + 1) == ",":
        start = next(
            (i for i in range(start + 2, len(scene.tokens)) if scene.parsed.norm(i) == ","), start
        )
    reach = 10 if scene.begins("be", start + 1) else 3
    near = [
        a
        for a in scene.acts
        if 0 < a.first - start <= (reach if a.entry.id in GIVING else 1) and a.entry.id != GETTING
    ]
    return Part("place") if any(_reaches(scene, start, a.first) for a in near) else NO_PART


def _counts_next(scene: Scene, phrase: Phrase) -> bool:
    after, before = phrase.last + 1, phrase.first - 1
    free = "dat" in scene.cases(before) or scene.tokens[before].norm in conjunctions(scene)
    return free and scene.tokens[after : after + 1] != () and scene.tokens[after].value is not None


def _acts_at_once(scene: Scene, phrase: Phrase) -> bool:
    """«…, Uzbekistan sent», «в 2022 году Казахстан передал»: it stands before its verb."""
    after, before = phrase.last + 1, phrase.first - 1
    gives = any(0 <= act.first - after <= 1 and act.entry.id in GIVING for act in scene.acts)
    if scene.suffixed or not gives:
        return False
    if scene.parsed.norm(before) == "," or scene.tokens[before].value is not None:
        return True
    linked = any(scene.begins(part, before) for part in ("preposition", "of", "small", "origin"))
    free = scene.head_first and scene.word(before) and not scene.adjective(before)
    return free and not (linked or scene.ends("giver_before", before))


def opens_clause(scene: Scene, first: int) -> bool:
    """At the start of its sentence, but for an article, «Кроме того,» or «ASTANA –»."""
    if first == 0 or any(scene.begins(part, first - 1) for part in ("article", "neighbour")):
        return True
    if scene.suffixed and scene.parsed.norm(first - 1) == ",":
        return True
    if scene.parsed.norm(first - 1) == ":":
        return True
    if scene.parsed.norm(first - 1) in MARKS and not any(scene.word(i) for i in range(first)):
        return True
    return first <= _AFTER_OPENING and scene.parsed.norm(first - 1) in (",", *WORD_DASHES)


def _gives_last(scene: Scene, phrase: Phrase) -> bool:
    """«Корея Республикасы | тағы 200 мың доллар … бөлді»: no noun behind it owns the verb."""
    after = phrase.last + 1
    plain = bool(phrase.cases & {None, "nom"}) and phrase.head != "city"
    # «Абай облысы | Аягөз ауданында …»: a place in a place
    inner = phrase.head == "region" and scene.place(after) is not None
    if after >= len(scene.tokens) or inner:
        return False
    counted = scene.tokens[after].value is not None or bool(scene.parsed.starting("number", after))
    filler = bool(scene.parsed.starting("filler", after)) or "dat" in scene.cases(after)
    filler = filler or not _owns_subject(scene, after)
    given = any(
        act.first > after and act.entry.id in GIVING and _reaches(scene, phrase.last, act.first)
        for act in scene.acts
    )
    return plain and (counted or filler) and given


def _owns_subject(scene: Scene, after: int) -> bool:
    """«Қазақстан | халқы …»: the people gave; «Қазақстан | жер сілкінісінен …» owns nothing."""
    readings = scene.parsed.language.morphology.readings
    for token in scene.tokens[after : after + 4]:
        owned = {r.case for r in readings(token.norm) if r.possessive and r.tense is None}
        if owned and "gen" not in owned - {None}:
            return None in owned
    return False
