"""What is wrong with a text stays at its place while the text is typed on."""

from __future__ import annotations

import pytest

from sfexplorer_query.findings import Finding, Mend
from sfexplorer_query.marks import Marks, moved

TEXT = "SELECT Id, Emial FROM Contact"
EMIAL = Finding("no such field", start=11, end=16, mend=Mend(11, 16, "Email"))


@pytest.mark.parametrize(
    "after",
    [
        "SELECT Id, Emial FROM Contact WHERE Id != null",
        "SELECT Id,Name, Emial FROM Contact",
        "SELECT  Emial FROM Contact",
    ],
)
def test_a_finding_moves_with_its_word(after: str) -> None:
    (finding,) = moved([EMIAL], TEXT, after)
    assert after[finding.start : finding.end] == "Emial"
    assert finding.mend
    assert after[finding.mend.start : finding.mend.end] == "Emial"


@pytest.mark.parametrize("after", ["SELECT Id, Emials FROM Contact", "SELECT Id, E FROM Contact", "", "x"])
def test_a_finding_goes_when_its_word_is_changed(after: str) -> None:
    assert moved([EMIAL], TEXT, after) == []


def test_what_is_missing_at_the_end_is_unknown_once_there_is_more() -> None:
    missing = Finding("a condition is missing", start=len(TEXT), end=len(TEXT))
    assert moved([missing], TEXT, TEXT + " x") == []


def test_the_finding_at_the_cursor_comes_before_the_first() -> None:
    marks = Marks(TEXT)
    first, second = Finding("a", start=7, end=9), EMIAL
    assert marks.at(0, TEXT) is None
    assert marks.put([first, second], TEXT)
    assert not marks.put([first, second], TEXT)
    assert marks.at(16, TEXT) is second
    assert marks.at(20, TEXT) is first
