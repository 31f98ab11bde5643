"""PushTopics: which queries are taken, and which changes are told to whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.bayeux import HANDSHAKE, Listener, Message, change, make, post, remove, topic
from tests.demo.conftest import V


def told(events: list[Message]) -> list[tuple[str, dict[str, Any]]]:
    """What each event says, without its time and number."""
    return [(each["data"]["event"]["type"], each["data"]["sobject"]) for each in events]


def kinds(listener: Listener) -> list[str]:
    return [each["data"]["event"]["type"] for each in listener.heard()]


def refused(http: httpx.Client, query: str, **others: Any) -> tuple[str, str]:
    body = {"Name": "Refused", "Query": query, "ApiVersion": 58.0, **others}
    response = http.post(f"{V}/sobjects/PushTopic", json=body)
    assert response.status_code == 400, response.text
    (error,) = response.json()
    assert error["fields"] == ["Query"]
    return error["errorCode"], error["message"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT Id, Owner.Name FROM Account", "relationships are not supported"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "relationships are not supported"),
        ("SELECT Id FROM Account WHERE Owner.Name = 'A'", "relationships are not supported"),
        (
            "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)",
            "semi/anti join sub-selects are not supported",
        ),
        ("SELECT COUNT() FROM Account", "Aggregate queries are not supported"),
        ("SELECT COUNT(Id) FROM Account", "Aggregate queries are not supported"),
        ("SELECT Name FROM Account GROUP BY Name", "Aggregate queries are not supported"),
        ("SELECT Id, Name FROM Account LIMIT 5", "'LIMIT' is not allowed"),
        ("SELECT Id, Name FROM Account ORDER BY Name", "'ORDER BY' clause is not allowed"),
        ("SELECT Id FROM Account WHERE (NOT Name = 'A')", "'NOT' is not supported"),
        ("SELECT Id, Name FROM Account OFFSET 5", "'OFFSET' is not allowed"),
        (
            "SELECT Id FROM Case WHERE Comments = 'x'",
            "field 'Comments' can not be filtered",
        ),
        ("SELECT Id, Name FROM User", "Entity User is not supported"),
        ("SELECT Name FROM Account", "Id must be selected"),
        ("SELECT Id, toLabel(Industry) FROM Account", "functions are not supported"),
    ],
)
def test_a_query_that_no_topic_can_have_is_refused(http: httpx.Client, query: str, message: str) -> None:
    code, said = refused(http, query)
    assert code == "INVALID_FIELD"
    assert message in said


def test_a_query_that_is_none_is_refused_as_ever(http: httpx.Client) -> None:
    assert refused(http, "SELECT FROM")[0] == "MALFORMED_QUERY"
    assert refused(http, "SELECT Id, Nmae FROM Account")[0] == "INVALID_FIELD"
    assert refused(http, "SELECT Id FROM Nothing")[0] == "INVALID_TYPE"


def test_a_query_that_is_too_long_is_not_even_read(http: httpx.Client) -> None:
    query = f"SELECT Id, Name FROM Account WHERE {'(' * 2_000}Name = 'x'{')' * 2_000}"
    body = {"Name": "TooLong", "Query": query, "ApiVersion": 58.0}
    response = http.post(f"{V}/sobjects/PushTopic", json=body)
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "STRING_TOO_LONG")


def test_the_fields_to_be_watched_must_be_there(http: httpx.Client) -> None:
    for fields, query in (
        ("Select", "SELECT Id FROM Account WHERE Name = 'A'"),
        ("Where", "SELECT Id, Name FROM Account"),
        ("Referenced", "SELECT Id FROM Account"),
    ):
        assert refused(http, query, NotifyForFields=fields)[0] == "INVALID_FIELD"
    topic(http, "AllOfNothing", "SELECT Id FROM Account", NotifyForFields="All")


def test_a_topic_has_its_rules_when_it_changes_too(http: httpx.Client) -> None:
    made = make(http, "PushTopic", Name="Changing", Query="SELECT Id, Name FROM Account", ApiVersion=58.0)
    response = http.patch(f"{V}/sobjects/PushTopic/{made}", json={"Query": "SELECT Name FROM Account"})
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALID_FIELD")
    assert made.startswith("0IF")
    row = http.get(f"{V}/sobjects/PushTopic/{made}").json()
    assert (row["NotifyForFields"], row["NotifyForOperations"], row["IsActive"]) == (
        "Referenced",
        "All",
        True,
    )


def test_names_are_unique_and_short(http: httpx.Client) -> None:
    topic(http, "Unique")
    for name, code in (("Unique", "DUPLICATE_VALUE"), ("x" * 26, "STRING_TOO_LONG")):
        body = {"Name": name, "Query": "SELECT Id, Name FROM Account", "ApiVersion": 58.0}
        response = http.post(f"{V}/sobjects/PushTopic", json=body)
        assert (response.status_code, response.json()[0]["errorCode"]) == (400, code)


def test_each_kind_of_change_is_told_with_the_selected_fields(http: httpx.Client) -> None:
    channel = topic(http, "Kinds", "SELECT Id, Name, AnnualRevenue, IsDeleted FROM Account")
    listener = Listener(http).listen(channel)
    account = make(http, "Account", Name="Acme", AnnualRevenue=300)
    change(http, "Account", account, Name="Acme 2")
    remove(http, "Account", account)
    events = listener.heard()
    fields = {"Id": account, "AnnualRevenue": 300.0, "IsDeleted": False}
    assert told(events) == [
        ("created", {**fields, "Name": "Acme"}),
        ("updated", {**fields, "Name": "Acme 2"}),
        ("deleted", {"Id": account}),
    ]
    assert {each["channel"] for each in events} == {channel}
    assert all(each["data"]["event"]["createdDate"].endswith("Z") for each in events)


def test_a_record_that_comes_back_is_told(http: httpx.Client, server: DemoServer) -> None:
    listener = Listener(http).listen(topic(http, "Back"))
    account = make(http, "Account", Name="Back")
    remove(http, "Account", account)
    with server.org.store.transaction():
        server.org.store.update(server.org.schema["Account"], account, {"IsDeleted": 0})
    assert kinds(listener) == ["created", "deleted", "undeleted"]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [("Create", "created"), ("Update", "updated"), ("Delete", "deleted")],
)
def test_only_the_chosen_operations_are_told(http: httpx.Client, operation: str, expected: str) -> None:
    off: dict[str, Any] = {
        f"NotifyForOperation{each}": False for each in ("Create", "Update", "Delete", "Undelete")
    }
    channel = topic(http, f"Only{operation}", **{**off, f"NotifyForOperation{operation}": True})
    listener = Listener(http).listen(channel)
    account = make(http, "Account", Name="Acme")
    change(http, "Account", account, Name="Acme 2")
    remove(http, "Account", account)
    assert kinds(listener) == [expected]


@pytest.mark.parametrize(
    ("fields", "heard"),
    [
        ("All", ["Phone", "Name", "Industry"]),
        ("Referenced", ["Name", "Industry"]),
        ("Select", ["Name"]),
        ("Where", ["Industry"]),
    ],
)
def test_an_update_is_told_when_a_watched_field_changed(
    http: httpx.Client, fields: str, heard: list[str]
) -> None:
    query = "SELECT Id, Name FROM Account WHERE Industry IN ('Energy', 'Banking')"
    account = make(http, "Account", Name="Acme", Industry="Energy")
    listener = Listener(http).listen(topic(http, f"Fields{fields}", query, NotifyForFields=fields))
    found = []
    for name, value in {"Phone": "5", "Name": "Acme 2", "Industry": "Banking", "Description": None}.items():
        change(http, "Account", account, **{name: value})
        if listener.heard():
            found.append(name)
    assert found == heard


def test_a_record_that_enters_the_condition_is_told_and_one_that_leaves_is_not(http: httpx.Client) -> None:
    query = "SELECT Id, Name FROM Account WHERE Name LIKE 'Änd%' AND NumberOfEmployees > 5"
    listener = Listener(http).listen(topic(http, "Condition", query))
    account = make(http, "Account", Name="Ändern", NumberOfEmployees=1)
    assert kinds(listener) == []
    change(http, "Account", account, NumberOfEmployees=9)
    assert kinds(listener) == ["updated"]
    change(http, "Account", account, Name="Other")
    assert kinds(listener) == []


def test_a_part_of_a_selected_address_or_name_counts_as_the_whole(http: httpx.Client) -> None:
    query = "SELECT Id, Name, MailingAddress FROM Contact"
    contact = make(http, "Contact", LastName="Lovelace", MailingCity="London")
    listener = Listener(http).listen(topic(http, "Parts", query))
    change(http, "Contact", contact, FirstName="Ada")
    change(http, "Contact", contact, MailingCity="Paris")
    first, second = (each["data"]["sobject"] for each in listener.heard())
    assert (first["Name"], second["MailingAddress"]["city"]) == ("Ada Lovelace", "Paris")


def test_a_topic_that_is_not_active_says_nothing_and_can_not_be_heard(http: httpx.Client) -> None:
    channel = topic(http, "Sleeping", IsActive=False)
    assert not Listener(http).subscribe(channel)["successful"]


class TakenBack(Exception):
    """What undoes a transaction."""


@contextmanager
def taken_back(server: DemoServer) -> Iterator[None]:
    """A transaction that is undone at its end."""
    with suppress(TakenBack), server.org.store.transaction():
        yield
        raise TakenBack


def test_what_is_taken_back_is_never_told(http: httpx.Client, server: DemoServer) -> None:
    listener = Listener(http).listen(topic(http, "TakenBack"))
    store, type = server.org.store, server.org.schema["Account"]
    with taken_back(server):
        store.create(type, {"Name": "Never"})
    with store.transaction():
        kept = store.create(type, {"Name": "Kept"})
        with taken_back(server):
            store.create(type, {"Name": "Never"})
            store.update(type, kept, {"Name": "Never"})
        store.update(type, kept, {"Phone": "5"})
    assert told(listener.heard()) == [("created", {"Id": kept, "Name": "Kept"})]


def test_steps_that_come_to_nothing_are_not_told(http: httpx.Client, server: DemoServer) -> None:
    listener = Listener(http).listen(topic(http, "Nothing"))
    org, type = server.org, server.org.schema["Account"]
    account = make(http, "Account", Name="Same")
    listener.heard()
    with org.store.transaction():
        org.store.update(type, account, {"Name": "Other"})
        org.store.update(type, account, {"Name": "Same"})
        gone = org.store.create(type, {"Name": "Gone"})
        org.store.update(type, gone, {"IsDeleted": 1})
    assert listener.heard() == []


def test_edits_by_another_user_are_told(http: httpx.Client, server: DemoServer) -> None:
    account = make(http, "Account", Name="Touched")
    listener = Listener(http).listen(topic(http, "Touched"))
    post_touch = http.post("/__demo__/touch", json={"id": account, "fields": {"Name": "By admin switch"}})
    assert post_touch.status_code == 204
    server.touch(account, Name="By the server")
    assert [each["Name"] for _, each in told(listener.heard())] == ["By admin switch", "By the server"]


@pytest.mark.parametrize(
    ("conditions", "heard"),
    [
        ("Industry='Energy'", ["A"]),
        ("Industry=Energy", ["A"]),
        ("industry='Energy'&BillingCity='San Francisco'", ["A", "B"]),
        ("Name='it\\'s & more'", ["it's & more"]),
        ("NumberOfEmployees=7", ["B"]),
        ("Industry=null", ["it's & more"]),
    ],
)
def test_a_filter_lets_through_what_one_of_its_conditions_wants(
    http: httpx.Client, conditions: str, heard: list[str]
) -> None:
    name = f"Filter{abs(hash(conditions)) % 10**9}"
    plain = topic(http, name, "SELECT Id, Name, Industry, BillingCity, NumberOfEmployees FROM Account")
    channel = f"{plain}?{conditions}"
    listener = Listener(http)
    assert listener.subscribe(channel)["subscription"] == channel
    make(http, "Account", Name="A", Industry="Energy", BillingCity="Berlin")
    make(http, "Account", Name="B", Industry="Banking", BillingCity="San Francisco", NumberOfEmployees=7)
    make(http, "Account", Name="it's & more")
    events = listener.heard()
    assert [each["data"]["sobject"]["Name"] for each in events] == heard
    assert {each["channel"] for each in events} == {channel}


def test_a_filter_by_a_field_that_is_not_selected_is_refused(http: httpx.Client) -> None:
    channel = topic(http, "Unselected")
    answer = Listener(http).subscribe(f"{channel}?Phone='5'&Name=A")
    assert answer["error"] == "400::Query fields {Phone} do not exist on the topic entity"
    assert not Listener(http).subscribe(f"{channel}?nonsense")["successful"]


def test_faye_is_never_sent_a_channel_that_it_can_not_stand(http: httpx.Client) -> None:
    channel = topic(http, "ForFaye")
    listener = Listener(http)
    types = ["in-process", "websocket", "long-polling"]
    listener.id = listener.say({**HANDSHAKE, "supportedConnectionTypes": types})[0]["clientId"]
    listener.listen(f"{channel}?Name='A'").listen(channel)
    make(http, "Account", Name="A")
    assert [each["channel"] for each in listener.heard()] == [channel]


def test_versions_before_replay_have_other_dates_and_no_ids(http: httpx.Client) -> None:
    channel = topic(http, "Old", "SELECT Id, Name, CreatedDate FROM Account")
    listener = Listener(http, version="36.0").listen(channel, replay=-2)
    make(http, "Account", Name="2026-01-01T00:00:00Z")
    (event,) = listener.heard()
    data = event["data"]
    assert data["event"].keys() == {"createdDate", "type"}
    assert data["event"]["createdDate"].endswith("+0000")
    assert data["sobject"]["CreatedDate"].endswith("+0000")
    assert data["sobject"]["Name"] == "2026-01-01T00:00:00Z"


def test_many_records_at_once_are_told_one_by_one(http: httpx.Client, server: DemoServer) -> None:
    listener = Listener(http).listen(topic(http, "Many"))
    org = server.org
    with org.store.transaction():
        ids = [org.store.create(org.schema["Account"], {"Name": f"{number}"}) for number in range(150)]
    assert [each["Id"] for _, each in told(listener.heard())] == ids
    assert post(http, "/sobjects/Account", {"Name": "after"})["success"]
