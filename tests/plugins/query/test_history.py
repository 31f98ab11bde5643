"""What was run is kept over restarts, beside other processes, whatever stands in the file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sfexplorer_query import history
from sfexplorer_query.history import PastRun, note, past_runs

AT = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


def run(text: str) -> PastRun:
    return PastRun(text, AT, "Acme", 3, 0.25)


def test_runs_come_back_with_the_newest_first_and_only_for_their_owner(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "history.ndjson"
    assert past_runs(file) == []
    refused = PastRun("SELECT\nEmial FROM Contact", AT, "Acme", refusal="No such column")
    for each in (run("SELECT Id FROM User"), refused):
        note(each, file)
    assert past_runs(file) == [refused, run("SELECT Id FROM User")]
    assert file.stat().st_mode & 0o777 == 0o600


def test_lines_that_are_no_runs_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "history.ndjson"
    note(run("one"), file)
    with file.open("ab") as open_file:
        open_file.write(b'\xff\x00{"text": 3}\n[[[[\n{"text": "cut off at')
    note(run("two"), file)
    assert [each.text for each in past_runs(file)] == ["two", "one"]


def test_a_full_file_becomes_the_older_one_and_both_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "FULL", 300)
    file = tmp_path / "history.ndjson"
    for number in range(13):
        note(run(str(number)), file)
    assert [each.text for each in past_runs(file)][:3] == ["12", "11", "10"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 900
    assert len(os.listdir(tmp_path)) == 2
