"""A running org for each module of tests, and a client that is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer

V = "/services/data/v60.0"
Records = list[dict[str, Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture(scope="module")
def http(server: DemoServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.access_token}"}
    with httpx.Client(base_url=server.url, headers=headers) as client:
        yield client


@pytest.fixture(scope="module")
def select(http: httpx.Client) -> Callable[[str], dict[str, Any]]:
    """Answers a query that must succeed."""

    def answer(soql: str) -> dict[str, Any]:
        response = http.get(f"{V}/query", params={"q": soql})
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body

    return answer


@pytest.fixture(scope="module")
def refuse(http: httpx.Client) -> Callable[[str], tuple[str, str]]:
    """Answers a query that must be refused: its code and message."""

    def answer(soql: str) -> tuple[str, str]:
        response = http.get(f"{V}/query", params={"q": soql})
        assert response.status_code == 400, response.text
        (error,) = response.json()
        return error["errorCode"], error["message"]

    return answer
