"""Which keywords the grammar takes at a place: the parser itself is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from sfexplorer.soql.completion_outline import Frame
from sfexplorer.soql.completion_place import clause_starts, innermost, unnested
from sfexplorer.soql.errors import SoqlError
from sfexplorer.soql.parser import parse
from sfexplorer.soql.schema_scope import Form
from sfexplorer.soql.tokens import Token

# What stands before FROM does not decide what may follow it.
HEADS: dict[Form, str] = {
    "query": "SELECT Id ",
    "sub-select": "SELECT (SELECT Id ",
    "returning": "",
    "semi-join": "SELECT Id FROM X WHERE Id IN (SELECT Id ",
}
CONDITION = "X = 1"


def accepted(text: str, frame: Frame, start: int, words: Iterable[str]) -> list[str]:
    """The keywords behind which the parser reads on; all of them where it does not come that far.

    Args:
        text: the whole text, without comments.
        frame: the SELECT.
        start: the offset where the keyword stands or would stand.
        words: keywords, or several words that belong together.
    """
    own = frame.before(start)
    starts = clause_starts(own)
    clauses = [
        (own[number:behind], text[own[number].start : own[behind].start if behind < len(own) else start])
        for number, behind in pairwise([*starts, len(own)])
    ]
    if len(clauses) < 2:
        head = clauses[0][1] if clauses else text[own[0].start : start] if own else ""
        closing = ")" * _depth(own)
    else:
        pieces = [
            f"WHERE {CONDITION}" if tokens[0].word == "WHERE" else piece for tokens, piece in clauses[1:]
        ]
        if clauses[-1][0][0].word == "WHERE":
            pieces[-1] = _condensed(clauses[-1][0], text, start)
        head = f"{HEADS[frame.form]}{' '.join(pieces)} "
        closing = ")" * (_depth(clauses[-1][0]) + (frame.form != "query"))
    return accepted_behind(head, words, closing, parse)


def accepted_behind(
    head: str, words: Iterable[str], closing: str, read: Callable[[str], object]
) -> list[str]:
    """The keywords behind which a parser reads on; all of them where it does not read what is before.

    Args:
        head: what is before the keyword.
        words: keywords.
        closing: the parentheses that are open there.
        read: the parser.
    """
    if _stops(f"{head} {closing}", read) < len(head.rstrip()):
        return list(words)
    # In pairs such as FOR VIEW and FOR UPDATE the first word decides.
    known: dict[str, bool] = {}
    found = []
    for word in words:
        first = word.partition(" ")[0]
        if first not in known:
            reading = f"{head} {word}"
            known[first] = _stops(f"{reading} {closing}", read) >= len(reading)
        if known[first]:
            found.append(word)
    return found


def _condensed(tokens: Sequence[Token], text: str, start: int) -> str:
    """A condition as short as can be: only what decides about the next word."""
    opener, _, inside = innermost(tokens[1:])
    joins = _joins(inside)
    if opener is not None or not inside or len({token.word for token in joins}) > 1:
        return text[tokens[0].start : start]
    last = joins[-1] if joins else inside[0]
    before = f"{CONDITION} " if joins else ""
    return f"WHERE {'(' * _depth(tokens)}{before}{text[last.start : start]}"


def _joins(inside: Sequence[Token]) -> list[Token]:
    return [token for token in unnested(inside) if token.word in ("AND", "OR")]


def _depth(tokens: Sequence[Token]) -> int:
    depth = 0
    for token in tokens:
        depth = max(depth + (token.word == "(") - (token.word == ")"), 0)
    return depth


def _stops(text: str, read: Callable[[str], object]) -> int:
    """Where a parser stops reading; behind the text where it reads all."""
    try:
        read(text)
    except SoqlError as error:
        return error.offset
    return len(text) + 1
