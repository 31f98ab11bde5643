"""The SELECTs of a half-typed statement, found by its tokens alone.

A parser stops at the first thing that is wrong, and while somebody types something always is. Here each
SELECT is a frame with the tokens of its own; of a nested one only the parentheses stay with the outer. So the
object of FROM is known before the cursor comes to it, and whatever is broken in one frame leaves the others
alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sfexplorer.soql.schema_scope import Form
from sfexplorer.soql.tokens import Token
from sfexplorer.soql.words import NEVER_NAMES, RESERVED

# Behind FROM these are no aliases; GROUP and the like are reserved anyway.
CLAUSE_WORDS = frozenset({"ORDER", "OFFSET", "ALL", "SET"})


# No org takes more than five levels.
DEEPEST = 20


@dataclass(slots=True)
class Frame:
    """One SELECT with its own tokens; `own` of an outer one has `(` `)` where an inner one stands."""

    form: Form
    parent: Frame | None = None
    own: list[Token] = field(default_factory=list)
    depth: int = 0
    has_from: bool = False
    level: int = 0

    def before(self, offset: int) -> list[Token]:
        """The tokens that end before an offset, or at it."""
        return [token for token in self.own if token.end <= offset]

    def open_before(self, offset: int) -> int:
        """How many parentheses are open in it at an offset."""
        depth = 0
        for token in self.before(offset):
            depth = max(depth + (token.word == "(") - (token.word == ")"), 0)
        return depth

    def sources(self) -> list[tuple[tuple[str, ...], str | None]]:
        """The entries of FROM: paths and their aliases."""
        start = from_index(self.own)
        return _sources(self.own[start + 1 :]) if start is not None else []


@dataclass(frozen=True, slots=True)
class Outline:
    """A statement taken apart.

    Attributes:
        root: the outermost SELECT.
        current: the SELECT that a place of the text is in.
    """

    root: Frame
    current: Frame


def outline(found: Iterable[Token], offset: int) -> Outline:
    """The SELECTs of a statement, and the one that an offset is in.

    Args:
        found: the tokens of the statement.
        offset: the place that counts.
    """
    root = frame = Frame("query")
    current: Frame | None = None
    previous = ""
    for token in found:
        if current is None and token.start >= offset:
            current = frame
        if token.word == "SELECT" and previous == "(" and frame.level < DEEPEST:
            frame = Frame("semi-join" if frame.has_from else "sub-select", frame, level=frame.level + 1)
        elif token.word == ")" and frame.depth == 0 and frame.parent is not None:
            frame = frame.parent
        elif token.word == "FROM" and frame.parent is not None:
            frame = _reader_of_from(frame)
        _take(frame, token)
        previous = token.word
    _give_back_from(frame, offset)
    return Outline(root, current or frame)


def from_index(own: list[Token]) -> int | None:
    """The number of the token FROM in the tokens of a SELECT."""
    places = (number for number, token in enumerate(own) if token.word == "FROM")
    return next(places, None)


def aliases(frame: Frame) -> list[str]:
    """The names that the list of fields gives to functions."""
    own = frame.own[: from_index(frame.own)]
    return [
        token.text
        for before, token, behind in zip(own, own[1:], [*own[2:], None], strict=False)
        if before.word == ")" and token.kind == "word" and (behind is None or behind.word == ",")
    ]


def grouped_names(frame: Frame) -> set[str]:
    """The words behind GROUP BY, in lower case."""
    words = [token.word for token in frame.own]
    begun = [number for number in range(1, len(words)) if words[number - 1 : number + 1] == ["GROUP", "BY"]]
    if not begun:
        return set()
    end = words.index("HAVING", begun[0]) if "HAVING" in words[begun[0] :] else len(words)
    return {word.lower() for word in words[begun[0] + 1 : end]}


def _reader_of_from(frame: Frame) -> Frame:
    """The SELECT that a FROM belongs to: not one that has its own; there a parenthesis is still missing."""
    outer: Frame | None = frame
    while outer is not None and outer.has_from:
        outer = outer.parent
    return outer or frame


def _give_back_from(frame: Frame, offset: int) -> None:
    """Let a FROM behind the place be the outer SELECT's, where the inner one is never closed."""
    outer = frame.parent
    start = from_index(frame.own)
    if outer is None or outer.has_from or start is None or frame.own[start].start < offset:
        return
    for token in frame.own[start:]:
        _take(outer, token)
    del frame.own[start:]


def _take(frame: Frame, token: Token) -> None:
    frame.own.append(token)
    if token.word == "(":
        frame.depth += 1
    elif token.word == ")":
        frame.depth = max(frame.depth - 1, 0)
    elif token.word == "FROM":
        frame.has_from = True
        frame.depth = 0


def _sources(own: list[Token]) -> list[tuple[tuple[str, ...], str | None]]:
    found: list[tuple[tuple[str, ...], str | None]] = []
    place = 0
    while place < len(own):
        parts, place = _path(own, place, first=not found)
        if not parts:
            break
        if place + 1 < len(own) and own[place].word == "AS":
            place += 1
        alias = None
        if place < len(own) and _is_alias(own, place):
            alias = own[place].text
            place += 1
        found.append((tuple(parts), alias))
        if place >= len(own) or own[place].word != ",":
            break
        place += 1
    return found


def _path(own: list[Token], place: int, *, first: bool) -> tuple[list[str], int]:
    parts: list[str] = []
    while place < len(own) and own[place].kind == "word":
        # The object of a FROM that is not typed yet is no WHERE; but GROUP and ORDER are objects.
        if not parts and own[place].word in (NEVER_NAMES | {"LIMIT"} if first else RESERVED):
            break
        parts.append(own[place].text)
        place += 1
        if place >= len(own) or own[place].word != ".":
            break
        place += 1
    return parts, place


def _is_alias(own: list[Token], place: int) -> bool:
    token = own[place]
    if token.kind != "word" or token.word in RESERVED:
        return False
    return token.word not in CLAUSE_WORDS or (place + 1 < len(own) and own[place + 1].word == ",")
