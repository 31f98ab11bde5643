"""What was saved is kept on disk, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sfexplorer.api import Change
from sfexplorer_record import journal
from sfexplorer_record.journal import Entry, entries, entry_of, note
from sfexplorer_record.undoing import titles, undoing
from tests.plugins.record.samples import ID, place

NOW = datetime(2026, 11, 24, 13, 50, tzinfo=UTC)


def test_entries_come_back_newest_first_past_lines_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "journal.jsonl"
    assert entries(path) == []
    made = entry_of({"Name": Change(None, "Here"), "Id": Change(None, ID)}, NOW)
    assert made == Entry("2026-11-24T13:50:00+00:00", {"Name": (None, "Here")}, made=True)
    note(path, made)
    with path.open("ab") as file:
        file.write(b'{"at": 1}\n[[[[\n\xff\n{"at": "unfin')
    second = entry_of({"Name": Change("Here", "There"), "Body": Change(None, b"bytes")}, NOW)
    note(path, second)
    assert entries(path) == [Entry("2026-11-24T13:50:00+00:00", {"Name": ("Here", "There")}), made]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_of_a_long_history_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_LARGEST", 2_000)
    path = tmp_path / "journal.jsonl"
    for number in range(100):
        note(path, entry_of({"Name": Change(number, number + 1)}, NOW))
    note(path, entry_of({"Name": Change("", "x" * 1_500)}, NOW))
    kept = entries(path)
    assert kept[0].changes == {"Name": (99, 100)}
    assert 5 < len(kept) < 40
    assert path.stat().st_size <= 2_000


def test_a_save_is_undone_field_by_field_and_what_was_changed_since_is_contested() -> None:
    entry = Entry(
        NOW.isoformat(),
        {
            "Name": ("Before", "Here"),
            "Code__c": ("old", "new "),
            "Country__c": (None, "Peru"),
            "Total__c": (1, 2),
            "Gone__c": ("a", "b"),
        },
    )
    # The org trims what it is given; nobody else has changed the code.
    plan = undoing(place(Name="Here", Code__c="new", Country__c="Chile", Total__c=2), entry)
    assert plan.restored == {"Name": "Before", "Code__c": "old"}
    assert [(one.field, one.values) for one in plan.contested] == [("Country__c", ("Peru", "Chile", "∅"))]
    assert plan.lost == ["Total__c"]
    assert undoing(place(Name="Before", Code__c="old"), entry).restored == {}
    assert titles([entry])[0].endswith("changed  Name, Code__c, Country__c and 2 more")
    assert titles([Entry("yesterday\x1b[2J", {}, made=True)]) == [f"{'?':<16}  made  "]
