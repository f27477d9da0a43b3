"""The input cut into shards: the same cuts whoever reads it, named by what is in them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.io.dumps.rows import PassedOver, Place, Row, Unread

# Few enough that two workers end together, also over some thousand articles.
ROWS = 250
BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shard:
    """Rows that are read together: the unit of work and of what is kept.

    ``content`` is a digest of its rows and their places; ``passed_over`` counts what stood
    between them and is no article.
    """

    part: int
    number: int
    rows: tuple[Row | Unread, ...]
    passed_over: tuple[tuple[str, int], ...]
    content: str

    def name(self, settings: str) -> str:
        """«00002-000017-6f1c…»: its place, and the hash of content and settings."""
        digest = hashlib.sha256(f"{self.content} {settings}".encode()).hexdigest()
        return f"{self.part:05d}-{self.number:06d}-{digest[:16]}"


@dataclass(slots=True)
class Cutter:
    """Cuts one part after another; counts what it took, for the limit of a run."""

    sample: float | None = None
    limit: int | None = None
    taken: int = 0

    @property
    def full(self) -> bool:
        return self.limit is not None and self.taken >= self.limit

    def cut(self, part: int, found: Iterable[Row | Unread | PassedOver]) -> Iterator[Shard]:
        """Rows → shards of at most ``ROWS`` rows and about ``BYTES`` bytes.

        A part that holds nothing gives one empty shard, so that it is seen to be done.
        """
        number, rows, size, passed = 0, list[Row | Unread](), 0, Counter[str]()
        for one in found:
            if self.full:
                break
            if isinstance(one, PassedOver):
                passed[one.what] += 1
                continue
            if self.sample is not None and not is_sampled(one.place, self.sample):
                continue
            rows.append(one)
            self.taken += 1
            size += len(one.content) if isinstance(one, Row) else 0
            if len(rows) == ROWS or size >= BYTES:
                yield _shard(part, number, rows, passed)
                number, rows, size, passed = number + 1, [], 0, Counter()
        if rows or passed or not number:
            yield _shard(part, number, rows, passed)


def is_sampled(place: Place, share: float) -> bool:
    """A share of all places, always the same ones."""
    digest = hashlib.blake2b(str(place).encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest, "big") < share * 2**64


def _shard(part: int, number: int, rows: list[Row | Unread], passed: Counter[str]) -> Shard:
    digest = hashlib.sha256()
    for row in rows:
        head = f"{row.place}\n".encode("utf-8", "surrogateescape")
        if isinstance(row, Row):
            head += f"{row.kind} {row.name} {row.url} {row.charset} {len(row.content)}\n".encode(
                "utf-8", "surrogateescape"
            )
            digest.update(head)
            digest.update(row.content)
        else:
            digest.update(head + f"{row.reason}: {row.message}\n".encode())
    counted = tuple(sorted(passed.items()))
    digest.update(repr(counted).encode())
    return Shard(part, number, tuple(rows), counted, digest.hexdigest())
