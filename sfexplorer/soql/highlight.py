"""Colours for a query while it is being typed: which stretch of the text is what."""

from __future__ import annotations

from itertools import chain, islice
from typing import Literal, NamedTuple

from sfexplorer.soql.highlight_words import (
    CLAUSE_KEYWORDS,
    CONDITIONS,
    KEYWORDS,
    OBJECT_CLAUSES,
    PAIRED,
    PAIRS,
    SEARCH_PAIRED,
    SEARCH_PAIRS,
    STARTERS,
    TELLING,
)
from sfexplorer.soql.tokens import NO_TOKEN, Token, tokens
from sfexplorer.soql.values import CURRENCY
from sfexplorer.soql.words import DATE_LITERALS, FUNCTIONS

HighlightKind = Literal[
    "keyword",
    "function",
    "field",
    "object",
    "string",
    "number",
    "date",
    "bind",
    "comment",
    "operator",
    "error",
]

KINDS: dict[str, HighlightKind] = {
    "comment": "comment",
    "string": "string",
    "search": "string",
    "datetime": "date",
    "date": "date",
    "time": "date",
    "number": "number",
    "unclosed": "error",
    "open": "error",
    "double": "error",
    "malformed": "error",
    "error": "error",
}
# What may follow a colon further on in an expression of Apex.
APEX_SIGNS = frozenset("[]+-*/")
OPERATORS = frozenset({"=", "!=", "<>", "<", "<=", ">", ">="})
BEFORE_VALUES = OPERATORS | {"(", ","}
# What a search text begins with, whether or not it is finished.
SEARCH_TEXTS = frozenset({"search", "open", "string", "unclosed"})
# Text of more pieces is no statement; what stands behind stays plain, so that a keystroke never has to wait.
MOST_TOKENS = 20_000


class Highlight(NamedTuple):
    """A stretch of the text and its kind. A tuple, because each keystroke makes hundreds."""

    start: int
    end: int
    kind: HighlightKind


def highlight(text: str) -> list[Highlight]:
    """What is to be coloured in any text, in order and without overlaps; white space and commas are not."""
    return _Painter(text).paint()


class _Painter:
    """One walk over the tokens that remembers in which clause of which sub-select it is."""

    __slots__ = ("clause", "clauses", "has_bind", "is_search", "previous", "text", "value")

    def __init__(self, text: str) -> None:
        self.text = text
        self.clause = ""
        self.clauses: list[str] = []
        self.is_search = False
        self.previous = NO_TOKEN
        # The kind that a value of several tokens goes on with: `:account.Id`, `LAST_N_DAYS:7`.
        self.value: HighlightKind | None = None
        self.has_bind = False

    def paint(self) -> list[Highlight]:
        found: list[Highlight] = []
        painted = 0
        coming = chain(islice(tokens(self.text), MOST_TOKENS), (NO_TOKEN,))
        token = next(coming)
        # This loop runs at each key for each word: what is frequent is decided in it, without a call.
        for following in coming:
            name, piece, start, end, word = token
            kind: HighlightKind | None
            if piece == ",":
                kind = self.value = None
            elif name == "word":
                kind = self.word_kind(word, self.previous.word, following, start)
                if kind == "number":
                    end = self.amount_end(start)
            elif name == "symbol":
                kind = self.symbol_kind(piece)
            else:
                kind = self.other_kind(name, piece)
            if kind is not None and start >= painted:
                found.append(tuple.__new__(Highlight, (start, end, kind)))
                painted = end
            if name != "comment":
                self.previous = token
            token = following
        return found

    def amount_end(self, start: int) -> int:
        """Where an amount such as `USD5.50` ends, whose number is a token of its own."""
        amount = CURRENCY.match(self.text, start)
        return amount.end() if amount else start

    def other_kind(self, name: str, piece: str) -> HighlightKind:
        if piece in APEX_SIGNS and self.has_bind:
            return "bind"
        value, self.value = self.value, None
        return "date" if value == "date" and name == "number" else KINDS[name]

    def symbol_kind(self, sign: str) -> HighlightKind | None:
        if sign == ".":
            return self.value
        if sign == ":":
            is_date = self.value == "date" and self.previous.word in DATE_LITERALS
            self.value = "date" if is_date else "bind"
            self.has_bind = self.has_bind or not is_date
            return self.value
        self.value = None
        if sign == "(":
            self.clauses.append(self.clause)
            if self.previous.word == "FIELDS":
                self.clause = "FIELDS"
            elif self.clause == "RETURNING":
                self.clause = "RETURNED"
        elif sign == ")":
            self.clause = self.clauses.pop() if self.clauses else self.clause
        elif sign in OPERATORS:
            return "operator"
        elif sign == "==":
            return "error"
        elif sign == ";":
            self.clause = ""
            self.is_search = False
            self.clauses.clear()
            self.has_bind = False
        return None

    def word_kind(self, word: str, before: str, following: Token, start: int) -> HighlightKind:
        if self.value is not None:
            if self.value == "bind" and before in (":", "."):
                return "bind"
            self.value = None
        clause = self.clause
        if before == ".":
            return "object" if clause in OBJECT_CLAUSES else "field"
        if word in TELLING or before == "SCOPE":
            kind = self.telling_kind(word, before, following)
            if kind is not None:
                return kind
        if clause in CONDITIONS and before in BEFORE_VALUES and CURRENCY.match(self.text, start):
            return "number"
        return "object" if clause in OBJECT_CLAUSES or before == "WHEN" else "field"

    def telling_kind(self, word: str, before: str, following: Token) -> HighlightKind | None:
        """The kind of a word that may be a keyword or the like, or None if it is a name in its place."""
        after = following.word
        if after == "(" and (word in FUNCTIONS or word == "FIELDS") and self.clause not in OBJECT_CLAUSES:
            return "function"
        if self.is_keyword(word, before, after) or (word == "FIND" and self.finds(before, following)):
            self.enter(word)
            return "keyword"
        if word in DATE_LITERALS and self.clause in CONDITIONS and before in BEFORE_VALUES:
            self.value = "date"
            return "date"
        return None

    def enter(self, keyword: str) -> None:
        """Note what a keyword begins."""
        if keyword == "FIND" or (keyword == "SELECT" and not self.clauses):
            self.is_search = keyword == "FIND"
            self.clauses.clear()
        if keyword in STARTERS or keyword == "FIND":
            self.clause = keyword

    def finds(self, before: str, following: Token) -> bool:
        """Whether FIND begins a search here."""
        return following.kind in SEARCH_TEXTS or following.word == ":" or before in ("", ";")

    def is_keyword(self, word: str, before: str, after: str) -> bool:
        if before == "FROM" and word != "SELECT":
            return False
        if word in KEYWORDS:
            return after != "."
        if word in PAIRED and ((word, after) in PAIRS or (before, word) in PAIRS):
            return True
        if self.is_search and word in SEARCH_PAIRED:
            return (word, after) in SEARCH_PAIRS or (before, word) in SEARCH_PAIRS
        if word == "RETURNING":
            return self.is_search and not self.clauses
        if word == "OFFSET" and self.clause != "SELECT":
            return self.clause == "LIMIT" or after.isdigit() or after == ":"
        if word in ("ROLLUP", "CUBE"):
            return self.clause == "GROUP" and after == "("
        if before == "SCOPE":
            return True
        if word in ("NULLS", "ASC", "DESC") and self.clause == "ORDER":
            return before not in ("BY", ",")
        return word in CLAUSE_KEYWORDS.get(self.clause, ()) and before not in ("BY", "WHEN")
