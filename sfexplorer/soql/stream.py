"""The place of the parser in the text: a cursor over tokens, and how it complains."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import NoReturn

from sfexplorer.soql.errors import fail
from sfexplorer.soql.mistakes import described, lexical_mistake
from sfexplorer.soql.suggest import closest
from sfexplorer.soql.tokens import Token, tokens
from sfexplorer.soql.tree import Query, Span

# Far beyond any query that means something, and far below Python's own limit of 1,000 frames, of which a
# terminal application already uses a good part.
DEEPEST = 60
# A hundred thousand characters of a query that means something are fewer pieces. It bounds how long a parse
# can last.
MOST_TOKENS = 18_000
CHUNK = 100


class TokenStream:
    """The tokens of one text with the current one, `token`, at hand.

    `subquery` parses a nested SELECT up to its closing parenthesis; it comes from outside, because conditions
    and field lists contain queries which contain conditions and field lists.
    """

    __slots__ = ("alias", "coming", "depth", "index", "noun", "subquery", "text", "token", "tokens")

    def __init__(self, text: str, subquery: Callable[[TokenStream, str], Query], noun: str) -> None:
        self.text = text
        self.noun = noun
        self.subquery = subquery
        self.coming = tokens(text)
        # Read as needed: of a text that fails at its start, however long, the rest costs nothing. In chunks,
        # as asking for each by itself would take longer than to read it.
        self.tokens: list[Token] = []
        self.index = 0
        self.token = self.at(0)
        self.depth = 0
        self.alias: Token | None = None

    def at(self, index: int) -> Token:
        """The token of a number, or the one that stands for the end of the text."""
        found = self.tokens
        while index >= len(found):
            if found and found[-1].kind == "end":
                return found[-1]
            self._read_on()
        return found[index]

    def _read_on(self) -> None:
        """Fetch some more tokens, and behind the last one that which stands for the end."""
        found = self.tokens
        if len(found) > MOST_TOKENS:
            at = found[MOST_TOKENS]
            message = f"A {self.noun} has at most {MOST_TOKENS:,} words, values and signs."
            fail(self.text, at.start, at.end, message, "Part it, or write it shorter.")
        before = len(found)
        found += islice(self.coming, CHUNK)
        if len(found) - before < CHUNK:
            end = found[-1].end if found else 0
            found.append(Token("end", "", end, end, ""))

    def advance(self) -> Token:
        """Step over the current token and give it."""
        token = self.token
        if token.kind != "end":
            self.index = index = self.index + 1
            self.token = self.tokens[index] if index < len(self.tokens) else self.at(index)
        return token

    def ahead(self, distance: int = 1) -> Token:
        """A later token, or with a negative distance an earlier one, without stepping."""
        index = self.index + distance
        return self.tokens[index] if index < len(self.tokens) else self.at(index)

    def accept(self, word: str) -> bool:
        """Step over the current token if it is this keyword or symbol."""
        if self.token.word != word:
            return False
        self.advance()
        return True

    def at_pair(self, first: str, second: str) -> bool:
        """Whether these two words come next."""
        return self.token.word == first and self.ahead().word == second

    def expect(self, word: str, hint: str | None = None) -> Token:
        """Step over this keyword or symbol, which must come next."""
        if self.token.word != word:
            expected = "a comma" if word == "," else word
            self.unexpected(expected, hint, (word,) if word.isalpha() else ())
        return self.advance()

    def close(self, opened: Token) -> None:
        """Step over the closing parenthesis of the one that was opened."""
        if self.token.kind == "end":
            self.fail("This parenthesis is never closed.", opened, "Add the missing ).")
        self.expect(")")

    def span(self, start: int) -> Span:
        """From an offset to the end of the last token that was stepped over."""
        return Span(start, self.tokens[self.index - 1].end)

    def enter(self) -> None:
        """Go one level deeper; `leave` comes back."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"The {self.noun} is nested more than {DEEPEST} levels deep.")

    def leave(self) -> None:
        """Come back from one level."""
        self.depth -= 1

    def fail(self, message: str, token: Token | None = None, hint: str | None = None) -> NoReturn:
        """Raise the error for a token, else for the current one."""
        at = token or self.token
        fail(self.text, at.start, at.end, message, hint)

    def unexpected(self, expected: str, hint: str | None = None, keywords: tuple[str, ...] = ()) -> NoReturn:
        """Raise the error for a current token that can't stand here.

        Args:
            expected: what could stand here, in words.
            hint: what to do, where that is known.
            keywords: keywords that could stand here; one that was merely misspelt is told.
        """
        mistake = lexical_mistake(self.tokens, self.index)
        if mistake:
            fail(self.text, mistake.start, mistake.end, mistake.message, mistake.hint)
        for token in (self.token, self.alias):
            # A misspelt keyword behind a field or an object was taken for its alias.
            if token is None or (token is self.alias and self.tokens[self.index - 1] is not token):
                continue
            meant = closest(token.word, keywords) if token.kind == "word" and keywords else None
            if meant and meant != token.word:
                self.fail(f"Expected {meant}, found {described(token)}.", token, f"Did you mean {meant}?")
        if self.token.kind == "end":
            self.fail(f"The {self.noun} ends where {expected} should follow.", hint=hint)
        self.fail(f"Expected {expected}, found {described(self.token)}.", hint=hint)
