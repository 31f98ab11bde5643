"""How an error of the grammar can be mended, where that is plain."""

from __future__ import annotations

import re

from sfexplorer.soql.errors import SoqlError
from sfexplorer.soql.quoting import quote
from sfexplorer.soql.tokens import tokens
from sfexplorer.soql.tree import Span
from sfexplorer.soql.words import RESERVED

MEANT = re.compile(r"Did you mean ([A-Za-z_]+)\?")
STAR = "FIELDS(ALL)"
WRITTEN = re.compile(r"Write (\S+)\.")
EMPTY_COUNT = re.compile(r"COUNT\s*\(\s*\)", re.IGNORECASE)
CLAUSE_START = {
    "WHERE",
    "WITH",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "FOR",
    "USING",
    "UPDATE",
    "ALL",
}
DATE_WORD = re.compile(r"[A-Za-z_]+:n")
TAIL = re.compile(r"\b(?:LIMIT|OFFSET|FOR|UPDATE|ALL\s+ROWS)\b", re.IGNORECASE)


def mend(text: str, error: SoqlError) -> tuple[str, Span] | None:
    """The text that mends an error and the place that it goes to; None where that is not plain.

    Args:
        text: the statement.
        error: what the parser said of it.
    """
    start, end = error.offset, error.offset + error.length
    wrong = text[start:end]
    span = Span(start, end)
    if wrong == "*" and "SELECT *" in error.message:
        return _star(text, span)
    if wrong == "==":
        return "=", span
    if wrong.startswith("''") and error.message.startswith("The text ends"):
        return f"\\'{wrong[2:]}", span
    if error.message.startswith("COUNT() stands alone") and (found := EMPTY_COUNT.match(text, start)):
        return "COUNT(Id)", Span(*found.span())
    if error.message.endswith("comes too late.") and (hint := error.hint or "").startswith(
        "It stands before "
    ):
        return _moved(text, start, hint.removeprefix("It stands before ").rstrip("."))
    if wrong == "," and error.message.startswith("Expected a field"):
        return "", span
    if "comma too many" in error.message or "semicolon" in error.message:
        return "", span
    if wrong.startswith('"') and "single quotes" in error.message:
        return quote(wrong.strip('"')), span
    if error.message.startswith("This quote is never closed"):
        line_end = re.compile(r"[\r\n]|\Z").search(text, start)
        place = line_end.start() if line_end else len(text)
        return "'", Span(place, place)
    if error.message.startswith("This parenthesis is never closed"):
        return ")", Span(len(text.rstrip()), len(text.rstrip()))
    return _by_hint(text, error, span)


def _by_hint(text: str, error: SoqlError, span: Span) -> tuple[str, Span] | None:
    hint = error.hint or ""
    wrong = text[span.start : span.end]
    meant = MEANT.search(hint)
    if meant and wrong and not DATE_WORD.search(hint):
        return meant.group(1), span
    written = WRITTEN.fullmatch(hint)
    if written and wrong and wrong not in ("<", ">"):
        return written.group(1), span
    if hint.startswith("Compare with a list by ") and (operator := _operator_before(text, error)):
        return hint.removeprefix("Compare with a list by ").rstrip("."), operator
    if error.message.startswith("SOQL has no IS NULL"):
        found = re.compile(r"IS(\s+NOT)?", re.IGNORECASE).match(text, span.start)
        return ("!=" if found.group(1) else "=", Span(*found.span())) if found else None
    if hint.startswith("Texts need single quotes") and re.fullmatch(r"\w+", wrong) and not _is_keyword(wrong):
        return quote(wrong), span
    if error.message.startswith("Expected a comma or FROM, found '") and _is_name(wrong):
        before = len(text[: span.start].rstrip())
        return ",", Span(before, before)
    return None


def _operator_before(text: str, error: SoqlError) -> Span | None:
    found = re.compile(r"(=|!=|<>|<=?|>=?)\s*\Z").search(text, 0, error.offset)
    return Span(*found.span(1)) if found else None


def _is_name(wrong: str) -> bool:
    return re.fullmatch(r"[A-Za-z]\w*", wrong) is not None and not _is_keyword(wrong)


def _is_keyword(wrong: str) -> bool:
    return wrong.upper() in RESERVED


def _moved(text: str, start: int, before: str) -> tuple[str, Span] | None:
    """The clause that begins at `start` put before an earlier one; None where that is not found."""
    found = [match.start() for match in re.finditer(rf"\b{before.split()[0]}\b", text[:start], re.IGNORECASE)]
    if not found:
        return None
    depth = 0
    end = len(text.rstrip())
    for token in tokens(text[start:]):
        depth += (token.word == "(") - (token.word == ")")
        if depth < 0 or (token.start and not depth and token.word in CLAUSE_START):
            end = start + token.start
            break
    late = text[start:end].rstrip()
    return f"{late} {text[found[-1] : start].rstrip()}", Span(found[-1], start + len(late))


def _star(text: str, span: Span) -> tuple[str, Span]:
    """All fields instead of the star, and the LIMIT that they need."""
    tail = TAIL.search(text, span.end)
    if tail is not None:
        return STAR, span
    end = len(text.rstrip())
    return f"{STAR}{text[span.end : end]} LIMIT 200", Span(span.start, end)
