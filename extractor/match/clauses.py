"""The part that a phrase plays in its clause, and how near words stand to each other there."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.match.scenes import MARKS, Scene

# «вручил | аким», «груз, | направленный | Казахстаном»: so near its verb stands who gives.
BESIDE = 2
# So many words may describe somebody before it is said where he is from.
DESCRIBED = 4


@dataclass(frozen=True, slots=True)
class Part:
    """«subject», «agent», «source», «possessor» give; None is somebody else's part."""

    name: str | None


NO_PART = Part(None)


def is_open(scene: Scene, start: int, stop: int) -> bool:
    """No comma or other mark between."""
    return all(
        scene.word(i) or scene.tokens[i].text in MARKS | {"-"} for i in range(start + 1, stop)
    )
