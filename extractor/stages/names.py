"""Who gives, and under which name: providers and campaigns by registry, quotes and head nouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.match.governors import nearest
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.types import Mention, Span, Token

_OPEN = {"\u00ab": "\u00bb", "\u201c": "\u201d", '"': '"', "\u201e": "\u201c"}
_CLOSERS = frozenset(_OPEN.values())
_LONGEST_NAME = 8
_BESIDE = 2
_GIVING = frozenset({"give", "giving", "collect", "plan", "start"})


def find_names(parsed: Sequence[Parsed], text: str) -> tuple[Mention, ...]:
    """«Біз біргеміз!» акциясы → a campaign; «Шұғыла» қоры → a provider."""
    found: list[Mention] = []
    for sentence in parsed:
        if sentence.sentence.zone.kind not in ("headline", "body"):
            continue
        for mention in _names_of(sentence, text):
            taken = any(m.span.overlaps(mention.span) and m.sort == mention.sort for m in found)
            if not taken:
                found.append(mention)
    found.sort(key=lambda mention: (mention.span, mention.sort))
    return tuple(found)


def _names_of(parsed: Parsed, text: str) -> Iterator[Mention]:
    for rule in RULES:
        yield from rule(parsed, text)


# -- quoted names ---------------------------------------------------------------------------


def quoted(parsed: Parsed, text: str) -> Iterator[Mention]:
    """«X» акциясы is a campaign, «X» қоры a provider; a quote with no head is neither."""
    for first, last in _quotes(parsed.tokens):
        head = _head_beside(parsed, first, last)
        if head is None:
            continue
        if head.entry.id == "campaign":
            known = next(parsed.between("campaign", first, last), None)
            span = _inner(parsed, first, last)
            yield _mention(parsed, span, text, "campaign", known, "quoted")
        elif head.entry.id == "organisation":
            known = next(parsed.between("provider", min(first, head.first), max(last, head.last)), None)
            span = parsed.span(min(first, head.first), max(last, head.last))
            mention = _mention(parsed, span, text, "provider", known, "quoted")
            if not _is_source(parsed, min(first, head.first), max(last, head.last)):
                yield mention


def _quotes(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Token indices of opening and closing quotation marks, not too far apart."""
    index = 0
    while index < len(tokens):
        closer = _OPEN.get(tokens[index].text)
        if closer is None:
            index += 1
            continue
        stops = range(index + 2, min(index + _LONGEST_NAME + 2, len(tokens)))
        stop = next((i for i in stops if tokens[i].text == closer), None)
        if stop is not None:
            yield index, stop
        index = (stop or index) + 1


def _inner(parsed: Parsed, first: int, last: int) -> Span:
    return parsed.span(first + 1, last - 1)


def _head_beside(parsed: Parsed, first: int, last: int) -> Hit | None:
    """The head noun next to a quoted name, nearest first; Russian and English may put it before."""
    heads = [h for h in parsed.of_sort("head") if h.entry.id in ("campaign", "organisation")]
    for reach in range(1, _BESIDE + 2):
        for head in heads:
            after = head.first - last == reach and not _stopped(parsed, last, head.first)
            before = first - head.last == reach and not _stopped(parsed, head.last, first)
            if after or before:
                return head
    return None


def _stopped(parsed: Parsed, start: int, stop: int) -> bool:
    return any(parsed.tokens[i].text in ",;:.()" for i in range(start + 1, stop))


# -- known names --------------------------------------------------------------------------------


def known_campaign(parsed: Parsed, text: str) -> Iterator[Mention]:
    """«Нұрлы жер», «#БІЗБІРГЕМІЗ»: a registered name, quoted, hashed or beside its head."""
    for hit in parsed.of_sort("campaign"):
        before, after = hit.first - 1, hit.last + 1
        quoted_name = parsed.norm(before) in _OPEN or parsed.norm(before) == "#"
        heads = [h for h in parsed.of_sort("head") if h.entry.id == "campaign"]
        beside = any(h.first in (after, after + 1, after + 2) or h.last == before for h in heads)
        organised = any(
            h.entry.id == "organisation" and (0 < h.first - hit.last <= 3 or 0 < hit.first - h.last <= 2)
            for h in parsed.of_sort("head")
        )
        if (quoted_name or beside) and not organised:
            first = before if parsed.norm(before) == "#" else hit.first
            last = after if parsed.norm(after) == "!" else hit.last
            yield _mention(parsed, parsed.span(first, last), text, "campaign", hit, "registry")


def titled_campaign(parsed: Parsed, text: str) -> Iterator[Mention]:
    """«the Road to School charity campaign»: a capitalised run before its head."""
    if parsed.language.head != "final" or parsed.language.distributive_case is not None:
        return
    for head in parsed.of_sort("head"):
        if head.entry.id != "campaign":
            continue
        run = _capital_run(parsed, head.first - 1, skip=1)
        if run is not None and run[1] - run[0] >= 1:
            yield _mention(parsed, parsed.span(*run), text, "campaign", None, "titled")


def _capital_run(parsed: Parsed, index: int, *, skip: int) -> tuple[int, int] | None:
    """A run of capitalised words that ends at a token, small joining words let through."""
    while skip and index > 0 and not parsed.tokens[index].text[:1].isupper():
        index, skip = index - 1, skip - 1
    last = index
    while index >= 0 and _is_titled(parsed.tokens[index]):
        index -= 1
        if index > 0 and parsed.tokens[index].norm in ("to", "of", "for", "the", "and", "in"):
            index -= _is_titled(parsed.tokens[index - 1])
    first = index + 1
    return (first, last) if first <= last and first > 0 else None


def _is_titled(token: Token) -> bool:
    return token.sort == "word" and token.text[:1].isupper()


def known_provider(parsed: Parsed, text: str) -> Iterator[Mention]:
    """«Nur Otan», «Красный Полумесяц»: a registered giver, unless it only reports."""
    for hit in parsed.of_sort("provider"):
        written = parsed.tokens[hit.first].text[:1].isupper() or len(hit.span) > 12
        if written and not _is_source(parsed, hit.first, hit.last):
            yield _mention(parsed, hit.span, text, "provider", hit, "registry")


# -- names by their head noun -----------------------------------------------------------------------


def headed(parsed: Parsed, text: str) -> Iterator[Mention]:
    """«Ұлттық волонтерлер желісі», «Акимат Астаны»: a capitalised name with its head."""
    for head in parsed.of_sort("head"):
        if head.entry.id != "organisation":
            continue
        run = _organisation(parsed, head)
        if run is not None and not _is_source(parsed, *run):
            yield _mention(parsed, parsed.span(*run), text, "provider", None, "headed")


def _organisation(parsed: Parsed, head: Hit) -> tuple[int, int] | None:
    """The words of a name around its head noun."""
    if parsed.language.head == "final":
        first = head.first
        while first > 0 and head.first - first < 6:
            before = parsed.tokens[first - 1]
            if before.sort != "word" or not _belongs(parsed, first - 1):
                break
            first -= 1
        capital = parsed.tokens[first].text[:1].isupper() and first > 0
        return (first, head.last) if capital and first < head.last else None
    last = head.last
    while last + 1 < len(parsed.tokens) and last - head.last < 5 and _follows(parsed, last + 1):
        last += 1
    titled = parsed.tokens[head.first].text[:1].isupper() and head.first > 0
    named = any(_is_titled(parsed.tokens[i]) for i in range(head.first + 1, last + 1))
    return (head.first, last) if last > head.last and (titled or named) else None


def _belongs(parsed: Parsed, index: int) -> bool:
    token = parsed.tokens[index]
    if parsed.starting("verb", index) or parsed.starting("number", index):
        return False
    return _is_titled(token) or not parsed.starting("stop", index)


def _follows(parsed: Parsed, index: int) -> bool:
    token = parsed.tokens[index]
    if token.sort != "word" or parsed.starting("verb", index):
        return False
    if parsed.starting("stop", index):
        return False
    readings = parsed.language.morphology.readings(token.norm)
    return _is_titled(token) or any(r.case == "gen" for r in readings)


# -- givers without a name ------------------------------------------------------------------------------


def collective(parsed: Parsed, text: str) -> Iterator[Mention]:
    """«кәсіпкерлер», «неравнодушные жители»: people who give together, near a giving verb."""
    for hit in parsed.of_sort("head"):
        if hit.entry.id != "collective" or hit.reading.case not in (None, "nom", "ins"):
            continue
        counted = hit.first > 0 and parsed.tokens[hit.first - 1].value is not None
        near = nearest(parsed, hit.first, hit.last, "verb", lambda h: h.entry.id in _GIVING)
        if near is not None and near.distance <= 10 and not counted:
            yield _mention(parsed, hit.span, text, "provider", None, "collective")


RULES = (quoted, known_campaign, titled_campaign, known_provider, headed, collective)


# -- the source of a statement ----------------------------------------------------------------------------


def _is_source(parsed: Parsed, first: int, last: int) -> bool:
    """«деп хабарлайды … ресми сайты», «передает …»: who speaks is not who gives."""
    speech = nearest(parsed, first, last, "head", lambda hit: hit.entry.id == "speech")
    if speech is None or speech.distance > 3:
        return False
    giving = nearest(parsed, first, last, "verb", lambda hit: hit.entry.id in _GIVING)
    return giving is None or giving.distance >= speech.distance


def _mention(
    parsed: Parsed, span: Span, text: str, sort: str, known: Hit | None, rule: str
) -> Mention:
    return Mention(
        span=span,
        sort="campaign" if sort == "campaign" else "provider",
        text=span.of(text),
        sentence=parsed.sentence.index,
        id=known.entry.id if known is not None else None,
        rule=rule,
    )
