"""Tokens and passwords show nowhere: not in reprs, not in tracebacks with all their local variables."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable

import pytest

from sfexplorer.client import (
    Connection,
    OAuth,
    Org,
    PasswordGrant,
    Retry,
    SalesforceError,
    SoapGrant,
    SObject,
)

from .conftest import MakeHost, answer

TOKEN = "00D000000000001!top-secret-token"
SECRETS = ("top-secret-token", "open-sesame", "tok-123", "app-secret", "half-a-token")

Verb = Callable[[Org], Awaitable[object]]

VERBS: list[Verb] = [
    lambda org: org.limits(),
    lambda org: org.query("SELECT Id FROM Account").first_page(),
    lambda org: org.insert(SObject("Account", Name="x")),
    lambda org: org.retrieve("Account", "001000000000001AAA"),
    lambda org: org.describe("Account"),
]

FAILURES = [
    b"",
    b"junk\r\n\r\n",
    answer(200, b"{not json"),
    answer(200, {"shape": "unknown"}),
    answer(200, b"junk", Content_Encoding="gzip"),
    answer(302, b"", Location="https://evil.example/"),
    answer(401, b""),
    answer(400, [{"message": "no", "errorCode": "INVALID_FIELD"}]),
    answer(503, b""),
]


def everything_shown(error: BaseException) -> str:
    """The traceback as crash screens show it: all frames, all causes, all local variables."""
    shown: list[str] = []
    behind: BaseException | None = error
    while behind is not None:
        frames = traceback.TracebackException.from_exception(behind, capture_locals=True)
        # The test's own frame holds the secrets; only what the client added counts.
        frames.stack[:] = [frame for frame in frames.stack if frame.filename != __file__]
        shown += [repr(behind), *frames.format()]
        behind = behind.__context__
    return "\n".join(shown)


@pytest.mark.parametrize("verb", range(len(VERBS)))
@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failing_request_shows_no_token(
    make_host: MakeHost, connect: Callable[..., Connection], verb: int, failure: bytes
) -> None:
    host = await make_host(failure)
    org = connect(client_secret="app-secret", api_version="60.0", retry=Retry(tries=1)).org(
        OAuth(TOKEN, host.url, refresh_token="half-a-token")
    )
    with pytest.raises(SalesforceError) as caught:
        await VERBS[verb](org)
    shown = everything_shown(caught.value)
    assert "self = " in shown
    for secret in SECRETS:
        assert secret not in shown


@pytest.mark.parametrize(
    "failure",
    [
        *FAILURES,
        answer(400, {"error": "invalid_grant", "error_description": "authentication failure"}),
        answer(200, {"access_token": "half-a-token"}),
        answer(200, {"access_token": "half-a-token", "instance_url": "http://evil.example"}),
        answer(200, b'{"access_token": "half-a-token", "instan'),
        answer(200, {"access_token": "half-a-token", "instance_url": 5}),
        answer(200, {"access_token": "half-a-token", "padding": "x" * 70_000})[:-10],
    ],
)
async def test_a_failing_login_shows_no_password_and_no_token(
    make_host: MakeHost, connect: Callable[..., Connection], failure: bytes
) -> None:
    host = await make_host(failure)
    connection = connect(
        client_id="app", client_secret="app-secret", login_url=host.url, retry=Retry(tries=1)
    )
    with pytest.raises(SalesforceError) as caught:
        await connection.login(PasswordGrant("ada", "open-sesame", "tok-123"))
    shown = everything_shown(caught.value)
    for secret in SECRETS:
        assert secret not in shown


async def test_half_of_a_character_beside_a_secret_shows_it_to_nobody(
    make_host: MakeHost, connect: Callable[..., Connection]
) -> None:
    host = await make_host(answer(400, {"error": "invalid_grant"}))
    connection = connect(client_secret="app-secret", login_url=host.url, api_version="60.0")
    org = connection.org(OAuth(TOKEN, host.url))
    asked: list[Awaitable[object]] = [
        connection.login(PasswordGrant("ada", "open-sesame\udcff")),
        connection.login(PasswordGrant("ada\udcff", "open-sesame")),
        connection.login(SoapGrant("ada\udcff", "open-sesame\udcff")),
        org.set_password("005000000000001AAA", "open-sesame\udcff"),
        org.query("SELECT Id FROM Account WHERE Name = '\udcff'").first_page(),
        org.insert(SObject("Account", Name="\udcff")),
        org.retrieve("Account", "\udcff"),
    ]
    for each in asked:
        with pytest.raises(SalesforceError) as caught:
            await each
        assert not any(secret in everything_shown(caught.value) for secret in SECRETS)
    assert not any(b"NewPassword" in seen.body for seen in host.seen)


async def test_no_object_at_hand_shows_a_secret(
    make_host: MakeHost, connect: Callable[..., Connection]
) -> None:
    host = await make_host(
        answer(200, {"access_token": TOKEN, "instance_url": "https://acme.my.salesforce.com"})
    )
    connection = connect(client_secret="app-secret", login_url=host.url)
    org = await connection.login(PasswordGrant("ada", "open-sesame", "tok-123"))
    for each in (connection, vars(connection), org, org.oauth, org.query("SELECT Id FROM Account")):
        for secret in SECRETS:
            assert secret not in repr(each)
