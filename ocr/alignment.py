"""Two readings of one text, laid side by side sign by sign."""

from __future__ import annotations

from collections.abc import Callable

_Cost = Callable[[str, str], float]
Pair = tuple[int | None, int | None]  # places in the left and in the right text


def align(left: str, right: str, change: _Cost, lone: Callable[[str], float]) -> list[Pair]:
    """Return the cheapest way to lay two texts side by side, first pair first.

    ``change`` is what it costs to set one sign against another, ``lone`` to leave one alone.
    """
    rows, columns = len(left) + 1, len(right) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    for row in range(1, rows):
        cost[row][0] = cost[row - 1][0] + lone(left[row - 1])
    for column in range(1, columns):
        cost[0][column] = cost[0][column - 1] + lone(right[column - 1])
    for row in range(1, rows):
        one, above, here = left[row - 1], cost[row - 1], cost[row]
        alone = lone(one)
        for column in range(1, columns):
            other = right[column - 1]
            here[column] = min(
                above[column - 1] + (0.0 if one == other else change(one, other)),
                above[column] + alone,
                here[column - 1] + lone(other),
            )
    return _path(left, right, cost, change, lone)


def _path(
    left: str, right: str, cost: list[list[float]], change: _Cost, lone: Callable[[str], float]
) -> list[Pair]:
    pairs: list[Pair] = []
    row, column = len(left), len(right)
    while row or column:
        here = cost[row][column]
        if row and column:
            one, other = left[row - 1], right[column - 1]
            same = 0.0 if one == other else change(one, other)
            if here == cost[row - 1][column - 1] + same:
                row, column = row - 1, column - 1
                pairs.append((row, column))
                continue
        if row and here == cost[row - 1][column] + lone(left[row - 1]):
            row -= 1
            pairs.append((row, None))
        else:
            column -= 1
            pairs.append((None, column))
    return pairs[::-1]
