"""Change data capture: each change of a record as an event."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.bayeux import Listener, Message, change, make, remove
from tests.demo.conftest import V

ACCOUNTS = "/data/AccountChangeEvent"


def split(event: Message) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header of a change event and the fields that it tells."""
    payload = dict(event["data"]["payload"])
    return payload.pop("ChangeEventHeader"), payload


@pytest.fixture
def listener(http: httpx.Client) -> Listener:
    return Listener(http).listen(ACCOUNTS)


def test_a_new_record_is_told_with_all_that_it_has(
    http: httpx.Client, server: DemoServer, listener: Listener
) -> None:
    account = make(http, "Account", Name="Acme", AnnualRevenue=300)
    (event,) = listener.heard()
    header, fields = split(event)
    assert event["channel"] == ACCOUNTS
    assert event["data"]["event"].keys() == {"replayId"}
    assert (header["entityName"], header["recordIds"], header["changeType"]) == (
        "Account",
        [account],
        "CREATE",
    )
    assert (header["changedFields"], header["sequenceNumber"]) == ([], 1)
    assert (header["changeOrigin"], header["commitUser"]) == (
        "com/salesforce/api/rest/60.0",
        server.org.administrator.id,
    )
    assert (fields["Name"], fields["AnnualRevenue"]) == ("Acme", 300.0)
    assert None not in fields.values()
    assert not {"Id", "IsDeleted", "SystemModstamp"} & fields.keys()


def test_an_update_tells_the_changed_fields_alone(http: httpx.Client, listener: Listener) -> None:
    account = make(http, "Account", Name="Acme", Phone="5")
    change(http, "Account", account, Name="Acme 2", Phone=None, Description=None)
    header, fields = split(listener.heard()[1])
    assert header["changeType"] == "UPDATE"
    assert header["changedFields"] == ["Name", "Phone", "LastModifiedDate"]
    assert fields.keys() == set(header["changedFields"])
    assert (fields["Name"], fields["Phone"]) == ("Acme 2", None)
    assert fields["LastModifiedDate"].endswith("Z")


def test_a_delete_and_a_return_are_told(http: httpx.Client, server: DemoServer, listener: Listener) -> None:
    account = make(http, "Account", Name="Acme")
    remove(http, "Account", account)
    store, type = server.org.store, server.org.schema["Account"]
    with store.transaction():
        store.update(type, account, {"IsDeleted": 0})
    _, deleted, undeleted = listener.heard()
    assert split(deleted) == (split(deleted)[0], {})
    assert split(deleted)[0]["changeType"] == "DELETE"
    assert split(undeleted)[0]["changeType"] == "UNDELETE"
    assert split(undeleted)[1]["Name"] == "Acme"


def test_what_is_erased_for_good_is_told_as_deleted_once(
    http: httpx.Client, server: DemoServer, listener: Listener
) -> None:
    store, type = server.org.store, server.org.schema["Account"]
    account = make(http, "Account", Name="Acme")
    with store.transaction():
        store.erase(type, account)
    _, erased = listener.heard()
    assert split(erased)[0]["changeType"] == "DELETE"


def test_all_changes_are_heard_on_one_channel(http: httpx.Client) -> None:
    listener = Listener(http).listen("/data/ChangeEvents")
    account = make(http, "Account", Name="Acme")
    make(http, "Contact", LastName="Lovelace", AccountId=account)
    events = listener.heard()
    assert [split(each)[0]["entityName"] for each in events] == ["Account", "Contact"]
    assert {each["channel"] for each in events} == {"/data/ChangeEvents"}
    replayed = Listener(http).listen("/data/ChangeEvents", replay=-2).heard()
    assert replayed[-2:] == events


def test_custom_objects_have_their_own_channel(http: httpx.Client, server: DemoServer) -> None:
    listener = Listener(http).listen("/data/Invoice__ChangeEvent")
    store = server.org.store
    with store.transaction():
        store.create(server.org.schema["Invoice__c"], {})
    assert split(listener.heard()[0])[0]["entityName"] == "Invoice__c"


def test_records_that_a_transaction_changes_alike_share_an_event(
    http: httpx.Client, server: DemoServer, listener: Listener
) -> None:
    store, type = server.org.store, server.org.schema["Account"]
    ids = [make(http, "Account", Name=f"Alike {number}") for number in range(4)]
    listener.heard()
    with store.transaction():
        for each in ids[:3]:
            store.update(type, each, {"Industry": "Energy"})
        store.update(type, ids[3], {"Industry": "Banking"})
    first, second = (split(each) for each in listener.heard())
    assert (first[0]["recordIds"], first[1]) == (ids[:3], {"Industry": "Energy"})
    assert (second[0]["recordIds"], second[1]) == (ids[3:], {"Industry": "Banking"})
    assert first[0]["transactionKey"] == second[0]["transactionKey"]
    assert [each[0]["sequenceNumber"] for each in (first, second)] == [1, 2]
    assert first[0]["commitNumber"] == second[0]["commitNumber"]


def test_a_deleted_parent_takes_its_children_along(http: httpx.Client) -> None:
    listener = Listener(http).listen("/data/ChangeEvents")
    account = make(http, "Account", Name="Parent")
    make(http, "Contact", LastName="Child", AccountId=account)
    listener.heard()
    remove(http, "Account", account)
    told = {(header["entityName"], header["changeType"]) for header, _ in map(split, listener.heard())}
    assert told >= {("Account", "DELETE"), ("Contact", "DELETE")}


def test_the_schema_of_a_change_event_is_told(http: httpx.Client, listener: Listener) -> None:
    make(http, "Account", Name="Acme")
    schema = listener.heard()[0]["data"]["schema"]
    told = http.get(f"{V}/event/eventSchema/{schema}", params={"payloadFormat": "COMPACT"}).json()
    names = [each["name"] for each in told["fields"]]
    assert told["name"] == "AccountChangeEvent"
    assert names[0] == "ChangeEventHeader"
    assert {"Name", "AnnualRevenue", "LastModifiedDate"} <= set(names)


def test_a_look_at_a_record_is_no_change(http: httpx.Client, listener: Listener) -> None:
    http.get(f"{V}/query", params={"q": "SELECT Id FROM Account LIMIT 1 FOR VIEW"})
    assert listener.heard() == []
