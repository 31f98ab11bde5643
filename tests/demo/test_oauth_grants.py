"""The grants without a browser, and what becomes of the tokens that they give."""

from __future__ import annotations

import base64

import httpx
import pytest

from sfexplorer.demo.auth.apps import connected_apps
from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.web.log import MASK
from tests.demo.browser import get, post, walk
from tests.demo.conftest import V
from tests.demo.test_oauth_authorize import CHALLENGE, STRICT, VERIFIER, error_of, redeem

OAUTH = "/services/oauth2"
USER = "kenji@acme.example"
_, _, CLI = connected_apps()


def ask(server: DemoServer, grant: str, path: str = "/token", **changes: str) -> httpx.Response:
    form = {"grant_type": grant, "client_id": server.client_id, "client_secret": server.client_secret}
    sent = {name: value for name, value in (form | changes).items() if value}
    return post(f"{server.url}{OAUTH}{path}", data=sent)


def log_in(server: DemoServer, username: str) -> httpx.Response:
    password = server.password + server.security_token
    return ask(server, "password", username=username, password=password)


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_stable_refresh_token_opens_sessions(server: DemoServer) -> None:
    reply = ask(server, "refresh_token", refresh_token=server.refresh_token, redirect_uri="any").json()
    assert "refresh_token" not in reply
    assert "api" in reply["scope"].split()
    limits = get(f"{server.url}{V}/limits", headers=bearing(reply["access_token"]))
    assert limits.status_code == 200
    again = ask(server, "refresh_token", refresh_token=server.refresh_token, client_secret="")
    assert again.json()["access_token"] != reply["access_token"]


@pytest.mark.parametrize("changes", [{"refresh_token": "5Aep861No"}, {"client_id": CLI.client_id}])
def test_a_wrong_refresh_token_is_refused(server: DemoServer, changes: dict[str, str]) -> None:
    known = {"refresh_token": server.refresh_token, "client_secret": ""}
    answer = ask(server, "refresh_token", **{**known, **changes})
    assert error_of(answer) == (400, "invalid_grant", "expired access/refresh token")


def test_a_strict_app_gets_a_new_refresh_token_each_time(server: DemoServer) -> None:
    of_app = {"client_id": STRICT.client_id, "client_secret": STRICT.client_secret}
    code = walk(server, client_id=STRICT.client_id, code_challenge=CHALLENGE)["code"]
    first = redeem(server, code, code_verifier=VERIFIER, **of_app).json()["refresh_token"]
    second = ask(server, "refresh_token", refresh_token=first, **of_app).json()["refresh_token"]
    assert second != first
    used = ask(server, "refresh_token", refresh_token=first, **of_app)
    assert error_of(used) == (400, "invalid_grant", "expired access/refresh token")
    without_secret = ask(server, "refresh_token", refresh_token=second, **(of_app | {"client_secret": ""}))
    assert error_of(without_secret) == (400, "invalid_client", "invalid client credentials")
    assert "access_token" in ask(server, "refresh_token", refresh_token=second, **of_app).json()


def test_a_revoked_refresh_token_takes_its_sessions_along(server: DemoServer) -> None:
    reply = redeem(server, walk(server)["code"]).json()
    renewed = ask(server, "refresh_token", refresh_token=reply["refresh_token"]).json()["access_token"]
    assert post(f"{server.url}{OAUTH}/revoke", data={"token": reply["refresh_token"]}).status_code == 200
    for token in (reply["access_token"], renewed):
        assert server.org.sessions.find(token) is None
    assert ask(server, "refresh_token", refresh_token=reply["refresh_token"]).status_code == 400


@pytest.mark.parametrize("way", ["body", "basic"])
def test_client_credentials_sign_in_the_integration_user(server: DemoServer, way: str) -> None:
    url, form = f"{server.url}{OAUTH}/token", {"grant_type": "client_credentials"}
    if way == "basic":
        reply = post(url, data=form, auth=(server.client_id, server.client_secret)).json()
    else:
        reply = ask(server, "client_credentials").json()
    identity = get(reply["id"], headers=bearing(reply["access_token"])).json()
    assert identity["username"] == "integration@acme.example"
    assert "refresh_token" not in reply["scope"]


def test_client_credentials_are_refused_in_oauths_words(server: DemoServer) -> None:
    url, form = f"{server.url}{OAUTH}/token", {"grant_type": "client_credentials"}
    wrong = post(url, data=form, auth=(server.client_id, "no"))
    assert error_of(wrong) == (401, "invalid_client", "invalid client credentials")
    broken = post(url, data=form, headers=[(b"Authorization", b"Basic \xff")])
    assert error_of(broken)[0] == 401
    strict = ask(server, "client_credentials", client_id=STRICT.client_id, client_secret=STRICT.client_secret)
    assert error_of(strict) == (400, "invalid_grant", "no client credentials user enabled")
    elsewhere = post(
        url,
        data=form,
        auth=(server.client_id, server.client_secret),
        headers={"Host": "login.salesforce.com"},
    )
    assert error_of(elsewhere) == (400, "invalid_grant", "request not supported on this domain")
    no_secret = ask(server, "client_credentials", client_id=CLI.client_id, client_secret="")
    assert error_of(no_secret) == (400, "invalid_client", "invalid client credentials")


def test_a_saml_assertion_is_refused(server: DemoServer) -> None:
    kind = "urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser"
    answer = ask(server, "assertion", assertion_type=kind, assertion="PHNhbWw+")
    assert error_of(answer) == (400, "invalid_grant", "invalid assertion")


def test_revoke_can_call_a_function_back(server: DemoServer) -> None:
    url = f"{server.url}{OAUTH}/revoke"
    token = server.org.sessions.open(server.org.administrator.id).token
    answer = get(url, params={"token": token, "callback": "app.done"})
    assert (answer.status_code, answer.text) == (200, "app.done({});")
    assert "invalid_token" in get(url, params={"token": token, "callback": "f"}).text
    nasty = get(url, params={"token": token, "callback": "alert(1)//"})
    assert nasty.status_code == 400
    assert "alert" not in nasty.text
    nothing = post(url)
    assert nothing.text.startswith("error=unsupported_token_type&error_description=")


def test_introspection_tells_an_app_of_its_own_tokens_alone(server: DemoServer) -> None:
    reply = redeem(server, walk(server, scope="api refresh_token")["code"]).json()
    told = ask(server, "", "/introspect", token=reply["access_token"], token_type_hint="access_token").json()
    assert told["active"] is True
    assert (told["scope"], told["token_type"]) == ("api refresh_token", "access_token")
    assert (told["username"], told["sub"]) == (server.username, reply["id"])
    assert told["exp"] - told["iat"] == 7200
    refresh = ask(server, "", "/introspect", token=reply["refresh_token"]).json()
    assert refresh["token_type"] == "refresh_token"
    strict = {"client_id": STRICT.client_id, "client_secret": STRICT.client_secret}
    other = ask(server, "", "/introspect", token=reply["access_token"], **strict)
    assert other.json() == {"active": False}
    assert ask(server, "", "/introspect", token="x").json() == {"active": False}
    nobody = ask(server, "", "/introspect", token="x", client_secret="")
    assert error_of(nobody) == (400, "invalid_client", "invalid client credentials")


def test_sessions_can_be_made_to_expire_one_or_all(server: DemoServer, http: httpx.Client) -> None:
    one, other = (log_in(server, name).json()["access_token"] for name in (USER, server.username))
    assert http.post("/__demo__/expire", json={"token": one}).json() == {"expired": 1}
    for token, status in ((one, 401), (other, 200)):
        assert get(f"{server.url}{V}/limits", headers=bearing(token)).status_code == status
    assert http.post("/__demo__/expire", json={"token": 5}).status_code == 400
    with DemoServer() as fresh:
        assert post(f"{fresh.url}/__demo__/expire").json() == {"expired": 1}
        answer = get(f"{fresh.url}{V}/limits", headers=bearing(fresh.access_token))
        assert answer.json()[0]["errorCode"] == "INVALID_SESSION_ID"


def test_no_secret_of_a_login_stands_in_the_log(server: DemoServer) -> None:
    server.clear_log()
    secrets = ["code_verifier", "assertion", "device_code", "client_assertion", "refresh_token"]
    ask(server, "none", **dict.fromkeys(secrets, "Hush-Hush"))
    encoded = base64.b64encode(b"Hush-Hush").decode()
    post(f"{server.url}{OAUTH}/revoke?t%6Fken=Hush-Hush", headers={"Authorization": f"Basic {encoded}"})
    asked, revoked = server.log()
    assert {asked["body"][name] for name in secrets} == {MASK}
    assert revoked["query"] == f"t%6Fken={MASK}"
    assert "Hush" not in repr(server.log())
