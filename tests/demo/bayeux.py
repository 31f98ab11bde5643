"""A Bayeux client that hides nothing: what it says and hears is what goes over the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx

from tests.demo.conftest import V

Message = dict[str, Any]
HANDSHAKE = {"channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["long-polling"]}


class Listener:
    """One session, from its handshake on."""

    def __init__(self, http: httpx.Client, version: str = "60.0", token: str | None = None) -> None:
        """Open the session, by the token that the client has or another one."""
        self.http, self.version = http, version
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.id = self.say(HANDSHAKE)[0]["clientId"]

    def say(self, *messages: Message) -> list[Message]:
        """The answers to some messages."""
        response = self.http.post(f"/cometd/{self.version}", json=messages, headers=self.headers, timeout=20)
        assert response.status_code == 200, response.text
        answers: list[Message] = response.json()
        return answers

    def message(self, kind: str, **others: Any) -> Message:
        """A message of this session."""
        return {"channel": f"/meta/{kind}", "clientId": self.id, "id": kind, **others}

    def connect(self, **others: Any) -> list[Message]:
        """The answers to a connect, which is held when it is not the first."""
        return self.say(self.message("connect", connectionType="long-polling", **others))

    def subscribe(self, channel: str, replay: Any = None) -> Message:
        """The answer to a subscription."""
        ext = {} if replay is None else {"ext": {"replay": {channel: replay}}}
        return self.say(self.message("subscribe", subscription=channel, **ext))[0]

    def listen(self, channel: str, replay: Any = None) -> Listener:
        """The session, which listens to a channel."""
        answer = self.subscribe(channel, replay)
        assert answer["successful"], answer
        return self

    def heard(self) -> list[Message]:
        """The events that wait for the session."""
        *events, answer = self.connect(advice={"timeout": 0})
        assert answer["successful"], answer
        return events

    @contextmanager
    def holding(self) -> Iterator[Future[list[Message]]]:
        """A connect that is held for sure when the block begins."""
        # The first one never is.
        self.heard()
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(self.connect)
            until(self.is_held)
            yield future

    def is_held(self) -> bool:
        """Whether a connect of this session is held."""
        clients = self.http.get("/__demo__/streaming").json()["clients"]
        return any(each["clientId"] == self.id and each["connected"] for each in clients)


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that comes soon."""
    assert any(holds() for _ in range(2_000))


def post(http: httpx.Client, path: str, body: Any) -> Any:
    """The answer to a POST that must succeed."""
    response = http.post(f"{V}{path}", json=body)
    assert response.is_success, response.text
    return response.json()


def make(http: httpx.Client, type: str, **fields: Any) -> str:
    """The id of a new record."""
    return str(post(http, f"/sobjects/{type}", fields)["id"])


def topic(http: httpx.Client, name: str, query: str = "SELECT Id, Name FROM Account", **others: Any) -> str:
    """The channel of a new PushTopic."""
    make(http, "PushTopic", Name=name, Query=query, ApiVersion=58.0, **others)
    return f"/topic/{name}"


def change(http: httpx.Client, type: str, record_id: str, **fields: Any) -> None:
    """Change a record."""
    response = http.patch(f"{V}/sobjects/{type}/{record_id}", json=fields)
    assert response.status_code == 204, response.text


def remove(http: httpx.Client, type: str, record_id: str) -> None:
    """Delete a record."""
    response = http.delete(f"{V}/sobjects/{type}/{record_id}")
    assert response.status_code == 204, response.text


def ask(http: httpx.Client, *messages: Any, path: str = "/cometd/60.0", **headers: str) -> list[Any]:
    """The answers to some messages, with other headers or another path than a session's."""
    response = http.post(path, json=messages, headers=headers)
    assert response.headers["content-type"] == "application/json;charset=UTF-8"
    answers: list[Any] = response.json()
    return answers
