"""Assignment: the heaviest one-to-one pairing of two lists (Kuhn and Munkres)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Pair = tuple[int, int]
Weights = Mapping[Pair, int]


def assign(weights: Weights) -> tuple[Pair, ...]:
    """«{(0, 0): 5, (0, 1): 9, (1, 1): 8}» → ((0, 0), (1, 1)): 13 is more than 9.

    Weights are whole and positive, so that sums are exact; a pair not listed is
    not allowed. Equal sums are decided by the order of the lists, always alike.
    """
    possible = {pair: weight for pair, weight in sorted(weights.items()) if weight > 0}
    return tuple(sorted(pair for island in islands(possible) for pair in assign_island(island)))


def islands(weights: Weights) -> Iterator[Weights]:
    """«pairs» → groups that share neither row nor column: each is solved alone."""
    waiting = dict(weights)
    while waiting:
        first = next(iter(waiting))
        rows, columns = {first[0]}, {first[1]}
        island: dict[Pair, int] = {}
        while near := [pair for pair in waiting if pair[0] in rows or pair[1] in columns]:
            island |= {pair: waiting.pop(pair) for pair in near}
            rows |= {row for row, _ in near}
            columns |= {column for _, column in near}
        yield island


def assign_island(weights: Weights) -> Iterator[Pair]:
    if len(weights) == 1:
        yield from weights
        return
    rows = sorted({row for row, _ in weights})
    columns = sorted({column for _, column in weights})
    costs = [[-weights.get((row, column), 0) for column in columns] for row in rows]
    # A zero column for each row: a row may stay alone.
    padded = [[*line, *[0] * len(rows)] for line in costs]
    for row, place in zip(rows, cheapest_columns(padded), strict=True):
        if place < len(columns) and (row, columns[place]) in weights:
            yield row, columns[place]


def cheapest_columns(costs: Sequence[Sequence[int]]) -> list[int]:
    """«[[4, 1], [2, 0]]» → [1, 0]: a column for each row; no more rows than columns.

    Rows enter one by one, each along the shortest augmenting path under the
    potentials of the rows before it. Place 0 is the entering row's own.
    """
    width = len(costs[0])
    row_price, column_price = [0] * (len(costs) + 1), [0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        owner[0] = row
        place, back = find_free_place(costs, owner, row_price, column_price)
        while place:
            owner[place], place = owner[back[place]], back[place]
    chosen = [0] * len(costs)
    for place in range(1, width + 1):
        if owner[place]:
            chosen[owner[place] - 1] = place - 1
    return chosen


def find_free_place(
    costs: Sequence[Sequence[int]], owner: list[int], row_price: list[int], column_price: list[int]
) -> tuple[int, list[int]]:
    """«owners, prices» → the nearest place without owner, and the way back to 0."""
    width = len(costs[0])
    far = sum(abs(cost) for line in costs for cost in line) + 1
    distance, back, used = [far] * (width + 1), [0] * (width + 1), [False] * (width + 1)
    place = 0
    while owner[place]:
        used[place] = True
        row = owner[place]
        for other in range(1, width + 1):
            step = costs[row - 1][other - 1] - row_price[row] - column_price[other]
            if not used[other] and step < distance[other]:
                distance[other], back[other] = step, place
        nearest = min((d, i) for i, d in enumerate(distance) if i and not used[i])
        for other in range(width + 1):
            if used[other]:
                row_price[owner[other]] += nearest[0]
                column_price[other] -= nearest[0]
            else:
                distance[other] -= nearest[0]
        place = nearest[1]
    return place, back
