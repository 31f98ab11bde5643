"""Signing in, who one is then, and signing out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.browser import get, post
from tests.demo.conftest import V

TOKEN = "/services/oauth2/token"


def form(server: DemoServer, **changes: str) -> dict[str, str]:
    return {
        "grant_type": "password",
        "client_id": server.client_id,
        "client_secret": server.client_secret,
        "username": server.username,
        "password": server.password + server.security_token,
    } | changes


def test_password_grant_opens_a_session_with_a_true_signature(server: DemoServer) -> None:
    reply = post(server.url + TOKEN, data=form(server)).json()
    assert re.fullmatch(r"00D\w{12}![.\w]+", reply["access_token"])
    assert reply["instance_url"] == server.url
    assert reply["token_type"] == "Bearer"
    assert isinstance(reply["issued_at"], str)
    digest = hmac.new(
        server.client_secret.encode(), (reply["id"] + reply["issued_at"]).encode(), hashlib.sha256
    )
    assert reply["signature"] == base64.b64encode(digest.digest()).decode()
    assert "scope" not in reply
    headers = {"Authorization": f"OAuth {reply['access_token']}"}
    assert get(f"{server.url}{V}/limits", headers=headers).status_code == 200


def test_password_grant_takes_a_multipart_form(server: DemoServer) -> None:
    parts = {name: (None, value) for name, value in form(server).items()}
    assert "access_token" in post(server.url + TOKEN, files=parts).json()


@pytest.mark.parametrize(
    ("changes", "error", "description"),
    [
        ({"client_id": "nobody"}, "invalid_client_id", "client identifier invalid"),
        ({"client_secret": "no"}, "invalid_client", "invalid client credentials"),
        ({"grant_type": "magic"}, "unsupported_grant_type", "grant type not supported"),
        ({"username": "nobody@acme.example"}, "invalid_grant", "authentication failure"),
        ({"password": "wrong"}, "invalid_grant", "authentication failure"),
    ],
)
def test_wrong_credentials_are_told_in_oauths_form(
    server: DemoServer, changes: dict[str, str], error: str, description: str
) -> None:
    response = post(server.url + TOKEN, data=form(server, **changes))
    assert response.status_code == 400
    assert response.json() == {"error": error, "error_description": description}


def test_a_forgotten_security_token_is_told(server: DemoServer) -> None:
    response = post(server.url + TOKEN, data=form(server, password=server.password))
    assert response.status_code == 400
    assert "security token" in response.json()["error_description"]


def test_identity_and_userinfo_tell_who_signed_in(server: DemoServer, http: httpx.Client) -> None:
    identity_url = post(server.url + TOKEN, data=form(server)).json()["id"]
    identity = http.get(identity_url, params={"version": "latest"}).json()
    assert identity["username"] == server.username
    assert identity["urls"]["query"] == f"{server.url}/services/data/v67.0/query/"
    assert http.get(identity_url).json()["urls"]["rest"] == f"{server.url}/services/data/v{{version}}/"
    info = http.get("/services/oauth2/userinfo").json()
    assert info["user_id"] == identity["user_id"]
    assert info["organization_id"] == identity["organization_id"]


def test_identity_refuses_in_bare_text(server: DemoServer, http: httpx.Client) -> None:
    missing = get(f"{server.url}/services/oauth2/userinfo")
    assert (missing.status_code, missing.text) == (403, "Missing_OAuth_Token")
    bad = get(f"{server.url}/services/oauth2/userinfo", headers={"Authorization": "Bearer x"})
    assert (bad.status_code, bad.text) == (403, "Bad_OAuth_Token")
    wrong = http.get("/id/00D000000000000EAA/0055g0000000001AAA")
    assert (wrong.status_code, wrong.text) == (403, "Wrong_Org")


def test_the_org_of_tokens_is_the_org_of_records(server: DemoServer, http: httpx.Client) -> None:
    records = http.get(f"{V}/query", params={"q": "SELECT Id FROM Organization"}).json()["records"]
    assert [record["Id"][:15] for record in records] == [server.access_token.partition("!")[0]]


@pytest.mark.parametrize("place", ["body", "query"])
def test_a_revoked_token_is_an_expired_session(server: DemoServer, place: str) -> None:
    token = post(server.url + TOKEN, data=form(server)).json()["access_token"]
    url = f"{server.url}/services/oauth2/revoke"
    sent = {"token": token}
    response = post(url, data=sent) if place == "body" else post(url, params=sent)
    assert response.status_code == 200
    after = get(f"{server.url}{V}/limits", headers={"Authorization": f"Bearer {token}"})
    assert after.status_code == 401
    assert after.json() == [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
    assert post(url, data=sent).text.startswith("error=invalid_token")
