"""Statements and comments of an editor's text."""

from __future__ import annotations

import pytest

from sfexplorer.soql import statement_at, statement_spans, strip_comments


def statements(text: str) -> list[str]:
    return [text[span.start : span.end] for span in statement_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT 1", ["SELECT 1"]),
        ("A; B", ["A", "B"]),
        ("A;\n;B;", ["A", "B"]),
        ("A\n\nB", ["A", "B"]),
        ("A\n \t\nB", ["A", "B"]),
        ("A\r\n\r\nB", ["A", "B"]),
        ("A\r\nB", ["A\r\nB"]),
        ("A\nB", ["A\nB"]),
        ("A 'x;y' B", ["A 'x;y' B"]),
        ("FIND {a;b}", ["FIND {a;b}"]),
        ("-- about A; or B\nA\n-- the end", ["A"]),
        ("A\n-- within\nB", ["A\n-- within\nB"]),
        ("-- only a comment", []),
        ("  \n\n ", []),
        ("", []),
        ("A 'never closed\n\nB", ["A 'never closed", "B"]),
    ],
)
def test_statements_are_parted_by_semicolons_and_blank_lines(text: str, found: list[str]) -> None:
    assert statements(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("|AA; BB", "AA"),
        ("AA|; BB", "AA"),
        ("AA;| BB", "AA"),
        ("AA; |BB", "BB"),
        ("AA; BB|", "BB"),
        ("AA\n|\nBB", "AA"),
        ("AA\n\nBB\n\n\n|", "BB"),
        ("|\n\nAA", "AA"),
        ("AA\n\n-- about| BB\nBB", "BB"),
        ("AA\n\n-- alone|\n\nBB", "AA"),
        ("|", ""),
    ],
)
def test_a_place_belongs_to_the_statement_around_or_before_it(text: str, found: str) -> None:
    offset = text.index("|")
    text = text.replace("|", "")
    span = statement_at(text, offset)
    assert text[span.start : span.end] == found


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("A -- x\nB", "A     \nB"),
        ("A // x\r\nB", "A     \r\nB"),
        ("'--' -- x", "'--'     "),
        ("'// no'", "'// no'"),
        ("FIND {a -- b}", "FIND {a -- b}"),
        ("A - B / C", "A - B / C"),
    ],
)
def test_comments_become_blanks(text: str, stripped: str) -> None:
    assert strip_comments(text) == stripped
