"""What the grammar refuses, told at every place where the text can be read on behind it.

Behind each error the text is changed as little as lets the parser come further, and read again. Nobody sees
the changed text: places are told in the one that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sfexplorer.soql.diagnosis_mends import mend
from sfexplorer.soql.diagnosis_report import Patch, Report
from sfexplorer.soql.errors import SoqlError
from sfexplorer.soql.sosl_tree import Search
from sfexplorer.soql.statement import parse_any
from sfexplorer.soql.tokens import tokens
from sfexplorer.soql.tree import Query, Span

MOST_ERRORS = 5
# A longer text is read only once, to answer each key at once.
LONGEST_MENDED = 5_000
CLAUSE = re.compile(
    r"\b(?:FROM|WHERE|GROUP\s+BY|ORDER\s+BY|LIMIT|OFFSET|HAVING|WITH|RETURNING)\b|\)", re.IGNORECASE
)
# A name of its own, so that nothing is found twice for it.
FILLERS = (" X ", " , ", " = null ", " null ")
LAST_CLAUSE = re.compile(
    r"\b(?:USING|WHERE|GROUP|ORDER|LIMIT|OFFSET|HAVING|WITH|AND|OR|FOR|UPDATE|ALL)\b", re.IGNORECASE
)


class Change(NamedTuple):
    """What is put in the place of a stretch of the text."""

    start: int
    end: int
    put: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A tree of the text, or of a copy that could be read; None where none could."""

    tree: Query | Search | None
    report: Report


def read(text: str, original: str) -> Reading:
    """The tree of a text with all that the grammar finds.

    Args:
        text: the statement.
        original: the text that places are told in; it has the same length.
    """
    report = Report(original, text)
    for _ in range(MOST_ERRORS):
        try:
            return Reading(parse_any(report.text), report)
        except SoqlError as error:
            span = Span(error.offset, error.offset + error.length)
            mended = mend(report.text, error)
            replacement, replace = mended or (None, None)
            report.add(span, error.message, error.hint, replacement=replacement, replace=replace)
            if len(text) > LONGEST_MENDED:
                return Reading(None, report)
            changed = _read_on(report, error, replacement, replace)
            if changed is None:
                break
            report = changed
    return Reading(_tree(report.text), report)


def _read_on(
    report: Report, error: SoqlError, replacement: str | None, replace: Span | None
) -> Report | None:
    """The report on a text with the change that lets the parser come further; None where none does."""
    left = _left(report.text)
    end = error.offset + error.length
    if replacement is not None and replace is not None:
        changes = [Change(replace.start, replace.end, replacement)]
        if replace.end > end and error.length:
            # A mend of half the statement would leave no place in it to tell of.
            is_moved = replace.start < error.offset
            shorter = Change(replace.start, error.offset, " ") if is_moved else Change(error.offset, end, "X")
            changes.insert(0, shorter)
        best, remaining = min((_changed(report, change) for change in changes), key=lambda each: each[1])
        if remaining < left:
            return best
    for guesses in _changes(report.text, error):
        tried = [_changed(report, change) for change in guesses]
        best, remaining = min(tried, key=lambda each: each[1])
        if remaining < left and _is_sound(report.text, end, remaining):
            return best
    return None


def _is_sound(text: str, start: int, remaining: int) -> bool:
    """Whether the next error is one of its own: behind a guess the nearest one mostly comes of that guess."""
    return remaining <= 0 or CLAUSE.search(text, start, len(text) - remaining) is not None


def _changed(report: Report, change: Change) -> tuple[Report, int]:
    """The report on a text with a change, and how much of that text is not read."""
    start, end, put = change
    text = report.text[:start] + put + report.text[end:]
    patch = Patch(start, start + len(put), start, end)
    return Report(report.original, text, (*report.patches, patch), report.found), _left(text)


def _changes(text: str, error: SoqlError) -> Iterator[list[Change]]:
    """The changes that may help, the likelier ones before those that leave out more."""
    start, end = error.offset, error.offset + error.length
    puts = [Change(start, start, filler) for filler in FILLERS]
    if not error.length:
        yield puts
        cuts = [match.start() for match in LAST_CLAUSE.finditer(text)]
        yield from ([Change(cut, len(text), "")] for cut in reversed(cuts[-3:]))
        return
    if "can't be mixed" in error.message:
        yield [Change(start, end, "OR" if text[start:end].upper() == "AND" else "AND")]
    yield [*puts, Change(start, end, " "), *(Change(start, end, filler) for filler in FILLERS)]
    following = CLAUSE.search(text, end)
    yield [Change(start, following.start() if following else len(text), " ")]


def _left(text: str) -> int:
    """How many characters the parser does not read, counted from the end; -1 where it reads all."""
    try:
        parse_any(text)
    except SoqlError as error:
        return len(text) - error.offset
    return -1


def _tree(text: str) -> Query | Search | None:
    try:
        return parse_any(text)
    except SoqlError:
        return None


def has_statement(text: str) -> bool:
    """Whether there is anything in the text."""
    return next(tokens(text), None) is not None
