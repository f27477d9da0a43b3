"""Which kind of aid a figure is about: by its item, or by the words nearest to it."""

from __future__ import annotations

from extractor.match.context import Context
from extractor.match.governors import distance
from extractor.match.lexicon import Hit
from extractor.types import Concept, Figure, Span

# Kinds of aid with the words that tell of them, if words do.
Told = list[tuple[str, Span | None]]
# How far from the figure a word stands, the kind of aid, the word.
_Row = tuple[float, str, Span]


def aid_of(context: Context, figure: Figure) -> Told:
    """By the item itself; else by the words nearest in the sentence."""
    if figure.kind in ("volunteers", "sites"):
        return _helpers_aid(context, figure)
    if figure.kind == "goods":
        own = _own_aid(context, figure)
        if own:
            return own
    return _named_aid(context, figure)


def _own_aid(context: Context, figure: Figure) -> Told:
    """«470 тысяч масок» are protective equipment; «три автобуса» other machines than «три насоса».

    A noun that is understood has the aid of its item alone.
    """
    language = context.parsed[figure.sentence].language
    if figure.item == _VOUCHER:
        told = _named_aid(context, figure)
        return told[:1] or [(kind, None) for kind in language.item_aid.get(_VOUCHER, ())[:1]]
    for noun in reversed(figure.quantity.nouns):
        for concept in noun.concepts:
            if concept.aid and concept.item == figure.item:
                return [(concept.aid[0], noun.span)]
    span = figure.quantity.nouns[-1].span if figure.quantity.nouns else None
    return [(kind, span) for kind in language.item_aid.get(figure.item or "", ())[:1]]


def _helpers_aid(context: Context, figure: Figure) -> Told:
    """Doctors treat, those who gather cargo help with cargo, the others with their hands."""
    parsed = context.parsed[figure.sentence]
    own = [h for h in parsed.aid_words if h.span.overlaps(figure.span)]
    if any("medical" in kinds_told(hit) for hit in own):
        return [("medical", own[0].span)]
    cargo = [h for h in parsed.of_sort("aid") if h.entry.id == "humanitarian_cargo"]
    if cargo:
        return [("humanitarian_cargo", cargo[0].span)]
    return [("services", None)]


def _named_aid(context: Context, figure: Figure) -> Told:
    """The kinds of aid whose words stand nearest to a figure in its sentence."""
    parsed = context.parsed[figure.sentence]
    first, last = figure.quantity.first, figure.quantity.last
    told: list[_Row] = []
    people: list[_Row] = []
    vague: list[_Row] = []
    far = _FAR * 2 if figure.kind == "money" else _FAR
    for hit in parsed.aid_words:
        away = distance(parsed, first, last, hit)
        if away <= far:
            rows = vague if not tells_what(hit) else people if _names_them(hit, figure) else told
            rows += [(away, kind, hit.span) for kind in kinds_told(hit)]
    if all(kind == "non_food_items" for _, kind, _ in told):
        # A pupil's jacket helps him to learn.
        told += people
    specific = sorted(told or vague, key=lambda row: (row[0], row[1]))
    kinds: dict[str, Span | None] = {}
    for away, kind, span in specific:
        if not kinds or (away <= _BESIDE and len(kinds) < 3):
            kinds.setdefault(kind, span)
    if (
        not kinds
        and figure.kind == "money"
        and (parsed.of_sort("topic") or (parsed.language.inversion and _is_paid_out(figure)))
    ):
        return [("cash", None)]
    return list(kinds.items())


def _is_paid_out(figure: Figure) -> bool:
    """«каждой из них по миллиону тенге»: so much for each reaches people."""
    told = (evidence.rule for evidence in figure.evidence if evidence.field == "scope")
    return figure.scope == "each" and not any(rule in _PRICES for rule in told)


_PRICES = frozenset({"price", "worth", "for_one", "one", "average"})


_FAR, _BESIDE = 16.0, 5.0


def tells_what(hit: Hit) -> bool:
    """«Cargo» and «vouchers» may hold anything: another word says what."""
    if hit.entry.id == _VOUCHER:
        return kinds_told(hit) != ("services",)
    return hit.entry.id != "humanitarian_cargo"


_VOUCHER = "certificate"


def _names_them(hit: Hit, figure: Figure) -> bool:
    """«500 | школьников едят бесплатно», «курсын бітірген | 40 адамға грант»: who they are is
    not what they are given."""
    if figure.kind != "recipients":
        return False
    describes = hit.reading.tense == "perfect" and hit.last == figure.quantity.first - 1
    return describes or hit.span.overlaps(figure.span)


def kinds_told(hit: Hit) -> tuple[str, ...]:
    """The kinds of aid that a word tells of."""
    meaning = hit.entry.meaning
    if isinstance(meaning, Concept):
        return meaning.aid if meaning.sort == "item" and not meaning.quiet else ()
    return (hit.entry.id,)
