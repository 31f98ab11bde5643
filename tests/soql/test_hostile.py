"""Texts that nobody would send, each of which gets its answer, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from sfexplorer.soql import (
    SoqlError,
    complete,
    diagnose,
    format_soql,
    highlight,
    parse,
    parse_any,
    parse_sosl,
    statement_at,
    strip_comments,
)
from sfexplorer.soql.stream import MOST_TOKENS

DEEP = 10_000
TEXTS = {
    "nothing": "",
    "comments": "-- one\n// two",
    "NUL": "SELECT Id\0 FROM X",
    "controls": "".join(map(chr, range(32))),
    "lone surrogates": "SELECT \ud800 FROM \udfff WHERE a = '\udc00'",
    "parentheses": "(" * 300_000,
    "parted parentheses": "( " * 150_000,
    "closing parentheses": ")" * 300_000,
    "quotes": "'" * 300_000,
    "braces": "{" * 300_000,
    "lines": "a\n" * 150_000,
    "one word": "a" * 300_000,
    "dots": "SELECT " + "a." * 45_000 + "a FROM X",
    "fields": "SELECT " + ",".join("a" * 49_000) + " FROM X",
    "an open bracket of a variable": "SELECT Id FROM X WHERE a = :b[" + "(" * 90_000,
    "a long sum": "SELECT Id FROM X WHERE a = :" + "b+" * 40_000,
    "categories": "SELECT Id FROM X WITH DATA CATEGORY a AT (" + ",".join("b" * 45_000) + ")",
    "deep conditions": "SELECT Id FROM X WHERE " + "(" * DEEP + "a = 1" + ")" * DEEP,
    "deep negations": "SELECT Id FROM X WHERE " + "NOT (" * DEEP + "a = 1" + ")" * DEEP,
    "deep sub-selects": "SELECT " + "(SELECT " * DEEP,
    "deep functions": "SELECT " + "FORMAT(" * DEEP,
    "words to find": "FIND {" + "a " * 45_000 + "}",
    "a deep search": "FIND {" + "(" * DEEP + "a" + ")" * DEEP + "}",
    "an open search": "FIND {" + "a " * 45_000,
}
# Twenty times what is promised of a quiet machine, which this one may not be.
PATIENCE = 2.0
FUNCTIONS = [parse, parse_sosl, parse_any, highlight, format_soql, strip_comments, diagnose]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_any_text_is_answered_soon(name: str, function: Callable[[str], object]) -> None:
    begun = time.process_time()
    with suppress(SoqlError):
        function(TEXTS[name])
    assert time.process_time() - begun < PATIENCE


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("function", [statement_at, complete])
def test_any_place_in_a_text_is_answered_soon(name: str, function: Callable[[str, int], object]) -> None:
    begun = time.process_time()
    function(TEXTS[name], len(TEXTS[name]) // 2)
    assert time.process_time() - begun < PATIENCE


def test_a_query_of_more_pieces_than_make_sense_is_refused_at_the_first_of_them() -> None:
    text = TEXTS["fields"]
    with pytest.raises(SoqlError, match="at most 18,000 words, values and signs") as caught:
        parse(text)
    assert len(text[: caught.value.offset].replace(",", " , ").split()) == MOST_TOKENS


def id_list(count: int) -> str:
    ids = ",".join(f"'001{number:015d}'" for number in range(count))
    return f"SELECT Id FROM Account WHERE Id IN ({ids})"


def test_a_long_query_that_makes_sense_is_read_and_laid_out() -> None:
    text = id_list(4_200)
    assert 88_000 < len(text) <= 100_000
    assert parse(format_soql(text)) == parse(text)
    assert format_soql(text) != text


def test_a_query_that_its_layout_would_make_too_long_stays_as_it_is() -> None:
    text = id_list(4_700)
    assert parse(text).where is not None
    assert format_soql(text) == text
