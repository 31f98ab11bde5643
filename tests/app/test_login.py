"""Connecting by the login form: what is wrong is said, and nothing typed is lost."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sfexplorer.api.references import QueryRef
from sfexplorer.api.testing import log_in, settled
from sfexplorer.api.ui import ErrorCard, Grid
from sfexplorer.app.app import ExplorerApp
from sfexplorer.app.connecting import Way, same_org
from sfexplorer.app.login import LoginScreen
from sfexplorer.app.logins import TOKEN, environment_of, from_environment
from sfexplorer.client import Connection, OAuth
from sfexplorer.demo.server import DemoServer
from sfexplorer.registry import Registry


@asynccontextmanager
async def login_form(way: int) -> AsyncIterator[Pilot[None]]:
    """The app at its login form, the cursor in the first field of the way at that place."""
    app = ExplorerApp(Registry(), None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert asks_to_log_in(pilot)
        await pilot.press(*["down"] * way, "enter")
        await settled(pilot)
        yield pilot


def asks_to_log_in(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, LoginScreen)


async def fill(pilot: Pilot[None], way: int, **values: str) -> None:
    for name, value in values.items():
        # Not by keys: each costs the pilot 50 ms.
        field = pilot.app.screen.query_one(f"#field-{way}-{name}", Input)
        field.focus()
        field.value = value
    await settled(pilot)


def problem(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#problem", Static).content)


async def test_username_and_password_connect(demo_org: DemoServer) -> None:
    async with login_form(1) as pilot:
        await fill(
            pilot,
            1,
            login_url=demo_org.url,
            username=demo_org.username,
            password=demo_org.password,
            security_token=demo_org.security_token,
            client_id=demo_org.client_id,
            client_secret=demo_org.client_secret,
        )
        await pilot.press("enter")
        await settled(pilot)
        assert not asks_to_log_in(pilot)
        assert pilot.app.screen.query_one("#objects", Grid).source.row_count > 15


async def test_a_wrong_password_is_told_and_only_it_is_typed_again(demo_org: DemoServer) -> None:
    async with login_form(1) as pilot:
        await fill(
            pilot,
            1,
            login_url=demo_org.url,
            username=demo_org.username,
            password="wrong",
            security_token=demo_org.security_token,
            client_id=demo_org.client_id,
            client_secret=demo_org.client_secret,
        )
        await pilot.press("enter")
        await settled(pilot)
        assert asks_to_log_in(pilot)
        assert "password" in problem(pilot).lower()
        assert pilot.app.screen.query_one("#field-1-username", Input).value == demo_org.username
        await fill(pilot, 1, password=demo_org.password)
        await pilot.press("f5")
        await settled(pilot)
        assert not asks_to_log_in(pilot)


async def test_an_access_token_connects(demo_org: DemoServer) -> None:
    async with login_form(2) as pilot:
        await fill(pilot, 2, instance_url=demo_org.url, access_token=demo_org.access_token)
        await pilot.press("enter")
        await settled(pilot)
        assert not asks_to_log_in(pilot)
        assert pilot.app.screen.query_one("#objects", Grid).source.row_count > 15


async def test_a_missing_value_is_named_before_anything_is_sent() -> None:
    async with login_form(2) as pilot:
        await pilot.press("f5")
        assert problem(pilot) == "! Instance URL is missing."
        assert pilot.app.screen.query_one("#field-2-instance_url", Input).has_focus


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://no-such-host.invalid", "no-such-host.invalid"),
        ("http://example.com", "https"),
        ("nonsense", "nonsense"),
    ],
)
async def test_an_address_that_is_no_good_is_told(url: str, said: str) -> None:
    async with login_form(2) as pilot:
        await fill(pilot, 2, instance_url=url, access_token="00D000000000000!token")
        await pilot.press("enter")
        await settled(pilot)
        assert said in problem(pilot)
        assert pilot.app.screen.query_one("#field-2-instance_url", Input).value == url


async def test_a_refused_connection_is_told() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    async with login_form(2) as pilot:
        await fill(pilot, 2, instance_url=f"http://127.0.0.1:{port}", access_token="00D000000000000!token")
        await pilot.press("enter")
        await settled(pilot)
        assert "refused" in problem(pilot)


async def test_a_secret_is_not_shown(demo_org: DemoServer) -> None:
    async with login_form(2) as pilot:
        await fill(pilot, 2, instance_url=demo_org.url, access_token=demo_org.access_token)
        assert demo_org.access_token not in pilot.app.export_screenshot()


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        ("https://acme.my.salesforce.com", "production"),
        ("https://acme--dev.sandbox.my.salesforce.com", "sandbox"),
        ("https://test.salesforce.com", "sandbox"),
        ("https://login.salesforce.com", "production"),
        ("http://127.0.0.1:8080", "demo"),
    ],
)
def test_the_address_tells_the_kind_of_org(url: str, environment: str) -> None:
    assert environment_of(url) == environment


def test_the_environment_gives_a_login_only_when_it_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFEXPLORER_INSTANCE_URL", "https://acme.my.salesforce.com")
    monkeypatch.delenv("SFEXPLORER_ACCESS_TOKEN", raising=False)
    assert from_environment() is None
    monkeypatch.setenv("SFEXPLORER_ACCESS_TOKEN", "00D!x")
    assert from_environment() == {
        "instance_url": "https://acme.my.salesforce.com",
        "access_token": "00D!x",
    }


async def test_an_expired_session_asks_only_for_the_token_and_nothing_is_lost(demo_org: DemoServer) -> None:
    values = {"instance_url": demo_org.url, "access_token": demo_org.access_token}
    app = ExplorerApp(Registry(), Way(TOKEN, values), QueryRef("SELECT Id, Name FROM Contact", run=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        demo_org.faults({"path": "/query", "count": 1, "expire_session": True})
        await pilot.press("f5")
        await settled(pilot)
        card = app.screen.query_one("QueryPane > ErrorCard", ErrorCard)
        assert card.display
        assert "Nothing is lost" in str(card.content)
        card.focus()
        await pilot.press("enter")
        await settled(pilot)
        assert asks_to_log_in(pilot)
        token = app.screen.query_one("#field-2-access_token", Input)
        assert app.screen.query_one("#field-2-instance_url", Input).value == demo_org.url
        assert token.has_focus
        assert token.value == ""
        # The demo's token is good again after a login by password.
        fresh = await log_in(demo_org)
        token.value = fresh.org.oauth.access_token.reveal()
        await fresh.close()
        await pilot.press("enter")
        await settled(pilot)
        assert not asks_to_log_in(pilot)
        assert app.screen.query_one("QueryPane Grid", Grid).source.row_count == 2000


async def test_a_login_to_another_org_leaves_what_is_open_alone(demo_org: DemoServer) -> None:
    session = await log_in(demo_org)
    stranger = await log_in(demo_org)
    assert same_org(session, stranger)
    elsewhere = Connection()
    other = replace(
        stranger, org=elsewhere.org(OAuth(access_token="eyJ.x.y", instance_url="https://other.example"))
    )
    same = replace(stranger, org=elsewhere.org(OAuth(access_token="eyJ.z", instance_url=demo_org.url)))
    assert not same_org(session, other)
    assert same_org(session, same)
    for each in (session, stranger):
        await each.close()
    await elsewhere.aclose()
