"""What is wrong with a token that no query can contain, told as a colleague would."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sfexplorer.soql.tokens import Token

WORD_SIGNS = {"&&": "AND", "||": "OR", "&": "AND", "|": "OR", "!": "NOT or !="}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A message and a hint for a stretch of the text."""

    start: int
    end: int
    message: str
    hint: str | None = None


def described(token: Token) -> str:
    """The token as a message names it."""
    if token.kind == "end":
        return "the end of the query"
    shown = token.text if len(token.text) <= 40 else token.text[:39] + "…"
    if token.kind == "string":
        return f"the text {shown}"
    return f"'{shown}'" if shown.isprintable() else ascii(shown)


def lexical_mistake(tokens: list[Token], index: int) -> Mistake | None:
    """What is wrong with the token itself, or None when it is sound and only stands in the wrong place."""
    token = tokens[index]
    previous = tokens[index - 1] if index else None
    if (
        previous is not None
        and previous.kind == "string"
        and previous.end == token.start
        and (token.kind in ("string", "unclosed", "word"))
    ):
        hint = "Write a quote inside a text as \\'."
        return Mistake(previous.end - 1, token.end, "The text ends at this quote.", hint)
    return _unsound(token)


def _unsound(token: Token) -> Mistake | None:
    start, end, text = token.start, token.end, token.text
    match token.kind:
        case "unclosed":
            return Mistake(start, start + 1, "This quote is never closed.", "Add the closing ' to the text.")
        case "open":
            return Mistake(start, start + 1, "This brace is never closed.")
        case "double":
            return Mistake(
                start, end, "Texts stand in single quotes.", f"Write '{text.strip(chr(34))[:40]}' instead."
            )
        case "malformed":
            return Mistake(start, end, f"'{text[:40]}' is neither a number nor a date.", _number_hint(text))
        case "comment":
            return Mistake(start, end, "Comments are not part of the language.", "Remove it before sending.")
        case "search":
            return Mistake(start, end, "Braces belong to a search with FIND.", None)
        case "error":
            return Mistake(start, end, f"{described(token)} is not part of the language.", _sign_hint(text))
        case _:
            return None


def _number_hint(text: str) -> str:
    if text.lstrip("+-").startswith(".") and text.count(".") > 1:
        return "A number has one point."
    if "-" in text[1:] and (":" in text or "T" in text.upper()):
        return "Datetimes look like 2026-01-31T10:00:00Z."
    if re.match(r"[0-9]+:[0-9]", text):
        return "Times look like 10:00:00.000Z."
    if re.match(r"[0-9]+[-.][0-9]+[-.]", text):
        return "Dates look like 2026-01-31."
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]*", text):
        return "Write the number without an exponent."
    if text.endswith("."):
        return "Write a digit behind the point."
    return "Texts need single quotes around them."


def _sign_hint(text: str) -> str | None:
    if text in WORD_SIGNS:
        return f"Write {WORD_SIGNS[text]}."
    if text == "*":
        return "Name the fields, or write FIELDS(ALL) and LIMIT 200."
    if text.isspace() or text in "\u200b\ufeff":
        return "It looks like a space: type a plain one."
    return None
