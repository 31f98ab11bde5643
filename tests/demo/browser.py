"""A browser without a screen: it fills in forms, and stops where it is led away."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from sfexplorer.demo.server import DemoServer

AUTHORIZE = "/services/oauth2/authorize"
CONNECT = "/setup/connect"
REDIRECT = "http://127.0.0.1:8765/callback"

# Nothing here goes by TLS, for which httpx would read all authorities with each request.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
get = partial(httpx.get, verify=NO_TLS)
post = partial(httpx.post, verify=NO_TLS)


@dataclass
class Form(HTMLParser):
    """The one form of a page: where it goes, and what its fields hold."""

    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            assert known["method"] == "post"
            self.action = known["action"]
        elif tag == "input":
            self.fields[known["name"]] = known["value"]


def form_on(page: httpx.Response) -> Form:
    assert page.status_code == 200, page.text
    found = Form()
    found.feed(page.text)
    assert found.action, page.text
    return found


def submit(client: httpx.Client, page: httpx.Response, **typed: str) -> httpx.Response:
    found = form_on(page)
    return client.post(found.action, data={**found.fields, **typed})


def asks(server: DemoServer, **changes: str) -> dict[str, str]:
    """What an app sends a browser with; an empty value leaves the parameter out."""
    asked = {
        "response_type": "code", "client_id": server.client_id, "redirect_uri": REDIRECT, "state": "s&1 é",
    }  # fmt: skip
    return {name: value for name, value in (asked | changes).items() if value}


def walk(server: DemoServer, decision: str = "allow", username: str = "", **changes: str) -> dict[str, str]:
    """What the app is told at the end of the way through both forms."""
    return _through(server, f"{AUTHORIZE}?{urlencode(asks(server, **changes))}", decision, username)


def walked(server: DemoServer, url: str, decision: str = "allow") -> str:
    """Where the browser comes back to from the page that an app has opened."""
    return f"{REDIRECT}?{urlencode(_through(server, url, decision))}"


def _through(server: DemoServer, url: str, decision: str, username: str = "") -> dict[str, str]:
    with httpx.Client(verify=NO_TLS, base_url=server.url) as client:
        typed = {"username": username or server.username, "password": server.password}
        consent = submit(client, client.get(url), **typed)
        if consent.status_code != 302:
            consent = submit(client, consent, decision=decision)
        return led_back(consent)


def led_back(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 302, answer.text
    target = urlsplit(answer.headers["Location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == REDIRECT
    return dict(parse_qsl(target.query or target.fragment))
