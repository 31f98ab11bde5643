"""An app signs an assertion for a user; the org knows the app's public key."""

from __future__ import annotations

import base64
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from sfexplorer.demo.auth.apps import connected_apps
from sfexplorer.demo.auth.jwt import write_token
from sfexplorer.demo.auth.rsa import Key, base64url, read_key
from sfexplorer.demo.server import DemoServer
from tests.demo.browser import post, walk
from tests.demo.test_oauth_authorize import CHALLENGE, error_of

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_, STRICT, CLI = connected_apps()


def private_key(server: DemoServer) -> Key:
    """The key of the file that the first line names, read from its DER: modulus, 65537, private exponent."""
    lines = Path(server.facts.jwt_key).read_text().splitlines()
    der = base64.b64decode("".join(line for line in lines if not line.startswith("-")))
    public = read_key("client")
    modulus = public.modulus.to_bytes(256)
    exponent = der.index(bytes.fromhex("0203010001"), der.index(modulus)) + 5
    assert der[exponent : exponent + 3] == bytes.fromhex("028201")
    length = int.from_bytes(der[exponent + 2 : exponent + 4])
    private = int.from_bytes(der[exponent + 4 : exponent + 4 + length])
    return Key("client", public.modulus, public.exponent, private)


def claims(server: DemoServer, **changes: Any) -> dict[str, Any]:
    known = {
        "iss": server.client_id, "sub": server.username, "aud": "https://login.salesforce.com",
        "exp": int(time.time()) + 180,
    }  # fmt: skip
    return {name: value for name, value in (known | changes).items() if value is not None}


def show(server: DemoServer, assertion: str) -> httpx.Response:
    form = {"grant_type": GRANT, "assertion": assertion, "client_id": "ignored", "code_verifier": "ignored"}
    return post(f"{server.url}/services/oauth2/token", data=form)


def sign_in(server: DemoServer, **changes: Any) -> httpx.Response:
    return show(server, write_token(claims(server, **changes), private_key(server)))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"exp": str(int(time.time()) + 180)},
        {"exp": int(time.time() * 1000) + 300},
        {"exp": time.time() + 180.5},
        {"aud": "https://test.salesforce.com/services/oauth2/token"},
        {"aud": "https://acme.my.salesforce.com/"},
        {"aud": ["https://example.com", "http://localhost:1234"]},
        {"sub": "ADA@ACME.example"},
        {"sub": None, "prn": "ada@acme.example"},
    ],
)
def test_a_signed_assertion_opens_a_session(server: DemoServer, changes: dict[str, Any]) -> None:
    reply = sign_in(server, **changes).json()
    session = server.org.sessions.find(reply["access_token"])
    assert session is not None
    assert session.user_id == server.org.administrator.id
    assert "refresh_token" not in reply
    assert "api" in reply["scope"].split()


@pytest.mark.parametrize(
    ("changes", "error", "description"),
    [
        ({"iss": "nobody"}, "invalid_client_id", "client identifier invalid"),
        ({"iss": CLI.client_id}, "invalid_grant", "invalid assertion"),
        ({"sub": "nobody@acme.example"}, "invalid_grant", "user hasn't approved this consumer"),
        ({"sub": ["ada@acme.example"]}, "invalid_grant", "user hasn't approved this consumer"),
        ({"sub": "seun@acme.example"}, "inactive_user", "user is inactive"),
        ({"aud": "https://example.com"}, "invalid_grant", "audience is invalid"),
        ({"aud": "https://login.salesforce.com.example.com"}, "invalid_grant", "audience is invalid"),
        ({"aud": None}, "invalid_grant", "Audience validation failed"),
        ({"exp": int(time.time()) - 60}, "invalid_grant", "expired authorization code"),
        ({"exp": None}, "invalid_grant", "invalid assertion"),
        ({"exp": "soon"}, "invalid_grant", "invalid assertion"),
        ({"exp": True}, "invalid_grant", "invalid assertion"),
        (
            {"iss": STRICT.client_id, "sub": "kenji@acme.example"},
            "invalid_app_access",
            "user is not admin approved to access this app",
        ),
    ],
)
def test_a_wrong_assertion_is_refused(
    server: DemoServer, changes: dict[str, Any], error: str, description: str
) -> None:
    assert error_of(sign_in(server, **changes)) == (400, error, description)


def test_a_strict_app_must_have_been_allowed_once(server: DemoServer) -> None:
    before = sign_in(server, iss=STRICT.client_id)
    assert error_of(before) == (400, "invalid_grant", "user hasn't approved this consumer")
    walk(server, client_id=STRICT.client_id, code_challenge=CHALLENGE)
    assert "access_token" in sign_in(server, iss=STRICT.client_id).json()


def test_nobody_else_can_sign_for_the_app(server: DemoServer) -> None:
    good = write_token(claims(server), private_key(server))
    head, body, signature = good.split(".")
    unsigned = base64url(b'{"alg":"none"}')
    shared = base64url(b'{"alg":"HS256"}')
    other = base64url(b'{"alg":"PS256"}')
    message = f"{other}.{body}"
    misnamed = f"{message}.{base64url(private_key(server).sign(message.encode()))}"
    forged = base64url(b'{"iss":"' + server.client_id.encode() + b'","sub":"\\ud800","exp":1,"aud":"x"}')
    for assertion in [
        "",
        "a.b.c",
        f"{head}.{body}",
        f"{head}.{body}.",
        f"{unsigned}.{body}.",
        f"{shared}.{body}.{signature}",
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{body}.{base64url(bytes(256))}",
        f"{head}.{body}.{base64url(b'1' * 255)}",
        f"{head}.{forged}.{signature}",
        f"{head}.{base64url(b'[' * 9000)}.{signature}",
        f"{head}.{base64url(b'[1]')}.{signature}",
        f"é{good}",
        f"{good}x" * 20,
        misnamed,
        write_token(claims(server), read_key("org")),
    ]:
        assert error_of(show(server, assertion)) == (400, "invalid_grant", "invalid assertion")


def test_signatures_are_those_of_others(server: DemoServer, tmp_path: Path) -> None:
    """Our arithmetic agrees with OpenSSL's, where that is at hand."""
    message = tmp_path / "message"
    message.write_bytes(b"what is signed")
    command = ["openssl", "dgst", "-sha256", "-sign", server.facts.jwt_key, str(message)]
    try:
        signed = subprocess.run(command, capture_output=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("no openssl here")
    assert private_key(server).sign(b"what is signed") == signed
    assert read_key("client").verifies(b"what is signed", signed)
    assert not read_key("client").verifies(b"what is sent", signed)
