"""How long the resolution of generated mentions takes, and how much memory: 10k, 100k, 1M.

``make bench-resolve``; arguments are other sizes. Each size runs in a process of its own, for
the peak of memory is that of a process. The actions are drawn with a fixed seed: each has a
giver, a region, a month, and one to eight reports with growing totals; one report in five is a
reprint.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from extractor.records import ArticleRecord
from extractor.resolve import Store

SIZES = (10_000, 100_000, 1_000_000)
_SEED = 7
_REGIONS = tuple(f"KZ-{code}" for code in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59))
_AID = ("food", "cash", "fuel", "medical", "shelter", "education", "fodder")
_SYLLABLES = ("ал", "бек", "дар", "ер", "жан", "кен", "мей", "нұр", "сар", "тау", "ұлы", "шат")
_YEARS = range(2018, 2026)


def draw_records(mentions: int) -> Iterator[ArticleRecord]:
    """So many records of one event each; the number of actions grows with them."""
    draw = random.Random(_SEED)
    made = 0
    while made < mentions:
        name = "".join(draw.choice(_SYLLABLES) for _ in range(4))
        start, region = draw.randrange(28), draw.choice(_REGIONS)
        year, month = draw.choice(_YEARS), draw.randrange(1, 13)
        aid, total = draw.choice(_AID), draw.randrange(20, 9000)
        for number in range(min(draw.randrange(1, 9), mentions - made)):
            if draw.random() < 0.8:
                total += draw.randrange(0, 400)
            day = min(28, start + number)
            action = {"providers": [_named(f"«{name}» қоры")], "locations": [region], "aid": [aid]}
            yield _record(f"a{made}", f"{year}-{month:02}-{day or 1:02}", action, total)
            made += 1


def _named(text: str) -> dict[str, object]:
    return {"start": 0, "end": len(text), "text": text}


def _record(id: str, published: str, action: dict[str, object], total: int) -> ArticleRecord:
    figure = {
        "id": "f1",
        "start": 0,
        "end": 1,
        "text": f"{total} отбасы",
        "value": total,
        "bound": "exact",
        "kind": "recipients",
        "unit": "family",
        "scope": "total",
        "status": "delivered",
    }
    return ArticleRecord.model_validate(
        {
            "id": id,
            "lang": "kk",
            "script": "Cyrl",
            "published": published,
            "figures": [figure],
            "events": [{"id": "e1", "figures": ["f1"], **action}],
            "provenance": {"package": "0", "data": "0"},
        }
    )


def measure(mentions: int) -> None:
    """A line of the table, of this process."""
    started = time.perf_counter()
    with Store() as store:
        tally = store.update(draw_records(mentions))
        for _ in store.events():
            pass
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{mentions:>9,} {tally.events:>9,} {tally.compared / mentions:>8.1f} {seconds:>8.1f} "
        f"{1e6 * seconds / mentions:>8.0f} {peak:>8.0f}",
        flush=True,
    )


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        measure(int(sys.argv[2]))
        return
    print(f"{'mentions':>9} {'events':>9} {'pairs/m':>8} {'seconds':>8} {'us/m':>8} {'MB':>8}")
    for size in map(int, sys.argv[1:] or SIZES):
        subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)


if __name__ == "__main__":
    main()
