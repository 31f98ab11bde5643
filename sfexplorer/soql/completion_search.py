"""Completion of searches: their own clauses, and the objects behind RETURNING as SELECTs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sfexplorer.soql.completion_outline import Frame
from sfexplorer.soql.completion_place import BEFORE_NAMES
from sfexplorer.soql.tokens import Token
from sfexplorer.soql.with_clause import MODES

OUTER = (
    *("IN ALL FIELDS", "IN NAME FIELDS", "IN EMAIL FIELDS", "IN PHONE FIELDS", "IN SIDEBAR FIELDS"),
    *("RETURNING", "WITH", "USING PHRASE SEARCH", "USING ADVANCED SEARCH", "LIMIT"),
    *("UPDATE TRACKING", "UPDATE VIEWSTAT"),
)
INNER = ("WHERE", "USING ListView =", "ORDER BY", "LIMIT", "OFFSET")
OPTIONS = (
    *("HIGHLIGHT", "SNIPPET", "DATA CATEGORY", "DIVISION =", "NETWORK =", "NETWORK IN (", "PricebookId ="),
    *("METADATA = 'LABELS'", "SPELL_CORRECTION = TRUE", "SPELL_CORRECTION = FALSE", *MODES),
)
PARTS = {
    "IN": ("ALL FIELDS", "NAME FIELDS", "EMAIL FIELDS", "PHONE FIELDS", "SIDEBAR FIELDS"),
    "USING": ("PHRASE SEARCH", "ADVANCED SEARCH"),
    "WITH": OPTIONS,
    "UPDATE": ("TRACKING", "VIEWSTAT"),
    "METADATA": ("= 'LABELS'",),
    "DATA": ("CATEGORY",),
    **dict.fromkeys(("ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"), ("FIELDS",)),
    **dict.fromkeys(("PHRASE", "ADVANCED"), ("SEARCH",)),
}
CLAUSES = frozenset({"WHERE", "ORDER", "LIMIT", "OFFSET", "USING"})
STARTS = frozenset({"IN", "RETURNING", "WITH", "USING", "LIMIT", "UPDATE"})


@dataclass(frozen=True, slots=True)
class SearchPlace:
    """What is expected in a search outside of the parentheses of an object.

    Attributes:
        words: the keywords that may come, as far as the place tells.
        is_object: whether an object may come.
    """

    words: tuple[str, ...]
    is_object: bool = False


def search_place(found: Sequence[Token], start: int) -> SearchPlace:
    """What is expected where a search is in none of its parentheses."""
    before = [token for token in found if token.end <= start]
    clause = next((token.word for token in reversed(before) if token.word in STARTS), "")
    last = before[-1].word if before else ""
    if clause == "RETURNING" and last in ("RETURNING", ","):
        return SearchPlace((), is_object=True)
    if last in PARTS and (last in STARTS or clause in ("IN", "USING", "WITH")):
        return SearchPlace(PARTS[last])
    return SearchPlace(OUTER)


def returning_frame(found: Sequence[Token], start: int) -> Frame | None:
    """The object of RETURNING whose parentheses a place is in, as a SELECT; None where it is in none.

    The language has the object before its fields. Here FROM and the object are put between the fields and
    the clauses, where a query has them, so that all that is known of queries serves.
    """
    begun = next((number for number, token in enumerate(found) if token.word == "RETURNING"), None)
    if begun is None:
        return None
    opened: list[int] = []
    for number, token in enumerate(found[begun:], begun):
        if token.start >= start:
            break
        if token.word == "(":
            opened.append(number)
        elif token.word == ")" and opened:
            opened.pop()
    if not opened or found[opened[0] - 1].kind != "word":
        return None
    return _frame(found[opened[0] - 1], _inside(found, opened[0]), start)


def _inside(found: Sequence[Token], opened: int) -> list[Token]:
    inside: list[Token] = []
    depth = 0
    for token in found[opened + 1 :]:
        depth += (token.word == "(") - (token.word == ")")
        if depth < 0:
            break
        inside.append(token)
    return inside


def _frame(name: Token, inside: list[Token], start: int) -> Frame:
    border = next((number for number in range(len(inside)) if _begins(inside, number)), len(inside))
    place = inside[border].start if border < len(inside) else (inside[-1].end if inside else name.end + 1)
    # Where the cursor is before the clauses, the object must not count as standing before it.
    shift = 0 if border < len(inside) and start > place else max(start, place) + 1 - place
    select = Token("word", "SELECT", name.start, name.start, "SELECT")
    own = [
        select,
        *inside[:border],
        Token("word", "FROM", place + shift, place + shift, "FROM"),
        Token("word", name.text, place + shift, place + shift, name.word),
        *inside[border:],
    ]
    return Frame("returning", own=own, has_from=True)


def _begins(inside: list[Token], number: int) -> bool:
    before = inside[number - 1].word if number else ","
    return inside[number].word in CLAUSES and before not in BEFORE_NAMES
