"""How well a few typed letters fit a name, as for filters and go-to.

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
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")
_EXACT, _PREFIX, _WORD_PREFIX, _WORD_STARTS, _INSIDE, _LETTERS = 6.0, 5.0, 4.0, 3.0, 2.0, 1.0


def fuzzy_score(pattern: str, text: str) -> float | None:
    """How well the pattern fits the text: the more the better, None when it doesn't.

    Case doesn't count. Blanks part words, which may fit in any order; a text is ranked by the word that fits
    it worst, so that each word typed counts.
    """
    folded = pattern.casefold().strip()
    if not folded:
        return 0.0
    whole = _score(folded, pattern.strip(), text)
    parts = pattern.split()
    if len(parts) == 1:
        return whole
    scores = [_score(part.casefold(), part, text) for part in parts]
    found = [score for score in scores if score is not None]
    if len(found) == len(parts):
        return max(min(found), whole or 0.0)
    return whole


def _score(folded: str, pattern: str, text: str) -> float | None:
    name = text.casefold()
    # Of equals the one with less around it comes first; the tiers are a whole step apart.
    closeness = 0.9 * len(folded) / (len(name) + len(folded))
    place = name.find(folded)
    if place == 0:
        return (_EXACT if len(name) == len(folded) else _PREFIX) + closeness
    starts = _starts(text)
    if place > 0:
        if any(name.startswith(folded, start) for start in starts):
            return _WORD_PREFIX + closeness
        if (tight := _at_starts(pattern, name, starts)) is not None:
            return _WORD_STARTS + tight * closeness
        return _INSIDE + closeness
    if (tight := _at_starts(pattern, name, starts)) is not None:
        return _WORD_STARTS + tight * closeness
    if (tight := _subsequence(folded, name)) is not None:
        return _LETTERS + tight * closeness
    return None


@lru_cache(maxsize=8192)
def _starts(text: str) -> tuple[int, ...]:
    """Where the words of a text begin, humps of camel case counted."""
    if len(text) != len(text.casefold()):
        return tuple(match.start() for match in _WORD.finditer(text.casefold()))
    return tuple(match.start() for match in _HUMP.finditer(text))


def _at_starts(pattern: str, name: str, starts: tuple[int, ...]) -> float | None:
    """1 if each letter begins a word or follows the one before; less with letters left out; or None."""
    pieces = [hump.casefold() for hump in _HUMP.findall(pattern)]
    if len(pieces) == 1:
        return 1.0 if _at_words(pieces[0], name, starts) else None
    loosest = 1.0
    after = -1
    for piece in pieces:
        for start, end in zip(starts, (*starts[1:], len(name)), strict=True):
            if start > after and (tight := _within(piece, name[start:end])) is not None:
                loosest = min(loosest, tight)
                after = start
                break
        else:
            return None
    return loosest if pieces else None


def _at_words(letters: str, name: str, starts: tuple[int, ...]) -> bool:
    """Whether the letters are beginnings of words, as `acm` is of Account Manager."""
    ends = {start for start in starts if name[start] == letters[0]}
    for letter in letters[1:]:
        following = {end + 1 for end in ends if name.startswith(letter, end + 1)}
        first = min(ends, default=len(name))
        ends = following | {start for start in starts if start > first and name[start] == letter}
    return bool(ends)


def _within(piece: str, word: str) -> float | None:
    if word.startswith(piece):
        return 1.0
    return _subsequence(piece, word) if word[:1] == piece[:1] else None


def _subsequence(pattern: str, name: str) -> float | None:
    """The share of letters that are the pattern's, from its first to its last; None when one is missing."""
    letters = [letter for letter in pattern if letter.isalnum()]
    if not letters or (first := name.find(letters[0])) < 0:
        return None
    place = first
    for letter in letters[1:]:
        place = name.find(letter, place + 1)
        if place < 0:
            return None
    return len(letters) / (place - first + 1)
