"""What somebody may have meant."""

from __future__ import annotations

import pytest

from sfexplorer.soql import closest


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Nmae", "Name"),
        ("name", "Name"),
        ("Industri", "Industry"),
        ("CreateDate", "CreatedDate"),
        ("Xyzzy", None),
        ("", None),
    ],
)
def test_the_closest_name_is_found(name: str, meant: str | None) -> None:
    assert closest(name, ["Id", "Name", "Industry", "CreatedDate"]) == meant


def test_nothing_is_close_among_no_names() -> None:
    assert closest("Name", []) is None
