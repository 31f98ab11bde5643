"""Streaming channels and platform events: what is pushed and published, and who hears it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.objects import load_schema
from sfexplorer.demo.org import Org
from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.users import other_user
from sfexplorer.demo.writing import Change, create_record
from tests.demo.bayeux import Listener, make, post
from tests.demo.conftest import V

INK = "/event/Low_Ink__e"


def push(http: httpx.Client, channel_id: str, payload: str, *users: str) -> dict[str, Any]:
    body = {"pushEvents": [{"payload": payload, "userIds": list(users)}]}
    (answer,) = post(http, f"/sobjects/StreamingChannel/{channel_id}/push", body)
    found: dict[str, Any] = answer
    return found


@pytest.fixture
def other(http: httpx.Client, server: DemoServer) -> Listener:
    """A session of another user."""
    org = server.org
    user = other_user(org.store, org.administrator.id)
    return Listener(http, token=org.sessions.open(user).token)


def test_a_push_is_heard_by_all(http: httpx.Client, other: Listener) -> None:
    channel = make(http, "StreamingChannel", Name="/u/to/all")
    listeners = [Listener(http).listen("/u/to/all"), other.listen("/u/to/all")]
    assert push(http, channel, "Broadcast") == {"fanoutCount": -1, "userOnlineStatus": {}}
    for listener in listeners:
        (event,) = listener.heard()
        assert event["channel"] == "/u/to/all"
        assert event["data"]["payload"] == "Broadcast"
        assert event["data"]["event"].keys() == {"createdDate", "replayId"}


def test_a_push_to_some_users_is_heard_by_them_alone(
    http: httpx.Client, server: DemoServer, other: Listener
) -> None:
    channel, me = make(http, "StreamingChannel", Name="/u/to/some"), server.org.administrator.id
    (user,) = [each.user_id for each in server.org.hub.clients() if each.id == other.id]
    mine = Listener(http).listen("/u/to/some")
    assert push(http, channel, "Nobody", user) == {"fanoutCount": 0, "userOnlineStatus": {user: False}}
    other.listen("/u/to/some")
    assert push(http, channel, "Psst", user[:15], me)["userOnlineStatus"] == {user: True, me: True}
    assert push(http, channel, "Only you", user) == {"fanoutCount": 1, "userOnlineStatus": {user: True}}
    assert [each["data"]["payload"] for each in mine.heard()] == ["Psst"]
    assert [each["data"]["payload"] for each in other.heard()] == ["Psst", "Only you"]
    replayed = Listener(http).listen("/u/to/some", replay=-2).heard()
    assert [each["data"]["payload"] for each in replayed] == ["Psst"]


def test_a_channel_tells_who_listens(http: httpx.Client, server: DemoServer) -> None:
    channel = make(http, "StreamingChannel", Name="/u/online")
    path = f"{V}/sobjects/StreamingChannel/{channel}/push"
    assert http.get(path).json() == {"OnlineUserIds": [], "ChannelName": "/u/online"}
    Listener(http).listen("/u/online")
    assert http.get(path).json()["OnlineUserIds"] == [server.org.administrator.id]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "JSON_PARSER_ERROR"),
        ({"pushEvents": []}, "JSON_PARSER_ERROR"),
        ({"pushEvents": [5]}, "JSON_PARSER_ERROR"),
        ({"pushEvents": [{"payload": 5}]}, "JSON_PARSER_ERROR"),
        ({"pushEvents": [{"payload": "x", "userIds": "005"}]}, "JSON_PARSER_ERROR"),
        ({"pushEvents": [{"payload": "x", "userIds": ["nobody"]}]}, "MALFORMED_ID"),
        ({"pushEvents": [{"payload": "x" * 3001}]}, "STRING_TOO_LONG"),
    ],
)
def test_what_can_not_be_pushed_is_refused(http: httpx.Client, body: object, code: str) -> None:
    (channel, *_) = http.get(
        f"{V}/query", params={"q": "SELECT Id FROM StreamingChannel WHERE Name = '/u/to/all'"}
    ).json()["records"] or [{"Id": make(http, "StreamingChannel", Name="/u/to/all")}]
    response = http.post(f"{V}/sobjects/StreamingChannel/{channel['Id']}/push", json=body)
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, code)


def test_a_channel_that_is_not_there_can_not_be_pushed_to(http: httpx.Client) -> None:
    body = {"pushEvents": [{"payload": "x"}]}
    response = http.post(f"{V}/sobjects/StreamingChannel/0M65g0000000zzz/push", json=body)
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["/topic/x", "u/x", "/u/", "/u/*", "/u/x/"])
def test_a_channels_name_begins_with_its_kind(http: httpx.Client, name: str) -> None:
    response = http.post(f"{V}/sobjects/StreamingChannel", json={"Name": name})
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "FIELD_INTEGRITY_EXCEPTION")


def test_an_event_is_published_by_creating_it(http: httpx.Client, server: DemoServer) -> None:
    listener = Listener(http).listen(INK)
    body = {"Printer_Model__c": "XZO-5", "Last_Refill__c": "2026-01-01T10:00:00Z"}
    response = http.post(f"{V}/sobjects/Low_Ink__e/", json=body)
    made = response.json()
    assert (response.status_code, made["success"], made["id"][:3]) == (201, True, "e01")
    (enqueued,) = made["errors"]
    assert (enqueued["statusCode"], enqueued["fields"]) == ("OPERATION_ENQUEUED", [])
    (event,) = listener.heard()
    payload = event["data"]["payload"]
    assert payload.pop("CreatedDate").endswith("Z")
    assert payload == {
        "CreatedById": server.org.administrator.id,
        "Printer_Model__c": "XZO-5",
        "Serial_Number__c": None,
        "Ink_Percentage__c": None,
        "Last_Refill__c": "2026-01-01T10:00:00.000Z",
        "Urgent__c": False,
    }
    assert event["data"]["event"]["EventUuid"] == enqueued["message"]
    assert event["channel"] == INK


def test_versions_before_the_uuid_do_without_it(http: httpx.Client) -> None:
    listener = Listener(http, version="46.0").listen(INK)
    make(http, "Low_Ink__e", Urgent__c=True)
    (event,) = listener.heard()
    assert event["data"]["event"].keys() == {"replayId"}
    assert event["data"]["payload"]["Urgent__c"] is True


def test_an_event_of_a_step_that_is_taken_back_is_never_told(http: httpx.Client, server: DemoServer) -> None:
    listener = Listener(http).listen(INK)
    org, user = server.org, server.org.administrator.id
    with org.store.transaction():
        create_record(org, org.schema["Low_Ink__e"], Change({"Printer_Model__c": "Told"}, user))
        with pytest.raises(Refusal), org.store.transaction():
            _publish_and_fail(org, user)
    assert [each["data"]["payload"]["Printer_Model__c"] for each in listener.heard()] == ["Told"]


def _publish_and_fail(org: Org, user: str) -> None:
    create_record(org, org.schema["Low_Ink__e"], Change({"Printer_Model__c": "Never"}, user))
    create_record(org, org.schema["Account"], Change({}, user))


def test_an_event_is_held_against_the_rules_of_its_fields_and_is_no_record(http: httpx.Client) -> None:
    wrong = http.post(f"{V}/sobjects/Low_Ink__e", json={"Ink_Percentage__c": "full"})
    assert (wrong.status_code, wrong.json()[0]["errorCode"]) == (400, "JSON_PARSER_ERROR")
    made = make(http, "Low_Ink__e")
    assert http.get(f"{V}/sobjects/Low_Ink__e/{made}").status_code == 404
    query = http.get(f"{V}/query", params={"q": "SELECT Id FROM Low_Ink__e"})
    assert (query.status_code, query.json()[0]["errorCode"]) == (400, "INVALID_TYPE")
    assert http.get(f"{V}/sobjects/Low_Ink__e/describe").json()["custom"] is True


@pytest.mark.parametrize("form", ["EXPANDED", "COMPACT", None])
def test_an_events_schema_is_told_by_its_id_and_its_name(http: httpx.Client, form: str | None) -> None:
    listener = Listener(http).listen(INK)
    make(http, "Low_Ink__e")
    schema = listener.heard()[0]["data"]["schema"]
    assert len(schema) == 22
    parameters = {"payloadFormat": form} if form else {}
    by_id = http.get(f"{V}/event/eventSchema/{schema}", params=parameters).json()
    by_name = http.get(f"{V}/sobjects/Low_Ink__e/eventSchema", params=parameters).json()
    assert by_id == by_name
    assert (by_id["name"], by_id["uuid"]) == ("Low_Ink__e", schema)
    fields = by_id["fields"]
    if form != "COMPACT":
        (data, channel) = fields
        assert channel["name"] == "channel"
        fields = data["type"]["fields"][1]["type"]["fields"]
    assert [each["name"] for each in fields][:3] == ["CreatedDate", "CreatedById", "Printer_Model__c"]


def test_schemas_that_are_not_there_are_not_found(http: httpx.Client) -> None:
    assert http.get(f"{V}/event/eventSchema/nothing").status_code == 404
    assert http.get(f"{V}/sobjects/Account/eventSchema").status_code == 404
    wrong = http.get(f"{V}/sobjects/Low_Ink__e/eventSchema", params={"payloadFormat": "XML"})
    assert wrong.status_code == 400


def test_a_users_own_event_needs_no_more_than_its_fields(tmp_path: Path) -> None:
    fields = [{"name": "Order__c", "type": "string(20)"}]
    (tmp_path / "Order.json").write_text(json.dumps({"name": "Order_Shipped__e", "fields": fields}))
    event = load_schema(tmp_path)["Order_Shipped__e"]
    assert [each.name for each in event.fields][-1] == "Order__c"
    assert (event.label, event.custom, event.key_prefix) == ("Order Shipped", True, "e00")
    assert not event.flags["queryable"]
