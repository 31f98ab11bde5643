"""How well a few typed letters fit a name, as for completion, filters and go-to.

The ways to fit, best first, each for every word typed::

    exact        account            Account
    prefix       acc                Account Team
    word         team               Account Team
    word starts  ActMgr  am  ns_acc Account Manager, ns__Account__c
    inside       count              Account
    letters      acnt               Account
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")
_EXACT, _PREFIX, _WORD_PREFIX, _WORD_STARTS, _INSIDE, _LETTERS = 6.0, 5.0, 4.0, 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A word typed, taken apart once for all names."""

    folded: str
    letters: str
    humps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A text, and where its words begin, humps of camel case counted."""

    folded: str
    starts: tuple[int, ...]


def fuzzy_score(pattern: str, text: str) -> float | None:
    """How well the pattern fits the text: the more the better, None when it doesn't.

    Case doesn't count. Blanks part words, which may fit in any order; a text is ranked by the word that fits
    it worst, so that each word typed counts.
    """
    whole, words = _patterns(pattern)
    if not whole.folded:
        return 0.0
    name = _name(text)
    if not words or whole.folded in name.folded:
        return _score(whole, name)
    scores = [score for word in words if (score := _score(word, name)) is not None]
    return min(scores) if len(scores) == len(words) else None


@lru_cache(maxsize=64)
def _patterns(pattern: str) -> tuple[_Pattern, tuple[_Pattern, ...]]:
    words = pattern.split()
    return _pattern(pattern.strip()), tuple(map(_pattern, words)) if len(words) > 1 else ()


def _pattern(text: str) -> _Pattern:
    folded = text.casefold()
    return _Pattern(
        folded, "".join(filter(str.isalnum, folded)), tuple(map(str.casefold, _HUMP.findall(text)))
    )


@lru_cache(maxsize=16384)
def _name(text: str) -> _Name:
    folded = text.casefold()
    # Folding may lengthen a text (ß); then places in the one are none in the other.
    matches = _HUMP.finditer(text) if len(folded) == len(text) else _WORD.finditer(folded)
    return _Name(folded, tuple(match.start() for match in matches))


def _score(pattern: _Pattern, name: _Name) -> float | None:
    folded, text = pattern.folded, name.folded
    # Of equals the one with less around it comes first; the ways to fit are a whole step apart.
    closeness = 0.9 * len(folded) / (len(text) + len(folded))
    place = text.find(folded)
    if place == 0:
        return (_EXACT if len(text) == len(folded) else _PREFIX) + closeness
    inside = place > 0
    while place > 0:
        if place in name.starts:
            return _WORD_PREFIX + closeness
        place = text.find(folded, place + 1)
    spread = _subsequence(pattern.letters, text)
    if spread is not None and (tight := _at_starts(pattern, name)) is not None:
        return _WORD_STARTS + tight * closeness
    if inside:
        return _INSIDE + closeness
    return None if spread is None else _LETTERS + spread * closeness


def _at_starts(pattern: _Pattern, name: _Name) -> float | None:
    """1 if each letter begins a word or follows the one before; less with letters left out; or None."""
    if len(pattern.humps) == 1:
        return 1.0 if _at_words(pattern.humps[0], name) else None
    loosest = 1.0
    after = -1
    text, starts = name.folded, name.starts
    for hump in pattern.humps:
        for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
            if start > after and text[start] == hump[0] and (tight := _subsequence(hump, text[start:end])):
                loosest = min(loosest, tight)
                after = start
                break
        else:
            return None
    return loosest if pattern.humps else None


def _at_words(letters: str, name: _Name) -> bool:
    """Whether the letters are beginnings of words, as `acm` is of Account Manager."""
    text, starts = name.folded, name.starts
    ends = [start for start in starts if text[start] == letters[0]]
    for letter in letters[1:]:
        if not ends:
            return False
        first = min(ends)
        following = [end + 1 for end in ends if text.startswith(letter, end + 1)]
        ends = following + [
            start for start in starts if start > first and text[start] == letter and start not in following
        ]
    return bool(ends)


def _subsequence(letters: str, text: str) -> float | None:
    """The share of letters that are the pattern's, from its first to its last; None when one is missing."""
    first = place = text.find(letters[0]) if letters else -1
    for letter in letters[1:]:
        if place < 0:
            return None
        place = text.find(letter, place + 1)
    return len(letters) / (place - first + 1) if place >= 0 else None
