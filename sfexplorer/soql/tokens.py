"""A tokenizer that takes any text whatever.

Each character belongs to exactly one token or is white space between tokens. What can't be part of a query
becomes a token too (kinds `unclosed`, `open`, `double`, `malformed`, `error`), so that half-typed text can be
coloured and a parser can say what is wrong where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# The order decides. `search` is the text of a SOSL search, in which quotes, comment signs and semicolons are
# plain characters. A number with something glued to it is malformed as a whole, which tells more than its
# pieces. Strings and searches end with their line: in an editor an unclosed one must not swallow the rest.
TOKEN = re.compile(
    r"""
    [ \t\r\n\f\v]*+(?:
    (?P<word>[A-Za-z][A-Za-z0-9_]*)
    |(?P<comment>(?:--|//)[^\r\n]*)
    |(?P<string>'[^'\\\r\n]*+(?:\\[^\r\n][^'\\\r\n]*+)*+')
    |(?P<unclosed>'[^\r\n]*)
    |(?P<symbol><=|>=|<>|!=|==|[=<>(),:;]|\.(?![0-9]))
    |(?P<datetime>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?
        (?:[Zz]|[+-][0-9]{2}:?[0-9]{2})(?![\w:.]))
    |(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w:.-]))
    |(?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?[Zz](?![\w:.]))
    |(?P<number>[+-]?(?:[0-9]+(?:\.[0-9]+)?+|\.[0-9]+)(?![\w.:]|[+-][0-9]))
    |(?P<malformed>[+-]?\.?[0-9](?:[\w.:]|[+-](?=[0-9]))*)
    |(?P<double>"[^"\r\n]*"?)
    |(?P<search>\{[^}\\\r\n]*+(?:\\[^\r\n][^}\\\r\n]*+)*+\})
    |(?P<open>\{[^\r\n]*)
    |(?P<error>\w+|&&|\|\||[^ \t\r\n\f\v])
    |\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
KINDS = ("", *TOKEN.groupindex)


class Token(NamedTuple):
    """A piece of the text. `word` is its spelling for comparison with keywords: in upper case.

    A tuple and not a dataclass, because it is made some thousand times at each keystroke.
    """

    kind: str
    text: str
    start: int
    end: int
    word: str


NO_TOKEN = Token("end", "", 0, 0, "")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of any text in order, comments included."""
    for match in TOKEN.finditer(text):
        # Kept lean: groups by number, no more look-ups than needed, and tuples made without a call.
        number = match.lastindex
        if number is None:
            return
        piece = match[number]
        end = match.end()
        word = piece.upper() if number == 1 else piece
        yield tuple.__new__(Token, (KINDS[number], piece, end - len(piece), end, word))
