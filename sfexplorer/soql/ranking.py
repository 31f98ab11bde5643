"""The order in which completion offers what fits the typed letters.

First come names that begin with them or consist of words that do (`acc`, `ActMgr`, `cust acc`), then those
whose label does, then names that merely contain the letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from sfexplorer.soql.fuzzy import fuzzy_score

Item = TypeVar("Item")

# From here on the letters begin the words of a name.
AT_WORDS = 3.0
# Below all names whose words begin so, above all that only contain the letters.
LABEL_SHARE = 0.1
LABEL_BASE = 2.25
INSIDE = 2.0
# One letter is inside nearly every name, and two with others between them are too.
FEWEST_INSIDE = 2
FEWEST_LETTERS = 3


def ranked(items: Iterable[Item], typed: str, names: Callable[[Item], tuple[str, str | None]]) -> list[Item]:
    """The items that fit what was typed, best first, equals in their order; all for nothing typed.

    Args:
        items: what could be offered.
        typed: the letters; words parted by blanks may fit in any order.
        names: gives the name and the label of an item.
    """
    if not typed.strip():
        return list(items)
    comes_near = _filter(typed)
    scored: list[tuple[float, int, Item]] = []
    for number, item in enumerate(items):
        name, label = names(item)
        score = _score(typed, name, label, comes_near)
        if score is not None:
            scored.append((-score, number, item))
    scored.sort(key=lambda entry: entry[:2])
    return [item for _, _, item in scored]


def _score(typed: str, name: str, label: str | None, comes_near: Callable[[str], object]) -> float | None:
    score = fuzzy_score(typed, name) if comes_near(name) else None
    if score is not None and score >= AT_WORDS:
        return score
    if label and label != name and comes_near(label):
        told = fuzzy_score(typed, label)
        if told is not None and told >= AT_WORDS:
            return LABEL_BASE + told * LABEL_SHARE
    if score is None:
        return None
    return score if len(typed) >= (FEWEST_INSIDE if score >= INSIDE else FEWEST_LETTERS) else None


@lru_cache(maxsize=64)
def _filter(typed: str) -> Callable[[str], object]:
    """A quick test that no name which fits fails: all letters are there."""
    words = ["".join(filter(str.isalnum, word)) for word in typed.split()]
    needed = "".join(f"(?=.*{'.*'.join(map(re.escape, word))})" for word in words)
    return re.compile(needed, re.IGNORECASE | re.DOTALL).match
