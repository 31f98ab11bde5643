"""Turns values of the API into stored ones and back, by the type of their field.

| type | in the API | stored in SQLite |
| --- | --- | --- |
| boolean | true | 1 |
| int, long | 7 | 7 |
| double, currency, percent | 300.0 | 300.0 |
| date | 2026-11-01 | 2026-11-01 |
| datetime | 2026-11-01T09:14:00.000+0000 | 2026-11-01T09:14:00.000 |
| time | 09:14:00.000Z | 09:14:00.000 |
| id, reference | 18 characters | the same |
| base64 | text in, a path out | the bytes |
| address | an object | nothing: it is made of its parts |
| all others | text | the same, without white space at both ends; empty is null |

A stored datetime is always UTC, and says so nowhere: SQLite's date functions read it, and it sorts as text.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time

from sfexplorer.demo import ids
from sfexplorer.demo.fieldtypes import FieldType, SObjectType

Stored = str | int | float | bytes | None

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATETIME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})")
_TIME = re.compile(r"(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?Z?")
_LARGEST_INT = 2**31 - 1
_ADDRESS_KEYS = (
    "city",
    "country",
    "countryCode",
    "geocodeAccuracy",
    "latitude",
    "longitude",
    "postalCode",
    "state",
    "stateCode",
    "street",
)


def to_json(field: FieldType, stored: Stored) -> object:
    """The API's form of a stored value; blobs become base64 text, which the API itself gives as a path."""
    if stored is None:
        return None
    match field.type:
        case "boolean":
            return bool(stored)
        case "datetime" if isinstance(stored, str):
            return stored + "+0000"
        case "time" if isinstance(stored, str):
            return stored + "Z"
        case "base64" if isinstance(stored, bytes):
            return base64.b64encode(stored).decode()
        case _:
            return stored


def from_json(field: FieldType, value: object) -> Stored:
    """The stored form of a value that a client sent.

    Raises:
        ValueError: for a value of the wrong type, in the words of Salesforce's JSON parser without its place:
            `Cannot deserialize instance of double from VALUE_STRING value abc`.
    """
    if value is None or value == "":
        if field.type == "boolean":
            raise _wrong("boolean", value)
        return None
    return _READERS.get(field.type, _read_text)(field, value)


def compound_json(object_type: SObjectType, compound: FieldType, row: Mapping[str, object]) -> object:
    """An address or location in the API's form, from a row's values by field name; null without any part."""
    parts: dict[str, object] = {}
    # BillingCity of BillingAddress, Site__Latitude__s of Site__c.
    prefix = compound.name.removesuffix("Address" if compound.type == "address" else "c")
    for part in object_type.parts(compound.name):
        name = part.name.removeprefix(prefix).removesuffix("__s")
        parts[name[0].lower() + name[1:]] = row.get(part.name)
    if all(value is None for value in parts.values()):
        return None
    return {key: parts.get(key) for key in _ADDRESS_KEYS} if compound.type == "address" else parts


def stamp(moment: datetime) -> str:
    """A moment as it is stored."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")


def _wrong(kind: str, value: object) -> ValueError:
    token, shown = _token(value)
    return ValueError(f"Cannot deserialize instance of {kind} from {token} value {shown}")


def _token(value: object) -> tuple[str, str]:
    match value:
        case None:
            return "VALUE_NULL", "null"
        case bool():
            return ("VALUE_TRUE", "true") if value else ("VALUE_FALSE", "false")
        case int():
            return "VALUE_NUMBER_INT", str(value)
        case float():
            return "VALUE_NUMBER_FLOAT", str(value)
        case list():
            return "START_ARRAY", "["
        case dict():
            return "START_OBJECT", "{"
        case _:
            return "VALUE_STRING", str(value)


def _read_text(field: FieldType, value: object) -> Stored:
    if not isinstance(value, str):
        raise _wrong("string", value)
    return value.strip() or None


def _read_boolean(field: FieldType, value: object) -> Stored:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return int(value.lower() == "true")
    raise _wrong("boolean", value)


def _number(kind: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _wrong(kind, value)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise _wrong(kind, value) from None
    if not math.isfinite(number):
        raise _wrong(kind, value)
    return number


def _read_int(field: FieldType, value: object) -> Stored:
    number = _number("int", value)
    if not number.is_integer() or abs(number) > _LARGEST_INT:
        raise _wrong("int", value)
    return int(number)


def _read_double(field: FieldType, value: object) -> Stored:
    return round(_number("double", value), field.scale)


def _read_date(field: FieldType, value: object) -> Stored:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value).isoformat()
        if isinstance(value, str) and (match := _DATETIME.fullmatch(value)):
            return _utc(match).date().isoformat()
    except (ValueError, OverflowError):
        pass
    raise _wrong("date", value)


def _read_datetime(field: FieldType, value: object) -> Stored:
    try:
        if isinstance(value, str) and (match := _DATETIME.fullmatch(value)):
            return stamp(_utc(match))
        if isinstance(value, str) and _DATE.fullmatch(value):
            return f"{date.fromisoformat(value).isoformat()}T00:00:00.000"
    except (ValueError, OverflowError):
        pass
    raise _wrong("datetime", value)


def _utc(match: re.Match[str]) -> datetime:
    moment = datetime.fromisoformat(match[1] + match[3]).astimezone(UTC)
    return moment.replace(microsecond=int((match[2] or "0").ljust(3, "0")[:3]) * 1000)


def _read_time(field: FieldType, value: object) -> Stored:
    try:
        if isinstance(value, str) and (match := _TIME.fullmatch(value)):
            milliseconds = (match[2] or "0").ljust(3, "0")[:3]
            return f"{time.fromisoformat(match[1]).isoformat(timespec='seconds')}.{milliseconds}"
    except ValueError:
        pass
    raise _wrong("time", value)


def _read_id(field: FieldType, value: object) -> Stored:
    found = ids.canonical(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"id value of incorrect type: {_token(value)[1]}")
    return found


def _read_blob(field: FieldType, value: object) -> Stored:
    if isinstance(value, bytes):
        # A part of a multipart body: JSON has no bytes.
        return value
    if not isinstance(value, str):
        raise _wrong("base64Binary", value)
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        raise _wrong("base64Binary", value[:40]) from None


_READERS: Mapping[str, Callable[[FieldType, object], Stored]] = {
    "boolean": _read_boolean,
    "int": _read_int,
    "long": _read_int,
    "double": _read_double,
    "currency": _read_double,
    "percent": _read_double,
    "date": _read_date,
    "datetime": _read_datetime,
    "time": _read_time,
    "id": _read_id,
    "reference": _read_id,
    "base64": _read_blob,
}
