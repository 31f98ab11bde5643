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
# Scoring takes its time; of more that come near, those that begin alike and then the shortest fit best.
MOST_SCORED = 500


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
    near = [(item, *names(item)) for item in items]
    near = [each for each in near if comes_near(each[1]) or (each[2] and comes_near(each[2]))]
    if len(near) > MOST_SCORED:
        first = typed.lstrip()[0].lower()
        near.sort(key=lambda each: (each[1][:1].lower() != first, len(each[1])))
        del near[MOST_SCORED:]
    scored: list[tuple[float, int, Item]] = []
    for number, (item, name, label) in enumerate(near):
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
    words = [[re.escape(letter) for letter in word if letter.isalnum()] for word in typed.split()]
    # Without a way back: what does not fit is told at once.
    needed = ("".join(f"[^{letter}]*+{letter}" for letter in word) for word in words)
    return re.compile("".join(f"(?={word})" for word in needed), re.IGNORECASE | re.DOTALL).match
