"""What ties two figures of an article to one action: named features of a pair.

Distance, kinds and scopes, the verb that governs both, arithmetic; and, between sentences,
whether they name the same givers, campaigns, places and times, or those of their paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extractor.match.aid import aid_of
from extractor.match.arithmetic import find_checks
from extractor.match.context import Context
from extractor.match.parsed import Parsed
from extractor.match.ranker import bucket
from extractor.match.story import identity
from extractor.types import Figure, Mention, Span

_COUNTRY = "KZ"
_GAPS = (0.0, 1.0, 2.0, 4.0, 8.0)
_WINDOW = 12
_MANY = 20
_FAR = 30
_BETWEEN = 6
# Judgements that no verb of the figure's own sentence gave.
_BORROWED = frozenset({"default", "neighbour", "figure_before", "needed"})
_NAMED = ("campaign", "provider", "code", "town", "time")

Names = frozenset[str]
_NONE: Names = frozenset()


class Ties:
    """The figures of one article with what is looked up once for all pairs of them."""

    def __init__(
        self, context: Context, figures: Sequence[Figure], mentions: Sequence[Mention]
    ) -> None:
        self._context = context
        self._figures = figures
        self._order = {figure.id: index for index, figure in enumerate(figures)}
        self._aid = {f.id: frozenset(kind for kind, _ in aid_of(context, f)) for f in figures}
        self._heads = frozenset(
            p.sentence.index for p in context.prose if p.sentence.zone.kind == "headline"
        )
        self._headlined = frozenset(f.id for f in figures if f.sentence in self._heads)
        self._equations = _equations(figures)
        self._names = _names(mentions)
        self._acting = _acting(mentions)
        self._kept = {sort: _carried(context, self._names[sort]) for sort in _NAMED}
        self._opens = _openings(context)
        self._asked: dict[tuple[str, str], dict[str, float]] = {}
        self._told: dict[tuple[int, int], tuple[str, ...]] = {}

    def features(self, one: Figure, other: Figure) -> dict[str, float]:
        """Two figures in reading order → the named features of the pair."""
        key = one.id, other.id
        if key not in self._asked:
            pair = _Pair(self, one, other)
            self._asked[key] = {**dict.fromkeys(pair.names(), 1.0), **pair.amounts()}
        return self._asked[key]

    # -- what a pair asks for --------------------------------------------------------------

    def parsed(self, index: int) -> Parsed:
        return self._context.parsed[index]

    def paragraph(self, index: int) -> int:
        return self._context.parsed[index].sentence.paragraph

    def is_head(self, index: int) -> bool:
        return index in self._heads

    def repeats_headline(self, figure: Figure) -> bool:
        return figure.same_as in self._headlined

    def aid(self, figure: Figure) -> Names:
        return self._aid[figure.id]

    def given_by_others(self, figure: Figure, home: Sequence[Figure]) -> bool:
        """«Фонд дал 40 тонн. | Банк перечислил 9 млн.»: each gives in a sentence of its own.

        Only where nouns stand in cases that say who acts, and the head comes first.
        """
        if self.parsed(figure.sentence).language.head != "initial":
            return False
        return all(self._are_parted(member, figure) for member in home)

    def _are_parted(self, one: Figure, other: Figure) -> bool:
        """In two sentences no giver is the same; in one a new giver stands between them."""
        if one.sentence != other.sentence:
            names = (self._givers_of(one.sentence), self._givers_of(other.sentence))
            return relation(*names) == "other"
        first, last = self._giver_before(one), self._giver_before(other)
        return (
            first is not None
            and last is not None
            and identity(first) != identity(last)
            and one.span.stop <= last.span.start
        )

    def _givers_of(self, index: int) -> Names:
        return frozenset(identity(mention) for mention in self._acting.get(index, ()))

    def _giver_before(self, figure: Figure) -> Mention | None:
        """The last that gives in its sentence, ahead of it."""
        here = self._acting.get(figure.sentence, ())
        return next((m for m in reversed(here) if m.span.stop <= figure.span.start), None)

    def balanced(self, one: Figure, other: Figure) -> bool:
        return other.id in self._equations[one.id]

    def named(self, sort: str, index: int) -> Names:
        return self._names[sort].get(index, _NONE)

    def kept(self, sort: str, index: int) -> Names:
        """What the sentence names, else what was named last in its paragraph."""
        return self._kept[sort].get(index, _NONE)

    def said(self, one: int, other: int) -> tuple[str, ...]:
        """What two sentences say of each other: asked by all pairs of their figures."""
        if (one, other) not in self._told:
            self._told[one, other] = tuple(self._relations(one, other))
        return self._told[one, other]

    def _relations(self, one: int, other: int) -> Iterator[str]:
        """Givers, names, places and times of two sentences; words that part or sum them."""
        for sort in _NAMED:
            yield f"{sort}={relation(self.named(sort, one), self.named(sort, other))}"
            yield f"{sort} kept={relation(self.kept(sort, one), self.kept(sort, other))}"
        if self.opened(other, other + 1):
            yield "opening"
        if self.opened(one + 1, other):
            yield "opening between"
        for name, index in (("first", one), ("last", other)):
            if self.sums(index):
                yield f"whole {name}"

    def sums(self, index: int) -> bool:
        """«Всего», «жалпы»: does the sentence speak of the whole?"""
        return any(hit.entry.id == "whole" for hit in self.parsed(index).of_sort("scope"))

    def between(self, one: Figure, other: Figure) -> Sequence[Figure]:
        return self._figures[self._order[one.id] + 1 : self._order[other.id]]

    def is_first(self, figure: Figure) -> bool:
        """Is it the first figure of its sentence?"""
        place = self._order[figure.id]
        return place == 0 or self._figures[place - 1].sentence != figure.sentence

    def opened(self, start: int, stop: int) -> bool:
        """Does a sentence of start..stop-1 begin with «Сонымен қатар», «Кроме того»?"""
        return any(index in self._opens for index in range(start, stop))

    @property
    def many(self) -> float:
        return min(len(self._figures), _MANY) / _MANY


def _equations(figures: Sequence[Figure]) -> Mapping[str, set[str]]:
    """Figure → those that it makes an equation with, among its neighbours."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in range(len(figures)):
        near = figures[max(0, place - _WINDOW) : place + 1]
        for check in find_checks(near):
            if near[-1].id in check.operands:
                for one in check.operands:
                    found[one].update(check.operands)
    return found


def _names(mentions: Sequence[Mention]) -> Mapping[str, Mapping[int, Names]]:
    """Sort → sentence → who, under which name, where and when it says."""
    found: dict[str, dict[int, set[str]]] = {sort: defaultdict(set) for sort in _NAMED}
    for mention in mentions:
        name = mention.id or mention.text.lower()
        if mention.sort in ("campaign", "provider"):
            found[mention.sort][mention.sentence].add(name)
        elif mention.sort == "period" and mention.value:
            found["time"][mention.sentence].add(mention.value)
        elif mention.sort == "place":
            found["town"][mention.sentence].add(name)
            if mention.code and mention.code != _COUNTRY:
                found["code"][mention.sentence].add(mention.code)
    return {sort: {i: frozenset(names) for i, names in at.items()} for sort, at in found.items()}


def _acting(mentions: Sequence[Mention]) -> Mapping[int, Sequence[Mention]]:
    """Sentence → the bodies and crowds that give in it, in reading order."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.code in ("body", "crowd") and mention.rule in ("subject", "agent"):
            found[mention.sentence].append(mention)
    return found


def _carried(context: Context, named: Mapping[int, Names]) -> Mapping[int, Names]:
    """Each sentence with what it names, or what the one before it in the paragraph kept."""
    kept: dict[int, Names] = {}
    last, paragraph = _NONE, -1
    for parsed in context.parsed:
        index, place = parsed.sentence.index, parsed.sentence.paragraph
        last = named.get(index) or (last if place == paragraph else _NONE)
        paragraph = place
        if last:
            kept[index] = last
    return kept


def _openings(context: Context) -> frozenset[int]:
    """«Сонымен қатар», «Кроме того», «Also»: sentences that begin something else."""
    return frozenset(
        parsed.sentence.index
        for parsed in context.parsed
        if any(hit.entry.id == "next" and hit.first <= 3 for hit in parsed.of_sort("scope"))
    )


class _Pair:
    """Two figures in reading order."""

    def __init__(self, ties: Ties, one: Figure, other: Figure) -> None:
        self._ties, self._one, self._other = ties, one, other
        self._gap = other.sentence - one.sentence
        self._apart = ties.paragraph(other.sentence) - ties.paragraph(one.sentence)
        # In one sentence, near it, or far: most evidence weighs by that.
        near = self._gap <= 2 and self._apart == 0
        self._tag = "here" if self._gap == 0 else "near" if near else "far"

    def names(self) -> Iterator[str]:
        yield from self._where()
        yield from self._what()
        yield from self._links()
        yield from self._verbs()
        yield from self._company()
        if self._gap:
            yield from self._ties.said(self._one.sentence, self._other.sentence)

    def amounts(self) -> dict[str, float]:
        """Features that are more or less so."""
        ties, one, other = self._ties, self._one, self._other
        amounts = {
            "between": min(len(ties.between(one, other)), _BETWEEN) / _BETWEEN,
            "many": ties.many,
            f"many {self._tag}": ties.many,
        }
        if self._gap == 0:
            first, last = one.quantity.last, other.quantity.first
            verbs = sum(
                first < hit.first < last and bool(hit.reading.tense)
                for hit in ties.parsed(one.sentence).of_sort("verb")
            )
            amounts["verbs between"] = min(verbs, 2) / 2
            amounts["words between"] = min(max(last - first, 0), _FAR) / _FAR
        return amounts

    def _where(self) -> Iterator[str]:
        one, other = self._one, self._other
        yield f"sentences<{bucket(self._gap, _GAPS)}"
        paragraphs = "same" if self._apart == 0 else "next" if self._apart == 1 else "far"
        yield f"paragraph={paragraphs}"
        if self._ties.is_head(one.sentence) and not self._ties.is_head(other.sentence):
            yield "headline"
        lines = [_is_line(self._ties.parsed(figure.sentence)) for figure in (one, other)]
        if any(lines):
            yield "lines" if all(lines) else "line first" if lines[0] else "line last"

    def _what(self) -> Iterator[str]:
        one, other, tag = self._one, self._other, self._tag
        kinds = "+".join(sorted((one.kind, other.kind)))
        yield f"kinds={kinds}"
        yield f"kinds {tag}={kinds}"
        yield f"aid {tag}={relation(self._ties.aid(one), self._ties.aid(other))}"
        if one.kind == other.kind == "goods":
            yield f"item {tag}={'same' if one.item == other.item else 'other'}"
        if one.kind == other.kind == "recipients":
            yield f"category {tag}={relation(frozenset(one.category), frozenset(other.category))}"
            yield f"counted {tag}={'same' if one.unit == other.unit else 'other'}"
        alike = one.kind == other.kind and one.unit == other.unit
        if alike and one.scope == other.scope == "total" and not self._repeats():
            yield f"twice {tag}"
        scopes = f"{one.scope}+{other.scope}"
        yield f"scopes={scopes}"
        yield f"scopes {tag}={scopes}"
        yield f"statuses={self._statuses()}"

    def _statuses(self) -> str:
        one, other = self._one.status, self._other.status
        if one == other:
            return "same"
        return "open" if one is None or other is None else f"{one}+{other}"

    def _repeats(self) -> bool:
        one, other = self._one, self._other
        direct = one.same_as == other.id or other.same_as == one.id
        return direct or (one.same_as is not None and one.same_as == other.same_as)

    def _links(self) -> Iterator[str]:
        one, other = self._one, self._other
        if self._repeats():
            yield "same_as"
        elif one.quantity.value == other.quantity.value:
            yield "same value"
        if one.of == other.id or other.of == one.id:
            yield "of"
        if one.of is not None and one.of == other.of:
            yield "of the same"
        if self._ties.balanced(one, other):
            yield "equation"
        if self._ties.repeats_headline(one):
            yield "first repeats headline"
        if self._ties.repeats_headline(other):
            yield "last repeats headline"

    def _verbs(self) -> Iterator[str]:
        one, other = _verb(self._one), _verb(self._other)
        if one is None or other is None:
            relation = "open"
        elif one[0] == other[0]:
            relation = "same"
        else:
            relation = "alike" if one[1] == other[1] else "other"
        yield f"verb {self._tag}={relation}"

    def _company(self) -> Iterator[str]:
        """The figures between, and what stands right before the later one."""
        one, other, tag = self._one, self._other, self._tag
        between = self._ties.between(one, other)
        if any((f.kind, f.scope) == (other.kind, other.scope) for f in between):
            yield f"like the last between {tag}"
        if any((f.kind, f.scope) == (one.kind, one.scope) for f in between):
            yield f"like the first between {tag}"
        if self._ties.is_first(other):
            yield f"first of its sentence {tag}"
        parsed, first = self._ties.parsed(other.sentence), other.quantity.first
        again = (h for h in parsed.of_sort("scope") if h.entry.id == "next")
        if any(0 <= first - hit.last <= 3 for hit in again):
            yield f"again {tag}"


def relation(one: Names, other: Names) -> str:
    """Two sets of names: the same, overlapping, other, or open where either is empty."""
    if not one or not other:
        return "open"
    if one == other:
        return "same"
    return "overlap" if one & other else "other"


def _verb(figure: Figure) -> tuple[Span, str] | None:
    """The word of its own sentence that gave a figure its status."""
    for evidence in figure.evidence:
        told = evidence.field == "status" and evidence.rule not in _BORROWED
        if told and evidence.span is not None:
            return evidence.span, evidence.rule
    return None


def _is_line(parsed: Parsed) -> bool:
    """A bullet, and no verb that says what somebody does."""
    return parsed.is_list_line and not any(
        hit.reading.tense in ("past", "future") for hit in parsed.of_sort("verb")
    )
