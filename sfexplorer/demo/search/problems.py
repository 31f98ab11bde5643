"""What is wrong with a search, as Salesforce says it (soql.md, section 4; what it leaves open is our own)."""

from __future__ import annotations

from dataclasses import replace

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.executor.problems import block
from sfexplorer.soql.errors import SoqlError, line_and_column

_NO_TERM = "No search term found. The search term must be enclosed in braces."


def malformed_search(message: str) -> Refusal:
    """A search that breaks a rule without a place to point at."""
    return refusal(400, "MALFORMED_SEARCH", message)


def misplaced(text: str, offset: int, message: str) -> Refusal:
    """A search that follows the grammar and breaks another rule, at a place."""
    return malformed_search(block(text, offset, message))


def no_term() -> Refusal:
    """A search without a term in braces."""
    return malformed_search(_NO_TERM)


def too_short(word: str) -> Refusal:
    """A word of a single character."""
    return refusal(400, "INVALID_SEARCH", f"search term must be longer than one character: {word}")


def unreadable_search(text: str, error: SoqlError) -> Refusal:
    """A search that does not follow the grammar."""
    brace = text.find("{")
    if text[: brace + 1].upper().split() not in (["FIND", "{"], ["FIND{"]):
        return no_term()
    offset, word = error.offset, text[error.offset : error.offset + error.length]
    closing = _closing(text, brace)
    if offset == brace and not text[brace + 1 : closing].strip():
        return no_term()
    if brace < offset < closing and len(word) == 1 and not word.isalnum():
        body = text.lstrip("\r\n")
        at = offset - (len(text) - len(body))
        line, column = line_and_column(body, at)
        message = f"line {line}:{column - 1} mismatched character '{word}' expecting '}}'"
    elif brace <= offset <= closing:
        message = f"unexpected token: '{word if brace < offset < closing and word else '<EOF>'}'"
    else:
        message = f"Malformed search token: {word or '<EOF>'}"
    return malformed_search(block(text, offset, message, from_zero=True))


def _closing(text: str, brace: int) -> int:
    """Where the braces of the search text end: the text's end where nothing closes them."""
    place = brace + 1
    while place < len(text) and text[place] != "}":
        place += 2 if text[place] == "\\" else 1
    return min(place, len(text))


def as_search(refused: Refusal) -> Refusal:
    """A refusal of a SOQL clause within a search, under the name that it has there."""
    faults = [
        replace(each, code="MALFORMED_SEARCH") if each.code == "MALFORMED_QUERY" else each
        for each in refused.faults
    ]
    return Refusal(refused.status, faults, refused.headers)
