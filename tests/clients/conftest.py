"""An org with TLS, and what leads Salesforce's host names to it; the clients' own code is unchanged."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from sfexplorer.demo.server import DemoServer


@pytest.fixture(scope="module")
def org() -> Iterator[DemoServer]:
    with DemoServer(tls=True) as running:
        yield running


@pytest.fixture
def salesforce_hosts(org: DemoServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """`*.salesforce.com` is the org; its certificate is for these names, and is checked as always."""
    port = urlsplit(org.tls_url or "").port
    ask = socket.getaddrinfo

    def answered(host: Any, service: Any, *others: Any, **named: Any) -> Any:
        if isinstance(host, str) and host.endswith(".salesforce.com"):
            return ask("127.0.0.1", port, *others, **named)
        return ask(host, service, *others, **named)

    monkeypatch.setattr(socket, "getaddrinfo", answered)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", org.ca or "")
