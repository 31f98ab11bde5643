"""Brackets and quotes in pairs: what a typed sign does to the text around the cursor."""

from __future__ import annotations

import re
from typing import Literal

PAIRS = {"(": ")", "{": "}", "'": "'"}
CLOSING = frozenset(PAIRS.values())

Effect = Literal["pair", "over", "plain"]
"""The sign comes with its partner; the cursor steps over the one that is there; the sign alone is put in."""

# What hides signs from the language: texts, the text of a search, comments. None goes over a line's end.
_HIDING = re.compile(
    r"'(?:\\.?|[^'\\\r\n])*+(?P<quote>')?|\{(?:\\.?|[^}\\\r\n])*+(?P<brace>\})?|(?:--|//)[^\r\n]*"
)
_STATEMENT_END = re.compile(r";|(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
# Where one of these follows, nothing is put into parentheses by the sign before it.
_FREE = re.compile(r"[\s)},;]|\Z")

_ESCAPING = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
"""In a text a quote behind a backslash is one of its signs."""

_FAR = 4_000
"""So many characters around the cursor are looked at; each key is to be answered at once."""


def effect_of(sign: str, before: str, after: str) -> Effect:
    """What typing a sign does.

    Args:
        sign: The sign.
        before: The text before the cursor.
        after: The text behind it.
    """
    inside = _inside(_last_line(before))
    if _ESCAPING.search(before[-_FAR:]):
        return "plain"
    if sign in CLOSING and after.startswith(sign) and _steps_over(sign, inside, before, after):
        return "over"
    if sign not in PAIRS or inside or not _FREE.match(after):
        return "plain"
    # Behind a word a quote ends a text whose beginning is missing.
    ends_word = sign == "'" and bool(before) and (before[-1].isalnum() or before[-1] == "_")
    return "plain" if ends_word else "pair"


def is_empty_pair(before: str, after: str) -> bool:
    """Whether the cursor stands between two signs that came as a pair, with nothing between them."""
    return bool(before and after) and PAIRS.get(before[-1]) == after[0]


def _steps_over(sign: str, inside: str, before: str, after: str) -> bool:
    if sign != ")":
        return inside == ("'" if sign == "'" else "{")
    # With every bracket closed one more would be too many.
    opened = _open_brackets(_STATEMENT_END.split(_code(before[-_FAR:]))[-1])
    closed = _open_brackets(_STATEMENT_END.split(_code(after[:_FAR]))[0][::-1].translate(_MIRRORED))
    return not inside and opened <= closed


_MIRRORED = str.maketrans("()", ")(")


def _open_brackets(code: str) -> int:
    depth = 0
    for sign in re.findall(r"[()]", code):
        depth = depth + 1 if sign == "(" else max(depth - 1, 0)
    return depth


def _code(text: str) -> str:
    return _HIDING.sub("", text)


def _last_line(text: str) -> str:
    return re.split(r"[\r\n]", text[-_FAR:])[-1]


def _inside(line: str) -> str:
    """The sign that begins what the end of the line is inside of: a quote, a brace, a comment's; or ""."""
    found = list(_HIDING.finditer(line))
    last = found[-1] if found else None
    if last is None or last.end() < len(line) or last["quote"] or last["brace"]:
        return ""
    return line[last.start()]
