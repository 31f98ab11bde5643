"""The one error of the query languages, with the place and a hint."""

from __future__ import annotations

import re
from typing import NoReturn

LINE_END = re.compile(r"\r\n|\r|\n")


class SoqlError(Exception):
    """A query that does not follow the language.

    Attributes:
        message: what is wrong, in plain words.
        line: line of the place, from 1.
        column: column of the place in its line, from 1.
        offset: offset of the place in the text, from 0.
        length: how many characters are meant; 0 at the end of the text.
        hint: what to do about it, or None where nothing is near.
    """

    def __init__(
        self, message: str, line: int, column: int, offset: int, length: int, hint: str | None = None
    ) -> None:
        super().__init__(message, line, column, offset, length, hint)
        self.message = message
        self.line = line
        self.column = column
        self.offset = offset
        self.length = length
        self.hint = hint

    def __str__(self) -> str:
        told = f"line {self.line}, column {self.column}: {self.message}"
        return f"{told} {self.hint}" if self.hint else told


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column of an offset, both counted from 1."""
    line, start = 1, 0
    for match in LINE_END.finditer(text):
        if match.end() > offset:
            break
        line, start = line + 1, match.end()
    return line, offset - start + 1


def fail(text: str, start: int, end: int, message: str, hint: str | None = None) -> NoReturn:
    """Raise a SoqlError for the characters from start to end of the text."""
    line, column = line_and_column(text, start)
    raise SoqlError(message, line, column, start, end - start, hint)
