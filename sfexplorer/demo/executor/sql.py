"""Pieces of SQL with the parameters that belong to their question marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sfexplorer.demo.storage import Stored


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and its parameters, in the order of its question marks."""

    text: str
    params: tuple[Stored, ...] = ()


def joined(separator: str, pieces: Sequence[Sql]) -> Sql:
    """Pieces beside each other."""
    return Sql(separator.join(each.text for each in pieces), parameters(pieces))


def parameters(pieces: Sequence[Sql]) -> tuple[Stored, ...]:
    """The parameters of some pieces, in their order."""
    return tuple(value for each in pieces for value in each.params)


def template(text: str, *pieces: Sql) -> Sql:
    """A text with pieces in the places of its `{}`, in the order in which the parameters must come."""
    return Sql(text.format(*(each.text for each in pieces)), parameters(pieces))


def balanced(word: str, pieces: Sequence[Sql]) -> Sql:
    """`a AND b AND c`, bracketed in halves: SQLite refuses expressions that are more than 1,000 deep."""
    if len(pieces) == 1:
        return pieces[0]
    middle = len(pieces) // 2
    return template(f"({{}} {word} {{}})", balanced(word, pieces[:middle]), balanced(word, pieces[middle:]))
