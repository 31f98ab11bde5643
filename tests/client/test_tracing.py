"""What a request log hears, and what it never does."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.client import (
    Connection,
    ConnectionFailed,
    Grant,
    OAuth,
    PasswordGrant,
    RefreshTokenGrant,
    RequestSent,
    ResponseArrived,
    Retry,
    SoapGrant,
)
from sfexplorer.client.masking import is_secret_name, masked_body, masked_headers, masked_url

from .conftest import MakeHost, answer

Connect = Callable[..., Connection]

TOKEN = "00D000000000001!AQ0AQH.top-secret_token"
SOAP = (
    b'<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"'
    b' xmlns="urn:partner.soap.sforce.com"><e:Body><loginResponse><result><serverUrl>%s</serverUrl>'
    b"<sessionId>top-secret-session</sessionId></result></loginResponse></e:Body></e:Envelope>"
)


@dataclass
class Log:
    """All that was heard, as a person would read it."""

    requests: list[RequestSent] = field(default_factory=list)
    responses: list[ResponseArrived] = field(default_factory=list)

    @property
    def text(self) -> str:
        shown = [f"{each} {each.headers} {each.body!r} {each.body.text()}" for each in self.requests]
        shown += [f"{each} {each.headers} {each.body!r} {each.body.text()}" for each in self.responses]
        return "\n".join(shown)


def logged(connect: Connect, **options: object) -> tuple[Connection, Log]:
    log = Log()
    traced = {"on_request": log.requests.append, "on_response": log.responses.append}
    return connect(client_id="app", client_secret="app-secret", api_version="60.0", **traced, **options), log


async def test_each_request_and_its_answer_are_told(connect: Connect, make_host: MakeHost) -> None:
    host = await make_host(answer(503), answer(200, {"Max": {"Max": 5, "Remaining": 4}}, X_Told="yes"))
    connection, log = logged(connect, retry=Retry(first_pause=0.001))
    await connection.org(OAuth(TOKEN, host.url)).limits()
    first, second = log.requests
    assert (first.number, first.attempt, first.because) == (1, 1, "")
    assert (second.number, second.attempt) == (2, 2)
    assert "503" in second.because
    assert (first.method, first.url) == ("GET", f"{host.url}/services/data/v60.0/limits")
    assert first.headers["authorization"] == "***"
    assert first.headers["user-agent"].startswith("sfexplorer/")
    answered = log.responses[1]
    assert (answered.request, answered.status, answered.error) == (second, 200, "")
    assert answered.headers["x-told"] == "yes"
    assert answered.body.text() == '{"Max": {"Max": 5, "Remaining": 4}}'
    assert answered.seconds > 0
    assert TOKEN not in log.text


async def test_an_answer_that_never_came_is_told_too(connect: Connect, make_host: MakeHost) -> None:
    host = await make_host(b"")
    connection, log = logged(connect, retry=Retry(tries=1))
    with pytest.raises(ConnectionFailed):
        await connection.org(OAuth(TOKEN, host.url)).limits()
    (answered,) = log.responses
    assert answered.status is None
    assert "lost" in answered.error


async def test_who_stops_listening_hears_no_more(connect: Connect, make_host: MakeHost) -> None:
    host = await make_host(answer(200, {}))
    connection, log = connect(api_version="60.0"), Log()
    leave = connection.trace(on_request=log.requests.append)
    org = connection.org(OAuth(TOKEN, host.url))
    await org.limits()
    leave()
    leave()
    await org.limits()
    assert (len(log.requests), log.responses) == (1, [])


async def test_a_tracer_that_fails_breaks_no_request(
    connect: Connect, make_host: MakeHost, caplog: pytest.LogCaptureFixture
) -> None:
    host = await make_host(answer(200, {}))
    connection = connect(api_version="60.0")

    def fail(event: object) -> None:
        raise RuntimeError("no screen to draw on")

    connection.trace(fail, fail)
    assert await connection.org(OAuth(TOKEN, host.url)).limits() == {}
    assert len(caplog.records) == 2
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("kind", ["password", "refresh", "soap"])
async def test_a_login_is_told_without_password_secret_or_token(
    connect: Connect, make_host: MakeHost, kind: str
) -> None:
    host = await make_host(
        lambda seen: (
            answer(200, SOAP % f"http://{seen.headers['host']}/services/Soap/u/64.0".encode())
            if "Soap" in seen.target
            else answer(
                200,
                {
                    "access_token": TOKEN,
                    "refresh_token": "top-secret-refresh",
                    "instance_url": f"http://{seen.headers['host']}",
                    "id_token": "top-secret.jwt",
                },
                Set_Cookie="sid=top-secret-cookie",
            )
        )
    )
    grants: dict[str, Grant] = {
        "password": PasswordGrant("ada", "open-sesame", "tok-123"),
        "refresh": RefreshTokenGrant("top-secret-refresh"),
        "soap": SoapGrant("ada", "open<sesame", "tok-123"),
    }
    connection, log = logged(connect, login_url=host.url)
    org = await connection.login(grants[kind])
    await org.set_password("005000000000001AAA", "new-secret")
    if kind == "refresh":
        await org.revoke()
    text = log.text
    assert "grant_type=" in text or "urn:login" in text
    for secret in ("open-sesame", "sesame", "tok-123", "app-secret", "top-secret", "new-secret", TOKEN):
        assert secret not in text, secret


async def test_nothing_of_a_trace_can_be_pickled_with_its_bodies(
    connect: Connect, make_host: MakeHost
) -> None:
    host = await make_host(answer(200, {}))
    connection, log = logged(connect)
    await connection.org(OAuth(TOKEN, host.url)).limits()
    for event in (*log.requests, *log.responses):
        with pytest.raises(TypeError):
            pickle.dumps(event)


@pytest.mark.parametrize(
    ("body", "kind", "shown"),
    [
        (b'{"access_token":"x\\"y","n":1}', "application/json", '{"access_token":"***","n":1}'),
        (b'{"Password" : "x", "tokens": ["a"]}', "", '{"Password" : "***", "tokens": "***"}'),
        (b'{"access_token": "cut o', "application/json;charset=UTF-8", '{"access_token": "***"'),
        (b'[{"errorCode":"X","code":"DE"}]', "application/json", '[{"errorCode":"X","code":"DE"}]'),
        (b"code=abc&state=1&a%63cess_token=y", "application/x-www-form-urlencoded",
         "code=***&state=1&a%63cess_token=***"),
        (b"<u:password>a&amp;b</u:password><x>1</x>", "text/xml", "<u:password>***</u:password><x>1</x>"),
        (b'<sessionId xsi:type="s"><![CDATA[a<b]]></sessionId>', "text/xml",
         '<sessionId xsi:type="s">***</sessionId>'),
        (b"<sessionId>cut o", "text/xml", "<sessionId>***"),
        (b"<html>sid 00D000000000001!AQ0.x_y</html>", "text/html", "<html>sid ***</html>"),
        (b"\x00\x01", "application/octet-stream", "<2 bytes of application/octet-stream>"),
        (b"\x89PNG\0", "", "<5 bytes of something>"),
        (b"", "application/json", ""),
    ],
)  # fmt: skip
def test_a_body_shows_all_but_its_secrets(body: bytes, kind: str, shown: str) -> None:
    assert masked_body(body, kind) == shown


def test_of_a_long_body_the_beginning_is_shown() -> None:
    shown = masked_body(b"x" * 250_000, "text/plain")
    assert shown.endswith("... and 150000 bytes more")
    assert len(shown) < 100_100


HOSTILE = {
    "quotes": '"' * 200_000,
    "open keys": '"token' * 40_000,
    "escaped quotes": '\\"' * 100_000,
    "open tags": "<" * 200_000,
    "prefixes": "<a:" * 70_000,
    "pairs": "a=" * 100_000,
    "one name": "a" * 200_000,
    "arrays": '"a":[' * 50_000,
    "bearers": "Bearer " * 30_000,
}


@pytest.mark.parametrize("evil", HOSTILE)
def test_masking_takes_no_longer_for_hostile_texts(evil: str) -> None:
    from time import process_time

    started = process_time()
    for kind in ("application/json", "text/xml", "application/x-www-form-urlencoded"):
        masked_body(HOSTILE[evil].encode(), kind)
    assert process_time() - started < 1


def test_headers_and_urls_are_masked_by_name() -> None:
    told = masked_headers(
        {"Authorization": "Bearer x", "Cookie": "sid=y", "Location": "https://a/cb?code=z&state=1", "X": "1"}
    )
    assert told == {
        "authorization": "***",
        "cookie": "***",
        "location": "https://a/cb?code=***&state=1",
        "x": "1",
    }
    assert masked_url("https://a/secur/frontdoor.jsp?sid=00Dx!y&retURL=/") == (
        "https://a/secur/frontdoor.jsp?sid=***&retURL=/"
    )


@pytest.mark.parametrize(
    "name", ["newPassword", "client_secret", "Security-Token", "code_verifier", "SAMLResponse"]
)
def test_secrets_are_known_by_their_names(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["Name", "BillingPostalCode", "state", "errorCode", "Id"])
def test_other_names_are_no_secrets(name: str) -> None:
    assert not is_secret_name(name)


@given(st.binary(max_size=300), st.sampled_from(["application/json", "text/xml", "", "text/plain"]))
def test_any_bytes_can_be_shown(body: bytes, kind: str) -> None:
    assert isinstance(masked_body(body, kind, "secret"), str)
