"""Statements that follow the languages, and statements that do not with what is said about them where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from sfexplorer.soql import (
    Function,
    Literal,
    Node,
    Path,
    Phrase,
    Query,
    Search,
    SoqlError,
    ValueList,
    Word,
    highlight,
    parse,
    parse_any,
    parse_sosl,
    statement_spans,
)
from sfexplorer.soql.tokens import tokens
from tests.each import each
from tests.soql.corpora import QUERIES, SEARCHES, WRONG_QUERIES, WRONG_SEARCHES

VALID = [*QUERIES, *SEARCHES]


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


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(set(VALID)) >= 250
    assert len({text for _, _, text in [*WRONG_QUERIES, *WRONG_SEARCHES]}) >= 200


@each(QUERIES)
def test_a_query_of_the_language_is_read(text: str) -> None:
    query = parse(text)
    assert isinstance(query, Query)
    assert parse_any(text) == query


@each(SEARCHES)
def test_a_search_of_the_language_is_read(text: str) -> None:
    search = parse_sosl(text)
    assert isinstance(search, Search)
    assert parse_any(text) == search


@each(WRONG_QUERIES)
def test_an_error_says_what_is_wrong_at_its_place(place: str, told: str, text: str) -> None:
    with pytest.raises(SoqlError) as caught:
        parse(text)
    error = caught.value
    assert f"{error.line}:{error.column}" == place
    assert str(error) == f"line {error.line}, column {error.column}: {told}"


@each(WRONG_SEARCHES)
def test_an_error_says_what_is_wrong_with_a_search(place: str, told: str, text: str) -> None:
    with pytest.raises(SoqlError) as caught:
        parse_any(text)
    error = caught.value
    assert f"{error.line}:{error.column}" == place
    assert str(error) == f"line {error.line}, column {error.column}: {told}"


@each(VALID)
def test_every_node_knows_its_place(text: str) -> None:
    for node in nodes(parse_any(text)):
        piece = text[node.span.start : node.span.end]
        assert piece == piece.strip() != ""
        match node:
            case Path():
                assert squeezed(piece) == squeezed(node.text)
            case Literal():
                assert squeezed(piece) == squeezed(node.text)
            case Word() if node.text in text:
                assert piece == node.text or piece.startswith("'")
            case Phrase() if node.text in text:
                assert piece == f'"{node.text}"' or piece.startswith("'")
            case Function():
                assert piece.startswith(node.name)
                assert piece.endswith(")")
            case ValueList():
                assert (piece[0], piece[-1]) == ("(", ")")


@each(VALID)
def test_a_statement_is_found_whole_by_its_span(text: str) -> None:
    tree = parse_any(text)
    assert parse_any(text[tree.span.start : tree.span.end]) == tree


@each(QUERIES)
def test_a_condition_is_found_whole_by_its_span(text: str) -> None:
    where = parse(text).where
    if where is not None:
        piece = text[where.span.start : where.span.end]
        assert parse(f"SELECT Id FROM X WHERE {piece}").where == where


@each(VALID)
def test_the_layout_of_a_statement_does_not_count(text: str) -> None:
    wide = ""
    last = 0
    for token in tokens(text):
        wide += "\r\n\t" * (token.start > last) + token.text
        last = token.end
    assert parse_any(wide) == parse_any(text)


@each(VALID)
def test_a_statement_of_the_languages_has_no_wrong_spot(text: str) -> None:
    assert not [text[start:end] for start, end, kind in highlight(text) if kind == "error"]


@each(text for text in VALID if "\n\n" not in text)
def test_a_statement_of_the_languages_is_found_as_one(text: str) -> None:
    spans = statement_spans(f"{text}\n;")
    assert [text[span.start : span.end] for span in spans] == [text.strip()]
