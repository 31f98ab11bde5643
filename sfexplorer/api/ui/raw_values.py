"""Values as the org sent them, as text: for the raw view, for the clipboard, for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def raw_text(value: object) -> str | None:
    """The value as the org has it: no thousands separators, no local time; None for null."""
    match value:
        case None:
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
    import json  # The first frame shows none of it.

    return json.dumps(plain(value), ensure_ascii=False, default=str)


def plain(value: object) -> Any:
    """The value in types that JSON has; records without the `attributes` that nobody asked for."""
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items() if name != "attributes"}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return [plain(part) for part in value]
    return value
