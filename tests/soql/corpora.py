"""The statements of the corpus, as data: those that follow the languages, and those that do not."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
# Signs for the characters that a line of a file can't hold or show.
SIGNS = str.maketrans({"⏎": "\n", "␀": "\0", "⍽": "\u00a0"})


def statements(name: str) -> list[str]:
    """A statement for each line of a file."""
    return [line.translate(SIGNS) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def refusals(name: str) -> list[tuple[str, str, str]]:
    """Of each line the place of the mistake, what is said of it, and the statement."""
    found = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        place, told, text = line.split(" | ", 2)
        found.append((place, told.translate(SIGNS), text.translate(SIGNS)))
    return found


QUERIES = statements("valid.txt")
SEARCHES = statements("searches.txt")
WRONG_QUERIES = refusals("invalid.txt")
WRONG_SEARCHES = refusals("invalid_searches.txt")
