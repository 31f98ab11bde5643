"""What is wrong with a query, at its place in the editor's text."""

from __future__ import annotations

import pytest

from sfexplorer.client.errors import QueryRejected
from sfexplorer.soql import SoqlError, parse
from sfexplorer_query.problems import of_rejection, of_text

TWO = "SELECT Id FROM Account\n\nSELECT Nmae\nFROM Contact"
SECOND = TWO.index("SELECT Nmae")


def test_a_mistake_in_the_second_statement_is_told_by_its_place_in_the_whole_text() -> None:
    text = "SELECT Id FROM Account\n\nSELECT Id\nFORM Contact"
    base = text.rindex("SELECT")
    with pytest.raises(SoqlError) as raised:
        parse(text[base:])
    fault = of_text(raised.value, text, base)
    assert (fault.line, fault.column) == (4, 1)
    assert str(fault).startswith("4:1  ")


def test_the_orgs_place_is_told_by_its_place_in_the_whole_text_with_the_word_there() -> None:
    error = QueryRejected(
        "No such column 'Nmae' on entity 'Contact'. If you are attempting to use a custom …", line=1, column=8
    )
    fault = of_rejection(error, TWO, TWO[SECOND:], SECOND)
    assert str(fault) == "3:8  Contact has no field Nmae."
    assert fault.start is not None
    assert TWO[fault.start : fault.end] == "Nmae"


def test_a_place_behind_the_text_is_the_end_of_the_text() -> None:
    fault = of_rejection(QueryRejected("unexpected token: <EOF>", line=9, column=99), "SELECT", "SELECT", 0)
    assert fault.start == len("SELECT")


def test_a_rejection_without_a_place_is_told_without_one() -> None:
    fault = of_rejection(QueryRejected("SOQL statements cannot be empty or null"), "x", "x", 0)
    assert str(fault) == "SOQL statements cannot be empty or null"
    assert fault.start is None
