"""Every way to log in, against an org that knows them all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from sfexplorer.client import (
    ClientCredentialsGrant,
    Connection,
    DeviceCode,
    DeviceGrant,
    JwtBearerGrant,
    LoginFailed,
    OAuth,
    PasswordGrant,
    RefreshTokenGrant,
    SamlAssertionGrant,
    SessionExpired,
    SoapGrant,
    UnexpectedReply,
)
from sfexplorer.demo.credentials import JWT_KEY
from sfexplorer.demo.server import DemoServer
from tests.client.conftest import MakeHost
from tests.demo.browser import CONNECT, REDIRECT, submit, walked


@pytest.fixture(scope="module")
def org_host() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture
async def connection(org_host: DemoServer) -> AsyncIterator[Connection]:
    async with Connection(
        client_id=org_host.client_id,
        client_secret=org_host.client_secret,
        login_url=org_host.url,
        redirect_uri=REDIRECT,
        api_version="60.0",
    ) as opened:
        yield opened


async def test_a_browser_login_brings_a_token_that_renews_itself(
    org_host: DemoServer, connection: Connection
) -> None:
    request = connection.authorization_url(
        scope=["api", "refresh_token"], prompt=["login", "consent"], immediate=False
    )
    asked = parse_qs(urlsplit(request.url).query)
    assert (asked["prompt"], asked["immediate"]) == (["login consent"], ["false"])
    assert asked["code_challenge_method"] == ["S256"]
    assert request.code_verifier.reveal() not in request.url
    told: list[OAuth] = []
    grant = request.grant(walked(org_host, request.url))
    org = await connection.login(grant, on_refresh=told.append)
    first = org.oauth
    assert first.refresh_token is not None
    org_host.org.sessions.end(first.access_token.reveal())
    assert (await org.identity()).username == org_host.username
    assert told == [org.oauth]
    # Salesforce's reply to a refresh has no refresh token in it: it must not get lost.
    assert org.oauth.refresh_token == first.refresh_token
    with pytest.raises(LoginFailed):
        await connection.login(grant)


async def test_a_browser_login_that_was_refused_says_so(org_host: DemoServer, connection: Connection) -> None:
    request = connection.authorization_url()
    with pytest.raises(LoginFailed, match="end-user denied authorization") as caught:
        request.grant(walked(org_host, request.url, "deny"))
    assert caught.value.code == "access_denied"


@pytest.mark.parametrize(
    "callback", ["code=x&state=other", "code=x", "error=access_denied&state=other", "state={state}", ""]
)
def test_a_callback_of_another_login_is_not_taken(callback: str) -> None:
    request = Connection(client_id="app", redirect_uri=REDIRECT).authorization_url()
    with pytest.raises(LoginFailed):
        request.grant(callback.format(state=request.state))


async def test_another_code_verifier_is_refused(org_host: DemoServer, connection: Connection) -> None:
    request, other = connection.authorization_url(), connection.authorization_url()
    told = {
        name: values[0] for name, values in parse_qs(urlsplit(walked(org_host, request.url)).query).items()
    }
    stolen = other.grant_of({**told, "state": other.state})
    with pytest.raises(LoginFailed, match="invalid code verifier"):
        await connection.login(stolen)


async def test_a_refresh_token_is_enough(org_host: DemoServer, connection: Connection) -> None:
    org = await connection.login(RefreshTokenGrant(org_host.facts.refresh_token))
    assert (await org.identity()).username == org_host.username
    with pytest.raises(LoginFailed, match="expired access/refresh token"):
        await connection.login(RefreshTokenGrant("5Aep861Unknown"))


async def test_a_token_in_hand_is_renewed_by_its_refresh_token(
    org_host: DemoServer, connection: Connection
) -> None:
    kept = OAuth("00D5g0000000001!ended", org_host.url, refresh_token=org_host.facts.refresh_token)
    org = connection.org(OAuth.from_json(kept.to_json()))
    assert (await org.limits())["DailyApiRequests"].maximum == 15_000
    without = connection.org(OAuth("00D5g0000000001!ended", org_host.url))
    with pytest.raises(SessionExpired):
        await without.limits()


async def test_a_certificate_vouches_for_a_user(org_host: DemoServer, connection: Connection) -> None:
    org = await connection.login(JwtBearerGrant(org_host.username, JWT_KEY.read_text()))
    assert (await org.identity()).username == org_host.username
    org_host.org.sessions.end(org.oauth.access_token.reveal())
    assert await org.limits()
    with pytest.raises(LoginFailed):
        await connection.login(JwtBearerGrant("nobody@acme.example", JWT_KEY.read_text()))
    with pytest.raises(LoginFailed):
        await connection.login(JwtBearerGrant(org_host.username, JWT_KEY.read_text(), now=lambda: 1_000.0))


async def test_a_key_that_is_none_is_not_quoted(connection: Connection) -> None:
    grant = JwtBearerGrant("ada", "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----")
    with pytest.raises(ValueError, match="no RSA private key") as caught:
        await connection.login(grant)
    assert "hush" not in repr(caught.value.__context__) + repr(grant)


async def test_the_app_itself_logs_in(connection: Connection) -> None:
    org = await connection.login(ClientCredentialsGrant())
    assert (await org.identity()).username


async def test_a_device_waits_until_somebody_allows_it(org_host: DemoServer, connection: Connection) -> None:
    codes: list[DeviceCode] = []
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        # The second question comes after a person was there.
        if len(pauses) == 2:
            await asyncio.to_thread(allowed, org_host, codes[0])

    org = await connection.login(DeviceGrant(codes.append, pause=pause))
    assert (await org.identity()).username == org_host.username
    assert codes[0].verification_uri == f"{org_host.url}{CONNECT}"
    assert len(pauses) >= 2


def allowed(org_host: DemoServer, code: DeviceCode, decision: str = "allow") -> None:
    with httpx.Client(base_url=org_host.url, follow_redirects=True) as browser:
        page = submit(browser, browser.get(code.verification_uri), user_code=code.user_code)
        page = submit(browser, page, username=org_host.username, password=org_host.password)
        submit(browser, page, decision=decision)


async def test_a_device_that_is_refused_is_told(org_host: DemoServer, connection: Connection) -> None:
    codes: list[DeviceCode] = []

    async def pause(seconds: float) -> None:
        await asyncio.to_thread(allowed, org_host, codes[0], "deny")

    with pytest.raises(LoginFailed) as caught:
        await connection.login(DeviceGrant(codes.append, pause=pause))
    assert caught.value.code == "access_denied"


async def test_a_device_that_nobody_allows_gives_up(connection: Connection) -> None:
    async def pause(seconds: float) -> None:
        pass

    with pytest.raises(LoginFailed) as caught:
        await connection.login(DeviceGrant(lambda code: None, pause=pause))
    assert caught.value.code in ("expired_token", "invalid_grant")


async def test_soap_needs_no_connected_app(org_host: DemoServer) -> None:
    async with Connection(login_url=org_host.url, api_version="60.0") as connection:
        grant = SoapGrant(org_host.username, org_host.password, org_host.security_token)
        org = await connection.login(grant)
        assert (await org.identity()).username == org_host.username
        org_host.org.sessions.end(org.oauth.access_token.reveal())
        assert await org.limits()
        with pytest.raises(LoginFailed, match="Invalid username, password, security token") as caught:
            await connection.login(SoapGrant("<ada>&", "wrong"))
    assert caught.value.code == "INVALID_LOGIN"


@pytest.mark.parametrize(
    "body",
    [
        b"no xml",
        b"<a/>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        b'<r xmlns="urn:partner.soap.sforce.com"><result><sessionId>x</sessionId></result></r>',
    ],
)
async def test_an_answer_that_is_no_soap_login_is_told(make_host: MakeHost, body: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    host = await make_host(head.encode() + body)
    async with Connection(login_url=host.url) as connection:
        with pytest.raises(UnexpectedReply):
            await connection.login(SoapGrant("ada", "secret"))


async def test_a_saml_assertion_is_sent_as_its_profile_says(
    org_host: DemoServer, connection: Connection
) -> None:
    with pytest.raises(LoginFailed, match="invalid assertion"):
        await connection.login(SamlAssertionGrant("PHNhbWw-"))
    asked = org_host.log()[-1]["body"]
    assert (asked["grant_type"], asked["assertion_type"]) == (
        "assertion",
        "urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser",
    )


async def test_a_revoked_token_is_of_no_use(org_host: DemoServer, connection: Connection) -> None:
    async with Connection(login_url=org_host.url, api_version="60.0") as other:
        password = PasswordGrant(org_host.username, org_host.password, org_host.security_token)
        org = other.org((await connection.login(password)).oauth)
        await org.revoke()
        with pytest.raises(SessionExpired):
            await org.limits()
    assert org.oauth.access_token.reveal() not in repr(org_host.log())
