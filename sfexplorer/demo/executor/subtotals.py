"""The levels of ROLLUP and CUBE: which of the grouped expressions each of them leaves out."""

from __future__ import annotations

from itertools import combinations

from sfexplorer.demo.executor.scope import Key, Scope, comparable
from sfexplorer.soql.tree import GroupBy


def levels(scope: Scope, group_by: GroupBy | None) -> list[frozenset[Key]]:
    """What is left out at each level, the whole groups first.

    `ROLLUP(a, b)` groups by (a, b), by (a) and by nothing, `CUBE(a, b)` also by (b).
    """
    keys = [comparable(scope, each) for each in group_by.expressions] if group_by else []
    match group_by.form if group_by else "":
        case "ROLLUP":
            return [frozenset(keys[kept:]) for kept in range(len(keys), -1, -1)]
        case "CUBE":
            sizes = range(len(keys) + 1)
            return [frozenset(left_out) for size in sizes for left_out in combinations(keys, size)]
        case _:
            return [frozenset()]
