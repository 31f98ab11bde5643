"""The password of a user: read about, set, made up, and signed in with."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

# Not the administrator, whom the other tests of this module need.
USER = f"{V}/sobjects/User/0055g0000000003AAA"
PASSWORD = f"{USER}/password"


def sign_in(server: DemoServer, http: httpx.Client, password: str) -> httpx.Response:
    form = {
        "grant_type": "password",
        "client_id": server.client_id,
        "client_secret": server.client_secret,
        "username": http.get(USER).json()["Username"],
        "password": password + server.security_token,
    }
    return httpx.post(f"{server.url}/services/oauth2/token", data=form)


def test_no_password_expires(http: httpx.Client) -> None:
    assert http.get(PASSWORD).json() == {"isExpired": False}


@pytest.mark.parametrize("field", ["NewPassword", "newPassword"])
def test_a_new_password_takes_the_place_of_the_old(
    server: DemoServer, http: httpx.Client, field: str
) -> None:
    changed = http.post(PASSWORD, json={field: "Str0ng enough"})
    assert (changed.status_code, changed.content) == (204, b"")
    assert sign_in(server, http, server.password).status_code == 400
    assert sign_in(server, http, "Str0ng enough").status_code == 200


def test_a_made_up_password_is_told(server: DemoServer, http: httpx.Client) -> None:
    made = http.delete(PASSWORD).json()["NewPassword"]
    assert sign_in(server, http, made).status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"NewPassword": None}, {"NewPassword": "sh0rt"}, {"NewPassword": "onlyletters"}]
)
def test_a_weak_password_is_refused(http: httpx.Client, body: dict[str, Any]) -> None:
    refused = http.post(PASSWORD, json=body)
    assert (refused.status_code, refused.json()[0]["errorCode"]) == (400, "INVALID_NEW_PASSWORD")


@pytest.mark.parametrize("user", ["0055g00000zzzzz", "nobody", "0015g0000000001AAA"])
def test_who_is_no_user_has_no_password(http: httpx.Client, user: str) -> None:
    assert http.get(f"{V}/sobjects/User/{user}/password").status_code == 404


def test_the_log_masks_passwords(server: DemoServer, http: httpx.Client) -> None:
    http.post(PASSWORD, json={"NewPassword": "Secret 123456"})
    assert "Secret 123456" not in str(server.log())
