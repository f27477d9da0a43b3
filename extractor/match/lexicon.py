"""One lexicon per language: every known phrase, found in one walk over a sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.fast import fast_dataclass
from extractor.match.morphology import Morphology, Reading
from extractor.types import Span, Token


@fast_dataclass(frozen=True, slots=True)
class Entry:
    """A form from a data file and what it means there."""

    sort: str
    id: str
    form: str
    meaning: object
    origin: str


@fast_dataclass(frozen=True, slots=True)
class Hit:
    """An entry found at tokens first..last; ``reading`` is that of its last word."""

    entry: Entry
    first: int
    last: int
    span: Span
    reading: Reading


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


@fast_dataclass(frozen=True, slots=True)
class _Opening:
    """What one word opens: the entries that it is, the phrases that may go on, and with what."""

    entries: tuple[tuple[Entry, Reading], ...] = ()
    deeper: tuple[tuple[_Node, Reading], ...] = ()
    following: frozenset[str] = frozenset()


_NOTHING = _Opening()
_MOST_OPENINGS = 200_000


class Lexicon:
    """A trie over lemmas. Hyphens are optional: «азық-түлік» is also «азық түлік»."""

    def __init__(self, morphology: Morphology, lex: Callable[[str], Sequence[Token]]) -> None:
        self.morphology = morphology
        self._lex = lex
        self._root = _Node()
        self._openings: dict[str, _Opening] = {}
        self._known_lemmas: dict[str, frozenset[str]] = {}
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """«себет» → an entry under every lemma that its words may have; «=будет» only as it is."""
        self.entries.append(entry)
        self._openings.clear()
        exact = entry.form.startswith("=")
        form = entry.form.removeprefix("=")
        tokens = [token for token in self._lex(form) if token.text != "-"]
        verb = len(form) > 1 and form.endswith("-")
        nodes = [self._root]
        for position, token in enumerate(tokens):
            last = position == len(tokens) - 1
            head = last and len(tokens) > 1 and len(token.norm) > 4
            keys = self._form_keys(token.norm, verb=verb and last, head=head)
            if exact:
                keys = (token.norm,)
            nodes = list({id(n): n for n in self._descend(nodes, keys)}.values())
        for node in nodes:
            if entry not in node.entries:
                node.entries.append(entry)

    def _form_keys(self, norm: str, *, verb: bool, head: bool) -> tuple[str, ...]:
        """«оқу құралы» is found in «оқу құралдары»: the head of a compound is possessed."""
        if verb:
            return (norm + "-",)
        readings = self.morphology.readings(norm)
        base = [r.lemma for r in readings if r.pos is not None]
        if head:
            base += [r.lemma for r in readings if r.possessive and r.case is None]
        return tuple(dict.fromkeys((norm, *base)))

    @staticmethod
    def _descend(nodes: Sequence[_Node], keys: Sequence[str]) -> Iterator[_Node]:
        for node in nodes:
            for key in keys:
                yield node.children.setdefault(key, _Node())

    def meanings(self, norm: str) -> tuple[object, ...]:
        """«теңгеге» → what the single word means, in any of its readings."""
        nodes = (self._root.children.get(r.lemma) for r in self.morphology.readings(norm))
        return tuple(entry.meaning for node in nodes if node for entry in node.entries)

    def sorts(self, norm: str) -> set[str]:
        """«по» → {"scope", "stop"}: the sorts of the entries that are this one word."""
        node = self._root.children.get(norm)
        return {entry.sort for entry in node.entries} if node else set()

    def keys(self) -> frozenset[str]:
        """«жыл», «басы», …: every lemma that stands in some entry, at whatever place."""
        found: set[str] = set()
        front = [self._root]
        while front:
            found.update(*(node.children for node in front))
            front = [child for node in front for child in node.children.values()]
        return frozenset(found)

    def only(self, sorts: Collection[str]) -> Lexicon:
        """The same words, of some sorts: less to find, and sooner found."""
        part = Lexicon(self.morphology, self._lex)
        for entry in self.entries:
            if entry.sort in sorts:
                part.add(entry)
        return part

    def opens(self, norm: str, wanted: Callable[[Entry], bool]) -> bool:
        """Is there an entry of a sort wanted that begins with the word?"""
        nodes = [self._root.children.get(r.lemma) for r in self.morphology.readings(norm)]
        front = [node for node in nodes if node is not None]
        while front:
            if any(wanted(entry) for node in front for entry in node.entries):
                return True
            front = [child for node in front for child in node.children.values()]
        return False

    def scan(self, tokens: Sequence[Token]) -> tuple[Hit, ...]:
        """«екі жүк көлігі» → all hits, by first token, longest first, nested ones kept."""
        hits: list[Hit] = []
        openings = self._openings
        for start, token in enumerate(tokens):
            opening = openings.get(token.norm)
            if opening is None:
                opening = self._open(token)
            if opening is _NOTHING:
                continue
            if opening.deeper and self._goes_on(opening, tokens, start + 1):
                hits += sorted(self._walk(tokens, start, opening.deeper), key=_from_longest)
            for entry, reading in opening.entries:
                hits.append(Hit(entry, start, start, token.span, reading))
        return tuple(hits)

    def _goes_on(self, opening: _Opening, tokens: Sequence[Token], index: int) -> bool:
        """May the word behind go on with a phrase? «in» opens many, and few words do."""
        if index == len(tokens):
            return False
        token = tokens[index]
        if token.text in _JOINERS:
            return True
        return not opening.following.isdisjoint(self._lemmas(token))

    def _lemmas(self, token: Token) -> frozenset[str]:
        found = self._known_lemmas.get(token.norm)
        if found is None:
            found = frozenset(reading.lemma for reading in self._readings(token))
            if len(self._known_lemmas) < _MOST_OPENINGS:
                self._known_lemmas[token.norm] = found
        return found

    def _open(self, token: Token) -> _Opening:
        """All that may begin with a word, found once for each word."""
        step = [
            (child, reading)
            for reading in self._readings(token)
            if (child := self._root.children.get(reading.lemma)) is not None
        ]
        opening = _NOTHING
        if step:
            singles = (
                (entry, reading)
                for node, reading in step
                for entry in node.entries
                if _is_so_written(entry, token, token)
            )
            unique = {(id(entry), reading): (entry, reading) for entry, reading in singles}
            deeper = tuple((node, reading) for node, reading in step if node.children)
            following = frozenset(lemma for node, _ in deeper for lemma in node.children)
            opening = _Opening(tuple(unique.values()), deeper, following)
        if len(self._openings) < _MOST_OPENINGS:
            self._openings[token.norm] = opening
        return opening

    def _readings(self, token: Token) -> tuple[Reading, ...]:
        return (
            self.morphology.readings(token.norm) if token.sort == "word" else (Reading(token.norm),)
        )

    def _walk(
        self,
        tokens: Sequence[Token],
        start: int,
        frontier: Sequence[tuple[_Node, Reading]],
    ) -> Iterator[Hit]:
        """On from the words that may begin a phrase of several."""
        index = start + 1
        seen: set[tuple[int, int, Reading]] = set()
        while frontier and index < len(tokens):
            if tokens[index].text in _JOINERS:
                index += 1
                continue
            step: list[tuple[_Node, Reading]] = []
            readings = self._readings(tokens[index])
            for node, before in frontier:
                for reading in readings:
                    child = node.children.get(reading.lemma)
                    if child is not None:
                        step.append((child, _with_tense(reading, before)))
            span = Span(tokens[start].span.start, tokens[index].span.stop)
            for node, reading in step:
                for entry in node.entries:
                    key = (id(entry), index, reading)
                    if key not in seen and _is_so_written(entry, tokens[start], tokens[index]):
                        seen.add(key)
                        yield Hit(entry, start, index, span, reading)
            frontier = [(node, reading) for node, reading in step if node.children]
            index += 1


def _is_so_written(entry: Entry, first: Token, last: Token) -> bool:
    """«=прибыль» is «прибыль», least of all «прибыли»; «=home to» is no «homes to»."""
    if not entry.form.startswith("="):
        return True
    form = entry.form.removeprefix("=").lower()
    return form.startswith(first.norm) and form.endswith(last.norm)


def _from_longest(hit: Hit) -> int:
    return -hit.last


def _with_tense(reading: Reading, before: Reading) -> Reading:
    """«handed over», «put up»: of a verb in several words the one with a tense tells it."""
    if reading.tense is None and before.tense is not None and reading.case is None:
        return replace(reading, tense=before.tense)
    return reading


_JOINERS = frozenset("-\u2010\u2011")
