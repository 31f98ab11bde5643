"""Several statements in one editor, and their comments."""

from __future__ import annotations

import re

from sfexplorer.soql.tokens import tokens
from sfexplorer.soql.tree import Span

BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[ \t\f\v]*[\r\n]")


def strip_comments(text: str) -> str:
    """The text with each comment replaced by blanks, so that all positions stay.

    Comments run from `--` or `//` to the end of the line; in a string or a search text these are plain signs.
    """
    if "--" not in text and "//" not in text:
        return text
    pieces = []
    done = 0
    for token in tokens(text):
        if token.kind == "comment":
            pieces += [text[done : token.start], " " * len(token.text)]
            done = token.end
    return "".join([*pieces, text[done:]])


def statement_spans(text: str) -> list[Span]:
    """Where the statements of the text stand, without the comments around them.

    They are parted by `;` or blank lines.
    """
    return [span for _, span in _regions(text)]


def statement_at(text: str, offset: int) -> Span:
    """The statement at a place in the text: the one around it, else the one before it, else the first.

    Comments directly above a statement belong to it. Where there is no statement at all the span is empty.
    """
    found = Span(offset, offset)
    for number, (start, span) in enumerate(_regions(text)):
        if number and start > offset:
            break
        found = span
    return found


def _regions(text: str) -> list[tuple[int, Span]]:
    """Each statement, with the place where it begins when the comments above it are counted."""
    found: list[tuple[int, Span]] = []
    region = start = end = last = -1
    for token in tokens(text):
        if region >= 0 and (token.text == ";" or BLANK_LINE.search(text, last, token.start)):
            if start >= 0:
                found.append((region, Span(start, end)))
            region = start = -1
        last = token.end
        if token.text == ";":
            continue
        region = region if region >= 0 else token.start
        if token.kind != "comment":
            start = start if start >= 0 else token.start
            end = token.end
    return [*found, (region, Span(start, end))] if start >= 0 else found
