"""Names that no noun announces: runs of capitals, persons, places as givers."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.match.parsed import WORD_DASHES
from extractor.match.scenes import MARKS, Phrase, Scene, conjunctions, hit_cases, owns
from extractor.types import Concept

_ROMAN = frozenset("IVXLC")
# «Қ.Т. Оспанов»: two letters, two full stops.
_INITIALS = 4
# «-лар», «-тер»
_PLURAL = 3
# «қ.», «обл.» are cut short and bear no ending.
_WHOLE_WORD = 4
_ENDS = frozenset(".!?")
_KNOWN = ("noun", "verb", "role", "topic", "aid", "noise", "head", "place", "number", "category")
# A place beside these is no place, and yet the name is somebody's: «Air Astana», «FC Kairat».
_NAMING = frozenset({"company", "club"})
_OPENING = MARKS | {"#", "-"}


def run_of_capitals(scene: Scene) -> Iterator[Phrase]:
    """«Grain Reserve Agency (GRA)», «CITIC Construction»: a name that no noun announces."""
    index = 0
    while index < len(scene.tokens):
        if not _opens_run(scene, index):
            index += 1
            continue
        last = run_right(scene, index)
        first = _skip_title(scene, _past_hyphen(scene, index), last)
        last = _with_kin(scene, first, last)
        owned = first > 0 and owns(scene, first - 1)
        if first <= last and not owned and _is_name(scene, first, last):
            announced = _announced(scene, first)
            head = announced or scene.tokens[_head_of_run(scene, first, last)].norm
            yield Phrase(first, last, "run", head)
        index = last + 1


def _past_hyphen(scene: Scene, index: int) -> int:
    """«Latter-day | Saint Charities» begins with its first half, not with the «Saint»."""
    norm, glued = scene.parsed.norm, scene.parsed.glued
    halved = norm(index - 2) == "-" and glued(index - 1) and glued(index - 2)
    named = scene.capital(index - 3) and scene.place(index - 3) is None
    return index - 3 if halved and named and scene.word(index - 1) else index


def _with_kin(scene: Scene, first: int, last: int) -> int:
    """«the Ibrayev | family», «the Bekov | brothers»: they give together."""
    barred = first > last or scene.stop(first)
    kin = scene.begins("kin", last + 1) and not scene.capital(last + 1)
    named = not (barred or scene.place(last) or scene.parsed.starting("demonym", last))
    return last + 1 if kin and named else last


def _head_of_run(scene: Scene, first: int, last: int) -> int:
    """«Grain Reserve Agency (GRA)» → Agency."""
    opened = [i for i in range(first, last) if scene.parsed.norm(i) == "("]
    linked = [i for i in range(first + 1, last) if scene.begins("link_of", i)]
    return min([*opened, *linked, last + 1]) - 1


def _announced(scene: Scene, first: int) -> str:
    """«the food bank | Altyn Masaq»: the noun before a name says what it is; a place has none."""
    if scene.suffixed or scene.head_first or scene.capital(first - 1) or scene.place(first):
        return ""
    heads = (h.entry.form for h in scene.of_part("organisation") if h.last == first - 1)
    return next(heads, "")


def _opens_run(scene: Scene, index: int) -> bool:
    if not scene.capital(index) or scene.titled:
        return False
    latin = not scene.suffixed and not scene.head_first
    return latin or scene.foreign(index)


def run_right(scene: Scene, index: int) -> int:
    """The last token of a run of capitals, «of», «for» and «and the» let through."""
    last = index
    while last + 1 < len(scene.tokens) and not owns(scene, last):
        step = next((s for s in (1, 2, 3) if _continues(scene, last, s)), None)
        if step is None:
            break
        last += step
    return _with_brackets(scene, past_number(scene, last))


def past_number(scene: Scene, last: int) -> int:
    """«school No. | 12», «school | № 12»: the number is a part of the name."""
    sign = last + (scene.parsed.norm(last + 1) == "№")
    if sign == last and not scene.begins("numero", last):
        return last
    number = sign + 1 + (scene.parsed.norm(sign + 1) == ".")
    numbered = number < len(scene.tokens) and scene.tokens[number].value is not None
    return number if numbered else last


def _with_brackets(scene: Scene, last: int) -> int:
    """«Grain Reserve Agency (GRA)», «Zhomart Zhan (Generous Soul) National Center»."""
    if scene.parsed.norm(last + 1) != "(" or not scene.capital(last + 2):
        return last
    close = next((i for i in range(last + 3, last + 6) if scene.parsed.norm(i) == ")"), None)
    if close is None:
        return last
    while scene.capital(close + 1):
        close += 1
    return close


def _continues(scene: Scene, last: int, step: int) -> bool:
    target = last + step
    small = range(last + 1, target)
    if not scene.capital(target) or not _same_script(scene, last, target):
        return False
    if step == 1:
        return True
    if step == 2 and scene.tokens[last + 1].text in ("-", ".", "&", "'"):
        return scene.parsed.glued(last + 1) or scene.tokens[last + 1].text == "&"
    joined = all(scene.begins("link_of", i) or scene.begins("the", i) for i in small)
    joined = joined and not scene.begins("the", last + 1)
    joined = joined or (step == 2 and _joins_and(scene, last))
    place = scene.place(last)
    return joined and (place is None or place.last >= target) and scene.word(last + 1)


def _joins_and(scene: Scene, last: int) -> bool:
    """«Ministry of Culture and Information» is one name, «Caritas and UNICEF» are two."""
    if scene.tokens[last + 1].norm not in conjunctions(scene):
        return False
    linked = any(scene.begins("link_of", i) for i in range(max(0, last - 4), last))
    heads = scene.of_part("organisation", "authority")
    plain = not any(h.last == last for h in heads)
    announced = any(last + 2 < h.first <= last + 4 for h in heads) and not scene.acronym(last)
    return plain and (linked or announced)


def _same_script(scene: Scene, one: int, other: int) -> bool:
    return scene.tokens[one].text.isascii() == scene.tokens[other].text.isascii() or (
        scene.parsed.sentence.zone.script == "Latn"
    )


def in_run(scene: Scene, index: int) -> bool:
    return scene.capital(index) and not scene.stop(index) and not owns(scene, index)


def _skip_title(scene: Scene, first: int, last: int) -> int:
    """«Businesswoman Zhanna Ospanova» → Zhanna Ospanova; «The Council» → Council."""
    while first <= last:
        office = next((h for h in scene.of_part("office") if h.first == first), None)
        if office is not None and office.last < last:
            first = office.last + 1
        elif scene.begins("unit", first) and scene.begins("of", first + 1) and first + 1 < last:
            first += 2
        elif (
            (first < last and says_sort(scene, first))
            or scene.stop(first)
            or not scene.word(first)
            or any(scene.begins(part, first) for part in ("article", "no_name"))
        ):
            first += 1
        else:
            break
    return first


def says_sort(scene: Scene, index: int) -> bool:
    """«Developer | Kok Tas Group»: a noun that opens the sentence before a name in capitals."""
    named = scene.capital(index + 1) and not scene.begins("organisation", index + 1)
    return index == 0 and named and scene.begins("organisation", 0) and not scene.acronym(0)


def _is_name(scene: Scene, first: int, last: int) -> bool:
    """A word that opens a sentence, a place, a nation, a currency or a river is no giver."""
    covered = scene.place(first)
    if covered is not None and covered.last >= last:
        return False
    if first == last and _is_common(scene, first):
        return False
    if scene.parsed.ending("demonym", last) and scene.begins("organisation", last + 1):
        return False
    offices = scene.of_part("office")
    if all(any(h.first <= i <= h.last for h in offices) for i in range(first, last + 1)):
        return False
    inside = range(first, last + 2)
    if any(_is_noise(scene, i) or scene.currency(i) for i in inside):
        return False
    if any(scene.parsed.starting("place_head", i) for i in (last, last + 1)):
        return False
    if _is_desk(scene, first, last):
        return False
    if first < last or (scene.acronym(first) and not _is_shouted(scene)):
        return scene.parsed.norm(first - 1) != "#"
    opens = not any(scene.word(i) for i in range(first)) or scene.tokens[first - 1].text in _OPENING
    if opens:
        return _gives_at_once(scene, last)
    return not _is_attribute(scene, last)


def _is_noise(scene: Scene, index: int) -> bool:
    """«Abay Street», «Astana Times»; «Astana Motors» is a name, «Kok Tas LLP» one with its head."""
    noises = {h.entry.id for h in scene.parsed.starting("place_noise", index)}
    return bool(noises) and (not noises <= _NAMING or scene.begins("organisation", index))


def _gives_at_once(scene: Scene, index: int) -> bool:
    """«KazTransOil sent», «Altyntau has donated»: a word that no list knows, before its verb.

    «Relatives sent» is the plural of one, «Equipment donated by» what is given.
    """
    token, readings = scene.tokens[index], scene.parsed.language.morphology.readings
    known = any(scene.parsed.starting(sort, index) for sort in _KNOWN) or scene.stop(index)
    told = scene.tokens[-1].text in _ENDS
    if known or not told or scene.head_first or scene.begins("no_name", index):
        return False
    small = any(scene.begins(part, index + 1) for part in ("preposition", "small", "link_of"))
    helped = scene.stop(index + 1) and not small
    first = index + 1 + (helped and not any(a.first == index + 1 for a in scene.acts))
    act = next((a for a in scene.acts if a.first == first and a.entry.id != "receive"), None)
    if act is None or scene.suffered(act) or scene.begins("giver_before", act.last + 1):
        return False
    if scene.tokens[act.last + 1].sort == "mark" and not scene.currency(act.last + 1):
        return False
    mixed = any(letter.isupper() for letter in token.text[1:]) and not token.text.isupper()
    return mixed or len(readings(token.norm)) == 1


def _is_desk(scene: Scene, first: int, last: int) -> bool:
    """«ASTANA, 4 мая –», «18 December. DALA PRESS –»: who wrote it and where, before a dash."""
    after = last + 1
    ahead = [i for i in range(first) if scene.word(i)]
    if scene.parsed.norm(after) in WORD_DASHES and not scene.parsed.glued(after):
        return all(scene.capital(i) for i in ahead)
    return not ahead and scene.acronym(first) and scene.parsed.norm(after) == ","


def _is_shouted(scene: Scene) -> bool:
    """«THANK YOU, NEIGHBOURS»: where all is in capitals, they say nothing."""
    words = [i for i in range(len(scene.tokens)) if scene.word(i)]
    return all(scene.tokens[i].text.isupper() for i in words)


def _is_attribute(scene: Scene, index: int) -> bool:
    """«Taiwanese newspaper», «Rohingya men»: a single capital before a plain noun."""
    following = index + 1
    plain = scene.word(following) and not scene.capital(following)
    acts = any(act.first == following for act in scene.acts) or scene.begins("be", following)
    return plain and not acts and not scene.stop(following) and not scene.head_first


def _is_common(scene: Scene, index: int) -> bool:
    """«IV», «Kazakh», «Eid», «the Company»: one word that names nobody."""
    token = scene.tokens[index]
    whole = len(scene.tokens) <= 2 and scene.acronym(index)
    short = len(token.text) <= 2 or set(token.text) <= _ROMAN
    nation = bool(scene.parsed.starting("demonym", index))
    head = any(hit.first == hit.last == index for hit in scene.of_part("organisation"))
    return whole or short or nation or head or scene.begins("no_name", index)


def person(scene: Scene) -> Iterator[Phrase]:
    """«аким Павлодара Кайрат Нукенов», «Михаил Ломтадзе»: a first name and a surname."""
    index = 0
    while index + 1 < len(scene.tokens):
        initialled = _after_initials(scene, index)
        if initialled is not None and scene.begins("named_after", initialled + 1):
            index = initialled + 1
            continue
        if initialled is not None:
            first = _post(scene, index)
            cases = name_cases(scene, initialled)
            yield Phrase(first, initialled, "person", scene.tokens[initialled].norm, cases)
            index = initialled + 1
            continue
        pair = couple_end(scene, index)
        if pair is not None:
            norm, cases = scene.tokens[pair].norm, surname_cases(scene, pair)
            yield Phrase(index, pair, "person", norm, cases)
            index = pair + 1
            continue
        if not _full_name(scene, index) or couple_end(scene, index + 1) is not None:
            index += 1
            continue
        last = index + 1 + _names_father(scene, index)
        first = _couple(scene, index, last) or _with_spouse(scene, _post(scene, index))
        cases = _person_cases(scene, index) if scene.head_first else name_cases(scene, last)
        yield Phrase(first, last, "person", scene.tokens[last].norm, cases)
        index = last + 1


def _names_father(scene: Scene, index: int) -> bool:
    """«Асан Серікұлы | Сапаров»: where endings say all, three names are one person's."""
    last = index + 2
    third = scene.suffixed and _third_name(scene, last) and not scene.capital(last + 1)
    own = not any(scene.parsed.starting(sort, i) for sort in _KNOWN for i in (index, last))
    return third and own and not (scene.acronym(last) or scene.foreign(last))


def _couple(scene: Scene, index: int, last: int) -> int | None:
    """«Асан | мен Гүлнар Сапаровтар»: a family name in the plural is that of both."""
    if not scene.suffixed or not scene.capital(index - 2):
        return None
    norm = scene.tokens[last].norm
    readings = scene.parsed.language.morphology.readings(norm)
    plain = (r for r in readings if (r.case, r.tense, r.possessive) == (None, None, False))
    many = any(len(norm) - len(r.lemma) == _PLURAL for r in plain)
    joined = scene.tokens[index - 1].norm in conjunctions(scene)
    return index - 2 if many and joined and not scene.place(index - 2) else None


def _with_spouse(scene: Scene, first: int) -> int:
    """«Viktor and | Nina Pak»: two first names and one surname."""
    other = first - 2
    if scene.suffixed or scene.head_first or other < 0:
        return first
    joined = scene.tokens[first - 1].norm in conjunctions(scene)
    name = scene.capital(other) and not (scene.acronym(other) or owns(scene, other))
    known = any(scene.parsed.starting(sort, other) for sort in (*_KNOWN, "provider"))
    alone = not scene.capital(other - 1) or scene.begins("office", other - 1)
    return other if joined and name and alone and not known else first


def couple_end(scene: Scene, index: int) -> int | None:
    """«Нурлан и Динара | Есимовы», «Асхат и Марат | Омаровы»: two names and one surname."""
    last = index + 3
    named = scene.head_first and all(map(scene.capital, (index, index + 2, last)))
    if not named or scene.parsed.norm(index + 1) not in conjunctions(scene):
        return None
    barred = scene.titled or scene.acronym(index) or scene.place(index) or scene.place(index + 2)
    return last if surname_cases(scene, last) and not barred else None


def surname_cases(scene: Scene, index: int) -> frozenset[str | None]:
    """«Есимовы», «Есимовых»: cases of a plural in a capital, none of a single person's name."""
    if not scene.capital(index):
        return frozenset()
    readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
    nouns = [reading for reading in readings if reading.pos == "NOUN"]
    many = all(reading.plural for reading in nouns)
    return frozenset(reading.case for reading in nouns if many)


def _person_cases(scene: Scene, index: int) -> frozenset[str | None]:
    """«Ерлан Сапаров» → nominative alone: one person is no genitive plural of two rare nouns."""
    named = "nom" in scene.cases(index) and "nom" in scene.cases(index + 1)
    return frozenset({"nom"}) if named else scene.cases(index)


def _after_initials(scene: Scene, index: int) -> int | None:
    """«С. | Аширметов», «Қ.Т. | Оспанов»: where a surname behind initials stands."""
    at = index
    while (
        scene.capital(at) and len(scene.tokens[at].text) == 1 and scene.parsed.norm(at + 1) == "."
    ):
        at += 2
    if at == index or at - index > _INITIALS or not scene.capital(at):
        return None
    known = scene.titled or scene.acronym(at) or scene.place(at)
    return None if known or len(scene.tokens[at].text) < 2 else at


def _full_name(scene: Scene, index: int) -> bool:
    if not (scene.capital(index) and scene.capital(index + 1)):
        return False
    if _is_sovereign(scene, index) or scene.parsed.norm(index - 1) == "-":
        return False
    # «спортзал «Алтын Дән»»: what stands in quotes is the name of a thing.
    if scene.parsed.norm(index - 1) in MARKS and scene.parsed.norm(index + 2) in MARKS:
        return False
    if scene.titled or scene.acronym(index) or scene.acronym(index + 1):
        return False
    # «Earlier | Tatarstan sent»
    if not scene.suffixed and not scene.head_first and scene.begins("no_name", index):
        return False
    third = _third_name(scene, index + 2) and not _names_father(scene, index)
    if _owned_by(scene, index + 1) and not scene.acronym(index):
        return False
    ahead = scene.capital(index - 1) and not _follows(scene, index)
    third = third or (ahead and not _owned_by(scene, index))
    beside = bool(scene.place(index) or scene.place(index + 1) or _is_stop(scene, index))
    post = any(h.last == index - 1 for h in scene.of_part("office"))
    head = any(h.first in (index, index + 1) for h in scene.of_part("organisation", "authority"))
    adjective = scene.head_first and any(scene.only_adjective(i) for i in (index, index + 1))
    adjective = adjective or any(h.first == index for h in scene.of_part("office"))
    beside = beside or _heads_place(scene, index + 2)
    # «Мәншүк Мәметова | атындағы колледж»: he is only in its name.
    beside = beside or scene.begins("named_after", index + 2)
    # «the South Korean company»
    latin = not scene.suffixed and not scene.head_first
    beside = beside or (latin and bool(scene.parsed.ending("demonym", index + 1)))
    verb = scene.verb(index) or scene.verb(index + 1)
    head = head or bool(_announced(scene, index))
    post = post or _post(scene, index) < index
    if scene.parsed.sentence.zone.script == "Cyrl" and scene.foreign(index):
        return False
    if any(scene.parsed.starting("place_noise", i) for i in (index, index + 1, index + 2)):
        return False
    return not (beside or head or adjective or verb or (third and not post))


def _is_stop(scene: Scene, index: int) -> bool:
    """«Бұл»; «Асан» is a name, and no accusative of «аса»."""
    hits = scene.parsed.starting("stop", index)
    return any(h.reading.case is None or not scene.suffixed for h in hits)


def _third_name(scene: Scene, index: int) -> bool:
    """«Асан Сапаров | Шиелі ауданындағы …»: a district behind a person is no third name of his."""
    town = scene.place(index)
    district = town is not None and scene.suffixed and _heads_place(scene, town.last + 1)
    return scene.capital(index) and not district


def _heads_place(scene: Scene, index: int) -> bool:
    """«Шу ауданы» is a place; «Асан Сапаров аудандағы …», where nothing is owned, is none."""
    heads = scene.parsed.starting("place_head", index)
    if not scene.suffixed:
        return bool(heads)
    return any(h.reading.possessive or len(h.entry.form) < _WHOLE_WORD for h in heads)


def _follows(scene: Scene, index: int) -> bool:
    """«из Тараза | Ермек Садыков», «Altyn Holding | Марат Ибраев»: what is before is no part."""
    towns = scene.parsed.ending("place", index - 1)
    hails = any(scene.begins("origin", hit.first - 1) for hit in towns)
    # «из села | Боровское | Ермек Садыков», «из города | Аксу | …»
    hails = hails or (scene.head_first and bool(scene.parsed.ending("place_head", index - 2)))
    return hails or (scene.foreign(index - 1) and not scene.foreign(index))


def _owned_by(scene: Scene, index: int) -> bool:
    """«депутат Мажилиса | Азат Омаров», «артист РК | Нурлан Омаров»: whose he is stands before."""
    if not scene.head_first or not _may_be_subject(scene, index):
        return False
    owner = "gen" in scene.cases(index - 1) and not _may_be_subject(scene, index - 1)
    return scene.acronym(index - 1) or owner


def _may_be_subject(scene: Scene, index: int) -> bool:
    """«Надежда», but not «Тарасовки»: nobody is called by a plural."""
    readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
    return any(r.case == "nom" and not r.plural for r in readings)


def _is_sovereign(scene: Scene, index: int) -> bool:
    """«по инициативе Главы государства …»: who bids others give does not give."""
    beside = (index - 1, index, index + 1)
    # «Көк Тас» қорының | президенті: of a body, and not of a country
    return any(
        h.last in beside and not (scene.suffixed and scene.ends("organisation", h.first - 1))
        for h in scene.heads.get("sovereign", [])
    )


def _post(scene: Scene, index: int) -> int:
    """Where the post before a name begins, if it is that of a place: «аким Павлодара …»."""
    if not scene.head_first:
        return index
    for office in scene.of_part("office"):
        between = range(office.last + 1, index)
        if 0 < len(between) <= 2 and all("gen" in scene.cases(i) for i in between):
            return office.first
    return index


def name_cases(scene: Scene, index: int) -> frozenset[str | None]:
    cases = scene.cases(index) if scene.suffixed else frozenset()
    long = {case for case in cases if case in ("gen", "abl", "dat", "ins")}
    return frozenset(long) or frozenset({None})


def with_its_noun(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """«Автопарк «Ақ жол»», «Ақ жол» пойызы: a quoted name with the noun that it belongs to."""
    quoted = scene.parsed.norm(first - 1) in MARKS and scene.parsed.norm(last + 1) in MARKS
    if quoted and scene.suffixed and _is_owned(scene, last + 2):
        return first - 1, last + 2
    if not quoted or not scene.head_first or not _is_noun(scene, first - 2):
        return first, last
    if scene.ends("giver_before", first - 2):
        return first, last
    chained = "gen" in scene.cases(first - 2) and _is_noun(scene, first - 3)
    return first - (3 if chained else 2), last + 1


def _is_noun(scene: Scene, index: int) -> bool:
    if not scene.word(index) or scene.verb(index) or scene.stop(index):
        return False
    readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
    return next((reading.pos for reading in readings if reading.pos), None) == "NOUN"


def _is_owned(scene: Scene, index: int) -> bool:
    if not scene.word(index) or scene.verb(index):
        return False
    readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
    return any(reading.possessive for reading in readings)


def entity_cases(scene: Scene, first: int, last: int) -> frozenset[str | None]:
    """«Алтын дәннің» → gen, «Алматинским домом» → ins: by ending, or by its first noun."""
    if scene.suffixed:
        return _long_cases(scene, last) or frozenset({None})
    if not scene.head_first or scene.acronym(first) or scene.foreign(first):
        return frozenset({None})
    noun = next((i for i in range(first, last + 1) if not scene.adjective(i)), last)
    return scene.cases(noun) or frozenset({None})


def _long_cases(scene: Scene, index: int) -> frozenset[str | None]:
    """«дәннің» → gen; «Ерлан» ends in a letter that could be the accusative, and stays bare."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    return frozenset(r.case for r in readings if r.case and len(norm) - len(r.lemma) > 1)


def crowd_of_place(scene: Scene) -> Iterator[Phrase]:
    """«Pavlodar foresters brought»: a plural that no list knows, between its town and its verb."""
    if scene.suffixed or scene.head_first or scene.titled:
        return
    for hit in scene.parsed.of_sort("place"):
        who = hit.last + 1
        acts = any(0 < act.first - who <= 2 and act.entry.id != "receive" for act in scene.acts)
        if acts and scene.capital(hit.first) and _is_crowd(scene, who):
            yield Phrase(hit.first, who, "collective", scene.parsed.norm(who))


def _is_crowd(scene: Scene, index: int) -> bool:
    """«foresters», «pensioners»; «flats» are things, «sends» is a verb, «has» a small word."""
    if not scene.word(index) or scene.capital(index) or owns(scene, index):
        return False
    if scene.stop(index) or scene.verb(index) or scene.begins("be", index):
        return False
    concepts = [h.entry.meaning for h in scene.parsed.starting("noun", index)]
    persons = all(isinstance(c, Concept) and c.sort == "category" for c in concepts)
    norm = scene.parsed.norm(index)
    barred = any(scene.begins(part, index) for part in ("speech", "place_head", "deed", "campaign"))
    return persons and norm.endswith("ers") and len(norm) > _WHOLE_WORD and not barred


def place_as_giver(scene: Scene) -> Iterator[Phrase]:
    """«India contributed», «из Мангистауской области», «Қазақстаннан»: a place that gives."""
    for hit in scene.parsed.of_sort("place"):
        beside = scene.parsed.starting("place_head", hit.last + 1)
        last = beside[0].last if beside else hit.last
        alone = not scene.capital(last + 1) or bool(scene.parsed.starting("place", last + 1))
        if scene.capital(hit.first) and "/" not in hit.entry.id and alone:
            cases = hit_cases(scene, beside[0] if beside else hit)
            kind = getattr(hit.entry.meaning, "kind", "")
            yield Phrase(hit.first, last, "place", kind, cases)
