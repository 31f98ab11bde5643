"""Faults by their short names: what a client meets when it asks for one of them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.web.namedfaults import NAMED
from tests.demo.conftest import V

LIMITS, DESCRIBE = f"{V}/limits", f"{V}/sobjects/Account/describe"
HTML = "text/html;charset=UTF-8"


@pytest.fixture(autouse=True)
def clean(server: DemoServer) -> Iterator[None]:
    server.clear_log()
    yield
    server.faults()


@pytest.fixture
def contact(http: httpx.Client) -> str:
    """The path of a new contact."""
    made = http.post(f"{V}/sobjects/Contact", json={"LastName": "Mine", "Title": "Clerk"})
    return str(made.headers["Location"])


@pytest.mark.parametrize(
    ("name", "status", "code", "message"),
    [
        ("lock_row", 400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record"),
        ("request_limit", 403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
        ("unavailable", 503, "SERVER_UNAVAILABLE", "The server is temporarily unavailable"),
        ("server_error", 500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
    ],
)
def test_an_org_that_can_not_just_now_says_so(
    server: DemoServer, http: httpx.Client, name: str, status: int, code: str, message: str
) -> None:
    server.faults({"path": "/limits", "fault": name})
    answer = http.get(LIMITS)
    (error,) = answer.json()
    assert (answer.status_code, error["errorCode"]) == (status, code)
    assert error["message"].startswith(message)
    assert answer.headers.get("Retry-After") == ("1" if status == 503 else None)
    assert http.get(LIMITS).status_code == 200


@pytest.mark.parametrize(("name", "status"), [("bad_gateway", 502), ("maintenance", 200)])
def test_what_stands_before_an_org_answers_with_a_page(
    server: DemoServer, http: httpx.Client, name: str, status: int
) -> None:
    server.faults({"path": "/limits", "fault": name})
    answer = http.get(LIMITS)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, HTML)
    assert answer.text.startswith("<html>")


def test_a_redirect_leads_to_another_host_that_may_be_named(server: DemoServer, http: httpx.Client) -> None:
    server.faults(
        {"path": "/limits", "fault": "redirect"},
        {"path": "/limits", "fault": "redirect", "headers": {"location": "http://127.0.0.1:9/x"}},
    )
    found = [http.get(LIMITS) for _ in range(2)]
    assert [each.status_code for each in found] == [302, 302]
    assert [each.headers["Location"] for each in found] == [
        "https://elsewhere.example/",
        "http://127.0.0.1:9/x",
    ]


def test_a_session_that_expires_stays_expired(server: DemoServer) -> None:
    token = server.org.sessions.open(server.org.administrator.id).token
    server.faults({"path": "/limits", "fault": "expired_session"})
    headers = {"Authorization": f"Bearer {token}"}
    for _ in range(2):
        assert httpx.get(server.url + LIMITS, headers=headers).json()[0]["errorCode"] == "INVALID_SESSION_ID"


def test_a_stale_locator_stays_stale(server: DemoServer, http: httpx.Client) -> None:
    first = http.get(f"{V}/query", params={"q": "SELECT Id FROM Contact"}).json()
    server.faults({"path": "/query/", "after": 1, "fault": "stale_locator"})
    assert http.get(first["nextRecordsUrl"]).status_code == 200
    for _ in range(2):
        answer = http.get(first["nextRecordsUrl"])
        assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_QUERY_LOCATOR")


def test_another_user_edits_the_record_just_before_it_is_saved(
    server: DemoServer, http: httpx.Client, contact: str
) -> None:
    before = http.get(contact).json()
    theirs = {"fields": {"Title": "Theirs"}}
    server.faults({"path": "/Contact/", "method": "PATCH", "fault": "conflict", "touch": theirs})
    read = http.get(contact).json()
    assert (read["Title"], read["SystemModstamp"]) == ("Clerk", before["SystemModstamp"])
    headers = {"If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"}
    assert http.patch(contact, json={"Department": "Ours"}, headers=headers).status_code == 412
    after = http.get(contact).json()
    assert (after["Title"], after["Department"]) == ("Theirs", None)
    assert after["LastModifiedById"] != before["LastModifiedById"]


def test_a_conflict_without_fields_moves_the_stamp(
    server: DemoServer, http: httpx.Client, contact: str
) -> None:
    before = http.get(contact).json()
    server.faults({"path": "/Contact/", "fault": "conflict"})
    assert http.get(contact).json()["SystemModstamp"] > before["SystemModstamp"]


def test_a_conflict_may_be_about_another_record_than_that_of_the_path(
    server: DemoServer, http: httpx.Client, contact: str
) -> None:
    touch = {"id": contact[-18:], "fields": {"Title": "Theirs"}}
    server.faults({"path": "/composite", "touch": touch})
    read = {"method": "GET", "url": f"{contact}?fields=Title", "referenceId": "A"}
    (answer,) = http.post(f"{V}/composite", json={"compositeRequest": [read]}).json()["compositeResponse"]
    assert answer["body"]["Title"] == "Theirs"


@pytest.mark.parametrize(
    ("path", "touch", "code"),
    [
        (LIMITS, {}, "INVALID_INPUT"),
        (LIMITS, {"id": "0035g00000zzzzz"}, "INVALID_CROSS_REFERENCE_KEY"),
        (f"{V}/sobjects/Contact/0035g0000000001AAA", {"fields": {"Nope": 1}}, "INVALID_FIELD"),
    ],
)
def test_an_edit_that_can_not_be_is_the_answer(
    server: DemoServer, http: httpx.Client, path: str, touch: dict[str, Any], code: str
) -> None:
    server.faults({"touch": touch})
    assert http.get(path).json()[0]["errorCode"] == code


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize("name", ["truncated_json", "invalid_json"])
def test_json_is_damaged_in_an_answer_that_is_whole(
    server: DemoServer, http: httpx.Client, name: str, encoding: str
) -> None:
    whole = http.get(DESCRIBE)
    server.faults({"path": "/describe", "fault": name})
    answer = http.get(DESCRIBE, headers={"Accept-Encoding": encoding})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, whole.headers["Content-Type"])
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    with pytest.raises(ValueError, match=r"line 1 column \d+"):
        answer.json()


def test_gzip_ends_in_the_middle_of_an_answer_that_is_whole(server: DemoServer, http: httpx.Client) -> None:
    server.faults({"path": "/describe", "fault": "truncated_gzip"})
    with http.stream("GET", DESCRIBE) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert raw[:2] == b"\x1f\x8b"
    assert len(raw) == int(answer.headers["Content-Length"])
    server.faults({"path": "/describe", "fault": "truncated_gzip"})
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|Invalid"):
        http.get(DESCRIBE).json()


def test_an_answer_without_a_body_can_not_be_damaged(
    server: DemoServer, http: httpx.Client, contact: str
) -> None:
    server.faults({"method": "PATCH", "fault": "truncated_gzip"}, {"status": 204, "body": "text"})
    changed = http.patch(contact, json={"Title": "Clerk"})
    assert (changed.status_code, changed.content) == (204, b"")
    assert "content-encoding" not in changed.headers
    assert http.get(LIMITS).status_code == 204


def test_the_content_type_is_not_that_of_the_body(server: DemoServer, http: httpx.Client) -> None:
    server.faults({"path": "/limits", "fault": "wrong_type"})
    answer = http.get(LIMITS)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, HTML)
    assert "DailyApiRequests" in answer.json()


@pytest.mark.parametrize("name", ["drop", "half"])
def test_a_connection_is_cut(server: DemoServer, http: httpx.Client, name: str) -> None:
    server.faults({"path": "/limits", "fault": name})
    with pytest.raises(httpx.TransportError):
        http.get(LIMITS)


@pytest.mark.parametrize(("name", "status"), [("stall", 0), ("stall_half", 200)])
def test_a_stall_lasts_until_the_client_leaves(
    server: DemoServer, http: httpx.Client, name: str, status: int
) -> None:
    server.faults({"path": "/limits", "fault": name})
    with pytest.raises(httpx.ReadTimeout):
        http.get(LIMITS, timeout=0.2)
    assert wait_for(server.log)[0]["status"] == status


def test_a_stall_ends_with_the_faults(server: DemoServer) -> None:
    server.faults({"path": "/limits", "fault": "stall"})
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=20) as client:
        client.sendall(f"GET {LIMITS} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        wait_for(lambda: server.org.faults.stalls)
        server.faults()
        assert client.recv(1) == b""


def test_a_stall_does_not_hold_up_an_org_that_ends(caplog: pytest.LogCaptureFixture) -> None:
    with DemoServer() as org:
        org.faults({"path": "/limits", "fault": "stall"})
        held = threading.Thread(target=_ask, args=(org.url + LIMITS,))
        held.start()
        wait_for(lambda: org.org.faults.stalls)
    held.join(10)
    assert not held.is_alive()
    # What is still held after a second is cancelled, and the listener complains of it.
    assert caplog.messages == []


def _ask(url: str) -> None:
    with pytest.raises(httpx.TransportError):
        httpx.get(url, timeout=20)


def wait_for(found: Callable[[], Any]) -> Any:
    """What something says once it says anything."""
    until = time.monotonic() + 10
    while not (said := found()):
        assert time.monotonic() < until
    return said


def test_a_fault_may_begin_after_some_requests(server: DemoServer, http: httpx.Client) -> None:
    server.faults({"path": "/limits", "after": 2, "count": 2, "fault": "lock_row"})
    assert [http.get(LIMITS).status_code for _ in range(5)] == [200, 200, 400, 400, 200]


def test_a_name_that_no_fault_has_is_refused_with_those_that_there_are(http: httpx.Client) -> None:
    for name in ("locked", "", 5, ["lock_row"]):
        (error,) = http.post("/__demo__/faults", json={"fault": name}).json()
        assert error["message"].startswith(
            f"there is no fault {name!r}; the faults are bad_gateway, conflict"
        )
        assert all(known in error["message"] for known in NAMED)


def test_the_list_of_faults_can_be_sent_again(http: httpx.Client) -> None:
    rules = [{"path": "/never", "fault": name} for name in NAMED]
    told = http.post("/__demo__/faults", json=rules).json()
    assert http.delete("/__demo__/faults").status_code == 204
    assert http.post("/__demo__/faults", json=told).json() == told
