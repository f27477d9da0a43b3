"""Which part a phrase plays in its clause: who speaks or gets is no giver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractor.match.lexicon import Hit
from extractor.match.parsed import WORD_DASHES
from extractor.match.scenes import (
    GETTING,
    GIVING,
    HEADING,
    MARKS,
    Phrase,
    Scene,
    conjunctions,
    ends_at,
    word_before,
)
from extractor.types import Concept

_AFTER_OPENING = 4
_CLAUSE = frozenset(";:.!?|\u2022")
_FIRST_LINES = 3
_ENDS = frozenset(".!?")
_BESIDE = 2
# «добавил к празднику | 250 наборов»: so near what is given stands to its verb.
_ADDED = 4
# «обещает | заместитель акима района | Ермек Садыков»: so long is what he is.
_POST = 5
_NEXT = 3
# So many words may describe somebody before it is said where he is from.
_DESCRIBED = 4
_PEOPLE = frozenset({"recipients", "affected"})
_ACTING = frozenset({"agent", "subject", "source"})
_OBJECT_CASES = frozenset({"dat", "acc", "loc", "adj", "equ"})


@dataclass(frozen=True, slots=True)
class Part:
    """«subject», «agent», «source», «possessor» give; None is somebody else's part."""

    name: str | None


_NO = Part(None)


def _sovereign(scene: Scene, phrase: Phrase) -> Part | None:
    """«initiated by Elbasy», «Токаев поручил»: who bids others give does not give."""
    named = phrase.sort in ("run", "person") and scene.begins("sovereign", phrase.first)
    return _NO if named else None


def _speaker(scene: Scene, phrase: Phrase) -> Part | None:
    """«деп хабарлайды X», «по данным X», «X said»: who speaks does not give."""
    before = scene.heads.get("source_before", [])
    if not scene.suffixed and scene.ends("source_before", word_before(scene, phrase)):
        return _NO
    if any(0 < phrase.first - h.last <= 3 and _open(scene, h.last, phrase.first) for h in before):
        return _NO
    if scene.head_first and _is_put_in(scene, phrase):
        return _NO
    after = scene.heads.get("source_after", [])
    if any(0 < h.first - phrase.last <= 5 and _open(scene, phrase.last, h.first) for h in after):
        return _NO
    return next((_NO for hit in scene.heads.get("speech", []) if _speaks(scene, phrase, hit)), None)


def _speaks(scene: Scene, phrase: Phrase, speech: Hit) -> bool:
    """«X сообщил», «сказал X»: no comma and no giving between them."""
    if scene.head_first and _adds(scene, speech):
        return False
    ahead = speech.first - phrase.last
    if 0 < ahead <= 8 and _open(scene, phrase.last, speech.first):
        owner = scene.suffixed and "gen" in phrase.cases
        return not owner and not _acts_between(scene, phrase.last, speech.first)
    behind = phrase.first - speech.last
    if behind == 1 and not scene.suffixed and phrase.sort in ("person", "run"):
        return True
    reach = 8 if phrase.sort == "person" and scene.head_first else 2
    return (
        0 < behind <= reach
        and _open(scene, speech.last, phrase.first)
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


def _open(scene: Scene, start: int, stop: int) -> bool:
    """No comma or other mark between."""
    return all(
        scene.word(i) or scene.tokens[i].text in MARKS | {"-"} for i in range(start + 1, stop)
    )


def _acts_between(scene: Scene, start: int, stop: int) -> bool:
    return any(start < act.first and act.last < stop for act in scene.acts)


def _recipient(scene: Scene, phrase: Phrase) -> Part | None:
    """«фонд үшін», «фонд получил», «families were given»: who gets does not give."""
    if any(0 < h.first - phrase.last <= 1 for h in scene.heads.get("recipient_after", [])):
        return _NO
    crowd = phrase.sort in ("collective", "people")
    if crowd and scene.suffixed and _gets_beside(scene, phrase.last):
        return _NO
    if scene.ends("giver_before", word_before(scene, phrase)):
        return None
    # «әкімдік мал алуға 20 миллион теңге бөлді»: what it is for is no verb of its own.
    aims = ("infinitive", "intent") if scene.suffixed else ()
    behind = (a for a in scene.acts if a.first > phrase.last and a.reading.tense not in aims)
    following = next(behind, None)
    gets = following is not None and following.entry.id == GETTING
    if following and gets and following.first - phrase.last <= 3:
        return None if scene.suffixed and "abl" in phrase.cases else _NO
    return _NO if not scene.suffixed and _passive(scene, phrase.last + 1) else None


def _gets_beside(scene: Scene, last: int) -> bool:
    """«құтқарушылар мен зардап шеккендерге», «… мен тұрғындар үшін»: both of them get."""
    if last + 1 >= len(scene.tokens) or scene.tokens[last + 1].norm not in conjunctions(scene):
        return False
    for index in range(last + 2, last + 2 + _DESCRIBED):
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


def _author(scene: Scene, phrase: Phrase) -> Part | None:
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


def _heading(scene: Scene, phrase: Phrase) -> Part | None:
    """««Көк Тас»: бір жылдың есебі»: whose article it is; «МЧС: …» only says who speaks."""
    opens = all(not scene.word(i) for i in range(phrase.first))
    body = phrase.sort in ("quoted", "title")
    early = scene.parsed.sentence.index <= _FIRST_LINES
    return Part(HEADING) if opens and body and early and _titles(scene, phrase.last) else None


def _titles(scene: Scene, last: int) -> bool:
    """A colon stands behind the name, and no full stop at the end of the line."""
    behind = last + 1 + (scene.parsed.norm(last + 1) in MARKS)
    return scene.parsed.norm(behind) == ":" and scene.tokens[-1].text not in _ENDS


def _giver_word(scene: Scene, phrase: Phrase) -> Part | None:
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
        got = _is_got(scene, before) and not scene.ends("origin", before)
        # «from | its emergency fund»
        got = got or (phrase.bare and scene.begins("own", phrase.first - 1))
        return _NO if town or signed or got or _is_request(scene) else Part("agent")
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


def _is_got(scene: Scene, index: int) -> bool:
    """«received | by pupils», «получены | жителями»: by whom a thing is got is who gets it."""
    got = [a for a in scene.acts if a.last == index - 1 and a.entry.id == GETTING]
    # «families were given | coal», but «coal was given | by the fund»
    return any(not scene.begins("be", act.first) for act in got)


def _is_thanked(scene: Scene, phrase: Phrase) -> bool:
    """««Көк Тас» қорына рахмет», «рахмет «Көк Тас» қорына»: who is thanked gave."""
    before = scene.ends("thanks", word_before(scene, phrase))
    if not scene.suffixed:
        return before and not (scene.head_first and phrase.sort in ("collective", "people"))
    last = ends_at(scene, phrase)
    behind = any(0 < h.first - last <= 2 for h in scene.heads.get("thanks", []))
    return (before or behind) and "dat" in phrase.cases


def _is_request(scene: Scene) -> bool:
    """«заявки от предпринимателей»: whoever asks does not give."""
    concepts = (h.entry.meaning for h in scene.parsed.of_sort("noun"))
    return any(isinstance(c, Concept) and c.kind == "requests" for c in concepts)


def _has_goods(scene: Scene) -> bool:
    """«груз из Турции», «aid from Kazakhstan»: what is there came from somewhere."""
    concepts = (h.entry.meaning for h in scene.parsed.of_sort("noun"))
    return any(isinstance(c, Concept) and c.sort == "item" for c in concepts)


def _place_source(scene: Scene, phrase: Phrase, before: int) -> Part | None:
    """«из Мангистауской области», «from Kazakhstan»: a country or region, not a town."""
    if phrase.head not in ("country", "region") or not (scene.acts or _has_goods(scene)):
        return None if phrase.head in ("country", "region", "city") and not scene.suffixed else _NO
    if scene.suffixed and "abl" in phrase.cases:
        return Part("origin")
    if scene.suffixed:
        return None if phrase.cases & {None, "nom"} else _NO
    if _is_home(scene, before - 1):
        return _NO
    # «bought in Kazakhstan» says no more than where.
    if scene.ends("origin", before) and (scene.head_first or scene.ends("giver_before", before)):
        return Part("origin")
    # «46 wagons have been sent by Kazakhstan»
    by = scene.ends("giver_before", before) and not scene.head_first and phrase.head == "country"
    return Part("place") if by and scene.acts and not _is_got(scene, before) else None


def _is_home(scene: Scene, index: int) -> bool:
    """«40 children from Karaganda», «объединение «Үміт» из Кызылорды»: where somebody lives.

    «Детям с пороками сердца из Шымкента»: words that only describe them may stand between.
    """
    if index > 0 and scene.tokens[index].text in MARKS:
        return True
    start = index
    while start > max(0, index - _DESCRIBED) and scene.word(start - 1) and not scene.verb(start):
        start -= 1
    concepts = (h.entry.meaning for h in scene.parsed.between("noun", start, index))
    return any(isinstance(c, Concept) and c.kind in _PEOPLE for c in concepts)


def _by_case(scene: Scene, phrase: Phrase) -> Part | None:
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
        return Part("agent") if scene.acts and not _is_got(scene, phrase.first) else _NO
    if "gen" in cases:
        return _possessor_before(scene, phrase)
    return _NO


def _given_by_place(scene: Scene, phrase: Phrase) -> Part:
    """«груз, направленный Казахстаном», «Казахстаном передано 5 тонн»; not «над Казахстаном»."""
    gives = any(
        abs(act.first - phrase.first) <= _BESIDE
        and act.entry.id in GIVING
        and act.reading.pos in ("PRTF", "PRTS")
        for act in scene.acts
    )
    linked = scene.begins("preposition", phrase.first - 1)
    return Part("place") if gives and not linked and phrase.head == "country" else _NO


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
        return Part("named" if crowd else "source") if scene.acts else _NO
    return _possessor(scene, phrase) if "gen" in cases else _NO


def _possessor(scene: Scene, phrase: Phrase) -> Part:
    """«партиясының филиалы өткізіп келеді», «жасағының еріктісі көмектесуде»."""
    if phrase.sort in ("place", "person"):
        return _NO
    last = ends_at(scene, phrase)
    if scene.tokens[last + 1 : last + 2] and scene.counted(last + 2):
        # «қоғамның 30 мүшесі телефон алды»: those who are its own got something.
        following = next((act for act in scene.acts if act.first > phrase.last), None)
        gets = following is not None and following.entry.id == GETTING
        return _NO if gets else Part("possessor")
    near = any(
        0 < h.first - last <= 4
        and _open(scene, last, h.first)
        and h.reading.case not in _OBJECT_CASES
        and not scene.cases(h.last) & {"dat", "acc"} - {None}
        for h in scene.heads.get("unit", [])
    )
    return Part("possessor") if near and scene.acts else _NO


def _possessor_before(scene: Scene, phrase: Phrase) -> Part:
    """«сотрудники фонда», «решение маслихата»: the word before belongs to the giver."""
    before = word_before(scene, phrase)
    units = [h for h in scene.heads.get("unit", []) if h.last == before]
    if phrase.sort == "place" or not scene.acts:
        return _NO
    if units:
        objects = all(h.reading.case in _OBJECT_CASES for h in units)
        return _NO if objects else Part("possessor")
    return Part("named") if phrase.sort == "registry" else _NO


def _preposition(scene: Scene, phrase: Phrase) -> Part | None:
    """«в фонде», «at the House of Friendship», «for the ministry»: a place or a recipient."""
    before = word_before(scene, phrase)
    if before < 0 or scene.suffixed:
        return None
    if scene.begins("of", before):
        unit = any(h.last in (before - 1, before) for h in scene.heads.get("unit", []))
        return Part("possessor") if unit and scene.acts and phrase.sort != "place" else _NO
    crew = scene.begins("origin", before) and scene.ends("crew", before - 1)
    return _NO if scene.begins("preposition", before) and not crew else None


def _subject(scene: Scene, phrase: Phrase) -> Part | None:
    """«Фонд раздал», «the fund handed over», «қор таратты»: a verb of giving in its clause."""
    if phrase.sort == "place":
        return _subject_place(scene, phrase)
    body = scene.suffixed and scene.ends("organisation", phrase.last)
    if phrase.sort in ("run", "registry") and scene.ends("office", phrase.first - 1) and not body:
        return None if scene.head_first is False else _NO
    if _is_post_of(scene, phrase):
        return _NO
    if phrase.sort == "title" and not _stands_before_verb(scene, phrase):
        return None
    if phrase.sort == "people" and _is_request(scene):
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
        and (0 < act.first - phrase.last <= _BESIDE or 0 < phrase.first - act.last <= _BESIDE)
        for act in scene.acts
    )


def _stands_before_verb(scene: Scene, phrase: Phrase) -> bool:
    """«Көк Тас» opens its clause, «Көк Тас» передал: nothing else asks to be the subject."""
    behind = phrase.last + 1 + (scene.parsed.norm(phrase.last + 1) in MARKS)
    ahead = phrase.first - (scene.parsed.norm(phrase.first - 1) in MARKS)
    if scene.suffixed:
        announced = any(scene.tokens[i].text in MARKS for i in range(phrase.first, phrase.last))
        return announced or _opens_clause(scene, ahead)
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
        return _NO
    opens = _opens_clause(scene, phrase.first) or _acts_at_once(scene, phrase)
    # «Ұйымға | Жапония | 23 миллион доллар бөлді»: a country right before what it gives.
    opens = opens or (scene.suffixed and phrase.head == "country" and _counts_next(scene, phrase))
    if not opens or scene.parsed.norm(phrase.last + 1) in WORD_DASHES:
        return _NO
    if scene.suffixed:
        return Part("place") if _gives_last(scene, phrase) else _NO
    if scene.head_first and "nom" not in phrase.cases:
        return _NO
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
    return Part("place") if any(_reaches(scene, start, a.first) for a in near) else _NO


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


def _opens_clause(scene: Scene, first: int) -> bool:
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


PARTS: tuple[Callable[[Scene, Phrase], Part | None], ...] = (
    _sovereign,
    _author,
    _heading,
    _speaker,
    _recipient,
    _giver_word,
    _by_case,
    _preposition,
    _subject,
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
        act = next((a for a in near if _open(scene, a.last, phrase.first)), None)
        if act is not None and any(
            part == "subject" and _is_subject_of(scene, other, act)
            for other, part in zip(phrases[:index], given, strict=False)
        ):
            given[index] = None
    return given


def _is_subject_of(scene: Scene, phrase: Phrase, act: Hit) -> bool:
    """It stands before the verb, and no mark of a clause between them."""
    return 0 < act.first - phrase.last <= _NEXT + 1 and _open(scene, phrase.last, act.first)


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
        opens = phrases[first].sort == "place" and _opens_clause(scene, phrases[first].first)
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
