"""Values of Python as literals of a query, and words as the text of a search, safe whatever they contain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal

Scalar = str | int | float | Decimal | bool | date | datetime | time | None

ESCAPES = {
    "\\": "\\\\",
    "'": "\\'",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
# Control characters, line separators, and surrogates without their other half, which no request can carry.
SPECIAL = re.compile(r"[\\'\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")

# What has a meaning in the text of a search.
RESERVED = re.compile(r"""[?&|!{}\[\]()^~*:\\"'+-]""")
OPERATORS = ("and", "or", "not")


def quote(value: Scalar | Iterable[Scalar]) -> str:
    """The literal of a value: `'O\\'Hara'`, `10.5`, `NULL`, `2026-01-31`, `('a', 'b')`.

    Datetimes are told in UTC with Z, so that a query needs no escaping of `+` in a URL.

    Raises:
        ValueError: SOQL has no such literal: an empty list, a nested list, infinity, a datetime without zone.
    """
    if isinstance(value, str):
        return f"'{SPECIAL.sub(_escape, value)}'"
    if value is None or isinstance(value, (bool, int, float, Decimal, date, time)):
        return _scalar(value)
    quoted = []
    for element in value:
        if element is not None and not isinstance(element, (str, bool, int, float, Decimal, date, time)):
            raise ValueError("A list in a query contains values only.")
        quoted.append(quote(element))
    if not quoted:
        raise ValueError("A list in a query needs one value at least.")
    return f"({', '.join(quoted)})"


def quote_words(words: Iterable[str], *, begins: bool = False) -> str:
    """The text of a search for all of these words, in its braces: `{Smith "AND" Sons*}`.

    Args:
        words: What is looked for; signs with a meaning in SOSL lose it.
        begins: Whether the last word may be the beginning of one, where it ends with a letter or digit.
    """
    terms = [
        f'"{word}"' if word.casefold() in OPERATORS else RESERVED.sub(r"\\\g<0>", word) for word in words
    ]
    if begins and terms and terms[-1][-1:].isalnum():
        terms[-1] += "*"
    return f"{{{' '.join(terms)}}}"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _scalar(value: int | float | Decimal | bool | date | time | None) -> str:
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float() | Decimal():
            return _number(value)
        case datetime():
            return _datetime(value)
        case date():
            return value.isoformat()
        case time():
            return f"{value.replace(tzinfo=None).isoformat('milliseconds')}Z"


def _number(value: float | Decimal) -> str:
    """Without an exponent, which SOQL does not know."""
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    if not exact.is_finite():
        raise ValueError(f"A query can't contain {value}.")
    text = f"{exact:f}"
    # A float stays one when it is read back.
    return f"{text}.0" if isinstance(value, float) and "." not in text else text


def _datetime(value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError("A datetime in a query needs a time zone.")
    moment = value.astimezone(UTC).replace(tzinfo=None)
    return f"{moment.isoformat(timespec='microseconds' if moment.microsecond % 1000 else 'milliseconds')}Z"
