"""People who were moved out of harm's way: do they only wait, or does somebody care for them?"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.match.aid import kinds_told, telling
from extractor.match.candidates import Candidate
from extractor.match.parsed import Parsed

# A roof alone is no care; these are.
_CARE = frozenset({"food", "hygiene", "medical", "services"})
_BACK, _AHEAD = 2, 1


def is_moved(candidate: Candidate) -> bool:
    """«В ПВР находятся 943 человека»: the sentence tells of people who had to leave."""
    return _tells_of_moving(candidate.parsed)


def is_cared_for(candidate: Candidate) -> bool:
    """«разместили 86 человек, их кормят три раза в день»: here or in the sentence behind."""
    here = _near(candidate, 0, _AHEAD)
    kinds = (kind for parsed in here for hit in telling(parsed) for kind in kinds_told(hit))
    return any(kind in _CARE for kind in kinds) or any(_tells_of_helping(p) for p in here)


def was_moved(candidate: Candidate) -> bool:
    """«Эвакуированы 572 человека. 242 из них разместили …»: here or just before."""
    return any(_tells_of_moving(parsed) for parsed in _near(candidate, _BACK, 0))


def _near(candidate: Candidate, back: int, ahead: int) -> Iterator[Parsed]:
    """The sentence and those around it, as far as the paragraph goes."""
    index, parsed = candidate.quantity.sentence, candidate.context.parsed
    for other in parsed[max(0, index - back) : index + ahead + 1]:
        if other.sentence.paragraph == candidate.parsed.sentence.paragraph:
            yield other


def _tells_of_moving(parsed: Parsed) -> bool:
    return any(hit.entry.id == "evacuee" for hit in parsed.of_sort("fate"))


def _tells_of_helping(parsed: Parsed) -> bool:
    return any(hit.entry.id == "recipients" for hit in parsed.of_sort("role"))
