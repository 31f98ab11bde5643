"""How values and texts from an org are shown: safe to print, exactly as wide as asked.

An org's text is never trusted: an escape code in an account's name must not move the reader's cursor, and a
bidi override must not make one Id look like another. Nothing here imports Textual, so exports can use it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len

Align = Literal["left", "right"]

NULL = "∅"
"""Stands for null, so that null and the empty string (`""`) never look alike."""

ELLIPSIS = "…"

NUMBER_TYPES = frozenset({"int", "long", "double", "currency", "percent"})
"""The field types of a describe whose values are aligned to the right and get thousands separators."""

# Printable by Python's account, yet nothing is seen of them (fillers, joiners, variation selectors).
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0").union(
    map(chr, range(0xFE00, 0xFE0E)), map(chr, range(0xE0100, 0xE01F0))
)
# These only choose between two forms of a character, and terminals disagree on the width that this gives.
_FORMS = re.compile("[\ufe0e\ufe0f]")
_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_ACCENTS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACKED = re.compile(f"(?<={_ACCENTS}{{4}}){_ACCENTS}+")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)")
_ADDRESS = ("street", "city", "state", "postalCode", "country")


def safe_text(text: str) -> str:
    """The text in one line with nothing left that a terminal would obey, hide or reorder by.

    Line breaks become `⏎`, tabs `→`, every other control, format, private or invisible character its escape
    (`\\x1b`), and so does each accent beyond the fourth on one letter.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("⏎", _FORMS.sub("", text))
    text = _STACKED.sub(lambda stack: "".join(map(_escape, stack[0])), text)
    if text.isprintable() and _INVISIBLE.isdisjoint(text):
        return text
    return "".join(map(_safe_character, text))


@lru_cache(maxsize=2048)
def safe_lines(text: str) -> str:
    """The text with its lines kept, each of them made safe."""
    return "\n".join(safe_text(line) for line in text.splitlines())


def _safe_character(character: str) -> str:
    if character == "\t":
        return "→"
    if character.isprintable() and character not in _INVISIBLE:
        return character
    if unicodedata.category(character) == "Zs":
        return " " * cell_len(character)
    return _escape(character)


def _escape(character: str) -> str:
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def cell_width(text: str) -> int:
    """The number of terminal columns that the text takes."""
    return cell_len(text)


def fit(text: str, width: int, align: Align = "left") -> str:
    """The text padded or cut (with `…`) to exactly `width` terminal columns.

    Args:
        text: One line, as `safe_text` gives it (of any other the width is right, too).
        width: Columns; nothing is given for 0 and less.
        align: The side that the text stands on; a text that is cut always keeps its beginning.
    """
    if width <= 0:
        return ""
    if text.isascii() and text.isprintable():
        size = len(text)
        if size > width:
            return text[: width - 1] + ELLIPSIS
        return text.rjust(width) if align == "right" else text.ljust(width)
    # Joiners and selectors change the width of their neighbours, padding and ellipsis included.
    text = text.replace("\u200d", "").replace("\ufe0f", "")
    size = cell_len(text)
    if size > width:
        return _cut(text, width)
    padding = " " * (width - size)
    return padding + text if align == "right" else text + padding


def _cut(text: str, width: int) -> str:
    used = 0
    for index, character in enumerate(text):
        size = cell_len(character)
        if used + size > width - 1:
            return text[:index] + ELLIPSIS + " " * (width - 1 - used)
        used += size
    return text


def alignment(field_type: str | None) -> Align:
    """The side that values of a field type stand on: numbers to the right, all else to the left."""
    return "right" if field_type in NUMBER_TYPES else "left"


def display_value(value: object, field_type: str | None = None, *, zone: tzinfo | None = None) -> str:
    """The text that a person reads for a value of a record (not yet `safe_text`: the grid does that).

    Args:
        value: What the client gives: a scalar, a nested record, the result of a sub-select, a compound field.
        field_type: The describe's `type`; without it only what is certain by its form is formatted.
        zone: The time zone of datetimes; None is the computer's own.
    """
    match value:
        case None:
            return NULL
        case "":
            return '""'
        case bool():
            return "true" if value else "false"
        case str():
            return _string(value, field_type, zone)
        case int() | float() | Decimal():
            return _number(value, field_type)
        case datetime():
            return _moment(value, zone)
        case date():
            return value.isoformat()
        case Mapping():
            return _mapping(value, zone)
        case bytes() | bytearray():
            return f"{len(value):,} bytes"
        case Sequence():
            return _sequence(value)
    return str(value)


def _string(text: str, field_type: str | None, zone: tzinfo | None) -> str:
    if field_type not in (None, "datetime") or not _DATETIME.fullmatch(text):
        return text
    try:
        return _moment(datetime.fromisoformat(text), zone)
    except (ValueError, OverflowError):
        return text


def _moment(moment: datetime, zone: tzinfo | None) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _number(number: int | float | Decimal, field_type: str | None) -> str:
    if field_type not in NUMBER_TYPES:
        return str(number)
    if field_type == "currency" and round(number, 2) == number:
        return f"{number:,.2f}"
    text = f"{number:,}".removesuffix(".0")
    return f"{text}%" if field_type == "percent" else text


def _mapping(value: Mapping[object, object], zone: tzinfo | None) -> str:
    if isinstance(records := value.get("records"), Sequence):
        return _count(len(records), value.get("totalSize"))
    if "attributes" in value:
        return _record(value, zone)
    if "latitude" in value or any(part in value for part in _ADDRESS):
        return _place(value)
    return _json(value)


def _record(record: Mapping[object, object], zone: tzinfo | None) -> str:
    for name in ("Name", "Id"):
        if record.get(name):
            return display_value(record[name], zone=zone)
    fields = [value for name, value in record.items() if name != "attributes"]
    return display_value(fields[0], zone=zone) if fields else NULL


def _place(place: Mapping[object, object]) -> str:
    parts = [str(place[part]) for part in _ADDRESS if place.get(part)]
    if not parts:
        parts = [str(place[part]) for part in ("latitude", "longitude") if place.get(part) is not None]
    return ", ".join(parts) or NULL


def _sequence(values: Sequence[object]) -> str:
    if values and all(isinstance(value, Mapping) and "attributes" in value for value in values):
        return _count(len(values), len(values))
    return _json(values)


def _count(loaded: int, total: object) -> str:
    if isinstance(total, int) and total > loaded:
        return f"{loaded:,} of {total:,}"
    return "1 record" if loaded == 1 else f"{loaded:,} records"


def _json(value: object) -> str:
    import json  # The first frame shows none of it.

    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), default=str)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(part) for part in value]
    return value
