"""Logging in, and renewing a session that has expired."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from sfexplorer.client import (
    Connection,
    LoginFailed,
    OAuth,
    Org,
    PasswordGrant,
    ServerFailed,
    SessionExpired,
    SObject,
    UnexpectedReply,
)

from .conftest import MakeHost, Seen, answer, requests_at

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

Connect = Callable[..., Connection]
LIMITS = "/services/data/v60.0/limits"


def logins(server: DemoServer) -> list[dict[str, Any]]:
    return [entry for entry in requests_at(server) if entry["path"] == "/services/oauth2/token"]


async def test_a_password_login_gives_an_org_to_work_with(
    connection: Connection, grant: PasswordGrant, demo_org: DemoServer
) -> None:
    org = await connection.login(grant)
    assert org.instance_url == demo_org.url
    assert org.oauth.verify(demo_org.client_secret)
    assert (await org.identity()).username == demo_org.username
    assert repr(org) == f"<Org {demo_org.url}>"
    assert repr(connection) == f"<Connection {demo_org.url}>"


async def test_a_wrong_password_says_what_to_check(connection: Connection, demo_org: DemoServer) -> None:
    with pytest.raises(LoginFailed) as caught:
        await connection.login(PasswordGrant(demo_org.username, "wrong-password", demo_org.security_token))
    assert caught.value.code == "invalid_grant"
    assert "password and security token" in caught.value.hint
    assert caught.value.status == 400


async def test_a_wrong_client_id_is_told_from_a_wrong_password(
    demo_org: DemoServer, grant: PasswordGrant, connect: Connect
) -> None:
    with pytest.raises(LoginFailed) as caught:
        await connect(client_id="nobody", client_secret="x", login_url=demo_org.url).login(grant)
    assert "client id" in caught.value.hint


async def test_a_token_in_hand_asks_the_network_nothing_of_its_own(
    demo_org: DemoServer, connect: Connect
) -> None:
    connection = connect(api_version="v59.0")
    org = connection.org(OAuth(demo_org.access_token, demo_org.url))
    assert await org.api_version() == "59.0"
    assert requests_at(demo_org) == []
    assert (await org.describe("Account")).name == "Account"
    assert [entry["path"] for entry in requests_at(demo_org)] == [
        "/services/data/v59.0/sobjects/Account/describe"
    ]


async def test_a_token_without_an_identity_url_still_knows_its_user(
    demo_org: DemoServer, connect: Connect
) -> None:
    org = connect().org(OAuth(demo_org.access_token, demo_org.url))
    identity = await org.identity()
    assert identity.username == demo_org.username
    assert identity.user_id.startswith("005")


async def test_ten_requests_with_an_expired_token_log_in_once(org: Org, demo_org: DemoServer) -> None:
    before = org.oauth
    demo_org.faults({"path": "/limits", "expire_session": True})
    answers = await asyncio.gather(*(org.limits() for _ in range(10)))
    assert len(answers) == 10
    assert len(logins(demo_org)) == 1
    assert org.oauth.access_token != before.access_token


async def test_a_renewed_token_is_told(
    connection: Connection, grant: PasswordGrant, demo_org: DemoServer
) -> None:
    told: list[OAuth] = []
    org = await connection.login(grant, on_refresh=told.append)
    await org.limits()
    demo_org.faults({"path": "/limits", "expire_session": True})
    await org.limits()
    assert told == [org.oauth]


async def test_who_keeps_a_renewed_token_may_ask_the_org_something(
    connection: Connection, grant: PasswordGrant, demo_org: DemoServer
) -> None:
    kept: list[OAuth] = []

    async def keep(oauth: OAuth) -> None:
        kept.append(oauth)
        if len(kept) == 1:
            demo_org.faults({"path": "/sobjects", "expire_session": True})
            await org.sobjects()

    org = await connection.login(grant, on_refresh=keep)
    demo_org.faults({"path": "/limits", "expire_session": True})
    async with asyncio.timeout(10):
        await org.limits()
    assert len({oauth.access_token for oauth in kept}) == 2
    assert kept[-1] == org.oauth


async def test_a_login_host_in_trouble_is_asked_once_for_all_who_wait(
    make_host: MakeHost, connect: Connect
) -> None:
    def serve(seen: Seen) -> bytes:
        return answer(503 if seen.target == "/services/oauth2/token" else 401, [])

    host = await make_host(serve)
    org = connect(login_url=host.url, api_version="60.0").org(OAuth("00D!x", host.url, refresh_token="again"))
    outcomes = await asyncio.gather(*(org.limits() for _ in range(20)), return_exceptions=True)
    assert all(isinstance(outcome, ServerFailed) for outcome in outcomes)
    tokens = [seen.target for seen in host.seen].count("/services/oauth2/token")
    assert tokens < 20 // 4
    # It is no refusal: the next request may try again.
    with pytest.raises(ServerFailed):
        await org.limits()
    assert [seen.target for seen in host.seen].count("/services/oauth2/token") == tokens + 1


async def test_an_expired_token_in_hand_ends_the_session(demo_org: DemoServer, connect: Connect) -> None:
    org = connect(api_version="60.0").org(OAuth("00D000000000001!expired", demo_org.url))
    with pytest.raises(SessionExpired) as caught:
        await org.limits()
    assert caught.value.hint == "Log in again."
    assert logins(demo_org) == []


async def test_a_save_is_repeated_after_a_renewal(org: Org, demo_org: DemoServer) -> None:
    demo_org.faults({"path": "/sobjects/Account", "expire_session": True})
    record = await org.insert(SObject("Account", Name="Expired and back"))
    query = org.query("SELECT Id FROM Account WHERE Name = 'Expired and back'")
    assert [row["Id"] for row in (await query.first_page()).rows] == [record.id]


def token_reply(url: str, token: str) -> bytes:
    return answer(200, {"access_token": token, "instance_url": url, "id": ""})


async def test_a_password_refused_at_renewal_is_not_tried_again(
    make_host: MakeHost, connect: Connect
) -> None:
    def serve(seen: Seen) -> bytes:
        if seen.target == "/services/oauth2/token":
            first = sum(each.target == seen.target for each in host.seen) == 1
            refused = answer(400, {"error": "invalid_grant", "error_description": "authentication failure"})
            return token_reply(host.url, "00D!first") if first else refused
        return answer(401, [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}])

    host = await make_host(serve)
    org = await connect(login_url=host.url, api_version="60.0").login(PasswordGrant("ada", "x"))
    outcomes = await asyncio.gather(*(org.limits() for _ in range(10)), return_exceptions=True)
    for outcome in outcomes:
        assert isinstance(outcome, SessionExpired)
        assert outcome.message.endswith("the org refused the login: authentication failure")
        assert (outcome.hint, outcome.code, outcome.status) == ("Log in again.", "invalid_grant", 401)
        assert isinstance(outcome.__cause__, LoginFailed)
    assert [seen.target for seen in host.seen].count("/services/oauth2/token") == 2


async def test_a_renewed_token_that_is_refused_too_ends_the_session(
    make_host: MakeHost, connect: Connect
) -> None:
    def serve(seen: Seen) -> bytes:
        if seen.target == "/services/oauth2/token":
            return token_reply(host.url, f"00D!{len(host.seen)}")
        return answer(403, b"Bad_OAuth_Token", Content_Type="text/html")

    host = await make_host(serve)
    org = await connect(login_url=host.url, api_version="60.0").login(PasswordGrant("ada", "x"))
    with pytest.raises(SessionExpired):
        await org.limits()
    assert [seen.target for seen in host.seen].count(LIMITS) == 2


async def test_password_and_token_go_as_one_text_and_each_value_is_encoded(
    make_host: MakeHost, connect: Connect
) -> None:
    host = await make_host(token_reply("http://127.0.0.1", "00D!t"))
    connection = connect(client_id="app", client_secret="s&s", login_url=host.url)
    await connection.login(PasswordGrant("ada@example.com", "p&w=1", "tok"))
    assert host.seen[0].body == (
        b"grant_type=password&username=ada%40example.com&password=p%26w%3D1tok&client_id=app&client_secret=s%26s"
    )


async def test_a_login_host_that_gives_no_token_is_an_unexpected_reply(
    make_host: MakeHost, connect: Connect
) -> None:
    host = await make_host(answer(200, b"<html>Welcome to the hotel WLAN</html>"))
    with pytest.raises(UnexpectedReply):
        await connect(login_url=host.url).login(PasswordGrant("ada", "x"))


async def test_latest_is_the_highest_version_offered_and_asked_for_once(
    make_host: MakeHost, connect: Connect
) -> None:
    offered = [{"label": "", "url": "", "version": version} for version in ("9.0", "60.0", "59.0", "draft")]

    def serve(seen: Seen) -> bytes:
        return answer(200, offered if seen.target == "/services/data" else {})

    host = await make_host(serve)
    connection = connect()
    org, another = (connection.org(OAuth(token, host.url)) for token in ("00D!x", "00D!y"))
    await asyncio.gather(*(org.limits() for _ in range(5)), another.limits())
    assert await org.api_version() == "60.0"
    assert [each.version for each in await org.versions()] == ["9.0", "59.0", "60.0"]
    targets = [seen.target for seen in host.seen]
    assert targets.count("/services/data") == 1
    assert targets.count(LIMITS) == 6
    assert "authorization" not in host.seen[0].headers


@pytest.mark.parametrize("version", ["60.0", "v60.0", "60", 60, 60.0])
def test_an_api_version_is_taken_in_any_form(version: str | float) -> None:
    assert Connection(api_version=version).requested_api_version == "60.0"


@pytest.mark.parametrize("version", ["", "v", "sixty", "60.1", "6000"])
def test_what_is_no_api_version_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match="no API version"):
        Connection(api_version=version)


def test_environments_have_their_login_hosts() -> None:
    assert Connection().login_url == "https://login.salesforce.com"
    assert Connection(environment="sandbox").login_url == "https://test.salesforce.com"
    assert Connection(login_url="acme.my.salesforce.com").login_url == "https://acme.my.salesforce.com"
    with pytest.raises(ValueError, match="no environment: 'Sandbox'"):
        Connection(environment="Sandbox")  # type: ignore[arg-type]  # no type checker at hand
