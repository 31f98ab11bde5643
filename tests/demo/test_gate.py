"""The gate before all resources: what is in the log when an answer goes out."""

from __future__ import annotations

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.web.gate import Gate


@pytest.mark.parametrize("status", [200, 204])
async def test_a_request_is_in_the_log_before_anything_of_its_answer_is_out(
    server: DemoServer, status: int
) -> None:
    gate = Gate(Response(status_code=status), server.org)
    logged: list[int] = []

    async def send(message: Message) -> None:
        logged.append(len(server.org.log.entries()))

    await gate(_request(), _nothing, send)
    assert logged == [1, 1]


async def test_an_answer_in_pieces_is_in_the_log_before_its_last_piece(server: DemoServer) -> None:
    gate = Gate(_in_pieces, server.org)
    sent: list[tuple[str, int]] = []

    async def send(message: Message) -> None:
        sent.append((message["type"].removeprefix("http.response."), len(server.org.log.entries())))

    await gate(_request(), _nothing, send)
    assert sent == [("start", 0), ("body", 0), ("body", 1)]


@pytest.fixture(autouse=True)
def empty_log(server: DemoServer) -> None:
    server.clear_log()


async def _in_pieces(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"a", "more_body": True})
    await send({"type": "http.response.body", "body": b"b", "more_body": False})


def _request() -> dict[str, object]:
    return {
        "type": "http",
        "method": "GET",
        "path": "/x",
        "query_string": b"",
        "headers": [],
        "raw_path": b"/x",
    }


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
