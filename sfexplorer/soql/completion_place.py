"""What is expected at the cursor: which clause it is in, and what stands before it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from sfexplorer.soql.clauses import CLAUSE_STARTS
from sfexplorer.soql.tokens import Token

Slot = OneOf[
    "start", "select", "item", "after item", "argument", "subselect", "typeof", "typeof word",
    "typeof object", "typeof field", "object", "relation", "after object", "word", "scope", "operand",
    "operator", "value", "after value", "group", "order", "after", "with", "nothing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand at a place.

    Attributes:
        slot: the kind of thing.
        clause: the clause, by its first word; `SELECT` also for the list of fields.
        path: the relationships typed before the name, of `Account.Owner.Na`.
        function: the function whose argument it is, in upper case.
        argument: the number of the argument, from 0.
        left: what is compared, of a comparison.
        operator: what compares it.
        listed: whether a value is in the parentheses of a list.
        words: keywords that may stand here, as far as the clause tells.
        object: the object of a WHEN.
        relation: the relationship behind TYPEOF.
        before: a word directly before, which with the typed one may be one name: `cust acc`.
    """

    slot: Slot
    clause: str = ""
    path: tuple[str, ...] = ()
    function: str = ""
    argument: int = 0
    left: tuple[Token, ...] = ()
    operator: str = ""
    listed: bool = False
    words: tuple[str, ...] = ()
    object: str = ""
    relation: tuple[str, ...] = ()
    before: Token | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause up to the cursor: its first word, and the tokens behind its keywords."""

    name: str
    body: Sequence[Token]


AFTER_FROM = frozenset({"WHERE", "HAVING", "WITH", "USING", "LIMIT"})
# Behind these a word is a name, whatever it is elsewhere.
BEFORE_NAMES = frozenset({".", "BY", ",", "FROM", "WHERE", "AND", "OR", "NOT", "(", "HAVING", "AS"})
SIGNS = frozenset({"=", "!=", "<>", "<", "<=", ">", ">=", "=="})


def clause_of(own: Sequence[Token]) -> Clause:
    """The clause that the last of a SELECT's tokens are in."""
    started = clause_starts(own)
    if not started:
        return Clause("START", own)
    number = started[-1]
    name, body = own[number].word, own[number + 1 :]
    if name in ("GROUP", "ORDER"):
        return Clause(name, body[1:]) if body and body[0].word == "BY" else Clause(f"{name}?", body)
    return Clause(name, body)


def clause_starts(own: Sequence[Token]) -> list[int]:
    """The numbers of the tokens that begin the clauses of a SELECT."""
    found: list[int] = []
    clause, depth = "START", 0
    for number, token in enumerate(own):
        if token.kind != "word":
            depth = max(depth + (token.word == "(") - (token.word == ")"), 0)
        elif (not depth or token.word == "FROM") and _begins(own, number, clause):
            clause, depth = token.word, 0
            found.append(number)
    return found


def _begins(own: Sequence[Token], number: int, clause: str) -> bool:
    word = own[number].word
    before = own[number - 1].word if number else ""
    if word == "SELECT":
        return clause == "START"
    if word == "FROM":
        return before != "FROM"
    if clause in ("START", "SELECT") or before in BEFORE_NAMES or before in SIGNS:
        return False
    following = own[number + 1] if number + 1 < len(own) else None
    if word in CLAUSE_STARTS:
        return following is None or following.word in CLAUSE_STARTS[word]
    if word == "OFFSET":
        return following is None or following.kind == "number" or following.word == ":"
    return word in AFTER_FROM


def innermost(body: Sequence[Token]) -> tuple[Token | None, Sequence[Token], Sequence[Token]]:
    """The word before the last open parenthesis, the tokens before that word, and those in the parenthesis.

    The word is None where none stands directly before it; without an open parenthesis all is inside.
    """
    opened: list[int] = []
    for number, token in enumerate(body):
        if token.word == "(":
            opened.append(number)
        elif token.word == ")" and opened:
            opened.pop()
    if not opened:
        return None, (), body
    last = opened[-1]
    word = body[last - 1] if last and body[last - 1].kind == "word" else None
    return word, body[: last - (word is not None)], body[last + 1 :]


def since(body: Sequence[Token], is_break: Callable[[Token], bool]) -> Sequence[Token]:
    """The tokens behind the last break that is in no parenthesis."""
    depth = start = 0
    for number, token in enumerate(body):
        depth = max(depth + (token.word == "(") - (token.word == ")"), 0)
        if not depth and is_break(token):
            start = number + 1
    return body[start:]


def since_comma(body: Sequence[Token]) -> Sequence[Token]:
    """The tokens behind the last comma that is in no parenthesis."""
    return since(body, lambda token: token.word == ",")


def unnested(body: Sequence[Token]) -> Iterator[Token]:
    """The tokens that are in no parenthesis."""
    depth = 0
    for token in body:
        depth = max(depth + (token.word == "(") - (token.word == ")"), 0)
        if not depth:
            yield token


def open_path(tokens: Sequence[Token]) -> tuple[str, ...] | None:
    """The relationships before a name that is still to come; None where the name is there."""
    if not tokens:
        return ()
    if tokens[-1].word != "." or any(token.kind != "word" for token in tokens[::2]):
        return None
    return tuple(token.text for token in tokens[::2])


def operand_length(tokens: Sequence[Token]) -> int:
    """How many of the tokens are the path or function that they begin with."""
    if not tokens or tokens[0].kind != "word":
        return 0
    if len(tokens) > 1 and tokens[1].word == "(":
        depth = 0
        for number, token in enumerate(tokens):
            depth += (token.word == "(") - (token.word == ")")
            if number and not depth:
                return number + 1
        return len(tokens)
    length = 1
    while length + 1 < len(tokens) and tokens[length].word == "." and tokens[length + 1].kind == "word":
        length += 2
    return length
