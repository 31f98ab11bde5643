"""Laws that hold for any text whatever."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from sfexplorer.soql import (
    SoqlError,
    format_soql,
    highlight,
    literal_value,
    parse,
    parse_any,
    quote,
    statement_at,
    statement_spans,
    strip_comments,
)
from sfexplorer.soql.tokens import tokens
from sfexplorer.soql.tree import Comparison, Literal, ValueList
from tests.soql.corpora import QUERIES, SEARCHES

CORPUS = [*QUERIES, *SEARCHES]
PIECES = sorted({token.text for line in CORPUS for token in tokens(line)})

any_text = st.text(st.characters(codec=None))
query_like = st.lists(st.sampled_from([*PIECES, "\n", "\n\n", "--", "//", "'", '"', "{", "}", ";", "%"])).map(
    " ".join
)
corpus_line = st.sampled_from(CORPUS)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A query of the corpus, cut and with something in the middle."""
    line = draw(corpus_line)
    cut = draw(st.integers(0, len(line)))
    resumed = draw(st.integers(0, len(line)))
    return line[:cut] + draw(st.one_of(any_text, query_like)) + line[resumed:]


texts = st.one_of(any_text, query_like, mutated())


def check_error(text: str, error: SoqlError) -> None:
    assert 0 <= error.offset <= error.offset + error.length <= len(text)
    before = text[: error.offset].replace("\r\n", "\n").replace("\r", "\n")
    assert error.line == before.count("\n") + 1
    assert error.column >= 1
    assert str(error).startswith(f"line {error.line}, column {error.column}: {error.message}")


@settings(max_examples=90, deadline=None)
@given(texts)
def test_any_text_is_a_statement_or_an_error_with_a_place(text: str) -> None:
    try:
        tree = parse_any(text)
    except SoqlError as error:
        check_error(text, error)
        assert format_soql(text) == text
    else:
        assert parse_any(text[tree.span.start : tree.span.end]) == tree
        assert parse_any(format_soql(text)) == tree


@settings(max_examples=70, deadline=None)
@given(texts)
def test_every_character_is_in_one_token_or_white(text: str) -> None:
    done = 0
    for token in tokens(text):
        assert not text[done : token.start].strip(" \t\r\n\f\v")
        assert text[token.start : token.end] == token.text != ""
        done = token.end
    assert not text[done:].strip(" \t\r\n\f\v")


@settings(max_examples=70, deadline=None)
@given(texts)
def test_any_text_is_coloured_in_order_without_overlaps(text: str) -> None:
    done = 0
    for start, end, _ in highlight(text):
        assert done <= start < end <= len(text)
        done = end


@settings(max_examples=60, deadline=None)
@given(texts, st.integers(0, 60))
def test_statements_of_any_text_stand_in_order_and_one_is_at_each_place(text: str, offset: int) -> None:
    done = 0
    spans = statement_spans(text)
    for span in spans:
        assert done <= span.start < span.end <= len(text)
        done = span.end
    assert statement_at(text, offset) in spans or not spans


@settings(max_examples=60, deadline=None)
@given(texts)
def test_stripping_comments_keeps_every_position(text: str) -> None:
    stripped = strip_comments(text)
    assert len(stripped) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, stripped, strict=True))
    assert not [token for token in tokens(stripped) if token.kind == "comment"]


@settings(max_examples=30, deadline=None)
@given(corpus_line)
def test_every_beginning_of_a_query_is_survived(line: str) -> None:
    for length in range(len(line)):
        highlight(line[:length])
        with suppress(SoqlError):
            parse_any(line[:length])


def read_back(value: str) -> Literal | ValueList:
    where = parse(f"SELECT Id FROM X WHERE a = {value}").where
    assert isinstance(where, Comparison)
    assert isinstance(where.right, Literal)
    return where.right


numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
stamps = st.datetimes(timezones=st.timezones())


@settings(max_examples=70, deadline=None)
@given(st.one_of(any_text, numbers, st.booleans(), st.none(), st.dates()))
def test_a_quoted_value_is_read_back(value: str | float | bool | None) -> None:
    literal = read_back(quote(value))
    assert isinstance(literal, Literal)
    assert literal_value(literal) == value
