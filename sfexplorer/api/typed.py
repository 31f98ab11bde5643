"""Field values as a person types them: the text for a value, and the value for a text.

Both follow the field's describe. What doesn't fit raises `Unfit` with a sentence for the person; nothing is
ever cut or rounded silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal

from sfexplorer.client.describe import FieldDescribe
from sfexplorer.client.ids import is_id, to_18
from sfexplorer.client.values import parse_datetime, to_wire

Value = str | int | float | bool | None

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?", re.ASCII)
_INT_LIMIT = 2**31


class Unfit(ValueError):
    """The text can't be a value of the field; the message says why and what would fit."""


def edit_text(field: FieldDescribe, value: object, zone: tzinfo | None = None) -> str:
    """The text that an editor of `field` begins with: plain, complete, without separators.

    Args:
        field: The field's describe.
        value: Its value.
        zone: The time zone of datetimes; None is the computer's own.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return _plain_number(value)
        case str():
            if field.type == "datetime":
                return _local_text(value, zone)
            return _short_time(value) if field.type == "time" else value
    return str(value)


def parse_text(field: FieldDescribe, text: str, original: object = None, zone: tzinfo | None = None) -> Value:
    """The value of `field` that `text` stands for.

    Args:
        field: The field's describe.
        text: What was typed.
        original: The value that the editor began with. A text that still shows it gives it back unchanged,
            and a datetime keeps the seconds and milliseconds that the text doesn't show.
        zone: The time zone of datetimes; None is the computer's own.

    Raises:
        Unfit: The text can't be a value of the field.
    """
    if text == edit_text(field, original, zone) and (
        original is None or isinstance(original, str | int | float)
    ):
        return original
    if not text.strip():
        if not field.nillable:
            raise Unfit(f"{field.label or field.name} is required; it can't be left empty.")
        return None
    if field.type == "datetime":
        return _parse_moment(text.strip(), original, zone)
    return _PARSERS.get(field.type, _parse_string)(field, text)


def _parse_string(field: FieldDescribe, text: str) -> str:
    if field.length and len(text) > field.length:
        excess = len(text) - field.length
        raise Unfit(f"Too long by {excess:,}: at most {field.length:,} characters.")
    return text


def _parse_id(field: FieldDescribe, text: str) -> str:
    if not is_id(text.strip()):
        raise Unfit("Not a record Id: 15 or 18 letters and digits.")
    return to_18(text.strip())


def _parse_boolean(field: FieldDescribe, text: str) -> bool:
    word = text.strip().lower()
    if word not in ("true", "false"):
        raise Unfit("Either true or false.")
    return word == "true"


def _parse_integer(field: FieldDescribe, text: str) -> int:
    number = _decimal(text)
    if number != number.to_integral_value():
        raise Unfit("A whole number, please: this field has no decimals.")
    _check_digits(number, field.digits)
    if field.type == "int" and not -_INT_LIMIT <= number < _INT_LIMIT:
        raise Unfit(f"Too big: at most {_INT_LIMIT - 1:,}.")
    return int(number)


def _parse_decimal(field: FieldDescribe, text: str) -> int | float:
    number = _decimal(text)
    exponent = number.normalize().as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    if decimals > field.scale:
        allowed = f"at most {field.scale} of them" if field.scale else "this field has none"
        raise Unfit(f"Too many decimals: {allowed}.")
    if field.precision:
        _check_digits(number, field.precision - field.scale)
    if number == number.to_integral_value() and abs(number) > 2**53:
        return int(number)
    # JSON numbers travel as doubles; what a double can't hold would arrive as another number.
    if Decimal(repr(float(number))) != number:
        raise Unfit("Too many digits to arrive exactly; at most 15 in all.")
    return float(number)


def _decimal(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text.strip()):
        raise Unfit("Not a number: digits and a decimal point, like 1200.50.")
    return Decimal(text.strip())


def _check_digits(number: Decimal, allowed: int) -> None:
    if allowed and abs(number) >= Decimal(10) ** allowed:
        raise Unfit(f"Too big: at most {allowed} digits before the decimal point.")


def _parse_date(field: FieldDescribe, text: str) -> str:
    return _date_of(text.strip()).isoformat()


def _date_of(text: str) -> date:
    found = _DATE.fullmatch(text)
    if not found:
        raise Unfit("Not a date: YYYY-MM-DD, like 2026-03-01.")
    year, month, day = map(int, found.groups())
    # Salesforce keeps no other years, and Python none before the first.
    if not 1700 <= year <= 4000:
        raise Unfit("Salesforce keeps the years 1700 to 4000.")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unfit(f"There is no {text}: the month or day doesn't exist.") from None


def _parse_time(field: FieldDescribe, text: str) -> str:
    return str(to_wire(_time_of(text.strip())))


def _time_of(text: str) -> time:
    found = _TIME.fullmatch(text)
    if not found:
        raise Unfit("Not a time: HH:MM or HH:MM:SS, like 09:30.")
    hour, minute, second, fraction = found.groups(default="0")
    try:
        return time(int(hour), int(minute), int(second), int(fraction.ljust(3, "0")) * 1000)
    except ValueError:
        raise Unfit(f"There is no {text}: hours go to 23, minutes and seconds to 59.") from None


def _parse_moment(text: str, original: object, zone: tzinfo | None) -> str:
    day, _, clock = text.partition(" ")
    if not clock:
        day, _, clock = text.partition("T")
    if not clock.strip():
        raise Unfit("Not a date and time: YYYY-MM-DD HH:MM, like 2026-03-01 09:30.")
    local = datetime.combine(_date_of(day), _time_of(clock.strip()))
    before = _moment_of(original, zone)
    if before is not None and local.time() == before.time().replace(microsecond=0):
        # Only the day was changed: the milliseconds, which the text doesn't show, stay.
        local = datetime.combine(local.date(), before.time())
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise Unfit(f"There is no {text} here: the clocks go forward over it.")
    return str(to_wire(moment))


def _moment_of(value: object, zone: tzinfo | None) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        return parse_datetime(value).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def _local_text(value: str, zone: tzinfo | None) -> str:
    moment = _moment_of(value, zone)
    if moment is None:
        return value
    return moment.strftime("%Y-%m-%d %H:%M:%S" if moment.second else "%Y-%m-%d %H:%M")


def _short_time(value: str) -> str:
    return value.removesuffix("Z").removesuffix(".000").removesuffix(":00")


def _plain_number(number: int | float | Decimal) -> str:
    if isinstance(number, int):
        return str(number)
    text = f"{Decimal(repr(number)) if isinstance(number, float) else number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_PARSERS: dict[str, Callable[[FieldDescribe, str], Value]] = {
    "boolean": _parse_boolean,
    "reference": _parse_id,
    "int": _parse_integer,
    "long": _parse_integer,
    "double": _parse_decimal,
    "currency": _parse_decimal,
    "percent": _parse_decimal,
    "date": _parse_date,
    "time": _parse_time,
}
