"""Several statements in one editor, and their comments."""

from __future__ import annotations

import re

from sfexplorer.soql.tree import Span

# What parts statements and what may hide such signs; all else is taken in long stretches, so that an editor
# with a megabyte in it answers too. Texts, searches and comments are those of the tokenizer.
PIECE = re.compile(
    r"""
    [ \t\r\n\f\v]*+(?:
    (?P<comment>(?:--|//)[^\r\n]*)
    |(?P<end>;(?:[ \t\r\n\f\v]*+;)*+)
    |(?P<content>(?:
        (?:
            [^ \t\r\n\f\v;'"{/-]++
                (?:[ \t\f\v]*+(?>\r\n|\r|\n)?[ \t\f\v]*+[^ \t\r\n\f\v;'"{/-]++)*+
            |(?:'[^'\\\r\n]*+(?:\\[^\r\n][^'\\\r\n]*+)*+')++|'[^\r\n]*
            |"[^"\r\n]*"?
            |\{[^}\\\r\n]*+(?:\\[^\r\n][^}\\\r\n]*+)*+\}|\{[^\r\n]*
            |-(?!-)|/(?!/)
        )
        (?:[ \t\f\v]*+(?>\r\n|\r|\n)?[ \t\f\v]*+(?=[^ \t\r\n\f\v;/-]|-(?!-)|/(?!/)))?
    )++)
    |\Z)
    """,
    re.VERBOSE,
)
BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[ \t\f\v]*[\r\n]")


def strip_comments(text: str) -> str:
    """The text with each comment replaced by blanks, so that all positions stay.

    Comments run from `--` or `//` to the end of the line; in a string or a search text these are plain signs.
    """
    if "--" not in text and "//" not in text:
        return text
    pieces = []
    done = 0
    for match in PIECE.finditer(text):
        if match.lastgroup == "comment":
            pieces += [text[done : match.start("comment")], " " * len(match["comment"])]
            done = match.end()
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
    for match in PIECE.finditer(text):
        kind = match.lastgroup
        if kind is None:
            break
        begun = match.start(kind)
        if region >= 0 and (kind == "end" or BLANK_LINE.search(text, last, begun)):
            if start >= 0:
                found.append((region, Span(start, end)))
            region = start = -1
        last = match.end()
        if kind == "end":
            continue
        region = region if region >= 0 else begun
        if kind == "content":
            start = start if start >= 0 else begun
            end = last
    return [*found, (region, Span(start, end))] if start >= 0 else found
