"""Categories carried on: what is said once of people holds for them through the action.

Each rule tells of a figure what the words at it leave out; they are tried in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from extractor.match.candidates import NEAR
from extractor.match.context import Context
from extractor.match.describing import settled
from extractor.match.governors import nearest
from extractor.match.nouns import PEOPLE_UNITS
from extractor.types import Concept, Evidence, Figure

# What befell all, whatever else they are: «эвакуированы 300 человек, из них 80 детей».
_OF_AGE = frozenset({"child", "child_with_disability", "orphan", "student", "elderly", "pensioner"})
_FATES = frozenset({"evacuee", "disaster_affected"})


@dataclass(frozen=True, slots=True)
class _Story:
    """An article with its figures as they stand, by id."""

    context: Context
    figures: dict[str, Figure]


Rule = Callable[[_Story, Figure], tuple[str, ...]]


def carry_categories(context: Context, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """«2 140 аз қамтылған отбасы … олардың 800-і», «после паводка 97 семьям» → categories."""
    story = _Story(context, {figure.id: figure for figure in figures})
    for rule in RULES:
        for figure in figures:
            figure = story.figures[figure.id]
            found = rule(story, figure) if _is_counted(figure) else ()
            if set(found) > set(figure.category):
                evidence = Evidence("category", ", ".join(found), rule.__name__)
                story.figures[figure.id] = replace(
                    figure, category=found, evidence=(*figure.evidence, evidence)
                )
    return tuple(_with_whole(story, story.figures[figure.id]) for figure in figures)


def _is_counted(figure: Figure) -> bool:
    return figure.kind in ("recipients", "affected") and figure.unit in PEOPLE_UNITS


def moved(story: _Story, figure: Figure) -> tuple[str, ...]:
    """«вывезли 186 человек», «300 адам көшірілді»: taken out of the flood."""
    parsed, quantity = story.context.parsed[figure.sentence], figure.quantity
    cue = nearest(parsed, quantity.first, quantity.last, "fate", lambda h: h.entry.id == "evacuee")
    near = cue is not None and cue.distance <= NEAR
    return settled((*figure.category, "evacuee")) if near else ()


def repeated(story: _Story, figure: Figure) -> tuple[str, ...]:
    """«помогут двум тысячам детей … 2 140 учащихся из малообеспеченных семей»: the same."""
    original = story.figures.get(figure.same_as or "")
    again = (f for f in story.figures.values() if f.same_as == figure.id)
    fuller = [f.category for f in (*again, *((original,) if original else ()))]
    longest = max(fuller, key=len, default=())
    return longest if not figure.category or not _FATES & set(longest) else ()


def sliced(story: _Story, figure: Figure) -> tuple[str, ...]:
    """«2 140 учащихся из малообеспеченных семей … 1 365 школьников из них»: some of them."""
    whole = story.figures.get(figure.of or "")
    if whole is None or not _is_counted(whole):
        return ()
    nouns = {name for noun in whole.quantity.nouns for c in noun.concepts for name in c.category}
    return whole.category if set(figure.category) <= nouns else ()


def understood(story: _Story, figure: Figure) -> tuple[str, ...]:
    """«… 300 малообеспеченных семей. В прошлом году – 200»: whose noun it shares."""
    nouns = figure.quantity.nouns
    if figure.category or not nouns or figure.span.overlaps(nouns[0].span):
        return ()
    lender = (f for f in story.figures.values() if f.span.overlaps(nouns[0].span))
    return next((f.category for f in lender if f.id != figure.id and _is_counted(f)), ())


def named_before(story: _Story, figure: Figure) -> tuple[str, ...]:
    """«завозят уголь | малообеспеченным и многодетным. … 640 семьям»: whom it is given to was
    said in the sentence before, and nobody was counted there."""
    parsed = story.context.parsed
    if figure.category or figure.kind != "recipients" or not figure.sentence:
        return ()
    here, before = parsed[figure.sentence], parsed[figure.sentence - 1]
    counted = any(
        _is_counted(f) for f in story.figures.values() if f.sentence == figure.sentence - 1
    )
    if here.language.suffixed or counted or before.sentence.paragraph != here.sentence.paragraph:
        return ()
    hits = [hit for hit in before.of_sort("noun") if hit.reading.case == "dat"]
    concepts = (cast(Concept, hit.entry.meaning) for hit in hits)
    return settled(name for concept in concepts for name in concept.category)


def added(story: _Story, figure: Figure) -> tuple[str, ...]:
    """«24 көпбалалы отбасы … тағы 40 отбасы»: as many more of the same."""
    parsed, first = story.context.parsed[figure.sentence], figure.quantity.first
    if figure.category or not parsed.ending("additive_before", first - 1):
        return ()
    earlier = (f for f in story.figures.values() if f.span.start < figure.span.start)
    last = next((f for f in reversed(list(earlier)) if _is_counted(f)), None)
    alike = last is not None and (last.unit, last.kind) == (figure.unit, figure.kind)
    near = last is not None and figure.sentence - last.sentence <= 1
    if last is None or not (alike and near) or _OF_AGE & set(last.category):
        return ()
    return last.category


def stricken(story: _Story, figure: Figure) -> tuple[str, ...]:
    """«после паводка помощь получили 97 семей»: said here, just before or in the headline."""
    parsed = story.context.parsed
    living = not parsed[figure.sentence].language.suffixed and set(figure.category) <= _LIVINGS
    if figure.category and not living:
        return ()
    near = parsed[max(0, figure.sentence - 1) : figure.sentence + 1]
    said = {hit.entry.id for p in near for hit in p.of_sort("fate")}
    if said == {"evacuee"} and figure.unit == "person" and figure.kind == "recipients":
        return ("evacuee",)
    heads = [p for p in parsed if p.sentence.zone.kind == "headline"]
    hit = said or any(p.of_sort("fate") for p in heads)
    return settled((*figure.category, "disaster_affected")) if hit else ()


# Who lives by these is stricken as all the others.
_LIVINGS = frozenset({"farmer", "entrepreneur"})


# What was learnt last is carried to repetitions and slices once more.
RULES: tuple[Rule, ...] = (
    moved,
    repeated,
    sliced,
    understood,
    named_before,
    added,
    stricken,
    repeated,
    sliced,
)


def _with_whole(story: _Story, figure: Figure) -> Figure:
    """«эвакуированы 300 человек, из них 80 детей»: the children are evacuees, too."""
    whole = story.figures.get(figure.of or "")
    if whole is None or not (_is_counted(figure) and _is_counted(whole)):
        return figure
    if len(whole.category) != 1 or whole.category == ("vulnerable",):
        return figure
    # Girls among students are students.
    own = (name for name in figure.category if name != "child" or whole.category != ("student",))
    return replace(figure, category=settled((*own, *whole.category)))
