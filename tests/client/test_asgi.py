"""The example app of the docs: people log in with a browser, each with a token of their own."""

from __future__ import annotations

import importlib.util
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from sfexplorer.client import Connection
from sfexplorer.client.asgi import OAuthMiddleware
from sfexplorer.demo.server import DemoServer
from tests.demo.browser import submit

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "web_login.py"
BASE = "http://localhost:8000"


@pytest.fixture
async def visitor(demo_org: DemoServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """A person's browser on the example app."""
    monkeypatch.setenv("SF_CLIENT_ID", demo_org.client_id)
    monkeypatch.setenv("SF_CLIENT_SECRET", demo_org.client_secret)
    monkeypatch.setenv("SF_LOGIN_URL", demo_org.url)
    spec = importlib.util.spec_from_file_location("web_login", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(example.app), base_url=BASE) as client:
        yield client
    await example.connection.aclose()


def allowed(demo_org: DemoServer, login: httpx.Response, decision: str = "allow") -> str:
    """Where the browser is led after the person has answered at Salesforce."""
    assert login.status_code == 303
    with httpx.Client(base_url=demo_org.url) as browser:
        page = browser.get(login.headers["location"])
        page = submit(browser, page, username=demo_org.username, password=demo_org.password)
        if page.status_code != 302:
            page = submit(browser, page, decision=decision)
    assert page.status_code == 302
    return str(page.headers["location"])


async def test_a_person_logs_in_and_out(demo_org: DemoServer, visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/")).json()["login"] == "/login"
    login = await visitor.get("/login")
    before = visitor.cookies["session"]
    back = await visitor.get(allowed(demo_org, login))
    assert (back.status_code, back.headers["location"]) == (303, "/")
    assert visitor.cookies["session"] != before
    assert back.headers["cache-control"] == "no-store"
    home = (await visitor.get("/")).json()
    assert home["user"] == demo_org.username
    assert len(home["contacts"]) == 5
    assert (await visitor.get("/logout")).status_code == 303
    assert "user" not in (await visitor.get("/")).json()


async def test_a_refused_login_leads_to_the_error_page(
    demo_org: DemoServer, visitor: httpx.AsyncClient
) -> None:
    back = await visitor.get(allowed(demo_org, await visitor.get("/login"), "deny"))
    told = parse_qs(urlsplit(back.headers["location"]).query)
    assert told["error"] == ["access_denied"]
    assert "end-user denied authorization" in told["error_description"][0]


@pytest.mark.parametrize("forged", ["code=stolen&state=x", "code=stolen", "error=x", ""])
async def test_a_forged_callback_logs_nobody_in(visitor: httpx.AsyncClient, forged: str) -> None:
    await visitor.get("/login")
    back = await visitor.get(f"/callback?{forged}")
    assert back.headers["location"].startswith("/?error=login_failed")
    assert "user" not in (await visitor.get("/")).json()


async def test_a_callback_is_good_once(demo_org: DemoServer, visitor: httpx.AsyncClient) -> None:
    callback = allowed(demo_org, await visitor.get("/login"))
    await visitor.get(callback)
    await visitor.get("/logout")
    again = await visitor.get(callback)
    assert "error=login_failed" in again.headers["location"]


async def test_a_session_is_asked_for() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        pass

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        pass

    middleware = OAuthMiddleware(app, Connection(client_id="app", redirect_uri=f"{BASE}/callback"))
    with pytest.raises(RuntimeError, match="session middleware"):
        await middleware({"type": "http", "method": "GET", "path": "/login"}, receive, send)
