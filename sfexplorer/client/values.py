"""Field values as they travel in JSON, and when two of them are the same (WIRE rest.md, section 4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any


def to_wire(value: Any) -> Any:
    """The JSON form of a Python value; what is JSON already comes back as it is.

    Raises:
        ValueError: a datetime without a time zone: the org could only guess. A number that is none: JSON
            has no word for it, and null would clear the field.
    """
    match value:
        case datetime():
            if value.tzinfo is None:
                raise ValueError("a datetime for Salesforce needs a time zone")
            moment = value.astimezone(UTC)
            return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M:%S}.{value.microsecond // 1000:03d}Z"
        case Decimal() | float():
            if not isfinite(value):
                raise ValueError("Salesforce has no number for infinity or not-a-number")
            return float(value)
        case bytearray() | memoryview():
            # Another hand could change it between now and the save.
            return bytes(value)
        case _:
            return value


def parse_datetime(text: str) -> datetime:
    """The moment that a datetime of an org's answer tells: `2024-01-02T03:04:05.000+0000`.

    Raises:
        ValueError: it is none.
    """
    return datetime.fromisoformat(text)


def same(one: Any, other: Any) -> bool:
    """Whether two values are one to Salesforce: 1 and 1.0 are; 1 and True, None and "" are not."""
    if isinstance(one, bool) != isinstance(other, bool):
        return False
    return bool(one == other)


def is_number(value: Any) -> bool:
    """Whether the value is one of JSON's numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_rounding(sent: Any, stored: Any, scale: int) -> bool:
    """Whether the one number, rounded to so many decimals, is the other: from exactly between, up or down."""
    return 2 * abs(Decimal(str(sent)) - Decimal(str(stored))) <= Decimal(1).scaleb(-scale)


def is_trimming(sent: Any, stored: Any) -> bool:
    """Whether the one is text that an org keeps as the other: with fewer blanks around it; empty as null."""
    one, other = ("" if value is None else value for value in (sent, stored))
    return isinstance(one, str) and isinstance(other, str) and other in one and one.strip() == other.strip()
