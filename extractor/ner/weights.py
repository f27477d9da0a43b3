"""The weights of a CRF and the text file, packed with xz, that they live in."""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractor.ner.features import Vocabulary

Matrix = NDArray[np.float32]
_HEADER = "crf 1"
_STEMS = ("classes", "names", "plain")


@dataclass(frozen=True, eq=False)
class Weights:
    """``rows`` numbers the features, ``states`` has their weights by tag, ``moves`` tag to tag.

    ``vocabulary`` has the stems that the features were made with.
    """

    tags: tuple[str, ...]
    moves: Matrix
    rows: Mapping[str, int]
    states: Matrix
    vocabulary: Vocabulary


def write_weights(path: Path, weights: Weights) -> None:
    """One line each: tags, stems, moves, features; sorted and packed, the same every time."""
    text = "\n".join(_lines(weights)) + "\n"
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]
    packed = lzma.compress(text.encode(), lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=filters)
    path.write_bytes(packed)


def _lines(weights: Weights) -> Iterator[str]:
    yield _HEADER
    yield "\t".join(("tags", *weights.tags))
    yield "\t".join(("endings", *weights.vocabulary.endings))
    for sort in _STEMS:
        stems: Mapping[str, str] = getattr(weights.vocabulary, sort)
        yield from (f"{sort}\t{stem}\t{name}" for stem, name in sorted(stems.items()))
    for left, moves in enumerate(weights.moves):
        yield "\t".join(("move", str(left), *_cells(moves)))
    for feature, row in sorted(weights.rows.items()):
        yield "\t".join(("feature", feature, *_cells(weights.states[row])))


def _cells(row: Matrix) -> Iterator[str]:
    return (f"{tag}:{row[tag]:.3f}" for tag in np.flatnonzero(row))


def read_weights(path: Path) -> Weights:
    """«weights.xz» → its weights.

    Raises:
        ValueError: the file is not what ``write_weights`` writes.
    """
    try:
        return _parse(lzma.decompress(path.read_bytes()).decode().split("\n"))
    except (lzma.LZMAError, EOFError, IndexError, KeyError, ValueError) as error:
        raise ValueError(f"{path.name} is no file of weights: {error}") from error


def _parse(lines: Sequence[str]) -> Weights:
    if lines[0] != _HEADER:
        raise ValueError(f"begins with «{lines[0][:20]}»")
    tags = tuple(lines[1].split("\t")[1:])
    endings = tuple(lines[2].split("\t")[1:])
    stems: dict[str, dict[str, str]] = {sort: {} for sort in _STEMS}
    moves: list[list[str]] = []
    features: dict[str, list[str]] = {}
    for line in lines[3:-1]:
        sort, key, *rest = line.split("\t")
        if sort == "feature":
            features[key] = rest
        elif sort == "move":
            moves.append(rest)
        else:
            stems[sort][key] = rest[0]
    return Weights(
        tags=tags,
        moves=_matrix(moves, len(tags)),
        rows={feature: row for row, feature in enumerate(features)},
        states=_matrix(list(features.values()), len(tags)),
        vocabulary=Vocabulary(
            stems["classes"], stems["names"], endings=endings, plain=stems["plain"]
        ),
    )


def _matrix(rows: Sequence[Sequence[str]], width: int) -> Matrix:
    """«["3:0.5", "7:-1.25"], …» → a dense matrix."""
    matrix = np.zeros((len(rows), width), np.float32)
    cells = [cell.split(":") for row in rows for cell in row]
    at_rows = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    at_tags = np.array([int(tag) for tag, _ in cells])
    matrix[at_rows, at_tags] = np.array([float(weight) for _, weight in cells], np.float32)
    return matrix
