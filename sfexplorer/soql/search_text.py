"""Parsing of the words that a search looks for: what stands between the braces of FIND."""

from __future__ import annotations

import re
from typing import Literal as OneOf
from typing import NoReturn

from sfexplorer.soql.errors import fail
from sfexplorer.soql.literals import unescaped
from sfexplorer.soql.sosl_tree import Alternatives, Conjunction, Join, Phrase, SearchText, Term, Word
from sfexplorer.soql.stream import DEEPEST, TokenStream
from sfexplorer.soql.tree import Span
from sfexplorer.soql.values import bind, text_literal

# Signs that end a word: those that have a meaning, and those that mean nothing and need a backslash. Hyphens,
# apostrophes and the like are on Salesforce's list of the latter too, but it takes them for what they are.
PIECE = re.compile(
    r"""
    \s*+(?:
    (?P<word>(?:[^\s\\"(){}|&!\[\]^~]|\\.)+)
    |(?P<phrase>"(?:[^"\\]|\\.)*+")
    |(?P<sign>.))
    """,
    re.VERBOSE | re.DOTALL,
)
# Far beyond what a search takes into account; it bounds the time of a parse.
MOST_PIECES = 10_000


def search_text(stream: TokenStream) -> SearchText:
    """What stands behind FIND."""
    token = stream.token
    if token.word == ":":
        variable = bind(stream)
        return SearchText("bind", variable.text, None, span=variable.span)
    span = Span(token.start, token.end)
    if token.kind == "string":
        text_literal(stream, "the text to find", is_pattern=True)
        term = _Reader(stream.text, span, unescaped(token.text[1:-1])).read()
        return SearchText("quotes", token.text[1:-1], term, span=span)
    if token.kind != "search":
        hint = "Write FIND {text}." if token.kind in ("word", "number", "double") else None
        stream.unexpected("{ and the text to find", hint)
    stream.advance()
    return SearchText(
        "braces", token.text[1:-1], _Reader(stream.text, span, token.text[1:-1]).read(), span=span
    )


class _Reader:
    """The cursor within one text. Where quotes hold escapes of their own, its terms stand where all does."""

    __slots__ = (
        "count",
        "depth",
        "end",
        "is_verbatim",
        "kind",
        "piece",
        "place",
        "start",
        "statement",
        "text",
    )

    def __init__(self, statement: str, place: Span, text: str) -> None:
        self.statement = statement
        self.place = place
        self.text = text
        self.is_verbatim = len(text) == place.end - place.start - 2
        self.depth = self.count = 0
        self.start = self.end = 0
        self.kind = self.piece = ""
        self.step()

    def step(self) -> None:
        """Go on to the next piece; at the end its kind is empty."""
        found = PIECE.match(self.text, self.end)
        self.kind = self.piece = ""
        self.start = len(self.text)
        if found is not None:
            self.count += 1
            if self.count > MOST_PIECES:
                start = found.start(found.lastgroup or 0)
                self.fail(start, found.end(), f"A search has at most {MOST_PIECES:,} words and signs.")
            self.kind = found.lastgroup or ""
            self.piece = found[self.kind]
            self.start, self.end = found.span(self.kind)

    def span(self, start: int, end: int) -> Span:
        if not self.is_verbatim:
            return self.place
        behind_brace = self.place.start + 1
        return Span(behind_brace + start, behind_brace + end)

    def fail(self, start: int, end: int, message: str, hint: str | None = None) -> NoReturn:
        at = self.span(start, end)
        fail(self.statement, at.start, at.end, message, hint)

    def read(self) -> Term:
        if not self.kind:
            at = self.place
            fail(self.statement, at.start, at.end, "The search text is empty.", "Name a word to find.")
        term = self.alternatives()
        if self.kind:
            self.refuse()
        return term

    def operator(self) -> OneOf["AND", "OR", ""]:
        word = self.piece.upper() if self.kind == "word" else ""
        return "AND" if word == "AND" else "OR" if word == "OR" else ""

    def alternatives(self) -> Term:
        start = self.start
        terms = [self.conjunction()]
        while self.operator() == "OR":
            self.step()
            terms.append(self.conjunction())
        end = terms[-1].span.end
        return Alternatives(tuple(terms), span=self.covering(start, end)) if len(terms) > 1 else terms[0]

    def conjunction(self) -> Term:
        start = self.start
        terms = [self.primary()]
        joins: list[Join] = []
        while self.kind and self.operator() != "OR" and self.piece != ")":
            joins.append(self.join())
            terms.append(self.primary())
        end = terms[-1].span.end
        return Conjunction(tuple(terms), tuple(joins), span=self.covering(start, end)) if joins else terms[0]

    def join(self) -> Join:
        if self.operator() != "AND":
            return ""
        self.step()
        if self.kind != "word" or self.piece.upper() != "NOT":
            return "AND"
        self.step()
        return "AND NOT"

    def primary(self) -> Term:
        start, end, kind, piece = self.start, self.end, self.kind, self.piece
        if kind == "word" and not self.operator():
            self.step()
            return Word(piece, span=self.span(start, end))
        if kind == "phrase":
            if not piece[1:-1].strip():
                self.fail(start, end, "These quotes contain nothing to find.")
            self.step()
            return Phrase(piece[1:-1], span=self.span(start, end))
        if piece == "(":
            return self.group(start)
        self.refuse()

    def group(self, start: int) -> Term:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(start, start + 1, f"The search is nested more than {DEEPEST} levels deep.")
        self.step()
        term = self.alternatives()
        if not self.kind:
            self.fail(start, start + 1, "This parenthesis is never closed.", "Add the missing ).")
        if self.piece != ")":
            self.refuse()
        self.depth -= 1
        self.step()
        return term

    def covering(self, start: int, end: int) -> Span:
        """The place from a piece to the end of a term that is already placed."""
        return Span(self.span(start, start).start, end) if self.is_verbatim else self.place

    def refuse(self) -> NoReturn:
        """Complain about the current piece."""
        start, end, piece = self.start, self.end, self.piece
        if not self.kind:
            self.fail(start, start, "The search text ends where a word should follow.")
        if self.operator():
            hint = f'To find the word itself, put it in quotes: "{piece}".'
            self.fail(start, end, f"A word is missing before {self.operator()}.", hint)
        if piece == '"':
            self.fail(start, end, "This quote is never closed.", 'Add the closing ", or write \\".')
        if piece == ")" and self.depth:
            self.fail(start, end, "A word is missing before this parenthesis.")
        if piece == ")":
            self.fail(start, end, "This parenthesis was never opened.", "Remove it, or write \\).")
        self.fail(start, end, f"'{piece}' has a meaning of its own in a search.", f"Write \\{piece}.")
