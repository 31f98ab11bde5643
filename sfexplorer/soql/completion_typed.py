"""The statement that the cursor is in, and what is typed there already."""

from __future__ import annotations

from dataclasses import dataclass

from sfexplorer.soql.statements import BLANK_LINE, statement_spans, strip_comments
from sfexplorer.soql.tokens import Token, tokens
from sfexplorer.soql.tree import Span


@dataclass(frozen=True, slots=True)
class Typed:
    """What is at the cursor.

    Attributes:
        text: the whole text, its comments blanked.
        statement: where the statement stands in it.
        typed: the letters before the cursor.
        start: where they begin.
        end: where the word ends that they begin.
        following: the character behind it.
        is_quoted: whether it is a text in quotes.
    """

    text: str
    statement: Span
    typed: str
    start: int
    end: int
    following: str
    is_quoted: bool = False


def typed_at(text: str, offset: int) -> Typed | None:
    """What is typed at an offset; None in a comment, a number or a search text."""
    offset = min(max(offset, 0), len(text))
    bare = strip_comments(text)
    statement = _statement(bare, offset)
    token = _touching(bare, statement, offset)
    if token is None:
        is_comment = bare != text and _is_comment(text, offset)
        return None if is_comment else Typed(bare, statement, "", offset, offset, bare[offset : offset + 1])
    typed = bare[token.start : offset]
    if token.kind == "word":
        return Typed(bare, statement, typed, token.start, token.end, bare[token.end : token.end + 1])
    if token.kind in ("string", "unclosed") and not (token.kind == "string" and token.end == offset):
        end = token.end if _is_value(token, offset) else offset
        return Typed(bare, statement, typed[1:], token.start, end, "", is_quoted=True)
    if token.kind in ("symbol", "error"):
        return Typed(bare, statement, "", offset, offset, bare[offset : offset + 1])
    return None


def _statement(text: str, offset: int) -> Span:
    """The statement around an offset, with the white space up to it; an empty one where none is."""
    for span in statement_spans(text):
        if span.start <= offset <= span.end:
            return span
        if span.end < offset:
            between = text[span.end : offset]
            if ";" not in between and not BLANK_LINE.search(between):
                return Span(span.start, offset)
    return Span(offset, offset)


def _touching(text: str, statement: Span, offset: int) -> Token | None:
    """The token that the cursor is in or directly behind."""
    for token in tokens(text[statement.start : statement.end]):
        start, end = token.start + statement.start, token.end + statement.start
        if start < offset <= end:
            return token._replace(start=start, end=end)
        if start >= offset:
            break
    return None


def _is_comment(text: str, offset: int) -> bool:
    return any(token.kind == "comment" and token.start < offset <= token.end for token in tokens(text))


def _is_value(token: Token, offset: int) -> bool:
    """Whether a text is one value, and not two of which the first is not closed yet."""
    behind = token.text[offset - token.start :]
    return token.kind == "string" and not set(behind) & set(",()=")
