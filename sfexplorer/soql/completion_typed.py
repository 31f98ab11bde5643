"""The statement that the cursor is in, and what is typed there already."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from sfexplorer.soql.statements import BLANK_LINE, statement_spans, strip_comments
from sfexplorer.soql.tokens import Token, tokens
from sfexplorer.soql.tree import Span

# Nobody types so much, and each key is to be answered at once.
LONGEST = 30_000
MOST_TOKENS = 6_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What is at the cursor.

    Attributes:
        text: the whole text, its comments blanked.
        statement: where the statement stands in it.
        tokens: its tokens, their offsets those of the whole text.
        typed: the letters before the cursor.
        start: where they begin.
        end: where the word ends that they begin.
        following: the character behind it.
        is_quoted: whether it is a text in quotes.
    """

    text: str
    statement: Span
    tokens: list[Token]
    typed: str
    start: int
    end: int
    following: str
    is_quoted: bool = False


def typed_at(text: str, offset: int) -> Typed | None:
    """What is typed at an offset; None where nothing can be completed: in comments, numbers."""
    offset = min(max(offset, 0), len(text))
    bare = strip_comments(text)
    statement = _statement(bare, offset)
    if statement.end - statement.start > LONGEST or (bare != text and _is_comment(text, offset)):
        return None
    found = _tokens(bare, statement)
    if len(found) > MOST_TOKENS:
        return None
    token = next((token for token in found if token.end >= offset), None)
    typed, start, end, is_quoted = "", offset, offset, False
    if token is not None and token.start < offset:
        is_closed = token.kind == "string" and token.end == offset
        if token.kind == "word":
            typed, start, end = bare[token.start : offset], token.start, token.end
        elif token.kind in ("string", "unclosed") and not is_closed:
            typed, start, is_quoted = bare[token.start + 1 : offset], token.start, True
            end = token.end if _is_value(token, offset) else offset
        elif token.kind not in ("symbol", "error"):
            return None
    return Typed(bare, statement, found, typed, start, end, bare[end : end + 1], is_quoted)


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


def _tokens(text: str, statement: Span) -> list[Token]:
    found = list(islice(tokens(text[statement.start : statement.end]), MOST_TOKENS + 1))
    shift = statement.start
    if not shift:
        return found
    return [token._replace(start=token.start + shift, end=token.end + shift) for token in found]


def _is_comment(text: str, offset: int) -> bool:
    return any(token.kind == "comment" and token.start < offset <= token.end for token in tokens(text))


def _is_value(token: Token, offset: int) -> bool:
    """Whether a text is one value, and not two of which the first is not closed yet."""
    behind = token.text[offset - token.start :]
    return token.kind == "string" and not set(behind) & set(",()=")
