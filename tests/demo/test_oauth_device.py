"""A device without a browser waits until somebody types its code elsewhere."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from sfexplorer.demo.auth.apps import connected_apps
from sfexplorer.demo.server import DemoServer
from tests.demo.browser import CONNECT, NO_TLS, form_on, post, submit

TOKEN = "/services/oauth2/token"
_, STRICT, _ = connected_apps()


def begin(server: DemoServer, **changes: str) -> dict[str, Any]:
    asked = {"response_type": "device_code", "client_id": server.client_id, "scope": "api refresh_token"}
    # As the sf command line posts it.
    parts = {name: (None, value) for name, value in (asked | changes).items()}
    answer = post(server.url + TOKEN, files=parts)
    assert answer.status_code == 200, answer.text
    begun: dict[str, Any] = answer.json()
    return begun


def poll(server: DemoServer, begun: dict[str, Any], client_id: str = "") -> httpx.Response:
    form = {"grant_type": "device", "client_id": client_id or server.client_id, "code": begun["device_code"]}
    return post(server.url + TOKEN, data=form)


def error_of(answer: httpx.Response) -> str:
    assert answer.status_code == 400
    body = answer.json()
    assert body["error_description"]
    return str(body["error"])


def connect(server: DemoServer, user_code: str, decision: str = "allow", **typed: str) -> httpx.Response:
    with httpx.Client(verify=NO_TLS, base_url=server.url) as client:
        form = client.get(CONNECT)
        login = {"username": server.username, "password": server.password, "user_code": user_code}
        page = submit(client, form, **{**login, **typed})
        return submit(client, page, decision=decision) if "Allow Access" in page.text else page


def test_a_device_gets_its_session_when_somebody_allows_it(server: DemoServer) -> None:
    begun = begin(server)
    assert begun["verification_uri"] == f"{server.url}/setup/connect"
    assert begun["interval"] == 5
    assert len(begun["user_code"]) == 8
    assert error_of(poll(server, begun)) == "authorization_pending"
    assert error_of(poll(server, begun)) == "slow_down"
    assert "Connected" in connect(server, begun["user_code"].lower()).text
    reply = poll(server, begun).json()
    assert reply["scope"] == "api refresh_token"
    assert reply["refresh_token"]
    assert server.org.sessions.find(reply["access_token"]) is not None
    assert error_of(poll(server, begun)) == "expired_token"


def test_a_device_is_told_when_somebody_denies_it(server: DemoServer) -> None:
    begun = begin(server)
    assert "Denied" in connect(server, begun["user_code"], decision="deny").text
    assert error_of(poll(server, begun)) == "access_denied"


def test_a_device_code_expires(server: DemoServer) -> None:
    begun = begin(server)
    post(f"{server.url}/__demo__/expire", json={"token": begun["device_code"]})
    assert error_of(poll(server, begun)) == "expired_token"
    assert "not valid" in connect(server, begun["user_code"]).text


def test_only_the_devices_app_may_ask(server: DemoServer) -> None:
    assert error_of(poll(server, begin(server), STRICT.client_id)) == "invalid_grant"
    assert error_of(poll(server, {"device_code": "x"})) == "invalid_grant"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"user_code": "<b>"}, "This code is not valid."),
        ({"password": "wrong"}, "Please check your username and password."),
    ],
)
def test_what_is_typed_wrong_is_asked_again(server: DemoServer, typed: dict[str, str], told: str) -> None:
    page = connect(server, **{"user_code": begin(server)["user_code"], **typed})
    assert told in page.text
    assert form_on(page).fields["username"] == server.username
    assert "<b>" not in page.text


def test_an_app_for_some_is_not_connected_for_others(server: DemoServer) -> None:
    begun = begin(server, client_id=STRICT.client_id, scope="api")
    page = connect(server, begun["user_code"], username="kenji@acme.example")
    assert "not approved this app" in page.text
