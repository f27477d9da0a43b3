"""Quantities judged: a figure of aid with its kind, scope and status, or a rejection.

Each judgement is a tuple of small rules; the first that gives a verdict decides, and
its name stands in the evidence.
"""

from __future__ import annotations

from typing import cast

from extractor.match.candidates import (
    Candidate,
    Judge,
    Ruling,
    Verdict,
    first_verdict,
)
from extractor.match.context import Context
from extractor.match.describing import categories_of
from extractor.match.kinds import KINDS
from extractor.match.objections import BARS, OBJECTIONS
from extractor.match.ranker import Ranker, probability
from extractor.match.relevance import relevance_features
from extractor.match.running import running_total
from extractor.match.scopes import SCOPES
from extractor.match.statuses import NO_STATUS, STATUSES
from extractor.match.things import households, unknown_thing, with_item
from extractor.match.understood import complete
from extractor.types import (
    Evidence,
    Figure,
    Kind,
    Quantity,
    Rejection,
    Running,
    Scope,
    Status,
)

# Bodies that are given to are institutions, bodies that give are organisations.
_UNIT_BY_KIND = {
    ("recipients", "organisation"): "institution",
    ("volunteers", "institution"): "organisation",
}


def find_figures(
    context: Context, judge: Judge
) -> tuple[tuple[Figure, ...], tuple[Rejection, ...]]:
    """«более 50 тысяч волонтеров» → volunteers; «13 млн премий» → a rejection."""
    figures: list[Figure] = []
    rejections: list[Rejection] = []
    for quantity in context.quantities:
        understood = complete(context, quantity, figures)
        parsed = context.parsed[quantity.sentence]
        completed = households(context, with_item(context, understood.quantity, figures))
        completed = unknown_thing(context, completed)
        before = figures[-1] if figures else None
        whole, lender = understood.whole, understood.lender
        candidate = Candidate(completed, parsed, context, whole, before, lender)
        ruling = judge(candidate)
        if ruling.rejected is None:
            figures.append(_figure(candidate, ruling, len(figures) + 1))
        else:
            rejections.append(_rejection(quantity, ruling.rejected))
    return tuple(figures), tuple(rejections)


def _rejection(quantity: Quantity, reason: Verdict) -> Rejection:
    return Rejection(quantity.span, quantity.sentence, quantity.value, reason.value, reason.span)


def judge_by(ranker: Ranker) -> Judge:
    """«билет 900 теңге» → rejected: a ranker weighs what rules object against all the rest."""

    def judge(candidate: Candidate) -> Ruling:
        barred = first_verdict(BARS, candidate)
        if barred is not None:
            return Ruling(barred)
        objections, kind = object_to(candidate), kind_of(candidate)
        features = relevance_features(candidate, kind, objections)
        score = ranker.score(features)
        if score < 0:
            return Ruling(objections[0] if objections else Verdict("off_topic", ranker.name))
        return Ruling(None, kind, round(probability(score), 3), ranker.reasons(features))

    return judge


def object_to(candidate: Candidate) -> tuple[Verdict, ...]:
    """«билет 900 теңге» → «price», …: all that rules have against a figure of aid."""
    verdicts = (rule(candidate) for rule in OBJECTIONS)
    return tuple(verdict for verdict in verdicts if verdict is not None)


def kind_of(candidate: Candidate) -> Verdict:
    """«500 бетперде» → goods: what a quantity would count, if it is a figure."""
    return first_verdict(KINDS, candidate) or Verdict("goods", "default")


def _figure(candidate: Candidate, ruling: Ruling, number: int) -> Figure:
    quantity = candidate.quantity
    kind = ruling.kind or kind_of(candidate)
    scope = first_verdict(SCOPES, candidate) or Verdict("total", "default")
    status = None if kind.value in NO_STATUS else first_verdict(STATUSES, candidate)
    evidence = [
        *(Evidence("figure", "aid", reason) for reason in ruling.because),
        Evidence("kind", kind.value, kind.rule, kind.span),
        Evidence("scope", scope.value, scope.rule, scope.span),
    ]
    if status is not None:
        evidence.append(Evidence("status", status.value, status.rule, status.span))
    if quantity.bound_span is not None:
        evidence.append(Evidence("bound", quantity.bound, quantity.rule, quantity.bound_span))
    running = running_total(candidate) if scope.value == "total" else None
    if running is not None:
        evidence.append(Evidence("series", running.value, running.rule, running.span))
    for noun in quantity.nouns[:1]:
        evidence.append(Evidence("unit", quantity.unit or "", noun.lemma, noun.span))
    return Figure(
        id=f"f{number}",
        quantity=quantity,
        kind=cast(Kind, kind.value),
        unit=_unit_of(candidate, kind.value),
        item=quantity.item if kind.value == "goods" else None,
        category=categories_of(candidate, kind.value),
        scope=cast(Scope, scope.value),
        status=cast(Status | None, status.value if status and status.value else None),
        confidence=ruling.confidence,
        evidence=tuple(evidence),
        series=cast(Running | None, running.value if running else None),
    )


def _unit_of(candidate: Candidate, kind: str) -> str:
    """«312 дворов получили уголь» are families, «подтоплены 20 дворов» are houses."""
    unit = candidate.quantity.unit or "piece"
    homes = any(concept.unit == "house" for concept in candidate.concepts)
    if kind == "affected" and unit == "family" and homes:
        return "house"
    return _UNIT_BY_KIND.get((kind, unit), unit)
