"""Queries that follow the language, and queries that do not with what is said about them where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path as FilePath

import pytest

from sfexplorer.soql import (
    Function,
    Literal,
    Node,
    Path,
    Query,
    SoqlError,
    ValueList,
    highlight,
    parse,
    statement_spans,
)
from sfexplorer.soql.tokens import tokens

FOLDER = FilePath(__file__).parent / "corpus"
# Signs for the characters that a line of a file can't hold or show.
SIGNS = str.maketrans({"⏎": "\n", "␀": "\0", "⍽": "\u00a0"})


def lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


VALID = [line.translate(SIGNS) for line in lines("valid.txt")]
INVALID = [tuple(line.split(" | ", 2)) for line in lines("invalid.txt")]


def nodes(tree: object) -> Iterator[Node]:
    """Each node of the tree, the whole included."""
    if isinstance(tree, tuple):
        for element in tree:
            yield from nodes(element)
    elif isinstance(tree, Node) and is_dataclass(tree):
        yield tree
        for field in fields(tree):
            yield from nodes(getattr(tree, field.name))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


@pytest.mark.parametrize("text", VALID)
def test_a_query_of_the_language_is_read(text: str) -> None:
    assert isinstance(parse(text), Query)


@pytest.mark.parametrize(("place", "told", "text"), INVALID)
def test_an_error_says_what_is_wrong_at_its_place(place: str, told: str, text: str) -> None:
    with pytest.raises(SoqlError) as caught:
        parse(text.translate(SIGNS))
    error = caught.value
    line, column = place.split(":")
    assert f"{error.line}:{error.column}" == place
    assert str(error) == f"line {line}, column {column}: {told.translate(SIGNS)}"


@pytest.mark.parametrize("text", VALID)
def test_every_node_knows_its_place(text: str) -> None:
    for node in nodes(parse(text)):
        piece = text[node.span.start : node.span.end]
        assert piece == piece.strip() != ""
        match node:
            case Path():
                assert squeezed(piece) == squeezed(node.text)
            case Literal():
                assert squeezed(piece) == squeezed(node.text)
            case Function():
                assert piece.startswith(node.name)
                assert piece.endswith(")")
            case ValueList():
                assert (piece[0], piece[-1]) == ("(", ")")


@pytest.mark.parametrize("text", VALID)
def test_a_query_is_found_whole_by_its_span(text: str) -> None:
    query = parse(text)
    assert parse(text[query.span.start : query.span.end]) == query


@pytest.mark.parametrize("text", VALID)
def test_a_condition_is_found_whole_by_its_span(text: str) -> None:
    where = parse(text).where
    if where is not None:
        piece = text[where.span.start : where.span.end]
        assert parse(f"SELECT Id FROM X WHERE {piece}").where == where


@pytest.mark.parametrize("text", VALID)
def test_the_layout_of_a_query_does_not_count(text: str) -> None:
    wide = ""
    last = 0
    for token in tokens(text):
        wide += "\r\n\t" * (token.start > last) + token.text
        last = token.end
    assert parse(wide) == parse(text)


@pytest.mark.parametrize("text", VALID)
def test_a_query_of_the_language_has_no_wrong_spot(text: str) -> None:
    assert not [text[start:end] for start, end, kind in highlight(text) if kind == "error"]


@pytest.mark.parametrize("text", [text for text in VALID if "\n\n" not in text])
def test_a_query_of_the_language_is_one_statement(text: str) -> None:
    spans = statement_spans(f"{text}\n;")
    assert [text[span.start : span.end] for span in spans] == [text.strip()]
