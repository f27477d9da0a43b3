"""Promised, gathered, going on or done: what verbs, tense and neighbours say of a figure.

The tuple at the foot asks each rule in turn; those here take a status from what stands around.
"""

from __future__ import annotations

from extractor.match.candidates import Candidate, Rule, Verdict, first_verdict
from extractor.match.counted import is_money, is_receiver
from extractor.match.ongoing import (
    MACHINES,
    as_it_goes_on,
    at_a_rate,
    at_work,
    machines_at_work,
    on_its_way,
    on_its_way_before,
)
from extractor.match.promised import announced, earmarked, foretold
from extractor.match.scopes import SCOPES, each_gets_next
from extractor.match.status_verbs import by_verb, by_weak_verb
from extractor.match.tense import past_near, status_of
from extractor.match.ungiven import needed, not_given

NO_STATUS = frozenset({"affected", "requests", "share", "sites", "volunteers"})


def as_named_slice(candidate: Candidate) -> Verdict | None:
    """«1 500 бала көмек алды. Оның 640-ы | – атаулы көмек алатын отбасылардан»: behind the dash
    stands who they are, and they got it as all the others."""
    parsed, whole, after = candidate.parsed, candidate.antecedent, candidate.quantity.last + 1
    if whole is None or whole.status is None or not parsed.language.suffixed:
        return None
    if not parsed.dashed(after):
        return None
    later = [hit for hit in parsed.of_sort("verb") if hit.first > after]
    told = any(status_of(parsed, hit) is not None for hit in later)
    return None if told else Verdict(whole.status, "named_slice", whole.span)


def told_here(candidate: Candidate) -> Verdict | None:
    """«Жүк келеді. … шарбақ қазылды»: told as past, whatever the sentence before foretold."""
    before = candidate.before
    if before is not None and before.sentence == candidate.quantity.sentence:
        return None
    copied = as_figure_before(candidate) or by_neighbour(candidate)
    machines = candidate.quantity.item in MACHINES
    if machines or copied is None or copied.value not in ("planned", "ongoing"):
        return None
    scope = first_verdict(SCOPES, candidate)
    if scope is not None and scope.value == "each":
        return None
    return (
        Verdict("delivered", "told_here")
        if past_near(candidate.parsed, candidate.quantity.first, candidate.quantity.last)
        else None
    )


def as_each_gets(candidate: Candidate) -> Verdict | None:
    """«Қалада 18 ардагер тұрады. … олардың әрқайсысы төлем алады» → planned."""
    verb = each_gets_next(candidate) if is_receiver(candidate) else None
    following = candidate.context.parsed[candidate.quantity.sentence + 1 :][:1]
    status = status_of(following[0], verb) if verb is not None else None
    return Verdict(status, "each_gets", verb.span) if verb is not None and status else None


def as_priced(candidate: Candidate) -> Verdict | None:
    """«Үш автобус берілді. … Құны – 61 миллион теңге»: the worth of things shares their lot."""
    parsed, quantity = candidate.parsed, candidate.quantity
    worth = [h for h in parsed.of_sort("scope") if h.entry.id == "price" and h.first <= _OPENING]
    if candidate.unit in (None, "MCI") or not worth or worth[0].first > quantity.first:
        return None
    before = candidate.before
    if not is_money(candidate) or before is None or before.kind != "goods" or not before.status:
        return None
    told = any(status_of(parsed, hit) for hit in parsed.of_sort("verb"))
    near = 0 < quantity.sentence - before.sentence <= _WORTH_OF
    return Verdict(before.status, "priced", before.span) if near and not told else None


_OPENING = 3
_WORTH_OF = 3


def as_figure_before(candidate: Candidate) -> Verdict | None:
    """A line of a list, a sentence without a verb: as the figure before it."""
    before, index = candidate.before, candidate.quantity.sentence
    whole = candidate.antecedent
    verb_last = candidate.parsed.language.suffixed
    if whole is not None and whole.status is not None and not verb_last:
        return Verdict(whole.status, "as_whole", whole.span)
    if index and candidate.context.parsed[index - 1].tokens[-1].text == ":":
        introduced = by_neighbour(candidate)
        if introduced is not None:
            return introduced
    near = before is not None and index - before.sentence <= 2
    if not near or before is None or before.status is None:
        return None
    if before.kind in NO_STATUS or before.sentence == candidate.quantity.sentence - 2:
        return None
    return Verdict(before.status, "figure_before", before.span)


def by_neighbour(candidate: Candidate) -> Verdict | None:
    """A sentence without a verb goes on with what the one before it said."""
    index = candidate.quantity.sentence
    for parsed in reversed(candidate.context.parsed[max(0, index - 2) : index]):
        for hit in reversed(parsed.of_sort("verb")):
            status = status_of(parsed, hit)
            if status is not None:
                return Verdict(status, "neighbour", hit.span)
    return None


def told(candidate: Candidate) -> Verdict | None:
    """News tells what has happened; machines that are told of are at work."""
    machines = candidate.quantity.item in MACHINES
    return Verdict("ongoing" if machines else "delivered", "default")


STATUSES: tuple[Rule, ...] = (
    needed,
    not_given,
    at_a_rate,
    on_its_way,
    as_it_goes_on,
    announced,
    earmarked,
    as_named_slice,
    by_verb,
    on_its_way_before,
    machines_at_work,
    by_weak_verb,
    at_work,
    foretold,
    as_each_gets,
    told_here,
    as_priced,
    as_figure_before,
    by_neighbour,
    told,
)
