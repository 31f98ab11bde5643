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
from sfexplorer.soql.tokens import KINDS, TOKEN
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

COLOURS: dict[str, HighlightKind] = {
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
# Behind these a name may be something else, or is coloured otherwise.
TELLING_BEFORE = BEFORE_VALUES | {".", "SCOPE", "WHEN"}
# What a search text begins with, whether or not it is finished.
SEARCH_TEXTS = frozenset({"search", "open", "string", "unclosed"})
# Text of more pieces is no statement; what stands behind stays plain, so that a keystroke never has to wait.
MOST_TOKENS = 18_000
# The constructor of tuples, which costs a fraction of the one that NamedTuple makes.
NEW = tuple.__new__
WORD, COMMENT = KINDS.index("word"), KINDS.index("comment")


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

    __slots__ = ("before", "clause", "clauses", "has_bind", "is_search", "name_kind", "text", "value")

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses: list[str] = []
        self.is_search = False
        # The token before, as it is compared with keywords.
        self.before = ""
        # The kind that a value of several tokens goes on with: `:account.Id`, `LAST_N_DAYS:7`.
        self.value: HighlightKind | None = None
        self.name_kind: HighlightKind
        self.has_bind = False
        self.begin("")

    def paint(self) -> list[Highlight]:
        found: list[Highlight] = []
        number = start = end = painted = 0
        piece = word = ""
        # This loop runs at each key for each word: it makes no Token, and decides what is frequent by itself.
        # Each round has a token and the piece behind it; the empty text ends the last of them.
        for match in chain(islice(TOKEN.finditer(self.text), MOST_TOKENS), TOKEN.finditer("")):
            coming = match.lastindex or 0
            following = match[coming] if coming else ""
            after = following.upper() if coming == WORD else following
            kind: HighlightKind | None
            if piece == "," or not number:
                kind = self.value = None
            elif number == WORD:
                if word in TELLING or self.value is not None or self.before in TELLING_BEFORE:
                    kind = self.word_kind(word, after, coming, start)
                    if kind == "number":
                        end = self.amount_end(start)
                else:
                    kind = self.name_kind
            elif piece in OPERATORS:
                kind, self.value = "operator", None
            else:
                kind = self.other_kind(KINDS[number], piece)
            if kind is not None and start >= painted:
                found.append(NEW(Highlight, (start, end, kind)))
                painted = end
            if number != COMMENT:
                self.before = word
            number, piece, word, end = coming, following, after, match.end()
            start = end - len(piece)
        return found

    def begin(self, clause: str) -> None:
        """Note in which clause the next words are."""
        self.clause = clause
        self.name_kind = "object" if clause in OBJECT_CLAUSES else "field"

    def amount_end(self, start: int) -> int:
        """Where an amount such as `USD5.50` ends, whose number is a token of its own."""
        amount = CURRENCY.match(self.text, start)
        return amount.end() if amount else start

    def other_kind(self, name: str, piece: str) -> HighlightKind | None:
        if name == "symbol":
            return self.symbol_kind(piece)
        if piece in APEX_SIGNS and self.has_bind:
            return "bind"
        value, self.value = self.value, None
        return "date" if value == "date" and name == "number" else COLOURS[name]

    def symbol_kind(self, sign: str) -> HighlightKind | None:
        if sign == ".":
            return self.value
        if sign == ":":
            is_date = self.value == "date" and self.before in DATE_LITERALS
            self.value = "date" if is_date else "bind"
            self.has_bind = self.has_bind or not is_date
            return self.value
        self.value = None
        if sign == "(":
            self.clauses.append(self.clause)
            if self.before == "FIELDS":
                self.begin("FIELDS")
            elif self.clause == "RETURNING":
                self.begin("RETURNED")
        elif sign == ")":
            if self.clauses:
                self.begin(self.clauses.pop())
        elif sign == "==":
            return "error"
        elif sign == ";":
            self.begin("")
            self.is_search = False
            self.clauses.clear()
            self.has_bind = False
        return None

    def word_kind(self, word: str, after: str, coming: int, start: int) -> HighlightKind:
        before = self.before
        if self.value is not None:
            if self.value == "bind" and before in (":", "."):
                return "bind"
            self.value = None
        if before == ".":
            return self.name_kind
        if word in TELLING or before == "SCOPE":
            kind = self.telling_kind(word, before, after, coming)
            if kind is not None:
                return kind
        if self.clause in CONDITIONS and before in BEFORE_VALUES and CURRENCY.match(self.text, start):
            return "number"
        return "object" if before == "WHEN" else self.name_kind

    def telling_kind(self, word: str, before: str, after: str, coming: int) -> HighlightKind | None:
        """The kind of a word that may be a keyword or the like, or None if it is a name in its place."""
        if word in KEYWORDS and before != "FROM" and after != ".":
            if word in STARTERS:
                self.enter(word)
            return "keyword"
        if after == "(" and (word in FUNCTIONS or word == "FIELDS") and self.name_kind == "field":
            return "function"
        if self.is_keyword(word, before, after) or (word == "FIND" and self.finds(before, after, coming)):
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
            self.begin(keyword)

    def finds(self, before: str, after: str, coming: int) -> bool:
        """Whether FIND begins a search here."""
        return KINDS[coming] in SEARCH_TEXTS or after == ":" or before in ("", ";")

    def is_keyword(self, word: str, before: str, after: str) -> bool:
        if before == "FROM" and word != "SELECT":
            return False
        if word in KEYWORDS:
            return word == "SELECT" and after != "."
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
