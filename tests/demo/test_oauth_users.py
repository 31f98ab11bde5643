"""Each user of the org may sign in, and what they then do is theirs."""

from __future__ import annotations

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.browser import NO_TLS, get, post
from tests.demo.conftest import V
from tests.demo.test_oauth_authorize import error_of
from tests.demo.test_oauth_grants import ask, bearing, log_in
from tests.demo.test_soap import login, secret, send

USER = "kenji@acme.example"


def id_of(http: httpx.Client, kind: str, condition: str) -> str:
    soql = f"SELECT Id FROM {kind} WHERE {condition}"
    (record,) = http.get(f"{V}/query", params={"q": soql}).json()["records"]
    return str(record["Id"])


def test_what_a_user_makes_is_theirs(server: DemoServer, http: httpx.Client) -> None:
    reply = log_in(server, USER).json()
    assert reply["id"].endswith(id_of(http, "User", f"Username = '{USER}'"))
    with httpx.Client(verify=NO_TLS, base_url=server.url, headers=bearing(reply["access_token"])) as own:
        made = own.post(f"{V}/sobjects/Account", json={"Name": "Kenji's"}).headers["Location"]
        record = own.get(made, params={"fields": "CreatedById,LastModifiedById,OwnerId"}).json()
        identity = own.get(reply["id"]).json()
    kenji = identity["user_id"]
    assert (record["CreatedById"], record["LastModifiedById"], record["OwnerId"]) == (kenji, kenji, kenji)
    assert identity["asserted_user"] is True
    assert identity["timezone"] == "Asia/Tokyo"
    assert identity["utcOffset"] == 9 * 3_600_000
    # Another one changes it.
    http.patch(made, json={"Name": "Ada's"})
    assert http.get(made).json()["LastModifiedById"] == server.org.administrator.id
    assert http.get(reply["id"]).json()["asserted_user"] is False


def test_a_users_clock_tells_the_hours_of_their_queries(server: DemoServer, http: httpx.Client) -> None:
    hour = "HOUR_IN_DAY(convertTimezone(CreatedDate))"
    any_account = {"q": "SELECT Id, CreatedDate FROM Account LIMIT 1"}
    (record,) = http.get(f"{V}/query", params=any_account).json()["records"]
    sent = {"q": f"SELECT {hour} hour FROM Account WHERE Id = '{record['Id']}' GROUP BY {hour}"}
    own = bearing(log_in(server, USER).json()["access_token"])
    (told,) = http.get(f"{V}/query", params=sent, headers=own).json()["records"]
    assert told["hour"] == (int(record["CreatedDate"][11:13]) + 9) % 24


def test_an_inactive_user_may_not_come_in(server: DemoServer, http: httpx.Client) -> None:
    refused = log_in(server, "seun@acme.example")
    assert error_of(refused) == (400, "inactive_user", "user is inactive")
    identity = http.get(f"/id/00D5g0000000001EAA/{id_of(http, 'User', 'IsActive = false')}")
    assert (identity.status_code, identity.text) == (403, "Inactive")


@pytest.mark.parametrize(
    ("kind", "condition", "shut", "error"),
    [
        ("User", "Username = 'zoe@acme.example'", {"IsActive": False}, "inactive_user"),
        ("UserLogin", "UserId = '{}'", {"IsFrozen": True}, "invalid_grant"),
    ],
)
def test_a_user_can_be_shut_out(
    server: DemoServer, http: httpx.Client, kind: str, condition: str, shut: dict[str, bool], error: str
) -> None:
    zoe = id_of(http, "User", "Username = 'zoe@acme.example'")
    path = f"{V}/sobjects/{kind}/{id_of(http, kind, condition.format(zoe))}"
    access = server.org.auth.refresh_tokens.find(server.refresh_token)
    assert access is not None
    refresh_token = server.org.auth.refresh_tokens.add(type(access)(access.client_id, zoe, "api"))
    assert ask(server, "refresh_token", refresh_token=refresh_token).status_code == 200
    assert http.patch(path, json=shut).status_code == 204
    assert error_of(log_in(server, "zoe@acme.example"))[1] == error
    assert error_of(ask(server, "refresh_token", refresh_token=refresh_token))[1] == error
    assert send(server, login("zoe@acme.example", secret(server))).status_code == 500
    assert http.patch(path, json={name: not value for name, value in shut.items()}).status_code == 204
    assert log_in(server, "ZOE@acme.example").status_code == 200


@pytest.mark.parametrize("name", ["oauth_token", "access_token"])
def test_a_token_may_come_as_a_parameter_of_the_identity_service(server: DemoServer, name: str) -> None:
    sent = {name: server.access_token}
    info = get(f"{server.url}/services/oauth2/userinfo", params=sent).json()
    assert post(f"{server.url}/services/oauth2/userinfo", data=sent).json() == info
    assert get(info["sub"], params=sent).json()["username"] == server.username
    assert info["photos"].keys() == {"picture", "thumbnail"}
    assert info["urls"]["partner"].endswith("/services/Soap/u/{version}/00D5g0000000001EAA")
