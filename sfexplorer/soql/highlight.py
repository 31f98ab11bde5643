"""Colours for a query while it is being typed: which stretch of the text is what."""

from __future__ import annotations

from typing import Literal, NamedTuple

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
# Keywords in every place but behind a dot.
KEYWORDS = frozenset(
    {
        *("SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "IN", "LIKE", "INCLUDES", "EXCLUDES", "HAVING"),
        *("USING", "WITH", "LIMIT", "NULL", "TRUE", "FALSE"),
    }
)
# Words that are keywords only beside each other.
PAIRS = frozenset(
    {
        *(("GROUP", "BY"), ("ORDER", "BY"), ("USING", "SCOPE"), ("ALL", "ROWS"), ("DATA", "CATEGORY")),
        *(("NULLS", "FIRST"), ("NULLS", "LAST"), ("SET", "OPTIONS")),
        *(("FOR", "VIEW"), ("FOR", "REFERENCE"), ("FOR", "UPDATE")),
        *(("UPDATE", "TRACKING"), ("UPDATE", "VIEWSTAT")),
        *(("WITH", "SECURITY_ENFORCED"), ("WITH", "USER_MODE"), ("WITH", "SYSTEM_MODE")),
    }
)
PAIRED = frozenset(word for pair in PAIRS for word in pair)
# Words that are keywords in one clause only.
CLAUSE_KEYWORDS: dict[str, frozenset[str]] = {
    "SELECT": frozenset({"TYPEOF", "WHEN", "THEN", "ELSE", "END"}),
    "FIELDS": frozenset({"ALL", "STANDARD", "CUSTOM"}),
    "WITH": frozenset({"AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW"}),
    "LIMIT": frozenset({"TRACKING", "VIEWSTAT"}),
    "FROM": frozenset({"AS"}),
}
STARTERS = frozenset({"SELECT", "FROM", "WHERE", "HAVING", "GROUP", "ORDER", "LIMIT", "WITH", "USING"})
CONDITIONS = frozenset({"WHERE", "HAVING"})


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

    __slots__ = ("clause", "clauses", "found", "has_bind", "previous", "text", "value")

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Highlight] = []
        self.clause = ""
        self.clauses: list[str] = []
        self.previous = NO_TOKEN
        # The kind that a value of several tokens goes on with: `:account.Id`, `LAST_N_DAYS:7`.
        self.value: HighlightKind | None = None
        self.has_bind = False

    def paint(self) -> list[Highlight]:
        found = self.found
        coming = tokens(self.text)
        token = next(coming, NO_TOKEN)
        painted = 0
        while token is not NO_TOKEN:
            following = next(coming, NO_TOKEN)
            if token.start >= painted:
                kind = self.kind(token, following)
                painted = token.end
                if kind == "number" and token.kind == "word":
                    amount = CURRENCY.match(self.text, token.start)
                    painted = amount.end() if amount else painted
                if kind is not None:
                    found.append(Highlight(token.start, painted, kind))
                if token.kind != "comment":
                    self.previous = token
            token = following
        return found

    def kind(self, token: Token, following: Token) -> HighlightKind | None:
        if token.kind == "word":
            return self.word_kind(token, following)
        if token.kind == "symbol":
            return self.symbol_kind(token.text)
        if token.text in APEX_SIGNS and self.has_bind:
            return "bind"
        value, self.value = self.value, None
        return "date" if value == "date" and token.kind == "number" else KINDS[token.kind]

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
            self.clause = "FIELDS" if self.previous.word == "FIELDS" else self.clause
        elif sign == ")":
            self.clause = self.clauses.pop() if self.clauses else self.clause
        elif sign in OPERATORS:
            return "operator"
        elif sign == "==":
            return "error"
        elif sign == ";":
            self.clause = ""
            self.clauses.clear()
            self.has_bind = False
        return None

    def word_kind(self, token: Token, following: Token) -> HighlightKind:
        word, before, after = token.word, self.previous.word, following.word
        if self.value == "bind" and before in (":", "."):
            return "bind"
        self.value = None
        if before == ".":
            return "object" if self.clause == "FROM" else "field"
        if after == "(" and (word in FUNCTIONS or word == "FIELDS") and self.clause != "FROM":
            return "function"
        if self.is_keyword(word, before, after):
            self.clause = word if word in STARTERS else self.clause
            return "keyword"
        if self.clause in CONDITIONS and before in BEFORE_VALUES:
            if word in DATE_LITERALS:
                self.value = "date"
                return "date"
            if CURRENCY.match(self.text, token.start):
                return "number"
        return "object" if self.clause == "FROM" or before == "WHEN" else "field"

    def is_keyword(self, word: str, before: str, after: str) -> bool:
        if before == "FROM" and word != "SELECT":
            return False
        if word in KEYWORDS:
            return after != "."
        if word in PAIRED and ((word, after) in PAIRS or (before, word) in PAIRS):
            return True
        if word == "OFFSET" and self.clause != "SELECT":
            return self.clause == "LIMIT" or after.isdigit() or after == ":"
        if word in ("ROLLUP", "CUBE"):
            return self.clause == "GROUP" and after == "("
        if before == "SCOPE":
            return True
        if word in ("NULLS", "ASC", "DESC") and self.clause == "ORDER":
            return before not in ("BY", ",")
        return word in CLAUSE_KEYWORDS.get(self.clause, ()) and before not in ("BY", "WHEN")
