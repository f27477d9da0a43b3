"""The name before its head noun, in a language of endings: «Төтенше жағдайлар департаменті»."""

from __future__ import annotations

from extractor.match.lexicon import Hit
from extractor.match.morphology import Reading
from extractor.match.scenes import Scene, conjunctions, hit_cases, hyphened_cases

LONGEST_CASE = 3
_LONG_WORD = 6
_LONGEST_FIELD = 6
# «Қ. И. Сәтбаев | атындағы»
_PATRON = 6
_BETWEEN = 4


def left_name(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«Төтенше жағдайлар департаменті», «№12 мектеп ұжымы», «Абай атындағы гимназия»."""
    seat = _seat(scene, head)
    if seat is not None:
        return seat, head.last
    first, last = _left_words(scene, head, part)
    if _possessed(scene, head) or not _says_sort(scene, head.first):
        first = _named_after(scene, _numbered(scene, first))
    first = _acronym_left(scene, first) if scene.capital(first) else first
    whole = part == "organisation" and first < head.first
    return first, next_head(scene, head, last)[1] if whole else last


def next_head(scene: Scene, head: Hit, last: int) -> tuple[Hit, int]:
    """«Қара алтын» шахтасының ұжымы: the collective of the mine gives, not the mine."""
    if scene.suffixed and hit_cases(scene, head) == {"gen"}:
        for other in scene.of_part("organisation", "collective", "people"):
            member = other.entry.id != "organisation" and scene.begins("unit", other.first)
            if other.first == last + 1 and not member:
                return other, other.last
    # «Көк Тас» дәріхана | желісі: a noun without an ending only describes the next one.
    plain = scene.suffixed and head.last == last and scene.parsed.norm(last) == head.entry.form
    chained = (h for h in scene.of_part("organisation") if h.first == last + 1 and plain)
    chained = (h for h in chained if not scene.begins("unit", h.first))
    noun = next((h for h in chained if _possessed(scene, h)), head)
    return noun, max(last, noun.last)


def _seat(scene: Scene, head: Hit) -> int | None:
    """«Түркияның Қазақстандағы | елшілігі», «Жапонияның ҚР-дағы | елшілігі»."""
    near = head.first - 1
    if scene.parsed.norm(near - 1) == "-" and scene.parsed.glued(near - 1):
        near -= 2
    seats = scene.parsed.ending("place", near)
    if not seats or not _possessed(scene, head):
        return None
    stands = hyphened_cases(scene, near) or {h.reading.case for h in seats}
    behind = seats[0].first - 1
    behind -= 2 * (scene.parsed.norm(behind - 1) == "-" and scene.parsed.glued(behind))
    owners = scene.parsed.ending("place", behind)
    whose = hyphened_cases(scene, behind) or {h.reading.case for h in owners}
    return owners[0].first if owners and "adj" in stands and "gen" in whose else None


def _acronym_left(scene: Scene, first: int) -> int:
    """«АҚШ-тың | Халықаралық даму агенттігі»: whose body it is belongs to its name."""
    owner = first - 3
    short = owner >= 0 and scene.acronym(owner)
    cases = hyphened_cases(scene, owner) if short else None
    return owner if cases is not None and cases <= {"gen"} else first


def _numbered(scene: Scene, first: int) -> int:
    """«№12 | мектеп ұжымы»: the number is its name."""
    numbered = first > 1 and scene.tokens[first - 1].value is not None
    return first - 2 if numbered and scene.parsed.norm(first - 2) == "№" else first


def _named_after(scene: Scene, first: int) -> int:
    """«Абай атындағы | гимназия», «Қ. Сәтбаев атындағы | университет»: whose name it bears."""
    near = first - 1
    # «атындағы | қазақ | ұлттық университеті»: whose it is may stand between.
    while near > first - _BETWEEN and _is_plain(scene, near):
        near -= 1
    if not scene.begins("named_after", near):
        return first
    start = near
    while start > 0 and (_names_whom(scene, start - 1) or _is_initial(scene, start - 2)):
        start -= 1
    return start if start < near else first


def _is_plain(scene: Scene, index: int) -> bool:
    """«қазақ», «гуманитарлық»: a small word without an ending, and not «атындағы» itself."""
    small = scene.word(index) and not scene.capital(index) and not scene.verb(index)
    return small and not (scene.cases(index) - {"adj"} or scene.begins("named_after", index))


def _names_whom(scene: Scene, index: int) -> bool:
    """«Абай»; «Семейдегі» before it says where the body is."""
    return scene.capital(index) and not _place_cases(scene, index) & {"adj", "loc", "gen", "abl"}


def bears_name(scene: Scene, first: int) -> bool:
    """«№12 мектеп», «Абай атындағы гимназия»: a number or a patron makes one body of a noun."""
    return scene.parsed.norm(first) == "№" or any(
        scene.begins("named_after", i) for i in range(first, first + _PATRON)
    )


def _is_initial(scene: Scene, index: int) -> bool:
    """«Қ | . Сәтбаев»: a single capital and its full stop."""
    short = scene.capital(index) and len(scene.tokens[index].text) == 1
    return short and scene.parsed.norm(index + 1) == "."


def _left_words(scene: Scene, head: Hit, part: str) -> tuple[int, int]:
    """«Төтенше жағдайлар департаменті», «мұнай компаниялары»: the name stands before its head."""
    first, capital = head.first, None
    if part == "organisation" and not _possessed(scene, head):
        return head.first, head.last
    while first > 0 and head.first - first < 5 and _joins_left(scene, first - 1, part):
        first -= 1
        first -= 2 * (_is_tail_joined(scene, first))
        if capital is not None and _whole_region(scene, first):
            break
        if scene.begins("area", first) and not scene.place(first - 1):
            return first, head.last
        opens = first == 0 and capital is not None and _is_other_place(scene, capital)
        if scene.capital(first) and not opens and not (capital and _dative(scene, first)):
            capital = first
    if capital is not None:
        return _listed_places(scene, capital, head.first), head.last
    near = head.first - 1
    lower = near >= 0 and _joins_left(scene, near, part) and not scene.begins("caring", near)
    # «11 мың бала | мемлекеттен көмек алды»: what is counted belongs to its number.
    lower = lower and not (part != "organisation" and scene.counted(near))
    if not lower:
        return head.first, head.last
    near = _field_left(scene, first, near)
    near -= 2 * _is_tail_joined(scene, near)
    return next((i for i in range(first, near) if scene.begins("area", i)), near), head.last


def _field_left(scene: Scene, first: int, near: int) -> int:
    """«денсаулық сақтау | басқармасы», «ауыл шаруашылығы | …», «жастар саясаты | …»."""
    head, listed = near, False
    while near > 0 and head - near < _LONGEST_FIELD:
        joint = scene.tokens[near - 1].norm in conjunctions(scene)
        inner = near > first and (_says_sort(scene, near - 1) or _owned_or_done(scene, near))
        # «білім, жастар саясаты және спорт | басқармалары»
        if inner or (listed and _of_field(scene, near - 1) and _owned_or_done(scene, near)):
            near -= 1
        elif joint and _of_field(scene, near - 2) and _owned_or_done(scene, near - 2):
            near, listed = near - 2, True
        elif listed and scene.parsed.norm(near - 1) == "," and _of_field(scene, near - 2):
            near -= 2
        else:
            break
    return near - (near > 0 and scene.begins("area", near - 1))


def _of_field(scene: Scene, index: int) -> bool:
    """A plain noun or what is done, no place, no verb: «білім», «қамту», «жұмыспен»."""
    plain = scene.word(index) and not scene.stop(index) and not scene.capital(index)
    finite = scene.verb(index) and not _infinitive(scene, index)
    return plain and not finite and not scene.begins("no_name", index)


def _says_sort(scene: Scene, index: int) -> bool:
    """«әлеуметтік», «материалдық»: a noun made an adjective."""
    return "adj" in scene.cases(index) and not _locative(scene, index)


def _owned_or_done(scene: Scene, index: int) -> bool:
    """«ауыл | шаруашылығы», «денсаулық | сақтау»: what it is of stands before it."""
    if _infinitive(scene, index):
        return True
    readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
    done = any(r.tense == "infinitive" for r in readings)
    return done or any(r.possessive and r.case is None and r.tense is None for r in readings)


def _is_region(scene: Scene, index: int, part: str) -> bool:
    """«Алға | аудандарының шаруалары», «Шет ауданындағы | диқандар»: who lives in a place."""
    if part not in ("collective", "people"):
        return False
    if scene.place(index) and scene.parsed.starting("place_head", index + 1):
        return True
    heads = scene.parsed.starting("place_head", index)
    return any(h.reading.case == "adj" for h in heads) and scene.place(index - 1) is not None


def _listed_places(scene: Scene, first: int, head: int) -> int:
    """«Нұра, Шет және Абай | аудандарының шаруалары»: the noun behind a list means all of it."""
    headed = any(scene.parsed.between("place_head", first, head - 1))
    while headed and first > 1:
        linked = scene.parsed.norm(first - 1)
        before = scene.parsed.ending("place", first - 2)
        if not before or (linked != "," and linked not in conjunctions(scene)):
            break
        first = before[0].first
    return first


def _is_other_place(scene: Scene, capital: int) -> bool:
    """«Биыл Ақмола облысы»: a place of its own; in «Батыс Қазақстан облысы» it is half of one."""
    whole = scene.place(0)
    return scene.place(capital) is not None and (whole is None or whole.last < capital)


def _possessed(scene: Scene, head: Hit) -> bool:
    """«Халық қоры» is a name, «орталық» alone an adjective; acronyms bear no ending."""
    same = [
        h for h in scene.of_part("organisation") if (h.first, h.last) == (head.first, head.last)
    ]
    return head.entry.form.isupper() or any(h.reading.possessive for h in same)


def _whole_region(scene: Scene, index: int) -> bool:
    """«Ақмола облысы Зеренді ауданының әкімдігі»: the region only says where."""
    return any(h.reading.case is None for h in scene.parsed.starting("place_head", index))


def _dative(scene: Scene, index: int) -> bool:
    return "dat" in scene.cases(index)


def _joins_left(scene: Scene, index: int, part: str) -> bool:
    """May this word belong to the name behind it? «қаладағы», «үшін», «берді» may not."""
    if scene.begins("area", index) or _is_region(scene, index, part):
        return True
    if not scene.word(index) or scene.stop(index):
        return False
    if part in ("organisation", "authority") and (
        _governs(scene, index) or _whole_region(scene, index)
    ):
        return True
    if scene.verb(index):
        return False
    if scene.begins("no_name", index) or scene.begins("speech", index) or _is_tail(scene, index):
        return False
    if scene.parsed.starting("number", index) or scene.tokens[index].value is not None:
        return False
    if part in ("collective", "people") and scene.begins("organisation", index):
        return False
    if index == 0 and scene.place(0) is None and _is_thing(scene, index):
        return False
    if scene.capital(index):
        cases = _place_cases(scene, index) or _opening_cases(scene, index)
        return not cases & {"loc", "abl", "adj"} and not (part != "organisation" and "dat" in cases)
    cases = scene.cases(index) - ({"adj"} if not _locative(scene, index) else set())
    long = len(scene.tokens[index].norm) >= _LONG_WORD
    done = long and _verbal(scene, index) and not _says_sort(scene, index)
    return not cases & {"loc", "abl", "adj", "ins", "dat"} and not done


def _governs(scene: Scene, index: int) -> bool:
    """«жұмыспен | қамту | басқармасы»: what a body is there to do, and with what."""
    with_what = "ins" in scene.cases(index) and _infinitive(scene, index + 1)
    return _infinitive(scene, index) or with_what


def _is_thing(scene: Scene, index: int) -> bool:
    """«Құжаттарын | аудан әкімдігі берді», «Көмірді | …»: a word in the accusative is given."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    own = any(r.case == "acc" and r.possessive for r in readings)
    return own or any(
        hit.reading.case == "acc" and len(norm) - len(hit.reading.lemma) > 1
        for hit in scene.parsed.starting("noun", index)
    )


def _infinitive(scene: Scene, index: int) -> bool:
    hits = [hit for hit in scene.parsed.starting("verb", index) if hit.last == index]
    return bool(hits) and all(hit.reading.tense == "infinitive" for hit in hits)


def _place_cases(scene: Scene, index: int) -> frozenset[str | None]:
    """«Украинаға» → dat; of a capitalised word that is no known place, nothing is known."""
    hits = [h for h in scene.parsed.starting("place", index) if h.last == index]
    return frozenset(h.reading.case for h in hits)


def _opening_cases(scene: Scene, index: int) -> frozenset[str | None]:
    """«Мерекеде | әкімдік», «Кешке | департамент»: it has a capital since it opens the sentence."""
    return scene.cases(index) & {"loc", "abl", "dat"} if index == 0 else frozenset()


def _is_tail(scene: Scene, index: int) -> bool:
    """The second half of «сондай-ақ»; «мұнай-газ» is a noun of two."""
    return (
        scene.parsed.norm(index - 1) == "-"
        and scene.parsed.glued(index)
        and (not _is_compound(scene, index))
    )


def _is_tail_joined(scene: Scene, index: int) -> bool:
    hyphen = scene.parsed.norm(index - 1) == "-" and scene.parsed.glued(index)
    return hyphen and _is_compound(scene, index)


def _is_compound(scene: Scene, last: int) -> bool:
    """«титан-магний», «ет-сүт»: two plain words, and no ending behind a hyphen."""
    one, small = last - 2, scene.word(last) and not scene.capital(last)
    plain = small and scene.word(one) and not scene.stop(one) and not scene.begins("no_name", one)
    # «азық-түлік | әкімдік тарапынан берілді»: a thing known by itself
    known = any(h.last >= last for s in ("noun", "aid") for h in scene.parsed.starting(s, one))
    named = known or scene.acronym(one) or hyphened_cases(scene, one) is not None
    return plain and scene.suffixed and not named


def _locative(scene: Scene, index: int) -> bool:
    """«қаладағы» says where; «гуманитарлық», with the shorter ending, what sort."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    return any(r.case == "adj" and len(norm) - len(r.lemma) > LONGEST_CASE for r in readings)


def _verbal(scene: Scene, index: int) -> bool:
    """«құрылған», «көмекті»: a participle or an object."""
    norm = scene.tokens[index].norm
    readings = scene.parsed.language.morphology.readings(norm)
    objects = (r.case == "acc" and len(norm) - len(r.lemma) > 1 for r in readings)
    # «мектеп» only looks like a converb.
    noun = bool(scene.parsed.starting("noun", index))
    done = any(r.tense in ("past", "future") or _is_denied(r) for r in readings) and not noun
    return done or any(objects)


def _is_denied(reading: Reading) -> bool:
    """«аты-жөнін айтпаған | кәсіпкер»: what somebody did not do is no part of a name."""
    return reading.tense == "perfect" and bool(reading.negated)
