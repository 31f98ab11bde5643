"""Names of files from names in records, which anybody may have written."""

from __future__ import annotations

import re
import unicodedata

# File systems take 255 bytes; some room is left for a number or a suffix that others put behind.
_LONGEST = 240
_LONGEST_EXTENSION = 20
# What no file name of Windows may have, and the separators of all systems.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(
    r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE
)
# Letters and a symbol by their category, and blank in every font.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_UNNAMED = "file"


def safe_filename(name: str) -> str:
    """The name of a file that any system takes, in whatever folder: one part of a path and never hidden.

    Its extension stays. `../../x` gives `x`, `a/b.pdf` gives `a_b.pdf`, `CON.txt` gives `_CON.txt`, and
    what has no visible character gives `file`.
    """
    visible = "".join(map(_visible, unicodedata.normalize("NFC", name)))
    # Steps up and down lead nowhere; other parts of a path are words of the name.
    parts = (part.strip() for part in _FORBIDDEN.split(visible) if part.strip(" ."))
    plain = _shortened("_".join(parts).strip(" .")) or _UNNAMED
    stem = plain.partition(".")[0].rstrip()
    # A program that gets the name as an argument would read a hyphen at its start as an option.
    return f"_{plain}" if plain.startswith("-") or _RESERVED.fullmatch(stem) else plain


def _visible(character: str) -> str:
    """The character, unless it hides what a name is: a control, a mark of direction, half of a pair."""
    category = unicodedata.category(character)
    if category[0] == "Z" or character in _BLANK:
        return " "
    return "" if category[0] == "C" else character


def _shortened(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > _LONGEST_EXTENSION:
        stem, dot, extension = name, "", ""
    room = _LONGEST - len(f"{dot}{extension}".encode())
    # Half a character at the cut is left out, and what must not stand at an end.
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + dot + extension
