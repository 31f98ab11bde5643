"""The words of Apex code, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<blank>\s+|//[^\n]*|/\*.*?\*/)"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<string>'(?:[^'\\\n]|\\.)*')"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<symbol>==|!=|<=|>=|&&|\|\||[-+*/()=;,.<>!{}\[\]])",
    re.DOTALL | re.ASCII,
)
END = "<EOF>"


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Token:
    """One word: what kind of word it is, its text, and where it stands."""

    kind: str
    text: str
    place: Place


class CompileError(Exception):
    """Code that is no Apex, or more of it than is known here."""

    def __init__(self, problem: str, place: Place) -> None:
        self.problem = problem
        self.place = place
        super().__init__(problem)


def tokens(code: str) -> list[Token]:
    """The words of a text, and its end.

    Raises:
        CompileError: When a character belongs to none.
    """
    return list(_read(code))


def _read(code: str) -> Iterator[Token]:
    at, line, begin = 0, 1, 0
    while at < len(code):
        place = Place(line, at - begin + 1)
        match = _TOKEN.match(code, at)
        if match is None:
            raise CompileError(
                f"Unrecognized symbol '{code[at]}', which is not a valid Apex identifier.", place
            )
        if match.lastgroup != "blank":
            yield Token(str(match.lastgroup), match[0], place)
        at = match.end()
        if "\n" in match[0]:
            line += match[0].count("\n")
            begin = match.start() + match[0].rindex("\n") + 1
    yield Token("end", END, Place(line, at - begin + 1))
