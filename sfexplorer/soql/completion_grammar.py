"""Which keywords the grammar takes at a place: the parser itself is asked."""

from __future__ import annotations

from collections.abc import Iterable

from sfexplorer.soql.completion_outline import Frame, from_index
from sfexplorer.soql.errors import SoqlError
from sfexplorer.soql.parser import parse
from sfexplorer.soql.schema_scope import Form

# What stands before FROM does not decide what may follow it.
HEADS: dict[Form, str] = {
    "query": "SELECT Id ",
    "sub-select": "SELECT (SELECT Id ",
    "semi-join": "SELECT Id FROM X WHERE Id IN (SELECT Id ",
}


def accepted(text: str, frame: Frame, start: int, words: Iterable[str]) -> list[str]:
    """The keywords behind which the parser reads on; all of them where it does not come that far.

    Args:
        text: the whole text, without comments.
        frame: the SELECT.
        start: the offset where the keyword stands or would stand.
        words: keywords, or several words that belong together.
    """
    head, closing = _beginning(text, frame, start)
    if _stops(f"{head} {closing}") < len(head.rstrip()):
        return list(words)
    return [word for word in words if _is_read(head, word, closing)]


def _beginning(text: str, frame: Frame, start: int) -> tuple[str, str]:
    """The SELECT up to the keyword, as short as can be, and the parentheses that are open in it."""
    number = from_index(frame.own)
    if number is None or frame.own[number].start >= start:
        number = 0
    own = [token for token in frame.own[number:] if token.end <= start]
    depth = 0
    for token in own:
        depth = max(depth + (token.word == "(") - (token.word == ")"), 0)
    head = text[own[0].start : start] if own else ""
    if number == 0:
        return head, ")" * depth
    return HEADS[frame.form] + head, ")" * (depth + (frame.form != "query"))


def _is_read(head: str, word: str, closing: str) -> bool:
    read = f"{head} {word}"
    return _stops(f"{read} {closing}") >= len(read)


def _stops(text: str) -> int:
    """Where the parser stops reading; behind the text where it reads all."""
    try:
        parse(text)
    except SoqlError as error:
        return error.offset
    return len(text) + 1
