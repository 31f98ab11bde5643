"""What is wrong with a statement is told at its place, and no text whatever makes it raise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfexplorer.soql.diagnosis import diagnose, undescribed
from sfexplorer.soql.statements import strip_comments
from tests.each import each
from tests.soql.corpora import QUERIES, SEARCHES, WRONG_QUERIES
from tests.soql.describes import Describes

SCHEMA = Describes()


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("SELECT Id, Emial FROM Contact", "Emial", "Emial"),
        ("SELECT Id FROM Acount", "Acount", "Acount"),
        ("SELECT Id FROM Contact WHERE Name = 'Ada", "'Ada", ""),
        ("SELECT Acct.Name FROM Contact", "Acct", "Acct"),
        ("SELECT Id FROM Account WHERE Description = 'x'", "Description", "Description"),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, place: str, told: str) -> None:
    first = diagnose(text, SCHEMA)[0]
    assert first.offset == text.index(place)
    assert first.column == text.index(place) + 1
    assert told in first.message


def test_a_misspelt_field_is_mended_by_the_closest() -> None:
    (found,) = diagnose("SELECT Id, Emial FROM Contact", SCHEMA)
    assert found.replacement == "Email"
    assert found.replace == (11, 16)


def test_what_is_not_fetched_yet_is_not_judged_but_asked_for() -> None:
    schema = Describes(unfetched=["Contact"])
    assert diagnose("SELECT Emial FROM Contact", schema) == []
    assert "Contact" in undescribed("SELECT Emial FROM Contact", schema)


@each(text for _, _, text in WRONG_QUERIES)
def test_a_statement_outside_the_language_is_an_error(text: str) -> None:
    # An editor's text may have comments; they are left out before it is sent.
    if strip_comments(text) == text and text.strip():
        assert any(found.severity == "error" for found in diagnose(text))


@given(st.sampled_from([*QUERIES, *SEARCHES]), st.data())
@settings(max_examples=70, deadline=None)
def test_no_text_whatever_makes_it_raise(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    added = data.draw(st.text(max_size=3))
    broken = text[:cut] + added + text[data.draw(st.integers(cut, len(text))) :]
    for found in diagnose(broken, SCHEMA):
        assert 0 <= found.offset <= len(broken)
