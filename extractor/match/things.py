"""The thing that is measured, where its measure stands alone, and what a load is made of.

«As for hay, 150 tons», «24 tons of medicines and warm clothes», «груз развезли 26 КамАЗов».
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from extractor.match.context import Context
from extractor.match.governors import nearest
from extractor.match.lexicon import Hit
from extractor.match.nouns_right import listed_with, noun_right
from extractor.match.parsed import WORD_DASHES, Parsed
from extractor.types import Concept, Figure, Quantity

_LOADED = frozenset({"tonne", "kilogram", "litre", "piece", "kit", "vehicle", "head"})
_WEIGHED = frozenset({"tonne", "kilogram", "litre"})
_LOADS = frozenset({"tonne", "kilogram", "vehicle", "flight"})
_BULK = frozenset(
    (
        *("coal", "fodder", "flour", "food", "water", "fuel", "clothing", "meat", "bread"),
        *("medicine", "antiseptic", "building_material", "humanitarian_cargo"),
    )
)
# Nobody loads these together with other things.
_UNMIXED = frozenset({"fodder", "coal", "fuel", "building_material", "livestock"})
_FOODS = frozenset({"food", "flour", "water", "meat", "bread"})
# What comes in sacks.
_SACKED = _FOODS - {"water"} | {"sandbag", "fodder", "coal"}
_NO_LOAD = frozenset({"house", "machinery", "boat", "pump", "certificate"})
_CARGO = "humanitarian_cargo"
_ASIDE = frozenset({",", ".", ""})
_NEAR = 2
_SAME = 3


@dataclass(frozen=True, slots=True)
class _Measured:
    """A quantity by measure, its sentence, the article, and the figures before it."""

    quantity: Quantity
    parsed: Parsed
    context: Context
    figures: Sequence[Figure]

    def near(self, reach: int) -> Iterator[Figure]:
        """The goods before, nearest first, within so many sentences."""
        for figure in reversed(self.figures):
            if self.quantity.sentence - figure.sentence > reach:
                return
            if figure.item is not None and figure.kind == "goods":
                yield figure


def with_item(context: Context, quantity: Quantity, figures: Sequence[Figure]) -> Quantity:
    """«8905 тонн уже доставлено»: so many tonnes of what was told of, or a mixed load."""
    measured = _Measured(quantity, context.parsed[quantity.sentence], context, figures)
    owned = _item_of_owner(measured) if quantity.unit == "piece" and not quantity.item else None
    if owned is not None:
        return replace(quantity, item=owned)
    if quantity.unit == "piece" and any(c.unit == "kit" for c in _things(quantity)):
        # «Азық-түлік себеті – 8 415 дана»: pieces of what comes in sets are sets.
        return replace(quantity, unit="kit")
    if quantity.unit not in (*_LOADED, "flight"):
        return quantity
    named = _described(measured)
    if named is not None:
        return replace(quantity, unit=named.unit, item=named.item)
    if quantity.unit == "vehicle" and quantity.item == _CARGO:
        return replace(quantity, item=_specific(measured, _carried(measured)))
    if quantity.item is not None:
        return replace(quantity, item=_specific(measured, _mixed(measured, quantity.item)))
    found = next((item for rule in ITEMS if (item := rule(measured)) is not None), None)
    return replace(quantity, item=_specific(measured, found) if found is not None else None)


def _things(quantity: Quantity) -> list[Concept]:
    concepts = (concept for noun in quantity.nouns for concept in noun.concepts)
    return [c for c in concepts if c.sort == "item" and c.item == quantity.item]


def _described(measured: _Measured) -> Concept | None:
    """«өкпені жасанды желдететін | 48 аппарат», «жедел жәрдемнің | екі көлігі»."""
    quantity, parsed = measured.quantity, measured.parsed
    if parsed.language.head != "final" or quantity.item not in ("medical_equipment", _CARGO):
        return None
    if any(concept.id == _CARGO for noun in quantity.nouns for concept in noun.concepts):
        return None
    hits = parsed.ending("noun", quantity.first - 1)
    concepts = (cast(Concept, hit.entry.meaning) for hit in hits)
    return next((c for c in concepts if c.item in ("ventilator", "machinery")), None)


def _item_of_owner(measured: _Measured) -> str | None:
    """«шөптің | 300 рулонын»: the thing stands in the genitive before its number."""
    if measured.parsed.language.head != "final":
        return None
    hits = measured.parsed.ending("noun", measured.quantity.first - 1)
    concepts = (cast(Concept, hit.entry.meaning) for hit in hits if hit.reading.case == "gen")
    return next((c.item for c in concepts if c.sort == "item" and c.item), None)


# -- a measure alone ------------------------------------------------------------------------------


def told_behind(measured: _Measured) -> str | None:
    """«1 200 тоннасы – ұн», «24 тоннасы, яғни жылы киім»: the thing stands behind a dash."""
    parsed, index = measured.parsed, measured.quantity.last + 1
    if parsed.norm(index) == ",":
        named = parsed.starting("that_is", index + 1)
        index = named[0].last + 1 if named else -1
    elif parsed.norm(index) in WORD_DASHES and not parsed.glued(index):
        index += 1
    elif links := parsed.starting("link", index):
        # «the remaining sixty tonnes | being flour»
        index = links[0].last + 1
    else:
        return None
    noun = noun_right(parsed, index) if 0 <= index < len(parsed.tokens) else None
    items = [c.item for c in noun.concepts if c.sort == "item"] if noun is not None else []
    if noun is None or not items:
        return None
    others = (concept.item for concept in listed_with(parsed, noun))
    return _together({item for item in (items[0], *others) if item})


def told_ahead(measured: _Measured) -> str | None:
    """«the brick, | 12 thousand pieces, | has come»: the thing, and how much of it set aside."""
    quantity, parsed = measured.quantity, measured.parsed
    aside = parsed.norm(quantity.first - 1) == "," and parsed.norm(quantity.last + 1) in _ASIDE
    if not aside or quantity.unit != "piece" or not parsed.language.analytic:
        return None
    hits = parsed.ending("noun", quantity.first - 2)
    concepts = (cast(Concept, hit.entry.meaning) for hit in hits)
    return next((concept.item for concept in concepts if concept.sort == "item"), None)


def filled_with(measured: _Measured) -> str | None:
    """«23,000 parcels with aid», «boxes with medicines»: what is in them, past one small word."""
    quantity, parsed = measured.quantity, measured.parsed
    if quantity.unit != "kit" or not parsed.language.analytic:
        return None
    small = parsed.starting("stop", quantity.last + 1)
    found = noun_right(parsed, small[0].last + 1) if small else None
    item = next((c.item for c in found.concepts if c.sort == "item"), None) if found else None
    beside = found is not None and found.first == small[0].last + 1
    return ("food_basket" if item == "food" else item) if beside and item in _BULK else None


def told_beside(measured: _Measured) -> str | None:
    """«260 food parcels of 18 kg»: of the goods before it in the sentence."""
    fitting = [f for f in measured.near(0) if f.unit in _LOADED and f.unit != "head"]
    alike = (f.item for f in fitting if f.unit == measured.quantity.unit == "kit")
    return next((item for item in (*alike, *(f.item for f in fitting))), None)


def named_beside(measured: _Measured) -> str | None:
    """«As for hay, 150 tons», «мясо разложили в пакеты по 5 кг»."""
    return _named(measured, measured.parsed, measured.quantity.first)


def same_measure(measured: _Measured) -> str | None:
    """«8905 тонн уже доставлено»: of what the tonnes before were of."""
    unit = measured.quantity.unit
    return next((f.item for f in measured.near(_SAME) if f.unit == unit), None)


def other_measure(measured: _Measured) -> str | None:
    """«трёх тысяч коробок» of a load told in tonnes, «20 thousand litres» that trucks brought."""
    if measured.quantity.unit in ("piece", "head"):
        return None
    fitting = (f for f in measured.near(_NEAR) if f.unit in (*_WEIGHED, "kit", "vehicle"))
    return next((f.item for f in fitting), None)


def named_before(measured: _Measured) -> str | None:
    """«С углём что? — … по три тонны»: the thing named, uncounted, a sentence or two before."""
    last = measured.quantity.sentence
    for index in range(last - 1, max(-1, last - 1 - _NEAR), -1):
        parsed = measured.context.parsed[index]
        item = _named(measured, parsed, len(parsed.tokens))
        if item is not None:
            return item
    return None


def cargo_beside(measured: _Measured) -> str | None:
    """«груз прибыл, 20 тонн»: whatever is sent, for lack of anything better."""
    hits = [*measured.parsed.of_sort("noun")] if measured.quantity.unit in _WEIGHED else []
    return _CARGO if any(hit.entry.id == _CARGO for hit in hits) else None


ITEMS: tuple[Callable[[_Measured], str | None], ...] = (
    told_behind,
    told_ahead,
    filled_with,
    told_beside,
    named_beside,
    same_measure,
    other_measure,
    named_before,
    cargo_beside,
)


def _named(measured: _Measured, parsed: Parsed, stop: int) -> str | None:
    """The last item noun before a token that may be measured so."""
    for hit in reversed(parsed.of_sort("noun")):
        concept = cast(Concept, hit.entry.meaning)
        cargo = concept.quiet and concept.item == _CARGO
        if hit.last >= stop or concept.sort != "item" or cargo:
            continue
        if _fits(measured.quantity, concept):
            return concept.item
    return None


def _fits(quantity: Quantity, concept: Concept) -> bool:
    """Weights are of what is weighed; sets are of what comes in sets."""
    if quantity.unit == "vehicle":
        return concept.item in _BULK and concept.item not in _FOODS
    if quantity.unit in _WEIGHED:
        return concept.item in _BULK
    return quantity.unit == "kit" and concept.unit == "kit"


# -- loads ----------------------------------------------------------------------------------------


def _mixed(measured: _Measured, item: str) -> str:
    """«24 tons of medicines and warm clothes» → a mixed load; «муки и сахара» → food."""
    quantity = measured.quantity
    if quantity.unit not in _LOADS or not quantity.nouns or item in _UNMIXED:
        return item
    others = {concept.item for concept in listed_with(measured.parsed, quantity.nouns[-1])}
    return _together({item, *(other for other in others if other)})


def _together(items: set[str]) -> str:
    """One thing is itself, several foods are food, and all else is a mixed load."""
    if len(items) == 1:
        return next(iter(items))
    return "food" if items <= _FOODS else _CARGO


def _carried(measured: _Measured) -> str:
    """«Груз развезли 26 КамАЗов»: what is told of beside them or just before."""
    beside = _loaded_with(measured) or _load_before(measured, 0)
    if beside is not None:
        return beside
    quantity = measured.quantity
    nouns = (
        cast(Concept, hit.entry.meaning)
        for hit in measured.parsed.of_sort("noun")
        if hit.last < quantity.first or hit.first > quantity.last
    )
    things = (c.item for c in nouns if c.sort == "item" and not (c.quiet and c.item == _CARGO))
    loads = {item for item in things if item and item not in _NO_LOAD}
    if loads:
        return _together(loads)
    return _load_before(measured, _NEAR) or named_before(measured) or _CARGO


def _loaded_with(measured: _Measured) -> str | None:
    """«46 вагонов | с продуктами», «фура с сеном и мукой»: a small word and the instrumental."""
    parsed, after = measured.parsed, measured.quantity.last + 1
    small = parsed.starting("stop", after) if parsed.language.inversion else ()
    noun = noun_right(parsed, small[0].last + 1) if small else None
    if noun is None or noun.first != small[0].last + 1 or noun.case != "ins":
        return None
    items = {c.item for c in (*noun.concepts, *listed_with(parsed, noun)) if c.sort == "item"}
    loads = {item for item in items if item and item not in _NO_LOAD}
    return _together(loads) if loads else None


def _load_before(measured: _Measured, reach: int) -> str | None:
    """The whole load told of before, sooner than a part of it."""
    fitting = [f for f in measured.near(reach) if f.unit in (*_WEIGHED, "kit")]
    whole = (f.item for f in fitting if f.scope == "total")
    return next((item for item in (*whole, *(f.item for f in fitting)) if item), None)


def _specific(measured: _Measured, item: str) -> str:
    """«830 тонна отын» in an article about coal is coal; sacks hold what is told of."""
    if item == "sandbag":
        return _in_sacks(measured) or item
    concepts = (c for noun in measured.quantity.nouns for c in noun.concepts)
    if item != "fuel" or any(c.item == "fuel" and not c.quiet for c in concepts):
        return item
    here = measured.quantity.sentence
    return "coal" if measured.context.first_named.get("coal", here + 1) <= here else item


def _in_sacks(measured: _Measured) -> str | None:
    """«Potatoes come from a farmer | who brings three sacks»: sacks alone are filled with sand
    where nothing else is told of just before."""
    own = (c for noun in measured.quantity.nouns for c in noun.concepts)
    if any(c.item == "sandbag" and not c.quiet for c in own):
        return None
    here = measured.quantity.sentence
    for parsed in reversed(measured.context.parsed[max(0, here - 1) : here + 1]):
        start = measured.quantity.first if parsed is measured.parsed else len(parsed.tokens)
        before = (hit for hit in reversed(parsed.of_sort("noun")) if hit.last < start)
        named = (cast(Concept, hit.entry.meaning).item for hit in before)
        found = next((item for item in named if item in _SACKED), None)
        if found is not None:
            return found
    return None


# -- houses that stand for families ---------------------------------------------------------------


def households(context: Context, quantity: Quantity) -> Quantity:
    """«1 500 үйге себет жеткізілді», «48 дворов получили корм»: houses that get are families."""
    if quantity.unit != "house":
        return quantity
    parsed = context.parsed[quantity.sentence]
    receiving = nearest(parsed, quantity.first, quantity.last, "verb", _is_receiving)
    goods = any(is_thing(h) and h.entry.id != "house" for h in parsed.of_sort("noun"))
    harm = nearest(parsed, quantity.first, quantity.last, "role", _is_harm)
    dative = any(noun.case == "dat" for noun in quantity.nouns) or to_each_of(parsed, quantity)
    got = receiving is not None and receiving.distance <= 6 and (dative or _takes(receiving.hit))
    needy = dative and harm is not None and _is_of_dwellers(quantity, harm.hit)
    harmed_nearer = harm is not None and harm.distance <= 6 and not needy
    if _is_of_needy(parsed, quantity) or (harm is None and _is_served(parsed, quantity)):
        return replace(quantity, unit="family", item=None)
    if got and (goods or dative) and not harmed_nearer:
        return replace(quantity, unit="family", item=None)
    return quantity


def to_each_of(parsed: Parsed, quantity: Quantity) -> bool:
    """«каждому из | 30 дворов»: the dative stands in the word before."""
    of = parsed.ending("out_of", quantity.first - 1)
    each = parsed.ending("scope", of[0].first - 1) if of else ()
    return any(hit.entry.id == "each" and hit.reading.case == "dat" for hit in each)


def _is_of_dwellers(quantity: Quantity, hit: Hit) -> bool:
    """«мұқтаж | 310 үйге бөлінді»: who lives there is so, and no house harmed."""
    return hit.last == quantity.first - 1 and hit.reading.tense is None


def _is_of_needy(parsed: Parsed, quantity: Quantity) -> bool:
    """«он сегіз көпбалалы үйдің қарызы»: who has many children is a family, and no house."""
    if not parsed.language.suffixed:
        return False
    hits = parsed.between("noun", quantity.first, quantity.last)
    return any(cast(Concept, hit.entry.meaning).id in _OF_FAMILIES for hit in hits)


def _is_served(parsed: Parsed, quantity: Quantity) -> bool:
    """«37 үйдің | қарын күреді»: who lives there is helped."""
    owned = parsed.language.suffixed and any(n.case == "gen" for n in quantity.nouns[-1:])
    return owned and any(
        h.entry.id == "services" for h in parsed.starting("aid", quantity.last + 1)
    )


_OF_FAMILIES = frozenset({"large_family", "low_income", "vulnerable"})


def _is_receiving(hit: Hit) -> bool:
    return hit.entry.id in ("receive", "give")


def _takes(hit: Hit) -> bool:
    return hit.entry.id == "receive"


def _is_harm(hit: Hit) -> bool:
    return hit.entry.id == "affected"


def is_thing(hit: Hit) -> bool:
    """«маска», «тенге», «тонна»: a noun of what is given."""
    return cast(Concept, hit.entry.meaning).sort in ("item", "currency", "measure")


# -- things without a name in the data ---------------------------------------------------------

_GIVEN = frozenset({"give", "giving", "receive", "collect", "build", "plan"})
_GIVEN_NEAR = 8.0


def unknown_thing(context: Context, quantity: Quantity) -> Quantity:
    """«60 fire hoses were delivered»: pieces of something else, where a verb of giving is near."""
    named = quantity.unit is None and quantity.item is not None and quantity.value > 1
    if not named or quantity.number.share:
        return quantity
    parsed = context.parsed[quantity.sentence]
    gift = nearest(
        parsed, quantity.first, quantity.last, "verb", lambda hit: hit.entry.id in _GIVEN
    )
    if gift is None or gift.distance > _GIVEN_NEAR:
        return quantity
    return replace(quantity, unit="piece", item="other")
