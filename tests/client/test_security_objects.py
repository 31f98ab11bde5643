"""Objects that hold secrets tell them to nobody: not printed, not formatted, not copied, not pickled."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest

import sfexplorer.client
from sfexplorer.client import (
    AuthorizationCodeGrant,
    AuthorizationRequest,
    ClientCredentialsGrant,
    Connection,
    DeviceGrant,
    JwtBearerGrant,
    OAuth,
    PasswordGrant,
    RefreshTokenGrant,
    Retry,
    SalesforceError,
    SamlAssertionGrant,
    Secret,
    SoapGrant,
)
from sfexplorer.client.asgi import OAuthMiddleware

from .calls import GRANTS, VERBS
from .conftest import MakeHost, answer

Connect = Callable[..., Connection]

SECRETS = (
    *("open-sesame", "tok-123", "half-a-token", "browser-code", "verifier-456", "saml-assertion"),
    *("private-key-789", "app-secret", "top-secret-token", "proxy-word"),
)
OAUTH = OAuth(
    "00D000000000001!top-secret-token", "https://acme.my.salesforce.com", refresh_token="half-a-token"
)


def connection_of(**options: Any) -> Connection:
    return Connection(
        client_id="app",
        client_secret="app-secret",
        proxy="http://ada:proxy-word@proxy.example.com",
        **options,
    )


def holders() -> dict[str, Any]:
    """One of each public thing that holds a secret."""
    connection = connection_of(api_version="60.0", redirect_uri="https://app.example.com/callback")
    org = connection.org(OAUTH)
    return {
        "password": PasswordGrant("ada", "open-sesame", "tok-123"),
        "soap": SoapGrant("ada", "open-sesame", "tok-123"),
        "refresh": RefreshTokenGrant("half-a-token"),
        "code": AuthorizationCodeGrant("browser-code", "verifier-456"),
        "app": ClientCredentialsGrant(),
        "saml": SamlAssertionGrant("saml-assertion"),
        "jwt": JwtBearerGrant("ada", "private-key-789"),
        "device": DeviceGrant(lambda code: None),
        "request": AuthorizationRequest("https://login.salesforce.com/x", "state", Secret("verifier-456")),
        "oauth": OAUTH,
        "secret": Secret("open-sesame"),
        "connection": connection,
        "org": org,
        "tooling": org.tooling,
        "chatter": org.chatter,
        "query": org.query("SELECT Id FROM Account"),
        "composite": org.composite(),
        "batch": org.batch(),
        "asgi": OAuthMiddleware(None, connection),  # type: ignore[arg-type]  # no app is needed
    }


HOLDERS = list(holders())


@pytest.mark.parametrize("name", HOLDERS)
def test_printing_it_shows_no_secret(name: str) -> None:
    held = holders()[name]
    shown = [repr(held), str(held), f"{held}", repr([held]), repr(copy.copy(held))]
    shown += [repr(value) for value in _within(held)]
    for secret in SECRETS:
        assert secret not in "\n".join(shown)


def _within(held: object, depth: int = 4) -> list[object]:
    """What it is made of: crash screens print the attributes of what they show."""
    names = [*getattr(held, "__slots__", ()), *getattr(held, "__dict__", {})]
    values = [
        getattr(held, name, None) for name in names if not (isinstance(held, Secret) and name == "_text")
    ]
    inner = [each for value in values for each in (_within(value, depth - 1) if depth else [])]
    return [*values, *inner]


@pytest.mark.parametrize("name", [name for name in HOLDERS if name not in ("app", "device")])
def test_pickling_it_is_refused_or_carries_no_secret(name: str) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            pickled = pickle.dumps(holders()[name], protocol)
        except (TypeError, AttributeError, pickle.PicklingError) as refused:
            # Whatever refuses it, nothing was written; and the refusal is as silent.
            pickled = repr(refused).encode()
        for secret in SECRETS:
            assert secret.encode() not in pickled


def test_an_authorization_url_holds_no_secret() -> None:
    request = holders()["connection"].authorization_url(scope="api")
    assert request.code_verifier.reveal() not in request.url
    assert "app-secret" not in request.url
    assert request.code_verifier.reveal() not in repr(request)


FAILURES = [
    b"",
    answer(200, b"{not json"),
    answer(200, b"<x>open-sesame half-a-token"),
    answer(302, b"", Location="https://evil.example/?code=browser-code"),
    answer(401, b""),
    answer(400, {"error": "invalid_grant", "error_description": "no"}),
    answer(503, b""),
]


@pytest.mark.parametrize("failure", range(len(FAILURES)))
@pytest.mark.parametrize("grant", GRANTS)
async def test_a_login_that_fails_shows_no_secret_in_its_traceback(
    connect: Connect, make_host: MakeHost, grant: str, failure: int
) -> None:
    host = await make_host(FAILURES[failure])
    connection = connect(
        client_id="app", client_secret="app-secret", login_url=host.url, retry=Retry(tries=1)
    )
    with pytest.raises(SalesforceError) as caught:
        await connection.login(GRANTS[grant])
    _assert_silent(caught.value)


async def test_a_certificate_login_that_fails_shows_no_key() -> None:
    async with connection_of() as connection:
        with pytest.raises(ValueError, match="RSA") as caught:
            await connection.login(JwtBearerGrant("ada", "private-key-789"))
    _assert_silent(caught.value)


@pytest.mark.parametrize("failure", [b"", answer(200, b"{not json"), answer(400, b"[]"), answer(500, b"")])
async def test_a_verb_that_fails_logs_and_shows_no_secret(
    connect: Connect, make_host: MakeHost, caplog: pytest.LogCaptureFixture, failure: bytes
) -> None:
    caplog.set_level(logging.DEBUG)
    host = await make_host(failure)
    oauth = OAuth("00D000000000001!top-secret-token", host.url, refresh_token="half-a-token")
    connection = connect(
        api_version="60.0", client_secret="app-secret", login_url=host.url, retry=Retry(tries=1)
    )
    for verb in VERBS.values():
        try:
            await verb(connection.org(oauth))
        except SalesforceError as error:
            _assert_silent(error)
    for secret in SECRETS:
        assert secret not in caplog.text


def _assert_silent(error: BaseException) -> None:
    # The tests' own frames hold the secrets; only what the client added counts.
    shown: list[str] = []
    behind: BaseException | None = error
    while behind is not None:
        frames = traceback.TracebackException.from_exception(behind, capture_locals=True)
        frames.stack[:] = [frame for frame in frames.stack if "/tests/" not in frame.filename]
        shown += [repr(behind), str(behind.args), *frames.format()]
        behind = behind.__context__
    for secret in SECRETS:
        assert secret not in "\n".join(shown), secret


def test_every_grant_that_is_offered_is_tried_here() -> None:
    offered = {name for name in sfexplorer.client.__all__ if name.endswith("Grant") and name != "Grant"}
    assert offered <= {type(held).__name__ for held in holders().values()}
