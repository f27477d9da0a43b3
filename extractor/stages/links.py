"""Figures tied together: the same thing said again, and the slice of a stated whole.

Arithmetic is evidence: seven parts that add up to 14 478 are its parts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.match.breakdowns import listed_parts, placed_parts
from extractor.match.context import Context
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.tables import RULE as TABLE
from extractor.match.tense import status_of
from extractor.match.understood import rests
from extractor.types import Evidence, Figure, Quantity, Span

_ROUNDING = Decimal("0.11")
_NEAR = 2
_SERIES = 3
_TERMS = 3
_STORY = 6
_SMALL_PAYMENT = Decimal(5_000_000)
_UNDONE = frozenset({"planned", "ongoing", "collected"})


def link_figures(context: Context, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """«21 мыңнан астам отбасы … 21 864 отбасы» → same_as; «оның ішінде 11 904» → of."""
    linked = list(_repetitions(list(_with_things(figures))))
    for rule in SLICES:
        linked = list(rule(context, linked))
    linked = list(_with_mentions(list(_with_wholes(linked))))
    moving = list(_on_the_way(list(_with_progress(context, linked))))
    return tuple(_priced(context, list(_being_paid(context, moving))))


# -- the same thing said again ------------------------------------------------------------------


def _with_things(figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Two waves, nine thousand parcels»: of what, where the article tells of one kind alone."""
    things: dict[str, set[str]] = {}
    for figure in figures:
        if figure.kind == "goods" and figure.item is not None:
            things.setdefault(figure.unit, set()).add(figure.item)
    for figure in figures:
        items = things.get(figure.unit, set())
        bare = figure.kind == "goods" and figure.item is None and figure.unit in _LOADS
        yield replace(figure, item=next(iter(items))) if bare and len(items) == 1 else figure


# Sets and weights say nothing of what is in them.
_LOADS = frozenset({"kit", "tonne", "kilogram", "litre"})


def _repetitions(figures: Sequence[Figure]) -> Iterator[Figure]:
    earlier: dict[tuple[str, str, int], list[Figure]] = {}
    last: Figure | None = None
    for figure in figures:
        candidates = [last] if last is not None else []
        for step in (-1, 0, 1):
            candidates += earlier.get((figure.kind, figure.unit, _order(figure) + step), [])
        original = _same(figure, sorted(set(candidates), key=_position))
        if original is not None:
            figure = _inherit(replace(figure, same_as=original.same_as or original.id), original)
        bucket = earlier.setdefault((figure.kind, figure.unit, _order(figure)), [])
        if len(bucket) < _BUCKET:
            bucket.append(figure)
        last = figure
        yield figure


_BUCKET = 64


def _order(figure: Figure) -> int:
    """Values within a tenth of each other have orders at most one apart."""
    value = float(figure.quantity.value)
    return round(math.log(value, 1.12)) if value > 0 else 0


def _position(figure: Figure) -> int:
    return figure.span.start


def _inherit(figure: Figure, original: Figure) -> Figure:
    """A repetition is of the status and scope of what it repeats, where its own words say none."""
    told = {e.field for e in figure.evidence if e.rule != "default"}
    if "status" not in told:
        figure = replace(figure, status=original.status)
    if "scope" not in told and original.scope == "each":
        figure = replace(figure, scope="each")
    return figure


def _same(figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    for rule in SAME:
        found = next((other for other in earlier if rule(figure, other)), None)
        if found is not None:
            return found
    return None


def _alike(figure: Figure, other: Figure) -> bool:
    same_thing = figure.item == other.item or None in (figure.item, other.item)
    return figure.kind == other.kind and figure.unit == other.unit and same_thing


def _defaulted(figure: Figure, field: str) -> bool:
    return not any(e.field == field and e.rule != "default" for e in figure.evidence)


def repeated(figure: Figure, other: Figure) -> bool:
    """«50 миллионов тенге … 50 миллионов тенге»: an uncommon number said twice."""
    equal = (
        figure.quantity.value == other.quantity.value and figure.quantity.max == other.quantity.max
    )
    apart = figure.sentence != other.sentence
    if not (equal and apart and _alike(figure, other)) or figure.kind == "share":
        return False
    told = _defaulted(figure, "scope") or (other.sentence == 0 and _defaulted(other, "scope"))
    if figure.scope != other.scope and (not told or figure.scope == "each"):
        return False
    return figure.unit != "MCI" and (
        figure.quantity.value >= 10 or figure.sentence - other.sentence < 4
    )


def rounded(figure: Figure, other: Figure) -> bool:
    """«более 10 000 тонн … 10 520 тонн»: the rounded one and the exact one."""
    if figure.sentence == other.sentence or not _alike(figure, other):
        return False
    if figure.scope == other.scope == "each":
        return _heads_each(other, figure)
    if "each" in (figure.scope, other.scope) or figure.kind == "share":
        return False
    return _rounds(other, figure) or _rounds(figure, other) or _heads(other, figure)


def _heads(lead: Figure, told: Figure) -> bool:
    """«78 мың доллар» on top, «78 431 доллар» below it: a headline leaves out the small digits."""
    short, full = lead.quantity.value, told.quantity.value
    first = lead.sentence == 0 and lead.quantity.bound == told.quantity.bound == "exact"
    if not first or not 0 < short < full or told.kind not in ("money", "goods", "recipients"):
        return False
    step = Decimal(1).scaleb(short.normalize().as_tuple().exponent)  # type: ignore[arg-type]
    return step >= _STEP and short >= 10 * step and full - short < step and full % step > 0


_STEP = 1000


def _heads_each(lead: Figure, told: Figure) -> bool:
    """«миллион теңгеден» on top, «әрқайсысы 1 013 060 теңге» below it: about as much for each."""
    short, full = lead.quantity.value, told.quantity.value
    exact = lead.quantity.bound == told.quantity.bound == "exact" and lead.kind == "money"
    if lead.sentence or not exact or short < _STEP * 100:
        return False
    return short < full and full - short <= short * _CLOSE


_CLOSE = Decimal("0.03")


def _rounds(loose: Figure, exact: Figure) -> bool:
    low, value = loose.quantity.value, exact.quantity.value
    if value < 100 or low == 0:
        return False
    if loose.quantity.bound == "min":
        return low < value <= low * (1 + _ROUNDING)
    if loose.quantity.bound == "approx":
        return abs(value - low) <= low * _ROUNDING / 2
    return False


def converted(figure: Figure, other: Figure) -> bool:
    """«45 МРП (166 140 тенге)», «100 АЕК, яғни 345 мың теңге»: the same sum in another unit."""
    if figure.kind != "money" or other.kind != "money" or figure.unit == other.unit:
        return False
    gap = figure.quantity.first - other.quantity.last
    return figure.sentence == other.sentence and 0 < gap <= 4


SAME: tuple[Callable[[Figure, Figure], bool], ...] = (converted, repeated, rounded)


# -- slices that only arithmetic or the course of things shows -------------------------------------


def _slice(figure: Figure, whole: Figure, rule: str) -> Figure:
    evidence = Evidence("scope", "part", rule, whole.span)
    kept = tuple(e for e in figure.evidence if e.field != "scope")
    status = figure.status
    at_home = any(e.field == "status" and e.rule == "at_work" for e in figure.evidence)
    # «is raising 5 million; 3.2 million has been raised, 1.8 million is still needed»
    raised = (figure.kind, status, whole.status) == ("money", "collected", "ongoing")
    apart = raised or _is_needed(figure) or _is_foretold(figure, whole)
    summed = rule == "sum" and not apart
    shared = summed or (rule == "most" and (at_home or whole.status == "collected"))
    if whole.status is not None and shared:
        # «больше всего, 118 семей, | живут в Саксаульске»: they got it as all the others.
        status = whole.status
    words = _words_of(figure)
    first = min(figure.span.start, whole.span.start)
    promised = words == _words_of(whole) and (words is None or words.start > first)
    if rule == "out_of" and status == "planned" and promised:
        # «640 of the promised 2,000»: promised are all, and so many were given.
        status = "delivered"
    return replace(figure, scope="part", of=whole.id, status=status, evidence=(*kept, evidence))


def _is_foretold(figure: Figure, whole: Figure) -> bool:
    """«51 үйдің 33-іне жеткізілді. Қалған 18-іне қыста жеткіземіз»: in a sentence of its own."""
    words = _words_of(figure)
    told = words is not None and words.start >= figure.span.stop
    apart = figure.sentence != whole.sentence and figure.quantity.number.possessive
    # «выплачены 3,1 млрд, остаток 1,4 млрд | поступит в мае»: its own verb stands right behind.
    own = words is not None and words.start - figure.span.stop <= 1 and whole.status == "delivered"
    return told and figure.status == "planned" and (apart or own)


def _is_needed(figure: Figure) -> bool:
    return any(e.field == "status" and e.rule == "needed" for e in figure.evidence)


def sums(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«36 + 18 + 18 = 72»: a run of counts that adds up to one stated before."""
    found: dict[str, Figure] = {}
    for index, whole in enumerate(figures):
        if whole.scope == "each" or whole.kind == "share" or whole.quantity.max:
            continue
        if whole.scope == "total" and _is_told_before(whole, figures):
            continue
        sides = (figures[index + 1 : index + _RUN], figures[max(0, index - _RUN) : index][::-1])
        for side in sides:
            # «1 462 адам, соның ішінде 571 бала: Ақтөбе – 803, …»: children are no term of it.
            terms = [figure for figure in side if figure.scope != "part"]
            run = _run(context, side, whole) or _run(context, terms, whole)
            if whole.scope == "total" or len(run) > _FEWEST:
                found.update({part.id: whole for part in run})
    for figure in figures:
        whole_ = found.get(figure.id)
        yield _slice(figure, whole_, "sum") if whole_ is not None else figure


def listed(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«оның ішінде: 450 …, 1 100 …»: all that an announcement is followed by."""
    found = listed_parts(context, figures)
    for figure in figures:
        yield _slice(figure, found[figure.id], "listed") if figure.id in found else figure


def by_place(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«717 families … 298 in Kostanay region, 135 in …»: a whole told place by place."""
    found = placed_parts(context, figures)
    for figure in figures:
        yield _slice(figure, found[figure.id], "by_place") if figure.id in found else figure


def _is_told_before(whole: Figure, figures: Sequence[Figure]) -> bool:
    """A repetition adds up to nothing that the first mention does not, unless that was rounded."""
    first = next((figure for figure in figures if figure.id == whole.same_as), None)
    return first is not None and first.quantity.value == whole.quantity.value


def columns(_: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«10 964 корзины … Аягоз | 318 | …»: rows of a table slice the total told before it."""
    found: dict[str, Figure] = {}
    rows: dict[tuple[str, str, str | None], list[Figure]] = {}
    for figure in figures:
        if figure.quantity.rule == TABLE and figure.scope == "total":
            rows.setdefault((figure.kind, figure.unit, figure.item), []).append(figure)
    for column in rows.values():
        told = sum((figure.quantity.value for figure in column), Decimal(0))
        before = [f for f in figures if f.span.stop <= column[0].span.start and _adds(column[0], f)]
        wholes = (f for f in reversed(before) if f.scope == "total" and f.quantity.rule != TABLE)
        whole = next((f for f in wholes if f.quantity.value >= told), None)
        if whole is not None and len(column) >= _FEWEST:
            found.update({figure.id: whole for figure in column})
    for figure in figures:
        whole_ = found.get(figure.id)
        yield _slice(figure, whole_, "column") if whole_ is not None else figure


_RUN = 40


def _is_list_line(context: Context, figure: Figure) -> bool:
    """A line of a list is not the sum of its neighbours."""
    return context.parsed[figure.sentence].is_list_line


def _run(context: Context, side: Sequence[Figure], whole: Figure) -> list[Figure]:
    """The run of like figures next to a whole whose values add up to it, or nothing."""
    run: list[Figure] = []
    total, last = Decimal(0), whole
    line = _is_list_line(context, whole)
    for figure in (f for f in side if _adds(f, whole) or _houses(f, whole)):
        apart = last is not whole and abs(figure.sentence - last.sentence) > _reach(figure)
        if apart or figure.quantity.value >= whole.quantity.value:
            break
        if line and not _shares_line(context, figure, whole):
            break
        run.append(figure)
        last = figure
        total += figure.quantity.value
        if total >= whole.quantity.value:
            break
    if len(run) < _FEWEST or total != whole.quantity.value:
        return []
    if len(run) == _FEWEST and any(_houses(figure, whole) for figure in run):
        return []
    later = whole.sentence > run[0].sentence and run[0].quantity.rule != TABLE
    far = abs(run[0].sentence - whole.sentence) > (1 if later else _reach(run[0]))
    return [] if far and (len(run) == _FEWEST or whole.kind == "money") else run


def _adds(figure: Figure, whole: Figure) -> bool:
    """«24 тонны одежды + 7 тонн» of a load, but no beds and wardrobes that make buses."""
    same = figure.unit == whole.unit and figure.kind == whole.kind
    # «60 тонн муки и 40 тонн риса» make 100 tonnes of food.
    kinds = {aid for noun in figure.quantity.nouns for c in noun.concepts for aid in c.aid}
    thing = whole.item in (figure.item, None, "humanitarian_cargo", *kinds)
    plain = figure.quantity.max is None and figure.scope != "each" and not figure.same_as
    return same and thing and plain


def _houses(figure: Figure, whole: Figure) -> bool:
    """«717 families got homes: 298 houses in Kostanay, …»: a house for each family."""
    given = figure.unit == "house" and figure.kind == "goods"
    plain = figure.quantity.max is None and figure.scope != "each" and not figure.same_as
    return given and plain and whole.unit == "family" and whole.kind == "recipients"


def _reach(figure: Figure) -> int:
    """How many sentences may lie between two terms of a sum; money is told in one breath."""
    if figure.quantity.rule == TABLE:
        return _RUN
    return 1 if figure.kind == "money" else _TERMS


# Two numbers may add up to a third by chance, three hardly.
_FEWEST = 2


def _shares_line(context: Context, figure: Figure, whole: Figure) -> bool:
    here, there = (context.parsed[f.sentence].sentence.paragraph for f in (figure, whole))
    return here == there


def progress(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«2 миллион маска таратуға кірістік … 750 мыңнан астам маска»: so far against the whole."""
    for index, figure in enumerate(figures):
        near = figures[max(0, index - _RUN) : index + _RUN]
        near = [f for f in near if not _is_on_top(context, f)]
        whole = _plan_of(figure, near) if _is_so_far(context, figure) else None
        yield _slice(figure, whole, "progress") if whole is not None else figure


def _is_on_top(context: Context, figure: Figure) -> bool:
    """«Уже передали 40 домов, построят | еще | 120»: what is added is not the whole."""
    before = figure.quantity.first - 1
    return bool(context.parsed[figure.sentence].ending("additive_before", before))


def _is_so_far(context: Context, figure: Figure) -> bool:
    """«уже», «to date», «бүгінге дейін» in the sentence or in the one before; «раньше уже» is of
    another time."""
    told = context.parsed[figure.sentence].of_sort("scope")
    if any(h.entry.id == "earlier" and h.last < figure.quantity.first for h in told):
        return False
    near = context.parsed[max(0, figure.sentence - 1) : figure.sentence + 1]
    return any(_says_so_far(parsed) for parsed in near)


def _says_so_far(parsed: Parsed) -> bool:
    return any(hit.entry.id == "progress" for hit in parsed.of_sort("scope"))


def _plan_of(figure: Figure, figures: Sequence[Figure]) -> Figure | None:
    done = figure.status == "delivered" and figure.scope == "total" and figure.same_as is None
    done = done and not _is_only_supposed(figure)
    if not done or figure.kind not in ("goods", "recipients", "money"):
        return None
    for other in sorted(figures, key=lambda f: abs(f.sentence - figure.sentence)):
        if abs(other.sentence - figure.sentence) > _NEAR or other.scope != "total":
            continue
        larger = other.quantity.value > figure.quantity.value
        same = _alike(figure, other) and (figure.item is None) == (other.item is None)
        # «Fuel for KZT821,300 … newspapers for KZT16.1MM were ordered»: each sum for its own.
        same = same and (figure.kind != "money" or other.span.start < figure.span.start)
        if larger and same and other.status in _UNDONE:
            return other
    return None


def _is_only_supposed(figure: Figure) -> bool:
    """No word says that they have got it."""
    return any(e.field == "status" and e.rule == "default" for e in figure.evidence)


def regions(_: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«25 000 volunteers … In Aktobe 8,500 … In Akmola 300»: a lead total told by region."""
    wholes = [f for f in figures if f.kind == "volunteers" and f.scope == "total"][:1]
    later = [f for f in figures if f.kind == "volunteers" and f.scope == "total"][1:]
    fits = [f for f in later if wholes and f.unit == wholes[0].unit and not f.same_as]
    total = sum((f.quantity.value for f in fits), Decimal(0))
    told = len(fits) >= _SERIES and total <= wholes[0].quantity.value
    for figure in figures:
        yield _slice(figure, wholes[0], "regions") if told and figure in fits else figure


def payments(_: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«2 миллиона каждому … дополнительно 500 тысяч»: one small payment after another."""
    last: Figure | None = None
    for figure in figures:
        if figure.kind == "money":
            if last is not None and _is_next_payment(figure, last):
                evidence = Evidence("scope", "each", "payments", last.span)
                figure = replace(figure, scope="each", evidence=(*figure.evidence, evidence))
            last = figure
        yield figure


def _is_next_payment(figure: Figure, last: Figure) -> bool:
    near = figure.sentence - last.sentence <= 1 and figure.unit == last.unit
    small = figure.quantity.value <= _SMALL_PAYMENT and _defaulted(figure, "scope")
    ratio = figure.quantity.value / max(last.quantity.value, Decimal(1))
    alike = Decimal("0.1") <= ratio <= 10
    return near and small and alike and last.scope == "each" and figure.scope == "total"


def out_of(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«640 out of 1,000 families», «Of 620 flats … the keys to 147»: the whole is beside it."""
    found: dict[str, Figure] = {}
    for position, whole in enumerate(figures):
        parsed = context.parsed[whole.sentence]
        openings = _openings(parsed, whole.quantity)
        if not openings:
            continue
        before = figures[position - 1 : position] if position else ()
        if before and before[0].sentence == whole.sentence:
            found.update({f.id: whole for f in before if _is_slice(f, whole)})
            found.update({f.id: whole for f in before if _is_share_of(f, whole, openings)})
        if any(_opens_clause(parsed, index) for index in openings):
            later = (f for f in figures[position + 1 :] if f.sentence == whole.sentence)
            found.update({f.id: whole for f in later if _is_slice(f, whole)})
    for figure in figures:
        yield _slice(figure, found[figure.id], "out_of") if figure.id in found else figure


def _openings(parsed: Parsed, quantity: Quantity) -> set[int]:
    """«out of | 1,500», «из выделенных | 1 500», «рулонов из | 1 500»: where «of» begins."""
    found: set[int] = set()
    for before in (quantity.first - 1, quantity.number.first - 1):
        acts = parsed.ending("verb", before)
        ends = (before, acts[0].first - 1) if acts else (before,)
        found.update(hit.first for end in ends for hit in parsed.ending("out_of", end))
    return {index for index in found if not _is_of_verb(parsed, index)}


def _is_of_verb(parsed: Parsed, of: int) -> bool:
    """«takes care | of | 63 orphans»: a word of the verb."""
    return any(hit.first < of for hit in parsed.ending("verb", of))


def _is_slice(figure: Figure, whole: Figure) -> bool:
    smaller = figure.quantity.value < whole.quantity.value
    fits = figure.unit == whole.unit and figure.scope == "total"
    return fits and smaller and whole.scope != "each" and _alike(figure, whole)


def _is_share_of(figure: Figure, whole: Figure, openings: set[int]) -> bool:
    """«a third of | the 9,000 evacuees»: the share right before «of»."""
    beside = {figure.quantity.last, figure.quantity.last + 1} & openings
    return figure.kind == "share" and figure.of is None and bool(beside)


def _opens_clause(parsed: Parsed, index: int) -> bool:
    """«Of 620 flats …», «said | that of | the 500 families …»"""
    if index == 0 or parsed.norm(index - 1) in _CLAUSE_MARKS:
        return True
    return parsed.language.analytic and bool(parsed.ending("relative", index - 1))


_CLAUSE_MARKS = frozenset(',;:.-\u2013\u2014\u00ab"\u201c')


def before_rest(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Eight million has been sent, the rest will go in May»: a slice, for more is left."""
    given: list[Figure] = []
    for figure in figures:
        parsed = context.parsed[figure.sentence]
        left = [hit for hit in rests(parsed) if hit.first > figure.quantity.last]
        whole = _larger(figure, given) if left or _opens_with_rest(context, figure) else None
        done = "beside_rest" if all(_is_done(parsed, hit) for hit in left) else "before_rest"
        rule = done if left else "then_rest"
        given.append(_slice(figure, whole, rule) if whole is not None else figure)
    yield from given


def _opens_with_rest(context: Context, figure: Figure) -> bool:
    """«61 миллион дал бюджет. | Остальное | закрыл грант»: of the money, in the next breath."""
    here = context.parsed[figure.sentence]
    for parsed in context.parsed[figure.sentence + 1 : figure.sentence + 2]:
        same = parsed.sentence.paragraph == here.sentence.paragraph
        left = (hit for hit in rests(parsed) if not hit.reading.plural)
        return same and figure.kind == "money" and any(hit.first <= 1 for hit in left)
    return False


def _is_done(parsed: Parsed, rest: Hit) -> bool:
    """«300 of them came from the reserve, while the rest | was bought»: nothing is left to do."""
    told = (status_of(parsed, hit) for hit in parsed.of_sort("verb") if hit.first > rest.last)
    return parsed.language.analytic and next(filter(None, told), None) in ("collected", "delivered")


def most(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Больше всего получил Кентау (612 тонн)»: the largest slices; so is what goes on."""
    given: list[Figure] = []
    for figure in figures:
        hits = [h for h in context.parsed[figure.sentence].of_sort("scope") if h.entry.id == "most"]
        whole = None
        if any(hit.last < figure.quantity.first for hit in hits):
            whole = _larger(figure, given, reach=_STORY)
        elif given and _goes_on(figure, given[-1]):
            whole = next((f for f in figures if f.id == given[-1].of), None)
            whole = whole if whole is not None and _is_slice(figure, whole) else None
        given.append(_slice(figure, whole, "most") if whole is not None else figure)
    yield from given


def _goes_on(figure: Figure, last: Figure) -> bool:
    """A number whose noun is understood from a slice is a slice too: «Кентауға 55»."""
    same = figure.quantity.nouns == last.quantity.nouns and last.of is not None
    understood = any(noun.span.stop <= last.span.stop for noun in figure.quantity.nouns)
    return same and understood and figure.scope == "total" and last.scope == "part"


def _larger(figure: Figure, earlier: Sequence[Figure], reach: int = _NEAR) -> Figure | None:
    """The nearest larger total of the same things, if the figure is a total yet."""
    if figure.scope != "total":
        return None
    near = (f for f in reversed(earlier[-_RUN:]) if figure.sentence - f.sentence <= reach)
    return next((f for f in near if f.scope == "total" and _is_slice(figure, f)), None)


def of_load(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«53 тонна жүк, оның ішінде 300 шатыр мен 4 мың көрпе»: what is counted in a load weighed."""
    given: list[Figure] = []
    for figure in figures:
        whole = _load_of(context, figure, given)
        given.append(_loaded(figure, whole) if whole is not None else figure)
    yield from given


def _loaded(figure: Figure, load: Figure) -> Figure:
    """What is in a load shares its lot, unless its own verb tells another."""
    words = _words_of(figure)
    own = words is not None and words.start >= figure.span.stop
    part = _slice(figure, load, "of_load")
    return part if own else replace(part, status=load.status)


def _load_of(context: Context, figure: Figure, given: Sequence[Figure]) -> Figure | None:
    """The mixed load before a thing that «of it» announces, alone or in a list of such."""
    parsed = context.parsed[figure.sentence]
    if figure.kind != "goods" or figure.scope != "total" or not given:
        return None
    if not parsed.language.suffixed:
        # «31 tons of cargo, including 120 tents»: not a slice, but what else is told of it.
        return None
    last = given[-1]
    if any(e.rule == "of_load" for e in last.evidence) and figure.sentence == last.sentence:
        return next((other for other in given if other.id == last.of), None)
    near = (o for o in reversed(given) if figure.sentence - o.sentence <= _FAR)
    load = next((other for other in near if _is_load(other)), None)
    if load is None or figure.item == load.item:
        return None
    hits = [h for h in parsed.of_sort("scope") if h.last < figure.quantity.first]
    beside = any(
        figure.quantity.first - hit.last <= _NEAR for hit in hits if hit.entry.id == "part"
    )
    if beside and load is last and figure.sentence - load.sentence <= 1:
        return load
    held = any(hit.entry.id == "holding" and hit.last < _NEAR for hit in hits)
    weighed = figure.unit in _WEIGHTS and figure.quantity.value < load.quantity.value
    return load if held and weighed else None


def _is_load(figure: Figure) -> bool:
    mixed = figure.kind == "goods" and figure.item == "humanitarian_cargo"
    return mixed and figure.scope == "total" and figure.unit in _WEIGHTS


# A quote may stand between a load and what it holds.
_FAR = 10
_WEIGHTS = frozenset({"tonne", "kilogram", "litre"})


SLICES: tuple[Callable[[Context, Sequence[Figure]], Iterator[Figure]], ...] = (
    payments,
    out_of,
    sums,
    listed,
    by_place,
    columns,
    before_rest,
    progress,
    most,
    regions,
    of_load,
)


# -- the whole of a slice that words announce --------------------------------------------------


def _with_wholes(figures: Sequence[Figure]) -> Iterator[Figure]:
    for index, figure in enumerate(figures):
        if figure.scope != "part" or figure.of is not None:
            yield figure
            continue
        earlier = figures[max(0, index - _RUN) : index]
        whole = _completed(figure, earlier) or _whole(figure, earlier)
        if whole is not None:
            yield replace(figure, of=whole.id)
        elif any(_is_done_without(figure, other) for other in earlier):
            yield replace(figure, scope="total")
        else:
            yield figure


def _whole(figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    near = [o for o in reversed(earlier) if figure.sentence - o.sentence <= _NEAR]
    if figure.kind == "share":
        wholes = [o for o in near if o.kind != "share" and o.scope != "each"]
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


def _is_served_slice(figure: Figure, whole: Figure) -> bool:
    """«500 человек эвакуированы. | 86 из них кормят в школе»: some of those in need are helped."""
    served = any(e.field == "kind" and e.rule in ("served", "fed") for e in figure.evidence)
    return served and whole.kind == "affected"


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
        if part is None or figure.scope != "total" or not _defaulted(figure, "scope"):
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
    verbs = {_words_of(f) for f in figures if (f.same_as or f.id) in moving} - {None}
    for figure in figures:
        under_way = (figure.same_as or figure.id) in moving
        words = _words_of(figure)
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
    words, given = _words_of(whole), _words_of(figure)
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
    told = [words is not None and words.start >= after for words in map(_words_of, (figure, whole))]
    given = any(hit.entry.id == "give" for hit in parsed.ending("verb", whole.quantity.first - 1))
    return all(told) and not given and whole.status is not None


def _being_paid(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Әр отбасына 100 АЕК төленеді. Қазірге 1 540 отбасына аударылды»: paying goes on."""
    for index, figure in enumerate(figures):
        near = figures[index + 1 : index + _RUN] if _is_promised_each(figure) else ()
        begun = any(
            later.sentence - figure.sentence <= 1
            and later.kind in ("recipients", "money")
            and later.scope != "each"
            and later.status == "delivered"
            and _says_so_far(context.parsed[later.sentence])
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
        words = _words_of(figure)
        own = words is not None and words.start >= figure.span.stop
        near = [f for f in figures[:index] if figure.sentence - f.sentence <= _STORY]
        load = next((f for f in reversed(near) if _is_load(f)), None)
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


def _words_of(figure: Figure) -> Span | None:
    """The verb that gave a figure its status, or the figure that it follows."""
    return next((e.span for e in figure.evidence if e.field == "status"), None)
