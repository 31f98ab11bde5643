"""What a literal of the tree means: its value in Python."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from sfexplorer.soql.tree import Literal

Value = str | int | float | bool | date | datetime | time | None

ESCAPE = re.compile(r"\\(?:[uU]([0-9A-Fa-f]{4})|(.))", re.DOTALL)
CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
STAMP = re.compile(r"(.{10})[Tt](.{8})(?:\.([0-9]+))?([Zz]|[+-].*)")
CLOCK = re.compile(r"(.{8})(?:\.([0-9]+))?[Zz]")
# Beyond that many digits Python refuses to read a whole number.
LONGEST_INTEGER = 300


def literal_value(literal: Literal) -> Value:
    """The value of a constant; a currency literal gives its amount.

    Numbers without a point are int, others float. Datetimes know their zone and have milliseconds.

    Raises:
        ValueError: for date literals, which are ranges (see `date_range`), and variables.
    """
    text = literal.text
    match literal.kind:
        case "string":
            return unescaped(text[1:-1])
        case "number":
            return _number(text)
        case "currency":
            return _number(text[3:])
        case "boolean":
            return text.upper() == "TRUE"
        case "null":
            return None
        case "date":
            return date.fromisoformat(text)
        case "datetime":
            return _datetime(text)
        case "time":
            return _time(text)
        case _:
            raise ValueError(f"{text} has no single value.")


def like_pattern(literal: Literal) -> str:
    """The text behind LIKE, in which only wildcards act and a backslash makes `%`, `_` and itself plain.

    It fits SQL's `LIKE … ESCAPE '\\'`.
    """
    return ESCAPE.sub(_unescape_pattern, literal.text[1:-1])


def unescaped(text: str) -> str:
    """What stands between the quotes of a string, with its escapes resolved."""
    return ESCAPE.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    code, letter = match.groups()
    return chr(int(code, 16)) if code else CONTROLS.get(letter.lower(), letter)


def _unescape_pattern(match: re.Match[str]) -> str:
    plain = _unescape(match)
    return f"\\{plain}" if plain in "%_\\" and not match.group(1) else plain


def _number(text: str) -> int | float:
    return float(text) if "." in text or len(text) > LONGEST_INTEGER else int(text)


def _milliseconds(fraction: str | None) -> timedelta:
    return timedelta(milliseconds=int((fraction or "0").ljust(3, "0")[:3]))


def _datetime(text: str) -> datetime:
    found = STAMP.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is no datetime.")
    day, clock, fraction, zone = found.groups()
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=_zone(zone)) + _milliseconds(fraction)


def _zone(text: str) -> timezone:
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _time(text: str) -> time:
    found = CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is no time.")
    clock, fraction = found.groups()
    return time.fromisoformat(clock).replace(microsecond=_milliseconds(fraction).microseconds)
