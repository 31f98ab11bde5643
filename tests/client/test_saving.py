"""Saving what changed and nothing else, without undoing what others did."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from sfexplorer.client import FieldErrors, NotFound, Org, RecordConflict, RowLocked, SObject

from .conftest import MakeHost, Seen, answer, forget_requests, requests_at

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

OrgAt = Callable[..., Org]


@pytest.fixture
async def account(org: Org, demo_org: DemoServer) -> SObject:
    """An account of the test's own, loaded whole."""
    made = await org.insert(SObject("Account", Name="Acme", Phone="1", Site="Oslo"))
    assert made.id is not None
    loaded = await org.retrieve("Account", made.id)
    forget_requests(demo_org)
    return loaded


def sent(server: DemoServer) -> list[Any]:
    return [entry["body"] for entry in requests_at(server) if entry["method"] == "PATCH"]


async def now(org: Org, record: SObject) -> SObject:
    return await org.retrieve("Account", record.id or "", ["Name", "Phone", "Site", "NumberOfEmployees"])


async def test_save_sends_only_the_changed_fields(org: Org, demo_org: DemoServer, account: SObject) -> None:
    account["phone"] = "+47 22"
    account["NumberOfEmployees"] = 7
    account["Site"] = "Rome"
    account["Site"] = "Oslo"
    saved = await org.update(account)
    assert sent(demo_org) == [{"Phone": "+47 22", "NumberOfEmployees": 7}]
    assert saved.sent == {"Phone": "+47 22", "NumberOfEmployees": 7}
    assert account.changes == {}
    assert (await now(org, account))["NumberOfEmployees"] == 7


async def test_a_record_without_changes_sends_nothing(
    org: Org, demo_org: DemoServer, account: SObject
) -> None:
    account["Name"] = "Acme"
    saved = await org.update(account)
    assert (saved.sent, saved.taken_over, requests_at(demo_org)) == ({}, {}, [])


async def test_two_saves_in_a_row_do_not_conflict(org: Org, demo_org: DemoServer, account: SObject) -> None:
    for phone in ("2", " 3 ", "4", ""):
        account["Phone"] = phone
        await org.update(account)
    account["Phone"] = "5"
    await org.update(account)
    assert [body["Phone"] for body in sent(demo_org)] == ["2", " 3 ", "4", "", "5"]


async def test_a_field_changed_by_both_is_a_conflict_and_nothing_is_lost(
    org: Org, demo_org: DemoServer, account: SObject
) -> None:
    assert account.id is not None
    account["Name"] = "Mine"
    account["Site"] = "Rome"
    demo_org.touch(account.id, Name="Theirs", Phone="9")
    with pytest.raises(RecordConflict) as caught:
        await org.update(account)
    conflict = caught.value
    assert (conflict.base, conflict.theirs, conflict.yours) == (
        {"Name": "Acme"},
        {"Name": "Theirs"},
        {"Name": "Mine"},
    )
    assert conflict.fields == ("Name",)
    assert account.changes == {"Name": "Mine", "Site": "Rome"}
    assert sent(demo_org) == []


async def test_after_a_conflict_one_may_overwrite_or_take_theirs(
    org: Org, demo_org: DemoServer, account: SObject
) -> None:
    assert account.id is not None
    account["Name"] = "Mine"
    account["Phone"] = "my phone"
    demo_org.touch(account.id, Name="Theirs", Phone="their phone")
    with pytest.raises(RecordConflict) as caught:
        await org.update(account)
    account.take_over(caught.value.theirs)
    account.revert("Phone")
    await org.update(account)
    assert sent(demo_org) == [{"Name": "Mine"}]
    stored = await now(org, account)
    assert (stored["Name"], stored["Phone"]) == ("Mine", "their phone")


async def test_what_others_changed_elsewhere_is_taken_over_and_said(
    org: Org, demo_org: DemoServer, account: SObject
) -> None:
    assert account.id is not None
    account["Name"] = "Mine"
    demo_org.touch(account.id, Phone="9")
    saved = await org.update(account)
    assert saved.taken_over == {"Phone": "9"}
    assert account["Phone"] == "9"
    assert account.changes == {}
    assert sent(demo_org) == [{"Name": "Mine"}]


async def test_the_same_change_by_both_is_no_conflict_and_not_sent(
    org: Org, demo_org: DemoServer, account: SObject
) -> None:
    assert account.id is not None
    account["Name"] = "Same"
    demo_org.touch(account.id, Name="Same")
    saved = await org.update(account)
    assert saved.sent == {}
    assert account.changes == {}
    assert sent(demo_org) == []


async def test_anothers_change_between_two_saves_is_seen(
    org: Org, demo_org: DemoServer, account: SObject
) -> None:
    assert account.id is not None
    account["Name"] = "Mine"
    await org.update(account)
    demo_org.touch(account.id, Name="Theirs")
    account["Name"] = "Mine again"
    with pytest.raises(RecordConflict) as caught:
        await org.update(account)
    assert caught.value.theirs == {"Name": "Theirs"}


@pytest.fixture
async def deal(org: Org, demo_org: DemoServer) -> SObject:
    """An opportunity of the test's own, just made and not read since."""
    deal = SObject("Opportunity", Name="Deal", StageName="Prospecting", CloseDate="2030-01-31", Amount=1.0)
    return await org.insert(deal)


@pytest.mark.parametrize(("mine", "theirs"), [(100.0, 100.4), (100.46, 100.5), (100.46, 100), (0.006, 0)])
async def test_anothers_number_near_ours_is_no_rounding_of_it(
    org: Org, demo_org: DemoServer, deal: SObject, mine: float, theirs: float
) -> None:
    deal["Amount"] = mine
    await org.update(deal)
    demo_org.touch(deal.id or "", Amount=theirs)
    deal["Amount"] = 300.0
    with pytest.raises(RecordConflict) as caught:
        await org.update(deal)
    assert caught.value.theirs == {"Amount": theirs}
    assert deal.changes == {"Amount": 300.0}


@pytest.mark.parametrize("mine", [10.006, 10.004, 10.005, 0.1 + 0.2, 1e-9, -3.14159])
async def test_a_number_that_the_org_rounded_is_no_conflict(
    org: Org, demo_org: DemoServer, deal: SObject, mine: float
) -> None:
    for amount in (mine, mine + 1, 300.0):
        deal["Amount"] = amount
        saved = await org.update(deal)
        assert saved.taken_over == {}
    assert [body["Amount"] for body in sent(demo_org)] == [mine, mine + 1, 300.0]


async def test_a_number_rounded_and_left_alone_is_not_told_as_anothers(org: Org, deal: SObject) -> None:
    deal["Amount"] = 10.006
    await org.update(deal)
    deal["Name"] = "Renamed"
    saved = await org.update(deal)
    assert saved.taken_over == {}
    assert deal["Amount"] == 10.01


async def test_force_overwrites(org: Org, demo_org: DemoServer, account: SObject) -> None:
    assert account.id is not None
    account["Name"] = "Mine"
    demo_org.touch(account.id, Name="Theirs")
    await org.update(account, force=True)
    assert [entry["method"] for entry in requests_at(demo_org)] == ["PATCH"]
    assert (await now(org, account))["Name"] == "Mine"


async def test_refresh_shows_what_the_org_made_of_it(org: Org, account: SObject) -> None:
    stamp = account["SystemModstamp"]
    account["Phone"] = " 42 "
    await org.update(account, refresh=True)
    assert account["SystemModstamp"] > stamp
    assert account["Phone"] == (await now(org, account))["Phone"]
    assert account.changes == {}
    assert not account.unconfirmed
    made = await org.insert(SObject("Account", Name=" Made "), refresh=True)
    assert (made["Name"], "SystemModstamp" in made, made.changes) == ("Made", True, {})
    keyed = SObject("Account", Name=" Keyed ")
    keyed.set_external_id("External_Id__c", "keyed")
    await org.upsert(keyed, refresh=True)
    assert (keyed["Name"], keyed["External_Id__c"], keyed.changes) == ("Keyed", "keyed", {})


async def test_a_record_of_a_query_without_its_stamp_is_checked_by_its_fields(
    org: Org, demo_org: DemoServer, account: SObject
) -> None:
    assert account.id is not None
    page = await org.query(f"SELECT Id, Name, Owner.Name FROM Account WHERE Id = '{account.id}'").first_page()
    record = page.records[0]
    record["Name"] = "Mine"
    demo_org.touch(account.id, Name="Theirs")
    with pytest.raises(RecordConflict):
        await org.update(record)
    record.take_over({"Name": "Theirs"})
    await org.update(record)
    assert sent(demo_org) == [{"Name": "Mine"}]


async def test_a_record_made_by_hand_is_saved_with_one_request(
    org: Org, demo_org: DemoServer, account: SObject
) -> None:
    await org.update(SObject("Account", Id=account.id, Site="Bergen"))
    assert [entry["method"] for entry in requests_at(demo_org)] == ["PATCH"]
    assert sent(demo_org) == [{"Site": "Bergen"}]


async def test_a_value_too_long_names_its_field_and_keeps_the_edit(org: Org, account: SObject) -> None:
    account["Site"] = "x" * 300
    with pytest.raises(FieldErrors) as caught:
        await org.update(account)
    assert caught.value.fields == ("Site",)
    assert "Site" in caught.value.by_field
    assert account.changes == {"Site": "x" * 300}


async def test_a_locked_row_is_told(org: Org, demo_org: DemoServer, account: SObject) -> None:
    account["Site"] = "Rome"
    body = [
        {"message": "unable to obtain exclusive access to this record", "errorCode": "UNABLE_TO_LOCK_ROW"}
    ]
    locked = {"path": "/sobjects/Account/", "method": "PATCH", "status": 400, "body": body}
    demo_org.faults({**locked, "count": 3})
    with pytest.raises(RowLocked):
        await org.update(account)
    assert account.is_changed("Site")
    # A lock that is gone by the next try is not even told.
    demo_org.faults({**locked, "count": 1})
    await org.update(account)
    assert not account.is_changed("Site")


async def test_a_record_deleted_by_another_is_not_found(org: Org, account: SObject) -> None:
    await org.delete(SObject("Account", Id=account.id))
    account["Site"] = "Rome"
    with pytest.raises(NotFound):
        await org.update(account)
    with pytest.raises(NotFound):
        await org.delete(account)
    assert account.changes == {"Site": "Rome"}


async def test_a_record_without_an_id_is_not_updated(org: Org) -> None:
    with pytest.raises(ValueError, match="type and id"):
        await org.update(SObject("Account", Name="x"))


STAMP = "2024-01-02T03:04:05.678+0000"


def record_at(stamp: str, **fields: Any) -> dict[str, Any]:
    return {"attributes": {"type": "Account"}, "Id": "001000000000001AAA", "SystemModstamp": stamp, **fields}


def loaded(**fields: Any) -> SObject:
    return SObject.from_json(record_at(STAMP, **fields))


async def test_the_header_is_the_stamps_second(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(
        lambda seen: answer(204) if seen.method == "PATCH" else answer(200, record_at(STAMP, Name="a"))
    )
    record = loaded(Name="a")
    record["Name"] = "b"
    await org_at(host).update(record)
    read, patch = host.seen
    assert read.target.endswith("?fields=SystemModstamp%2CName")
    assert patch.headers["if-unmodified-since"] == "Tue, 02 Jan 2024 03:04:05 GMT"
    assert patch.body == b'{"Name":"b"}'


async def test_a_server_that_minds_milliseconds_does_not_lock_us_out(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    def serve(seen: Seen) -> bytes:
        if seen.method != "PATCH":
            return answer(200, record_at(STAMP, Name="a"))
        return answer(204 if seen.headers["if-unmodified-since"].endswith("03:04:06 GMT") else 412, b"")

    host = await make_host(serve)
    record = loaded(Name="a")
    record["Name"] = "b"
    saved = await org_at(host).update(record)
    assert saved.sent == {"Name": "b"}


async def test_a_change_between_read_and_save_is_merged_and_tried_again(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    def serve(seen: Seen) -> bytes:
        patched = sum(each.method == "PATCH" for each in host.seen)
        if seen.method == "PATCH":
            return answer(412 if patched == 1 else 204, b"")
        moved = record_at(STAMP.replace(":05.", ":09."), Name="a", Phone="9")
        return answer(200, moved if patched else record_at(STAMP, Name="a", Phone="1"))

    host = await make_host(serve)
    record = loaded(Name="a", Phone="1")
    record["Name"] = "b"
    saved = await org_at(host).update(record)
    assert (saved.sent, saved.taken_over) == ({"Name": "b"}, {"Phone": "9"})


async def test_a_save_refused_over_and_over_ends_as_a_conflict(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(
        lambda seen: answer(412, b"") if seen.method == "PATCH" else answer(200, record_at(STAMP, Name="a"))
    )
    record = loaded(Name="a")
    record["Name"] = "b"
    with pytest.raises(RecordConflict) as caught:
        await org_at(host).update(record)
    assert caught.value.yours == {"Name": "b"}
    assert record.changes == {"Name": "b"}


async def test_another_edit_in_the_same_second_is_seen(org_at: OrgAt, make_host: MakeHost) -> None:
    later = STAMP.replace(".678", ".679")
    host = await make_host(answer(200, record_at(later, Name="theirs")))
    record = loaded(Name="a")
    record["Name"] = "b"
    with pytest.raises(RecordConflict):
        await org_at(host).update(record)


async def test_an_object_without_a_stamp_is_checked_by_its_fields(org_at: OrgAt, make_host: MakeHost) -> None:
    def serve(seen: Seen) -> bytes:
        if "SystemModstamp" in seen.target:
            return answer(400, [{"message": "No such column", "errorCode": "INVALID_FIELD"}])
        return (
            answer(204) if seen.method == "PATCH" else answer(200, {"attributes": {"type": "X"}, "Name": "a"})
        )

    host = await make_host(serve)
    record = SObject.from_json({"attributes": {"type": "X"}, "Id": "a00000000000001AAA", "Name": "a"})
    record["Name"] = "b"
    await org_at(host).update(record)
    assert "if-unmodified-since" not in host.seen[-1].headers
