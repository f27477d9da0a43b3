"""Figures tied together: the same thing said again, and the slice of a stated whole.

A slice that was given says of its whole that it is under way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.match.context import Context
from extractor.match.repetitions import defaulted, repetitions, told_later, with_things
from extractor.match.slices import RUN, SLICES, is_load, says_so_far, words_of
from extractor.types import Evidence, Figure

_NEAR = 2
# «Жеңімпаздар арасында 15 көпбалалы ана бар»: where nothing of the kind stands nearer.
_FAR = 4
_STORY = 6
_UNDONE = frozenset({"planned", "ongoing", "collected"})


def link_figures(context: Context, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """«21 мыңнан астам отбасы … 21 864 отбасы» → same_as; «оның ішінде 11 904» → of."""
    linked = list(told_later(context, list(repetitions(list(with_things(figures))))))
    for rule in SLICES:
        linked = list(rule(context, linked))
    linked = list(_with_mentions(list(_with_wholes(linked))))
    moving = list(_on_the_way(list(_with_progress(context, linked))))
    return tuple(_priced(context, list(_being_paid(context, moving))))


# -- the whole of a slice that words announce --------------------------------------------------


def _with_wholes(figures: Sequence[Figure]) -> Iterator[Figure]:
    for index, figure in enumerate(figures):
        if figure.scope != "part" or figure.of is not None:
            yield figure
            continue
        earlier = figures[max(0, index - RUN) : index]
        whole = _completed(figure, earlier) or _whole(figure, earlier)
        if whole is not None:
            yield replace(figure, of=whole.id)
        elif any(_is_done_without(figure, other) for other in earlier):
            yield replace(figure, scope="total")
        else:
            yield figure


def _whole(figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    near = [o for o in reversed(earlier) if figure.sentence - o.sentence <= _NEAR]
    if _is_told_part(figure) and not any(_is_like(figure, other) for other in near):
        near = [o for o in reversed(earlier) if figure.sentence - o.sentence <= _FAR]
    if figure.kind == "share":
        wholes = [o for o in near if o.kind != "share" and o.scope != "each"]
        if wholes and wholes[0].sentence == figure.sentence:
            # «12 балаға 5 млн теңге бөлінді, оның 40 пайызы …»: of what was told last
            return wholes[0]
        countable = [o for o in wholes if o.kind != "money"]
        # «6 млн долларов … покрыли 41% этой суммы»: of money where nothing else is counted.
        return next(iter(countable or wholes), None)
    fitting = [
        other
        for other in near
        if other.unit == figure.unit
        and (other.kind == figure.kind or _is_served_slice(figure, other))
        and other.scope != "each"
        and other.quantity.value > figure.quantity.value
        and not _is_done_without(figure, other)
    ]
    wholes = [other for other in fitting if other.scope == "total" or _is_slice_by_course(other)]
    # «48 лодок и 67 насосов, из них 12 лодок»: of the same things, where these are counted.
    same = [other for other in wholes if other.item == figure.item]
    return next(iter(same or wholes or fitting), None)


def _is_told_part(figure: Figure) -> bool:
    """«Жеңімпаздар арасында | 15 ана»: the word that makes it a part stands right before."""
    told = (e.span for e in figure.evidence if e.field == "scope" and e.span is not None)
    return any(0 < figure.span.start - span.stop <= 1 for span in told)


def _is_like(figure: Figure, other: Figure) -> bool:
    return (other.kind, other.unit, other.scope) == (figure.kind, figure.unit, "total")


def _is_served_slice(figure: Figure, whole: Figure) -> bool:
    """«500 человек эвакуированы. | 86 из них кормят в школе»: some of those in need are helped;
    «264 адам тексерілді, | оның 31-іне ота қажет»: some of those helped are in need."""
    rules = {e.rule for e in figure.evidence if e.field == "kind"}
    served = whole.kind == "affected" and bool(rules & {"served", "fed"})
    return served or (whole.kind == "recipients" and "need" in rules)


def _completed(figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    """«300 отбасы … 180-ге төленді, қалған 120»: what is left makes up the whole."""
    if not _is_rest(figure):
        return None
    alike = [o for o in earlier if (o.unit, o.item) == (figure.unit, figure.item)]
    sums = {other.quantity.value + figure.quantity.value for other in alike}
    return next((other for other in alike if other.quantity.value in sums), None)


def _is_rest(figure: Figure) -> bool:
    return any(e.field == "scope" and e.rule == "rest" for e in figure.evidence)


def _is_done_without(figure: Figure, other: Figure) -> bool:
    """«1 540 отбасына аударылды. Қалған 668 отбасы да алады»: what is left is none of these."""
    return _is_rest(figure) and figure.status == "planned" and other.status == "delivered"


_COURSE = frozenset({"progress", "sum", "out_of", "before_rest"})


def _is_slice_by_course(figure: Figure) -> bool:
    """«415 отбасына жеткізілді, оның ішінде 187-сі»: so far, and the whole of what follows."""
    return any(e.field == "scope" and e.rule in _COURSE for e in figure.evidence)


def _with_mentions(figures: Sequence[Figure]) -> Iterator[Figure]:
    """A part said before, in the headline, is a part there too."""
    parts = {f.same_as or f.id: f for f in figures if f.scope == "part" and f.of is not None}
    for figure in figures:
        part = parts.get(figure.same_as or figure.id)
        if part is None or figure.scope != "total" or not defaulted(figure, "scope"):
            yield figure
        elif part.of not in (figure.id, figure.same_as):
            yield replace(figure, scope="part", of=part.of)
        else:
            yield figure


# -- a whole of which some is done is under way ----------------------------------------------------


def _with_progress(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«10 520 тонн собрано, 8905 доставлено»: the whole is neither planned nor collected."""
    by_id = {figure.id: figure for figure in figures}
    moving: set[str] = set()
    undone = {f.of for f in figures if f.of is not None and f.status in _UNDONE}
    for figure in figures:
        if figure.of is not None and figure.status == "delivered" and figure.kind != "share":
            whole = by_id[figure.of]
            # «направлено 2 147 тонн: 1 830 доставлены, остальные в дороге»
            if (
                whole.status in ("planned", "collected")
                or whole.id in undone
                or _is_some_of_it(figure)
                or _is_given_of(context, figure, whole)
                or _is_allotted(context, figure, whole)
            ):
                moving.add(whole.same_as or whole.id)
    verbs = {words_of(f) for f in figures if (f.same_as or f.id) in moving} - {None}
    for figure in figures:
        under_way = (figure.same_as or figure.id) in moving
        words = words_of(figure)
        beside = figure.status in ("planned", "collected") and words is not None and words in verbs
        if under_way or beside:
            verbs.add(figure.span)
            yield replace(figure, status="ongoing")
        else:
            yield figure


def _is_some_of_it(figure: Figure) -> bool:
    """«640 of 1,000 families», «eight million were sent, the rest …»: so far, and no more."""
    rules = {e.rule for e in figure.evidence if e.field == "scope"}
    return bool(rules & _SO_FAR)


_SO_FAR = frozenset({"out_of", "before_rest"})


def _is_allotted(context: Context, figure: Figure, whole: Figure) -> bool:
    """«12 млрд теңге бөлінді, оның 4 миллиарды төленіп қойған»: set aside, and some of it given."""
    words, given = words_of(whole), words_of(figure)
    if words is None or given is None or words.overlaps(given) or given.start < figure.span.stop:
        return False
    parsed = context.parsed[whole.sentence]
    return any(parsed.span(h.first, h.last).overlaps(words) for h in parsed.of_sort("allotting"))


# «бар, соның» stands between a whole and its slice.
_BESIDE = 3


def _is_given_of(context: Context, figure: Figure, whole: Figure) -> bool:
    """«1 210 отбасының | 865-іне төлем аударылды», «51 үй бар, соның 33-іне жеткізілді»: a verb
    behind both says that some have got it; «берілген 48 пәтердің 31-і» had all been given."""
    if figure.sentence != whole.sentence or not figure.quantity.number.possessive:
        return False
    after, parsed = figure.span.stop, context.parsed[figure.sentence]
    between = range(whole.quantity.last + 1, figure.quantity.first)
    if len(between) > _BESIDE or any(parsed.norm(index) == "(" for index in between):
        return False
    told = [words is not None and words.start >= after for words in map(words_of, (figure, whole))]
    given = any(hit.entry.id == "give" for hit in parsed.ending("verb", whole.quantity.first - 1))
    return all(told) and not given and whole.status is not None


def _being_paid(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Әр отбасына 100 АЕК төленеді. Қазірге 1 540 отбасына аударылды»: paying goes on."""
    for index, figure in enumerate(figures):
        near = figures[index + 1 : index + RUN] if _is_promised_each(figure) else ()
        begun = any(
            later.sentence - figure.sentence <= 1
            and later.kind in ("recipients", "money")
            and later.scope != "each"
            and later.status == "delivered"
            and says_so_far(context.parsed[later.sentence])
            for later in near
        )
        yield replace(figure, status="ongoing") if begun else figure


def _is_promised_each(figure: Figure) -> bool:
    return figure.kind == "money" and figure.scope == "each" and figure.status == "planned"


def _priced(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Керуеннің құны – 21 млн теңге»: the worth of a load shares its lot, where no verb tells."""
    for index, figure in enumerate(figures):
        opening = context.parsed[figure.sentence].of_sort("scope") if figure.kind == "money" else ()
        worth = any(hit.entry.id == "price" and hit.last < _NEAR + 1 for hit in opening)
        words = words_of(figure)
        own = words is not None and words.start >= figure.span.stop
        near = [f for f in figures[:index] if figure.sentence - f.sentence <= _STORY]
        load = next((f for f in reversed(near) if is_load(f)), None)
        if load is None or own or not worth:
            yield figure
            continue
        kept = tuple(e for e in figure.evidence if e.field != "status")
        told = Evidence("status", load.status or "", "priced", load.span)
        yield replace(figure, status=load.status, evidence=(*kept, told))


def _on_the_way(figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Отправлено 5 тысяч тонн … 5 тысяч тонн в пути»: on their way wherever they are told of."""
    moving = {f.same_as or f.id for f in figures if _is_moving(f)}
    for figure in figures:
        sent = (figure.same_as or figure.id) in moving and figure.status == "delivered"
        yield replace(figure, status="ongoing") if sent else figure


def _is_moving(figure: Figure) -> bool:
    return any(e.field == "status" and e.rule == "on_its_way" for e in figure.evidence)
