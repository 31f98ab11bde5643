"""What can be put for a misspelt name, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sfexplorer.soql import strip_comments


@dataclass(frozen=True, slots=True)
class Mend:
    """A change of the editor's text that would mend it.

    Attributes:
        start: The offset of what is wrong.
        end: The offset behind it.
        text: What to put there.
    """

    start: int
    end: int
    text: str


def mend_of(name: str, meant: str, text: str, span: tuple[int, int], near: int | None) -> Mend | None:
    """How `meant` gets to the place of `name`.

    Args:
        name: The misspelt name.
        meant: The right one.
        text: The editor's text.
        span: Where the query stands in it.
        near: Where the org saw the mistake, which may be the start of the path that the name is in, or of
            what stands around it; None where it did not say: then only a name written once is mended.
    """
    start, end = span
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    places = [found.span() for found in pattern.finditer(strip_comments(text), start, end)]
    if not places or (near is None and len(places) > 1):
        return None
    at = near or 0
    first, last = min(places, key=lambda place: (place[1] <= at, abs(place[0] - at)))
    return Mend(first, last, meant)
