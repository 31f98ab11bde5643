"""Edits that aren't saved come back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sfexplorer_record.drafts import Draft, DraftFile, draft_of, take_up
from tests.plugins.record.samples import STAMP, new_place, place

NOW = datetime(2026, 11, 24, 13, 50, tzinfo=UTC)


def test_a_draft_brings_edits_back_into_the_record_as_it_is_now() -> None:
    edited = place()
    edited.put("Name", "There")
    edited.put("Country__c", "")
    draft = draft_of(edited, {}, NOW)
    assert draft == Draft(
        "2026-11-24T13:50:00+00:00",
        {"Name": "There", "Country__c": ""},
        {"Name": "Here", "Country__c": None},
        STAMP,
    )
    again = place()
    assert take_up(again, draft) == 2
    assert again.record.changes == {"Name": "There", "Country__c": ""}
    assert again.theirs == {}
    assert draft_of(place(), {}, NOW) is None


def test_what_others_changed_meanwhile_is_contested_and_what_became_true_is_no_edit() -> None:
    edited = place()
    for name, value in (("Name", "There"), ("Country__c", "Peru"), ("Code__c", "c")):
        edited.put(name, value)
    draft = draft_of(edited, {}, NOW)
    assert draft is not None
    now = "2026-04-01T00:00:00.000+0000"
    again = place(Name="Theirs", Country__c="Peru", SystemModstamp=now)
    assert take_up(again, draft) == 2
    assert again.record.changes == {"Name": "There", "Code__c": "c"}
    assert again.theirs == {"Name": "Theirs"}
    # With the old stamp the save will compare the fields, and ask.
    assert again.record.original["SystemModstamp"] == STAMP


def test_a_draft_of_strange_fields_and_values_is_taken_up_as_far_as_it_fits() -> None:
    state = place()
    edits = {"Total__c": 1, "Nowhere__c": 2, "Name": {"a": 1}, "Code__c": "x"}
    assert take_up(state, Draft("?", edits, base={"Code__c": None}, stamp="nonsense")) == 1
    assert state.record.changes == {"Code__c": "x"}
    assert state.record.original["SystemModstamp"] == STAMP
    made = new_place()
    assert take_up(made, Draft("?", {"Name": "New", "Id": "a005g0000000009AAA"})) == 1
    assert made.record.changes == {"Name": "New"}
    assert made.is_new


def test_the_newest_draft_stays_on_disk_whatever_comes_late(tmp_path: Path) -> None:
    file = DraftFile(tmp_path / "a" / "draft.jsonl")
    assert file.load() is None
    file.keep(Draft("2", {"Name": "two"}), 2)
    file.keep(Draft("1", {"Name": "one"}), 1)
    assert file.load() == Draft("2", {"Name": "two"})
    file.keep(None, 3)
    file.keep(Draft("2", {"Name": "two"}), 2)
    assert file.load() is None
    (tmp_path / "a" / "draft.jsonl").write_bytes(b"[" * 100_000)
    assert file.load() is None
