"""People who were moved out of harm's way: do they only wait, or does somebody care for them?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from extractor.match.aid import kinds_told
from extractor.match.candidates import Candidate
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS
from extractor.match.parsed import Parsed
from extractor.types import Concept, Quantity

# A roof alone is no care; these are.
_CARE = frozenset({"food", "hygiene", "medical", "services"})
_BACK, _AHEAD = 2, 1


def is_moved(candidate: Candidate) -> bool:
    """«В ПВР находятся 943 человека»: the sentence tells of people who had to leave."""
    return _tells_of_moving(candidate.parsed)


def is_cared_for(candidate: Candidate) -> bool:
    """«разместили 86 человек, их кормят три раза в день»: here or in the sentence behind."""
    return any(_CARE & _given(parsed) for parsed in _near(candidate, 0, _AHEAD))


def is_fed_then(candidate: Candidate) -> bool:
    """«Эвакуировали 286 человек. Все размещены в школе, им готовят еду»: said of them alone, in
    the sentence behind."""
    after = [parsed for parsed in _near(candidate, 0, _AHEAD) if parsed is not candidate.parsed]
    counted = candidate.context.by_sentence
    return any(
        "food" in _given(parsed) and _tells_of_roof(parsed)
        for parsed in after
        if not any(_may_be_people(q) for q in counted.get(parsed.sentence.index, ()))
    )


def _may_be_people(quantity: Quantity) -> bool:
    return quantity.unit is None or quantity.unit in PEOPLE_UNITS


def is_fed_here(candidate: Candidate) -> bool:
    """«76-сы мектеп интернатында, олар тегін тамақтанып жатыр»"""
    return "food" in _given(candidate.parsed)


def was_moved(candidate: Candidate) -> bool:
    """«Эвакуированы 572 человека. 242 из них разместили …»: here or just before."""
    return any(_tells_of_moving(parsed) for parsed in _near(candidate, _BACK, 0))


def _near(candidate: Candidate, back: int, ahead: int) -> Iterator[Parsed]:
    """The sentence and those around it, as far as the paragraph goes."""
    index, parsed = candidate.quantity.sentence, candidate.context.parsed
    for other in parsed[max(0, index - back) : index + ahead + 1]:
        if other.sentence.paragraph == candidate.parsed.sentence.paragraph:
            yield other


def _given(parsed: Parsed) -> set[str]:
    return {kind for hit in parsed.aid_words for kind in kinds_told(hit)}


def roof_of(parsed: Parsed) -> Hit | None:
    """«242 из них | разместили в школе»: the word that tells of a roof."""
    return next((hit for hit in parsed.of_sort("role") if hit.entry.id == "housed"), None)


def _tells_of_roof(parsed: Parsed) -> bool:
    housed = roof_of(parsed) is not None
    beds = (cast(Concept, hit.entry.meaning).item in _BEDS for hit in parsed.of_sort("noun"))
    return housed or _tells_of_moving(parsed) or any(beds)


# «Beds, hot meals and doctors were found for all of them»: who is given a bed is under a roof.
_BEDS = frozenset({"bed", "bedding"})


def _tells_of_moving(parsed: Parsed) -> bool:
    return any(hit.entry.id == "evacuee" for hit in parsed.of_sort("fate"))
