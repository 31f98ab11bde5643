"""Searching records by name: whatever is typed is looked for, and nothing of it is obeyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.app.record_search import search_for_name
from sfexplorer.soql import parse_sosl


@pytest.mark.parametrize(
    ("typed", "search"),
    [
        ("ada lov", "FIND {ada lov*} IN NAME FIELDS LIMIT 50"),
        ("O'Hara", "FIND {O\\'Hara*} IN NAME FIELDS LIMIT 50"),
        ("a*} RETURNING User", "FIND {a\\*\\} RETURNING User*} IN NAME FIELDS LIMIT 50"),
        ("Smith AND Sons", 'FIND {Smith "AND" Sons*} IN NAME FIELDS LIMIT 50'),
        ("rock or", 'FIND {rock "or"} IN NAME FIELDS LIMIT 50'),
        ("Acme Inc.", "FIND {Acme Inc.} IN NAME FIELDS LIMIT 50"),
        ("a", None),
        ("!?", None),
        ("", None),
    ],
)
def test_what_is_typed_is_what_is_looked_for(typed: str, search: str | None) -> None:
    assert search_for_name(typed) == search


@given(st.text(max_size=60))
def test_no_text_ends_the_search_for_it(typed: str) -> None:
    search = search_for_name(typed)
    if search is not None:
        tree = parse_sosl(search)
        assert not tree.returning
        assert tree.limit is not None
