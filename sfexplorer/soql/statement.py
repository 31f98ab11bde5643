"""A statement of either language, told apart by its first word."""

from __future__ import annotations

from sfexplorer.soql.parser import parse
from sfexplorer.soql.sosl import parse_sosl
from sfexplorer.soql.sosl_tree import Search
from sfexplorer.soql.suggest import closest
from sfexplorer.soql.tokens import NO_TOKEN, tokens
from sfexplorer.soql.tree import Query


def parse_any(text: str) -> Query | Search:
    """The tree of one SOQL query or one SOSL search.

    Raises:
        SoqlError: the text is neither; the error has the place and, where one is near, a hint.
    """
    return parse_sosl(text) if is_search(text) else parse(text)


def is_search(text: str) -> bool:
    """Whether a statement, finished or not, is meant as a search; comments before it do not count."""
    first = next((token for token in tokens(text) if token.kind != "comment"), NO_TOKEN)
    if first.kind != "word" or first.word == "SELECT":
        return False
    return first.word == "FIND" or closest(first.word, ("SELECT", "FIND")) == "FIND"
