"""What FIND looks for, as the MATCH expression of FTS5.

Every word goes into it within quotes, as a text that FTS5 takes apart like the texts of the records. Words
with wildcards that FTS5 doesn't know become the words of the index that they stand for.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sfexplorer.demo.search.index import WORDS
from sfexplorer.soql.sosl_tree import Alternatives, Conjunction, Phrase, Term, Word

SHORTEST = 2
# Words of the index that the wildcards of a search may stand for; FTS5 takes long over more of them.
MOST_EXPANSIONS = 1_000
_PIECE = re.compile(r"\\(?P<plain>.)|(?P<other>.)", re.DOTALL)
# Wildcards while a word is taken apart: signs that no word can hold.
_ANY, _ONE = "\x01", "\x02"
_TOKEN = re.compile(rf"(?:[^\W_]|[{_ANY}{_ONE}])+")
_LETTER = re.compile(r"[^\W_]")
# An expression that no record fits.
_NOTHING = '""'


class TooShort(ValueError):
    """A word of a single character; the text is that word."""


class TooWide(ValueError):
    """Wildcards that stand for too many words."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The MATCH of a search, and the words in it that can be shown in a found text.

    Attributes:
        expression: for FTS5.
        shown: folded words; those with wildcards are not marked.
    """

    expression: str
    shown: frozenset[str]


def matching(connection: sqlite3.Connection, term: Term) -> Matching | None:
    """The MATCH of a term; None where it holds no word at all.

    Raises:
        TooShort: a word has one character only.
        TooWide: wildcards stand for too many words.
    """
    expression = _Matcher(connection, {}).term(term)
    shown = frozenset(word for leaf in leaves(term) for word in _shown(leaf))
    return Matching(expression, shown) if expression else None


def leaves(term: Term) -> Iterator[Word | Phrase]:
    """The words and phrases of a term, as they stand."""
    match term:
        case Word() | Phrase():
            yield term
        case Conjunction(terms=parts) | Alternatives(terms=parts):
            for part in parts:
                yield from leaves(part)


def folded(text: str) -> str:
    """A text as FTS5 compares it: without case and accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(each for each in apart if not unicodedata.combining(each))


def _shown(leaf: Word | Phrase) -> Iterator[str]:
    for token in _TOKEN.findall(_unescaped(leaf.text)):
        if _ANY not in token and _ONE not in token:
            yield folded(token)


def _unescaped(text: str) -> str:
    """The text without its backslashes, and with wildcards as signs of their own."""
    wildcards = {"*": _ANY, "?": _ONE, _ANY: " ", _ONE: " "}
    plain = "".join(
        found["plain"] or wildcards.get(found["other"], found["other"]) for found in _PIECE.finditer(text)
    )
    return unicodedata.normalize("NFC", plain)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class _Matcher:
    connection: sqlite3.Connection
    expanded: dict[str, Sequence[str]]

    def term(self, term: Term) -> str | None:
        match term:
            case Word():
                return self._word(term)
            case Phrase():
                return self._phrase(term)
            case Alternatives(terms=parts):
                found = [each for each in map(self.term, parts) if each]
                return _joined("OR", found)
            case Conjunction():
                return self._conjunction(term)

    def _conjunction(self, term: Conjunction) -> str | None:
        """The terms from the right, as Salesforce reads them: `a AND NOT b AND c` leaves out both."""
        found = [self.term(each) for each in term.terms]
        behind = [found[-1]] if found[-1] else []
        for each, join in zip(reversed(found[:-1]), reversed(term.joins), strict=True):
            if join == "AND NOT":
                without = _joined("AND", behind)
                behind = [f"({each} NOT {without})"] if each and without else [each] if each else []
            elif each:
                behind.insert(0, each)
        return _joined("AND", behind)

    def _word(self, word: Word) -> str | None:
        text = _unescaped(word.text)
        plain = text.replace(_ANY, "").replace(_ONE, "").strip()
        if len(plain) < SHORTEST and (not plain or _LETTER.match(plain)):
            raise TooShort(plain or word.text)
        # Nothing is found by how a word ends: wildcards at its beginning count for nothing.
        tokens = [each for each in _TOKEN.findall(text.lstrip(_ANY + _ONE)) if _LETTER.search(each)]
        if not any(map(_is_wild, tokens[:-1])) and all(map(_is_simple, tokens[-1:])):
            return _as_phrase(tokens)
        return _joined("AND", [self._token(each) for each in tokens])

    def _phrase(self, phrase: Phrase) -> str | None:
        text = _unescaped(phrase.text).rstrip()
        tokens = [each for each in _TOKEN.findall(text.replace(_ONE, " ")) if _LETTER.search(each)]
        if len(text) < SHORTEST:
            raise TooShort(text)
        inner = [each.replace(_ANY, " ") for each in tokens[:-1]]
        return _as_phrase([*inner, *tokens[-1:]])

    def _token(self, token: str) -> str:
        token = token.lstrip(_ANY + _ONE)
        if _is_simple(token):
            return _as_phrase([token]) or _NOTHING
        return _joined("OR", [_quoted(each) for each in self._expansions(token)]) or _NOTHING

    def _expansions(self, token: str) -> Sequence[str]:
        """The words of the index that fit a word with wildcards."""
        pattern = folded(token)
        if pattern not in self.expanded:
            room = MOST_EXPANSIONS - sum(map(len, self.expanded.values()))
            self.expanded[pattern] = self._fitting(pattern, room + 1)
            if len(self.expanded[pattern]) > room:
                raise TooWide(token)
        return self.expanded[pattern]

    def _fitting(self, pattern: str, most: int) -> Sequence[str]:
        start = re.split(f"[{_ANY}{_ONE}]", pattern)[0]
        found = self.connection.execute(
            f"SELECT term FROM {WORDS} WHERE term >= ? AND term < ? AND term GLOB ? LIMIT ?",  # noqa: S608
            (
                start,
                start + chr(0x10FFFF),
                pattern.replace(_ANY, "*").replace(_ONE, "?"),
                most,
            ),
        )
        return [str(term) for (term,) in found]


def _is_wild(text: str) -> bool:
    return _ANY in text or _ONE in text


def _is_simple(token: str) -> bool:
    """Whether FTS5 knows the word as it is: it has no wildcard but an asterisk at its end."""
    return not _is_wild(token[:-1]) and not token.endswith(_ONE)


def _as_phrase(tokens: Sequence[str]) -> str | None:
    """Words that follow each other, of which the last may be the beginning of one."""
    if not tokens:
        return None
    last = tokens[-1].rstrip(_ANY)
    star = " *" if last != tokens[-1] else ""
    return _quoted(" ".join([*tokens[:-1], last])) + star


def _joined(word: str, expressions: Sequence[str]) -> str | None:
    different = list(dict.fromkeys(expressions))
    if len(different) < 2:
        return different[0] if different else None
    return f"({f' {word} '.join(different)})"
