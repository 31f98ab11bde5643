"""The switches for tests: the log of requests, and faults on demand."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from sfexplorer.demo.application import application
from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.web.log import MASK
from tests.demo.conftest import V

LIMITS = f"{V}/limits"


@pytest.fixture(autouse=True)
def clean(server: DemoServer) -> Iterator[None]:
    server.clear_log()
    yield
    server.faults()


def test_the_log_holds_bodies_and_no_secrets(server: DemoServer, http: httpx.Client) -> None:
    body = {"LastName": "Logged", "Description": None}
    http.post(f"{V}/sobjects/Contact/", json=body)
    secrets = {"password": server.password, "client_secret": server.client_secret, "username": "ada"}
    httpx.post(f"{server.url}/services/oauth2/token", data=secrets)
    httpx.get(f"{server.url}{LIMITS}?oauth_token={server.access_token}&x=1")
    created, login, limits = http.get("/__demo__/log").json()
    assert created["method"] == "POST"
    assert created["path"] == f"{V}/sobjects/Contact"
    assert created["body"] == body
    assert created["status"] == 201
    assert login["body"] == {"password": "********", "client_secret": "********", "username": "ada"}
    assert limits["query"] == "oauth_token=********&x=1"


def test_a_session_within_a_composite_request_is_masked(server: DemoServer, http: httpx.Client) -> None:
    headers = {"Authorization": http.headers["Authorization"], "If-Match": "*"}
    read = {"method": "GET", "url": LIMITS, "referenceId": "A", "httpHeaders": headers}
    http.post(f"{V}/composite", json={"compositeRequest": [read]})
    (entry,) = server.log()
    assert entry["body"]["compositeRequest"][0]["httpHeaders"] == {"Authorization": MASK, "If-Match": "*"}


def test_a_line_of_the_log_stays_one_line(server: DemoServer, http: httpx.Client) -> None:
    http.get("/services/data/x%0AGET%20/y%1B[2J%C3%A9", params={"q": "\n"})
    (entry,) = server.org.log.entries()
    line, _, _ = entry.line.partition(" 404 ")
    assert line == "GET /services/data/x%0AGET%20/y%1B%5B2J%C3%A9?q=%0A"


@pytest.mark.parametrize("method", ["clear", "delete"])
def test_the_log_can_be_cleared(http: httpx.Client, method: str) -> None:
    http.get(LIMITS)
    if method == "clear":
        assert len(http.get("/__demo__/log", params={"clear": "1"}).json()) == 1
    else:
        assert http.delete("/__demo__/log").status_code == 204
    assert http.get("/__demo__/log").json() == []


def test_a_fault_answers_as_told_and_is_then_spent(server: DemoServer, http: httpx.Client) -> None:
    error = [{"errorCode": "SERVER_UNAVAILABLE", "message": "down"}]
    rule = {"path": "/limits$", "count": 2, "status": 503, "body": error, "headers": {"Retry-After": "1"}}
    assert http.post("/__demo__/faults", json=rule).json()[0]["count"] == 2
    assert http.get(f"{V}/sobjects").status_code == 200
    for _ in range(2):
        response = http.get(LIMITS)
        assert (response.status_code, response.json(), response.headers["Retry-After"]) == (503, error, "1")
    assert http.get(LIMITS).status_code == 200
    assert http.get("/__demo__/faults").json() == []


def test_a_connection_can_be_dropped_before_the_answer(server: DemoServer, http: httpx.Client) -> None:
    server.faults({"path": "/limits", "drop": True})
    with pytest.raises(httpx.TransportError):
        http.get(LIMITS)
    assert http.get(LIMITS).status_code == 200
    assert [entry["status"] for entry in server.log()] == [0, 200]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_connection_can_be_dropped_within_the_answer(
    server: DemoServer, http: httpx.Client, encoding: str
) -> None:
    server.faults({"path": "/sobjects", "drop": "half"})
    with pytest.raises(httpx.TransportError):
        http.get(f"{V}/sobjects", headers={"Accept-Encoding": encoding})
    assert http.get(f"{V}/sobjects").status_code == 200


def test_a_session_can_be_made_to_expire(server: DemoServer) -> None:
    token = server.org.sessions.open(server.org.administrator.id).token
    server.faults({"path": "/limits", "expire_session": True})
    headers = {"Authorization": f"Bearer {token}"}
    for _ in range(2):
        response = httpx.get(server.url + LIMITS, headers=headers)
        assert (response.status_code, response.json()[0]["errorCode"]) == (401, "INVALID_SESSION_ID")


def test_latency_delays_the_answer(server: DemoServer, http: httpx.Client) -> None:
    server.faults({"path": "/limits", "latency_ms": 120})
    assert http.get(LIMITS).status_code == 200
    assert server.log()[0]["milliseconds"] >= 120


@pytest.mark.parametrize(
    "rule",
    [
        {"path": "("},
        {"nonsense": 1},
        {"status": 99},
        {"count": 0},
        {"drop": "quarter"},
        {"headers": {"a b": "c"}},
        {"headers": {"X-A": "b\r\nc"}},
        {"headers": {"Content-Length": "5"}},
        {"spoil": "milk"},
        {"stall": "quarter"},
        {"after": -1},
        {"touch": {"ID": "x"}},
        "text",
    ],
)
def test_rules_that_can_not_be_are_refused(http: httpx.Client, rule: object) -> None:
    response = http.post("/__demo__/faults", json=rule)
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALID_INPUT")


PATHS = ["log", "log?clear=1", "faults", "touch", "expire", "locators", "streaming", "nothing"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        # A name that its owner lets lead here, so that the page is of the same origin.
        {"Host": "rebound.example"},
        {"Host": ""},
    ],
    ids=str,
)
def test_pages_of_other_sites_can_not_use_the_switches(
    server: DemoServer, http: httpx.Client, headers: dict[str, str]
) -> None:
    http.get(LIMITS)
    for path in PATHS:
        for method in ("GET", "POST", "DELETE"):
            answer = http.request(method, f"/__demo__/{path}", headers=headers)
            assert answer.status_code in (404, 405), (method, path)
            assert not any(name.startswith("access-control-") for name in answer.headers)
    assert len(server.log()) == 1


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1:1",
        "[::1]:8080",
        "[::1]",
        "0.0.0.0:8080",
        "192.168.1.4",
        "a.my.salesforce.com:443",
    ],
)
def test_addresses_and_the_names_of_the_org_lead_to_no_other_site(http: httpx.Client, host: str) -> None:
    assert http.get("/__demo__/faults", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("switch", ["faults", "touch", "expire", "streaming"])
def test_a_form_can_not_move_the_switches(http: httpx.Client, switch: str, content_type: str | None) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    answer = http.post(f"/__demo__/{switch}", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize(
    ("address", "status"),
    [("127.0.0.1", 200), ("127.8.9.1", 200), ("::1", 200), ("::ffff:127.0.0.1", 200),
     ("10.0.0.7", 404), ("fe80::1%eth0", 404), ("::ffff:10.0.0.7", 404), ("0.0.0.0", 404)],
)  # fmt: skip
async def test_only_this_machine_can_use_the_switches(server: DemoServer, address: str, status: int) -> None:
    """As it is with `--host`, when others reach the org."""
    app = application(server.org)
    transport = httpx.ASGITransport(app=app, client=(address, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
        assert (await client.get("/__demo__/log")).status_code == status
        if status == 404:
            for path in PATHS:
                for method in ("GET", "POST", "DELETE"):
                    answer = await client.request(method, f"/__demo__/{path}", json={})
                    assert answer.status_code in (404, 405), (method, path)


def test_nobody_can_say_that_they_are_somebody_else(server: DemoServer, http: httpx.Client) -> None:
    for name in ("10.0.0.7", "nobody"):
        assert http.get("/__demo__/log", headers={"X-Forwarded-For": name}).status_code == 200
        server.faults({"path": "/limits", "drop": True})
        with pytest.raises(httpx.TransportError):
            http.get(LIMITS, headers={"X-Forwarded-For": name})


@pytest.mark.parametrize(
    ("switch", "body"),
    [
        ("faults", b'{"path": "' + b"(" * 3_000 + b'"}'),
        ("faults", b'{"path": "a{99999999999}"}'),
        ("faults", b"[" * 100_000),
        ("touch", b"[]"),
        ("touch", b'{"id": "0035g0000000001AAA", "fields": {"LastName": {}}}'),
        ("touch", b'{"id": "0035g0000000001AAA", "fields": []}'),
        ("touch", b'{"fields": {}}'),
        ("expire", b"5"),
        ("expire", b'{"tokn": "x"}'),
        ("streaming", b'{"hold_ms": 1e999}'),
    ],
)
def test_what_no_switch_understands_is_refused(http: httpx.Client, switch: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = http.post(f"/__demo__/{switch}", content=body, headers=headers)
    assert answer.status_code == 400
    assert all(error["errorCode"] and error["message"] for error in answer.json())
