"""Slices of a stated whole that only arithmetic or the course of things shows.

Arithmetic is evidence: seven parts that add up to 14 478 are its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.match.breakdowns import listed_parts, placed_parts
from extractor.match.context import Context
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.partitives import rests
from extractor.match.repetitions import alike, defaulted
from extractor.match.tables import RULE as TABLE
from extractor.match.tense import status_of
from extractor.types import Evidence, Figure, Quantity, Span

_NEAR = 2
_SERIES = 3
_TERMS = 3
_STORY = 6
_SMALL_PAYMENT = Decimal(5_000_000)
_UNDONE = frozenset({"planned", "ongoing", "collected"})


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
    words = words_of(figure)
    first = min(figure.span.start, whole.span.start)
    promised = words == words_of(whole) and (words is None or words.start > first)
    if rule == "out_of" and status == "planned" and promised:
        # «640 of the promised 2,000»: promised are all, and so many were given.
        status = "delivered"
    return replace(figure, scope="part", of=whole.id, status=status, evidence=(*kept, evidence))


def _sliced(figures: Sequence[Figure], found: Mapping[str, Figure], rule: str) -> Iterator[Figure]:
    """The figures with those of ``found`` as slices of their wholes."""
    for figure in figures:
        yield _slice(figure, found[figure.id], rule) if figure.id in found else figure


def _is_foretold(figure: Figure, whole: Figure) -> bool:
    """«51 үйдің 33-іне жеткізілді. Қалған 18-іне қыста жеткіземіз»: in a sentence of its own."""
    words = words_of(figure)
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
        sides = (figures[index + 1 : index + RUN], figures[max(0, index - RUN) : index][::-1])
        for side in sides:
            # «1 462 адам, соның ішінде 571 бала: Ақтөбе – 803, …»: children are no term of it.
            terms = [figure for figure in side if figure.scope != "part"]
            run = _run(context, side, whole) or _run(context, terms, whole)
            if whole.scope == "total" or len(run) > _FEWEST:
                found.update({part.id: whole for part in run})
    yield from _sliced(figures, found, "sum")


def listed(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«оның ішінде: 450 …, 1 100 …»: all that an announcement is followed by."""
    yield from _sliced(figures, listed_parts(context, figures), "listed")


def by_place(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«717 families … 298 in Kostanay region, 135 in …»: a whole told place by place."""
    yield from _sliced(figures, placed_parts(context, figures), "by_place")


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
    yield from _sliced(figures, found, "column")


RUN = 40


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
        return RUN
    return 1 if figure.kind == "money" else _TERMS


# Two numbers may add up to a third by chance, three hardly.
_FEWEST = 2


def _shares_line(context: Context, figure: Figure, whole: Figure) -> bool:
    here, there = (context.parsed[f.sentence].sentence.paragraph for f in (figure, whole))
    return here == there


def progress(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«2 миллион маска таратуға кірістік … 750 мыңнан астам маска»: so far against the whole."""
    for index, figure in enumerate(figures):
        near = figures[max(0, index - RUN) : index + RUN]
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
    return any(says_so_far(parsed) for parsed in near)


def says_so_far(parsed: Parsed) -> bool:
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
        same = alike(figure, other) and (figure.item is None) == (other.item is None)
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
    yield from _sliced(figures, {f.id: wholes[0] for f in fits if told}, "regions")


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
    small = figure.quantity.value <= _SMALL_PAYMENT and defaulted(figure, "scope")
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
    yield from _sliced(figures, found, "out_of")


def _openings(parsed: Parsed, quantity: Quantity) -> set[int]:
    """«out of | 1,500», «из выделенных | 1 500», «рулонов из | 1 500»: where «of» begins; and «Of
    last year's | 1,970 graduates»."""
    opened = parsed.language.analytic and 0 < quantity.first <= _OPENED
    found = {hit.first for hit in parsed.starting("out_of", 0)} if opened else set()
    for before in (quantity.first - 1, quantity.number.first - 1):
        acts = parsed.ending("verb", before)
        ends = (before, acts[0].first - 1) if acts else (before,)
        found.update(hit.first for end in ends for hit in parsed.ending("out_of", end))
    return {index for index in found if not _is_of_verb(parsed, index)}


# Words between the «of» that opens a sentence and the number of all.
_OPENED = 4


def _is_of_verb(parsed: Parsed, of: int) -> bool:
    """«takes care | of | 63 orphans»: a word of the verb."""
    return any(hit.first < of for hit in parsed.ending("verb", of))


def _is_slice(figure: Figure, whole: Figure) -> bool:
    smaller = figure.quantity.value < whole.quantity.value
    fits = figure.unit == whole.unit and figure.scope == "total"
    return fits and smaller and whole.scope != "each" and alike(figure, whole)


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
    near = (f for f in reversed(earlier[-RUN:]) if figure.sentence - f.sentence <= reach)
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
    words = words_of(figure)
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
    load = next((other for other in near if is_load(other)), None)
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


def is_load(figure: Figure) -> bool:
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


def words_of(figure: Figure) -> Span | None:
    """The verb that gave a figure its status, or the figure that it follows."""
    return next((e.span for e in figure.evidence if e.field == "status"), None)
