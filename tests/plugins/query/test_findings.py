"""What is wrong with a query, at its place in the editor's text."""

from __future__ import annotations

import pytest

from sfexplorer.client.errors import QueryRejected
from sfexplorer.soql import SoqlError, parse
from sfexplorer_query.findings import Finding, Mend, explained, of_diagnostic, of_rejection

TWO = "SELECT Id FROM Account\n\nSELECT Nmae\nFROM Contact"
SECOND = TWO.index("SELECT Nmae")


def test_a_mistake_in_the_second_statement_is_told_by_its_place_in_the_whole_text() -> None:
    text = "SELECT Id FROM Account\n\nSELECT Id\nFORM Contact"
    base = text.rindex("SELECT")
    with pytest.raises(SoqlError) as raised:
        parse(text[base:])
    finding = of_diagnostic(raised.value, base)
    assert finding.told_in(text).startswith("4:1  ")


def test_the_orgs_place_is_told_by_its_place_in_the_whole_text_with_the_word_there() -> None:
    error = QueryRejected(
        "No such column 'Nmae' on entity 'Contact'. If you are attempting to use a custom …", line=1, column=8
    )
    finding = of_rejection(error, TWO, TWO[SECOND:], SECOND)
    assert finding.told_in(TWO) == "3:8  Contact has no field Nmae."
    assert finding.start is not None
    assert TWO[finding.start : finding.end] == "Nmae"


def test_a_place_behind_the_text_is_the_end_of_the_text() -> None:
    finding = of_rejection(QueryRejected("unexpected token: <EOF>", line=9, column=99), "SELECT", "SELECT", 0)
    assert finding.start == len("SELECT")


def test_a_rejection_without_a_place_is_told_without_one() -> None:
    finding = of_rejection(QueryRejected("SOQL statements cannot be empty or null"), "x", "x", 0)
    assert finding.told_in(TWO) == "SOQL statements cannot be empty or null"
    assert finding.start is None


def test_what_the_org_found_is_mended_as_the_languages_know_to() -> None:
    mended = Finding("Contact has no field Nmae.", "Did you mean Name?", 31, 35, mend=Mend(31, 35, "Name"))
    other = Finding("There is no object Contact.", "", 40, 47)
    told = Finding("Contact has no field Nmae.", start=24, end=35)
    assert explained(told, [other, mended], TWO) == mended
    unplaced = Finding("something else is wrong")
    assert explained(unplaced, [mended], TWO) == unplaced
