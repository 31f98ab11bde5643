"""What is expected in a condition: a field, an operator, a value, or what joins it to another."""

from __future__ import annotations

from collections.abc import Sequence

from sfexplorer.soql.completion_place import (
    SIGNS,
    Clause,
    Place,
    open_path,
    operand_length,
    since,
    since_comma,
)
from sfexplorer.soql.tokens import Token

LISTING = frozenset({"IN", "INCLUDES", "EXCLUDES"})


def comparison_place(
    clause: Clause,
    opener: Token | None,
    before: Sequence[Token],
    inside: Sequence[Token],
    following: tuple[str, ...],
) -> Place:
    """What a condition expects.

    Args:
        clause: WHERE or HAVING up to the cursor.
        opener: the word before the last open parenthesis.
        before: what stands before that word.
        inside: what stands in the parenthesis.
        following: the keywords that may follow a comparison.
    """
    if opener is not None and opener.word in LISTING:
        return _listed(clause, opener, before, inside)
    body = since(inside, _joins)
    if body and body[0].word == "NOT":
        body = body[1:]
    path = open_path(body)
    if path is not None:
        # NOT begins a condition, but not the second one of AND or OR.
        return Place("operand", clause.name, path, words=("NOT",))
    length = operand_length(body)
    left, rest = tuple(body[:length]), body[length:]
    if not left:
        return Place("after value", clause.name, words=following)
    if not rest:
        return Place("operator", clause.name, left=left)
    if rest[0].word == "NOT" and len(rest) == 1:
        return Place("word", clause.name, words=("IN",))
    operator = "NOT IN" if rest[0].word == "NOT" else rest[0].word
    behind = rest[2:] if operator == "NOT IN" else rest[1:]
    if behind:
        return (
            Place("nothing") if behind[-1].word == ":" else Place("after value", clause.name, words=following)
        )
    if operator in SIGNS or operator in LISTING or operator in ("LIKE", "NOT IN"):
        return Place("value", clause.name, left=left, operator=operator)
    return Place("nothing")


def _listed(clause: Clause, opener: Token, before: Sequence[Token], inside: Sequence[Token]) -> Place:
    entry = since_comma(inside)
    if entry:
        return Place("nothing")
    body = since(_unopened(before), _joins)
    operator = opener.word
    if body and body[-1].word == "NOT":
        operator, body = "NOT IN", body[:-1]
    if body and body[0].word == "NOT":
        body = body[1:]
    length = operand_length(body)
    words = ("SELECT",) if operator in ("IN", "NOT IN") and not inside else ()
    return Place("value", clause.name, left=tuple(body[:length]), operator=operator, listed=True, words=words)


def _unopened(before: Sequence[Token]) -> Sequence[Token]:
    """What stands behind the last parenthesis that is still open."""
    opened: list[int] = []
    for number, token in enumerate(before):
        if token.word == "(":
            opened.append(number)
        elif token.word == ")" and opened:
            opened.pop()
    return before[opened[-1] + 1 :] if opened else before


def _joins(token: Token) -> bool:
    return token.word in ("AND", "OR")
