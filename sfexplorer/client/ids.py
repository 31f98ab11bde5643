"""Record ids: 15 characters that heed case, or 18 that also survive where case is lost.

The last three of 18 tell which of the first 15 are capitals, five to a character (WIRE rest.md, section 4).
"""

from __future__ import annotations

import re

_CHECK_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHORT = re.compile(r"[A-Za-z0-9]{15}", re.ASCII)
_LONG = re.compile(r"[A-Za-z0-9]{15}[A-Z0-5]{3}", re.ASCII | re.IGNORECASE)


def is_id(text: str) -> bool:
    """Whether the text can be a record id: 15 characters, or 18 with the right ending.

    Every id has a digit or two of its key prefix and a digit within; a plain word of 15 letters is none.
    """
    if not any(character.isdigit() for character in text[:15]):
        return False
    if _SHORT.fullmatch(text):
        return True
    return bool(_LONG.fullmatch(text)) and to_18(text[:15])[15:] == text[15:].upper()


def to_18(record_id: str) -> str:
    """The 18-character form; an id that has it already comes back with its capitals restored.

    Raises:
        ValueError: the text has neither 15 nor 18 letters and digits.
    """
    if _LONG.fullmatch(record_id):
        return _restored(record_id)
    if not _SHORT.fullmatch(record_id):
        raise ValueError(f"not a record id: {record_id!r}")
    return record_id + "".join(_check_character(record_id[start : start + 5]) for start in (0, 5, 10))


def known_id(text: str) -> str:
    """The 18-character form of what may be an id; "" of anything else."""
    return to_18(text) if is_id(text) else ""


def to_15(record_id: str) -> str:
    """The 15-character form.

    Raises:
        ValueError: the text has neither 15 nor 18 letters and digits.
    """
    return to_18(record_id)[:15]


def key_prefix(record_id: str) -> str:
    """The three characters that tell the object: `001` for accounts."""
    return record_id[:3]


def _check_character(chunk: str) -> str:
    bits = sum(1 << place for place, character in enumerate(chunk) if "A" <= character <= "Z")
    return _CHECK_ALPHABET[bits]


def _restored(long_id: str) -> str:
    """Undo what a spreadsheet or a chat did to the capitals: the ending knows them."""
    ending = long_id[15:].upper()
    capitals = [
        bool(_CHECK_ALPHABET.index(character) >> place & 1) for character in ending for place in range(5)
    ]
    letters = (
        character.upper() if capital else character.lower()
        for character, capital in zip(long_id[:15], capitals, strict=True)
    )
    return "".join(letters) + ending
