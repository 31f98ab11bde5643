"""Many records at once: 200 a call, each with a result of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sfexplorer.client import (
    ConnectionFailed,
    FieldErrors,
    FileChanged,
    NotFound,
    Org,
    RecordConflict,
    RequestRefused,
    SaveRejected,
    SObject,
    UnexpectedReply,
)
from sfexplorer.demo.server import DemoServer
from tests.client.conftest import MakeHost, answer, requests_at


def accounts(count: int, **fields: object) -> list[SObject]:
    return [SObject("Account", Name=f"Many {number}", **fields) for number in range(count)]


async def ids_of(org: Org, records: list[SObject]) -> list[str]:
    return [str(result.record.id) for result in await org.insert(records)]


async def test_records_go_out_two_hundred_a_call_and_keep_their_order(org: Org, demo_org: DemoServer) -> None:
    records = accounts(450)
    results = await org.insert(records)
    assert [result.record for result in results] == records
    assert all(result.success for result in results)
    assert len({record.id for record in records}) == 450
    assert not any(record.changes for record in records)
    sizes = [len(entry["body"]["records"]) for entry in requests_at(demo_org) if entry["method"] == "POST"]
    assert sizes == [200, 200, 50]
    found = await org.retrieve("Account", [str(record.id) for record in records[:3]], ["Name"])
    assert [each and each["Name"] for each in found] == ["Many 0", "Many 1", "Many 2"]
    gone = await org.delete(records)
    assert all(result.success for result in gone)
    again = await org.delete(records[:1])
    assert isinstance(again[0].error, NotFound)


async def test_a_refused_record_hides_none_that_was_saved(org: Org) -> None:
    good, bad, other = accounts(3)
    bad["Name"] = None
    results = await org.insert([good, bad, other])
    assert [result.success for result in results] == [True, False, True]
    assert isinstance(results[1].error, FieldErrors)
    assert results[1].error.fields == ("Name",)
    assert (good.id is None, bad.id is None, other.id is None) == (False, True, False)
    assert "Name" in bad.changes


async def test_all_or_none_saves_none(org: Org) -> None:
    good, bad = accounts(2, Site="All or none")
    bad["Name"] = None
    results = await org.insert([good, bad], all_or_none=True)
    assert not any(result.success for result in results)
    assert good.id is None
    assert (
        await org.query("SELECT COUNT() FROM Account WHERE Site = 'All or none'").first_page()
    ).total_size == 0


async def test_a_record_that_cannot_be_checked_holds_up_no_others(org: Org) -> None:
    (good,) = await org.retrieve("Account", await ids_of(org, accounts(1)), ["Site"])
    assert good is not None
    strange = SObject.from_json({"attributes": {"type": "Nothing__c"}, "Id": good.id, "Site": None})
    nameless = SObject.from_json({"attributes": {"type": "Account"}, "Site": None})
    for record in (strange, nameless, good):
        record["Site"] = "Checked"
    results = await org.update([strange, nameless, good])
    assert [result.success for result in results] == [False, False, True]
    assert isinstance(results[0].error, NotFound)


async def test_all_or_none_is_promised_only_where_it_can_be_kept(org: Org, demo_org: DemoServer) -> None:
    for save in (org.insert, org.update, org.delete):
        with pytest.raises(ValueError, match="several calls"):
            await save(accounts(201), all_or_none=True)
    keyed = [*accounts(1), SObject("Contact", LastName="Keyed")]
    for record, field in zip(keyed, ("External_Id__c", "Email"), strict=True):
        record.set_external_id(field, "all@or.none")
    with pytest.raises(ValueError, match="is a call"):
        await org.upsert(keyed, all_or_none=True)
    first, second = await org.retrieve("Account", await ids_of(org, accounts(2)), ["Site", "SystemModstamp"])
    assert first is not None
    assert second is not None
    first["Site"] = second["Site"] = "mine"
    demo_org.touch(str(second.id), Site="theirs")
    held_back, conflict = await org.update([first, second], all_or_none=True)
    assert isinstance(held_back.error, SaveRejected)
    assert held_back.error.code == "ALL_OR_NONE_OPERATION_ROLLED_BACK"
    assert isinstance(conflict.error, RecordConflict)
    assert (await org.retrieve("Account", str(first.id), ["Site"]))["Site"] is None


async def test_records_of_changing_objects_go_out_in_calls_that_the_org_takes(
    org: Org, demo_org: DemoServer
) -> None:
    pairs = [(SObject("Account", Name=f"{n}"), SObject("Contact", LastName=f"{n}")) for n in range(6)]
    results = await org.insert(record for pair in pairs for record in pair)
    assert [result.record for result in results] == [record for pair in pairs for record in pair]
    assert all(result.success for result in results)
    calls = [entry for entry in requests_at(demo_org) if entry["path"].endswith("/composite/sobjects")]
    assert [len(call["body"]["records"]) for call in calls] == [10, 2]


async def test_a_value_or_file_that_cannot_be_sent_hides_nothing_that_was_saved(
    org: Org, tmp_path: Path
) -> None:
    records = accounts(201)
    records[200]["Site"] = object()
    with pytest.raises(TypeError):
        await org.insert(records)
    assert not any(record.id for record in records)
    parent = (await ids_of(org, accounts(1)))[0]
    good, bad = (SObject("Attachment", Name="x", ParentId=parent, Body=b) for b in (b"x", tmp_path / "none"))
    odd = SObject("Attachment", Name=object(), ParentId=parent, Body=b"x")
    saved, unread, refused = await org.insert([good, bad, odd])
    assert saved.success
    assert isinstance(unread.error, FileChanged)
    assert isinstance(refused.error, SaveRejected)


async def test_an_update_sends_only_changes_and_keeps_those_of_others(org: Org, demo_org: DemoServer) -> None:
    await org.insert(accounts(3, Site="Update"))
    query = (
        "SELECT Id, Name, Industry, Website, SystemModstamp FROM Account WHERE Site = 'Update' ORDER BY Name"
    )
    first, second, third = [record async for record in org.query(query)]
    first["Industry"] = "Energy"
    second["Industry"] = "Media"
    demo_org.touch(str(first.id), Website="https://theirs.example")
    demo_org.touch(str(second.id), Industry="Banking")
    results = await org.update([first, second, third])
    assert [result.success for result in results] == [True, False, True]
    conflict = results[1].error
    assert isinstance(conflict, RecordConflict)
    assert (conflict.base, conflict.theirs, conflict.yours) == (
        {"Industry": None},
        {"Industry": "Banking"},
        {"Industry": "Media"},
    )
    assert first["Website"] == "https://theirs.example"
    (sent,) = [entry["body"]["records"] for entry in requests_at(demo_org) if entry["method"] == "PATCH"]
    assert sent == [{"attributes": {"type": "Account"}, "Industry": "Energy", "id": first.id}]
    # Saving twice never conflicts with oneself.
    first["Industry"] = "Media"
    assert (await org.update([first]))[0].success
    assert (await org.update([second], force=True))[0].success


async def test_an_upsert_tells_what_it_made(org: Org) -> None:
    records = accounts(2)
    for number, record in enumerate(records):
        record.set_external_id("External_Id__c", f"UP-{number}")
    first = await org.upsert(records)
    assert [result.created for result in first] == [True, True]
    for record in records:
        record["Industry"] = "Energy"
    second = await org.upsert(records)
    assert [(result.success, result.created) for result in second] == [(True, False)] * 2
    found = await org.retrieve_by("Account", "External_Id__c", "UP-1", ["Name", "Industry"])
    assert (found["Name"], found["Industry"], found.id) == ("Many 1", "Energy", records[1].id)


async def test_one_record_is_upserted_by_its_external_id(org: Org, demo_org: DemoServer) -> None:
    record = SObject("Account", Name="One")
    record.set_external_id("External_Id__c", "a b ü")
    assert (await org.upsert(record)).created
    assert record.id is not None
    record["Name"] = "Another"
    assert not (await org.upsert(record)).created
    assert requests_at(demo_org)[-1]["body"] == {"Name": "Another"}
    with pytest.raises(ValueError, match="external id"):
        await org.upsert(SObject("Account", Name="Nameless"))


async def test_an_external_id_is_a_field_that_other_saves_send(org: Org, demo_org: DemoServer) -> None:
    record = SObject("Account", Name="Keyed", External_Id__c="K-1")
    record.set_external_id("external_id__c", "K-1")
    await org.upsert(record)
    assert requests_at(demo_org)[-1]["body"] == {"Name": "Keyed"}
    assert record.changes == {}
    again = await org.retrieve_by("Account", "External_Id__c", "K-1", ["External_Id__c"])
    again["External_Id__c"] = "K-2"
    assert (await org.update(again)).sent == {"External_Id__c": "K-2"}
    made = SObject("Account", Name="Made", External_Id__c="3")
    made.set_external_id("External_Id__c", 3)
    await org.insert(made)
    assert (await org.retrieve_by("Account", "External_Id__c", 3, ["Name"])).id == made.id


async def test_an_external_id_that_several_have_is_told(org: Org) -> None:
    await org.insert([SObject("Contact", LastName=name, Email="same@example.com") for name in ("A", "B")])
    with pytest.raises(RequestRefused) as caught:
        await org.retrieve_by("Contact", "Email", "same@example.com")
    assert caught.value.status == 300


async def test_a_connection_lost_midway_keeps_what_was_saved(org: Org, demo_org: DemoServer) -> None:
    records = accounts(450, Site="Midway")
    demo_org.faults({"path": "/composite/sobjects", "method": "PATCH", "status": 500})
    first = await org.insert(records[:200])
    demo_org.faults()
    demo_org.faults({"path": "/composite/sobjects", "drop": True})
    rest = await org.insert(records[200:])
    assert all(result.success for result in first)
    # Of the first call nobody knows what became of it; of the one behind it it is sure.
    assert {type(result.error) for result in rest[:200]} == {ConnectionFailed}
    assert {result.error.code for result in rest[200:] if result.error} == {"PROCESSING_HALTED"}
    # Not one is sent twice: the org may have saved what it could not confirm.
    lost = [entry for entry in requests_at(demo_org) if entry["path"].endswith("/composite/sobjects")]
    assert len(lost) == 2


async def test_an_answer_of_another_length_is_not_guessed_at(
    make_host: MakeHost, org_at: Callable[..., Org]
) -> None:
    host = await make_host(answer(200, [{"success": True, "id": "001000000000001AAA"}]))
    results = await org_at(host).insert(accounts(2))
    assert all(isinstance(result.error, UnexpectedReply) for result in results)
