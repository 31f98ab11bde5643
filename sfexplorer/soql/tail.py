"""Parsing of the small clauses that end a query, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from sfexplorer.soql.clauses import starts_clause
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tree import Setting
from sfexplorer.soql.with_clause import settings

FOR_WORDS: dict[str, OneOf["VIEW", "REFERENCE", "UPDATE"]] = {
    "VIEW": "VIEW",
    "REFERENCE": "REFERENCE",
    "UPDATE": "UPDATE",
}
UPDATE_WORDS: dict[str, OneOf["TRACKING", "VIEWSTAT"]] = {"TRACKING": "TRACKING", "VIEWSTAT": "VIEWSTAT"}


@dataclass(frozen=True, slots=True)
class Tail:
    """What the small clauses say."""

    for_clauses: tuple[OneOf["VIEW", "REFERENCE", "UPDATE"], ...]
    updates: tuple[OneOf["TRACKING", "VIEWSTAT"], ...]
    all_rows: bool
    options: tuple[Setting, ...]


def tail(stream: TokenStream) -> Tail:
    """FOR, UPDATE, ALL ROWS and SET OPTIONS, as many as there are."""
    fors: list[OneOf["VIEW", "REFERENCE", "UPDATE"]] = []
    updates: tuple[OneOf["TRACKING", "VIEWSTAT"], ...] = ()
    options: tuple[Setting, ...] = ()
    all_rows = False
    while stream.token.word in ("FOR", "UPDATE", "ALL", "SET") and starts_clause(stream):
        match stream.token.word:
            case "FOR":
                fors.append(_for(stream))
            case "UPDATE" if not updates:
                updates = update(stream)
            case "ALL" if not all_rows:
                stream.advance()
                stream.advance()
                all_rows = True
            case "SET" if not options:
                stream.advance()
                stream.advance()
                options = settings(stream)
            case _:
                break
    return Tail(tuple(fors), updates, all_rows, options)


def _for(stream: TokenStream) -> OneOf["VIEW", "REFERENCE", "UPDATE"]:
    """One `FOR VIEW`, `FOR REFERENCE` or `FOR UPDATE`."""
    stream.advance()
    return FOR_WORDS[stream.advance().word]


def update(stream: TokenStream) -> tuple[OneOf["TRACKING", "VIEWSTAT"], ...]:
    """`UPDATE TRACKING, VIEWSTAT`."""
    stream.advance()
    found = [UPDATE_WORDS[stream.advance().word]]
    while stream.accept(","):
        if stream.token.word not in UPDATE_WORDS:
            stream.unexpected("TRACKING or VIEWSTAT", keywords=tuple(UPDATE_WORDS))
        found.append(UPDATE_WORDS[stream.advance().word])
    return tuple(found)
