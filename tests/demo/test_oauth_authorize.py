"""A person signs in with a browser and is led back to the app, or nowhere."""

from __future__ import annotations

import base64
import hashlib

import httpx
import pytest

from sfexplorer.demo.auth.apps import connected_apps
from sfexplorer.demo.auth.jwt import check_signature, read_claims
from sfexplorer.demo.auth.rsa import Key, from_base64url
from sfexplorer.demo.server import DemoServer
from tests.demo.browser import AUTHORIZE, NO_TLS, REDIRECT, asks, form_on, get, post, submit, walk
from tests.demo.conftest import V

TOKEN = "/services/oauth2/token"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
_, STRICT, CLI = connected_apps()


def redeem(server: DemoServer, code: str, **changes: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
        "client_id": server.client_id, "client_secret": server.client_secret,
    }  # fmt: skip
    return post(server.url + TOKEN, data={k: v for k, v in (form | changes).items() if v})


def error_of(answer: httpx.Response) -> tuple[int, str, str]:
    body = answer.json()
    return answer.status_code, body["error"], body["error_description"]


def test_a_code_becomes_a_session_with_a_refresh_token_once(server: DemoServer) -> None:
    back = walk(server, scope="api refresh_token", code_challenge=CHALLENGE)
    assert back["state"] == "s&1 é"
    assert back["code"].startswith("aPrx")
    assert back["code"].endswith("==")
    reply = redeem(server, back["code"], code_verifier=VERIFIER).json()
    assert reply["scope"] == "api refresh_token"
    assert reply["refresh_token"].startswith("5Aep861")
    headers = {"Authorization": f"Bearer {reply['access_token']}"}
    assert get(f"{server.url}{V}/limits", headers=headers).status_code == 200
    again = redeem(server, back["code"], code_verifier=VERIFIER)
    assert error_of(again) == (400, "invalid_grant", "expired authorization code")


@pytest.mark.parametrize(
    ("changes", "error", "description"),
    [
        ({"code": "aPrxNever=="}, "invalid_grant", "invalid authorization code"),
        ({"redirect_uri": f"{REDIRECT}/x"}, "redirect_uri_mismatch", "redirect_uri must match configuration"),
        ({"code_verifier": "w" * 64}, "invalid_grant", "invalid code verifier"),
        ({"code_verifier": ""}, "invalid_grant", "invalid code verifier"),
        ({"client_secret": "no"}, "invalid_client", "invalid client credentials"),
        ({"client_id": "PlatformCLI", "client_secret": ""}, "invalid_grant", "invalid authorization code"),
    ],
)
def test_a_code_is_taken_only_from_who_asked_for_it(
    server: DemoServer, changes: dict[str, str], error: str, description: str
) -> None:
    code = walk(server, code_challenge=CHALLENGE, code_challenge_method="S256")["code"]
    answer = redeem(server, **{"code": code, "code_verifier": VERIFIER, **changes})
    assert error_of(answer) == (400, error, description)


def test_a_code_is_good_for_fifteen_minutes(server: DemoServer) -> None:
    code = walk(server)["code"]
    assert 890 < server.org.auth.codes.seconds <= 900
    assert post(f"{server.url}/__demo__/expire", json={"token": code}).json() == {"expired": 1}
    assert error_of(redeem(server, code)) == (400, "invalid_grant", "expired authorization code")


def test_the_user_agent_flow_puts_the_session_into_the_fragment(server: DemoServer) -> None:
    back = walk(server, response_type="token", scope="id refresh_token")
    assert back["instance_url"] == server.url
    assert back["state"] == "s&1 é"
    assert {"access_token", "refresh_token", "signature", "issued_at", "id", "token_type"} <= set(back)
    assert server.org.sessions.find(back["access_token"]) is not None


@pytest.mark.parametrize("response_type", ["code", "token"])
def test_a_person_may_say_no(server: DemoServer, response_type: str) -> None:
    back = walk(server, decision="deny", response_type=response_type)
    assert back == {
        "error": "access_denied", "error_description": "end-user denied authorization", "state": "s&1 é",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"client_id": "nobody"}, "error=invalid_client_id&error_description=client identifier invalid"),
        (
            {"response_type": "magic"},
            "error=unsupported_response_type&error_description=response type not supported",
        ),
        ({"scope": "api moon"}, "error=invalid_scope&error_description=the requested scope is not allowed"),
        (
            {"client_id": STRICT.client_id},
            "error=invalid_request&error_description=missing required code challenge",
        ),
        (
            {"code_challenge": CHALLENGE, "code_challenge_method": "plain"},
            "error=invalid_request&error_description=code challenge method must be S256",
        ),
        ({"code_challenge": "short"}, "error=invalid_request&error_description=invalid code challenge"),
    ],
)
def test_a_wrong_request_leads_nowhere(server: DemoServer, changes: dict[str, str], text: str) -> None:
    answer = get(server.url + AUTHORIZE, params=asks(server, **changes))
    assert (answer.status_code, answer.text) == (400, text)
    assert "content-type" not in answer.headers


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "https://example.com/",
        "http://127.0.0.1.example.com/",
        "http://localhost@example.com/",
        "http://example.com\\@localhost/",
        "http://localhost\\@example.com/",
        "//localhost/",
        "http://localhost:80:80/",
        "http://localhost/\r\nSet-Cookie: a=b",
        "http://localhost/#fragment",
        "javascript:alert(1)//localhost",
        "http://[::1]example.com/",
        "https://login.salesforce.com/services/oauth2/success?x=1",
    ],
)
def test_nobody_is_led_to_strangers(server: DemoServer, uri: str) -> None:
    for response in (
        get(server.url + AUTHORIZE, params=asks(server, redirect_uri=uri)),
        post(
            server.url + AUTHORIZE,
            params=asks(server, redirect_uri=uri),
            data={"username": server.username, "password": server.password},
        ),
    ):
        assert response.status_code == 400
        assert response.text == (
            "error=redirect_uri_mismatch&error_description=redirect_uri must match configuration"
        )


@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost:1717/OauthRedirect",
        "http://LOCALHOST:9/a/b?c=d",
        "http://[::1]:80/x",
        "https://127.0.0.2",
        "https://login.salesforce.com/services/oauth2/success",
    ],
)
def test_loopback_and_what_is_registered_may_be_led_to(server: DemoServer, uri: str) -> None:
    with httpx.Client(verify=NO_TLS, base_url=server.url) as client:
        login = client.get(AUTHORIZE, params=asks(server, redirect_uri=uri))
        consent = submit(client, login, username=server.username, password=server.password)
        answer = submit(client, consent, decision="allow")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{uri}{'&' if '?' in uri else '?'}code=aPrx")


def test_what_is_typed_wrong_is_asked_again_and_never_html(server: DemoServer) -> None:
    nasty = "\"><script>alert(1)</script>'"
    with httpx.Client(verify=NO_TLS, base_url=server.url) as client:
        first = client.get(AUTHORIZE, params=asks(server, login_hint=nasty, state=nasty))
        assert form_on(first).fields["username"] == nasty
        second = submit(client, first, password="wrong")
    assert form_on(second).fields["username"] == nasty
    for page in (first, second):
        assert "<script" not in page.text
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_a_consent_is_answered_once(server: DemoServer) -> None:
    with httpx.Client(verify=NO_TLS, base_url=server.url) as client:
        login = client.get(AUTHORIZE, params=asks(server))
        consent = submit(client, login, username=server.username, password=server.password)
        assert "form-action 'self' http:" in consent.headers["Content-Security-Policy"]
        assert submit(client, consent, decision="allow").status_code == 302
        assert submit(client, consent, decision="allow").status_code == 400
        assert client.post("/services/oauth2/consent").status_code == 400


def test_an_app_for_some_is_not_for_others(server: DemoServer) -> None:
    asked = {"client_id": STRICT.client_id, "code_challenge": CHALLENGE}
    back = walk(server, username="kenji@acme.example", **asked)
    assert back["error"] == "invalid_app_access"
    back = walk(server, username="GRACE@acme.example", **asked)
    without_secret = redeem(server, back["code"], client_id=STRICT.client_id, client_secret="")
    assert error_of(without_secret) == (400, "invalid_client", "invalid client credentials")


def test_an_app_may_have_no_secret(server: DemoServer) -> None:
    code = walk(server, client_id=CLI.client_id, code_challenge=CHALLENGE)["code"]
    answer = redeem(server, code, client_id=CLI.client_id, client_secret="", code_verifier=VERIFIER)
    assert answer.json()["scope"] == "api web refresh_token"


def test_an_id_token_can_be_checked_with_the_orgs_keys(server: DemoServer) -> None:
    code = walk(server, scope="openid", nonce="n-1")["code"]
    reply = redeem(server, code).json()
    assert "refresh_token" not in reply
    (jwk,) = get(f"{server.url}/id/keys").json()["keys"]
    numbers = [int.from_bytes(from_base64url(jwk[name])) for name in "ne"]
    check_signature(reply["id_token"], Key(jwk["kid"], *numbers))
    claims = read_claims(reply["id_token"])
    assert (claims["iss"], claims["sub"]) == (server.url, reply["id"])
    assert (claims["aud"], claims["nonce"]) == (server.client_id, "n-1")
