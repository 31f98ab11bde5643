"""Hosts that fail, each in its own way, over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Callable

import pytest

from sfexplorer.client import (
    Connection,
    ConnectionFailed,
    Exchange,
    ForeignUrl,
    InsecureUrl,
    OAuth,
    Org,
    RequestRefused,
    RequestTimeout,
    Retry,
    SalesforceError,
    Secret,
    ServerFailed,
    SObject,
    Timeouts,
    UnexpectedReply,
)
from sfexplorer.client.exchange import Call
from sfexplorer.client.policies import Policies
from sfexplorer.client.wire import Wire

from .conftest import MakeHost, answer

OrgAt = Callable[..., Org]
Connect = Callable[..., Connection]

QUICK = Retry(first_pause=0.001)
VERSIONS = [{"label": "Winter '24", "url": "/services/data/v59.0", "version": "59.0"}]


@pytest.fixture
def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


async def test_a_refused_connection_names_the_host_and_what_to_do(connect: Connect, closed_port: int) -> None:
    connection = connect(login_url=f"http://127.0.0.1:{closed_port}", retry=QUICK)
    with pytest.raises(ConnectionFailed) as caught:
        await connection.versions()
    assert caught.value.reason == "refused"
    assert f"127.0.0.1:{closed_port}" in caught.value.message
    assert "running" in caught.value.hint
    assert caught.value.__context__ is None


async def test_an_unknown_host_is_told_from_a_refusal(connect: Connect) -> None:
    connection = connect(login_url="https://no-such-org.invalid", retry=QUICK)
    with pytest.raises(ConnectionFailed) as caught:
        await connection.versions()
    assert caught.value.reason == "unknown host"
    assert "spelling" in caught.value.hint


async def test_a_host_that_does_not_speak_tls_is_named(connect: Connect) -> None:
    async def speak_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer(400))
        writer.close()

    async with await asyncio.start_server(speak_plainly, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectionFailed) as caught:
            await connect(login_url=f"https://127.0.0.1:{port}").versions()
    assert caught.value.reason == "tls"
    assert "does not speak TLS" in caught.value.message


async def test_a_proxy_of_the_environment_is_used_for_https_and_not_for_this_machine(
    connect: Connect, make_host: MakeHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = await make_host(answer(502))
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(ConnectionFailed) as caught:
        await connect(login_url="https://acme.my.salesforce.com").versions()
    assert caught.value.reason == "proxy"
    assert (proxy.seen[0].method, proxy.seen[0].target) == ("CONNECT", "acme.my.salesforce.com:443")
    host = await make_host(answer(200, VERSIONS))
    assert (await connect(login_url=host.url).versions())[0].version == "59.0"


async def test_a_host_that_takes_too_long_is_given_up(connect: Connect) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(RequestTimeout) as caught:
            await connect(login_url=f"http://127.0.0.1:{port}", timeout=Timeouts(read=0.05)).versions()
    assert "too long" in caught.value.message


@pytest.mark.parametrize(
    ("junk", "kind"),
    [
        (b"", ConnectionFailed),  # hangs up without a word
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", UnexpectedReply),
        (answer(200, b"{not json"), UnexpectedReply),
        (answer(200, b"<html>login here</html>", Content_Type="text/html"), UnexpectedReply),
        (answer(200, {"unexpected": 1}), UnexpectedReply),
        (answer(200, []), UnexpectedReply),
        (answer(200, b"[" * 100_000), UnexpectedReply),
        (answer(200, b"\xff\xfe"), UnexpectedReply),
        (answer(200, gzip.compress(b"[]", mtime=0)[:-9], Content_Encoding="gzip"), UnexpectedReply),
        (answer(200, b"not gzip", Content_Encoding="gzip"), UnexpectedReply),
        (answer(200, VERSIONS)[:-5], ConnectionFailed),  # hangs up within the body
        (answer(404, b"nginx"), UnexpectedReply),
        (answer(503, b"<html>maintenance</html>"), ServerFailed),
        (answer(414, b"too long"), RequestRefused),
    ],
)
async def test_junk_is_a_typed_error_with_a_hint(
    connect: Connect, make_host: MakeHost, junk: bytes, kind: type[SalesforceError]
) -> None:
    host = await make_host(junk)
    with pytest.raises(SalesforceError) as caught:
        await connect(login_url=host.url, retry=QUICK).versions()
    assert type(caught.value) is kind
    assert caught.value.hint
    assert caught.value.__context__ is None


async def test_an_answer_that_is_too_big_is_not_read_to_its_end(make_host: MakeHost) -> None:
    host = await make_host(answer(200, gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip"))
    wire = Wire(Policies(retry=QUICK, largest_body=1_000_000))
    with pytest.raises(UnexpectedReply, match="too big"):
        await wire.send(Call("GET", "/"), host.url)
    await wire.aclose()


@pytest.mark.parametrize("scheme", ["http:", ""])
async def test_a_redirect_to_another_host_is_refused_and_the_token_stays_here(
    org_at: OrgAt, make_host: MakeHost, scheme: str
) -> None:
    other = await make_host(answer(200, {}))
    host = await make_host(answer(302, b"", Location=other.url.replace("http:", scheme) + "/services/data"))
    with pytest.raises(ForeignUrl):
        await org_at(host).limits()
    assert other.seen == []


@pytest.mark.parametrize("path", ["x@{other}/limits", "@{other}/limits", "//{other}/limits", "limits", ""])
async def test_a_path_that_would_lead_elsewhere_is_refused_before_anything_is_sent(
    make_host: MakeHost, path: str
) -> None:
    host, other = await make_host(answer(200, {})), await make_host(answer(200, {}))
    wire = Wire(Policies(retry=QUICK))
    there = path.format(other=other.url.removeprefix("http://"))
    with pytest.raises(ForeignUrl):
        await wire.send(Call("GET", there), host.url, Secret("token-in-hand"))
    await wire.aclose()
    assert host.seen == other.seen == []


@pytest.mark.parametrize("target", ["/elsewhere", "elsewhere", ""])
async def test_a_redirect_on_the_same_host_is_not_followed_either(
    org_at: OrgAt, make_host: MakeHost, target: str
) -> None:
    host = await make_host(answer(307, b"", Location=target))
    with pytest.raises(UnexpectedReply, match="redirects"):
        await org_at(host).limits()
    assert len(host.seen) == 1


async def test_plain_http_to_another_machine_is_refused_before_anything_is_sent(connect: Connect) -> None:
    with pytest.raises(InsecureUrl):
        connect(login_url="http://acme.my.salesforce.com")


async def test_cookies_are_not_kept(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(answer(200, {}, Set_Cookie="sid=someone; Path=/"))
    org = org_at(host)
    await org.limits()
    await org.limits()
    assert len(host.seen) == 2
    assert all("cookie" not in request.headers for request in host.seen)
    assert host.seen[0].headers["authorization"] == "Bearer 00Dxx!token-in-hand"
    assert host.seen[0].headers["user-agent"].startswith("sfexplorer/")


@pytest.mark.parametrize("first", [answer(503), answer(502, b"<html>"), answer(504, Retry_After="0"), b""])
async def test_a_read_is_sent_again_after_a_passing_failure(
    org_at: OrgAt, make_host: MakeHost, first: bytes
) -> None:
    host = await make_host(first, answer(200, {"X": {"Max": 5, "Remaining": 4}}))
    limits = await org_at(host, retry=QUICK).limits()
    assert (limits["X"].maximum, limits["X"].remaining) == (5, 4)
    assert len(host.seen) == 2


async def test_a_read_is_tried_three_times_and_no_more(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(answer(503))
    with pytest.raises(ServerFailed):
        await org_at(host, retry=QUICK).limits()
    assert len(host.seen) == 3


@pytest.mark.parametrize("later", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT"])
async def test_a_long_retry_after_is_not_waited_for(org_at: OrgAt, make_host: MakeHost, later: str) -> None:
    host = await make_host(answer(503, Retry_After=later))
    with pytest.raises(ServerFailed):
        await org_at(host).limits()
    assert len(host.seen) == 1


@pytest.mark.parametrize("failure", [answer(503), b""])
async def test_an_insert_is_never_sent_twice(org_at: OrgAt, make_host: MakeHost, failure: bytes) -> None:
    host = await make_host(failure)
    record = SObject("Account", Name="Acme")
    with pytest.raises(SalesforceError):
        await org_at(host, retry=QUICK).insert(record)
    assert len(host.seen) == 1
    assert record.changes == {"Name": "Acme"}
    assert record.id is None


async def test_a_closed_connection_says_so(connect: Connect, make_host: MakeHost) -> None:
    host = await make_host(answer(200, VERSIONS))
    async with connect(login_url=host.url) as connection:
        await connection.versions()
    with pytest.raises(ConnectionFailed, match="closed"):
        await connection.versions()


async def test_listeners_hear_of_each_request_and_of_nothing_secret(make_host: MakeHost) -> None:
    host = await make_host(
        answer(200, {}, Sforce_Limit_Info="api-usage=18/15000; per-app-api-usage=1/2(appName=x)")
    )
    heard: list[Exchange] = []
    connection = Connection(api_version="60.0")
    unlisten = connection.listen(heard.append)
    async with connection:
        org = connection.org(OAuth("00Dxx!token-in-hand", host.url))
        await org.limits()
        unlisten()
        unlisten()
        await org.limits()
    (exchange,) = heard
    assert (exchange.method, exchange.path, exchange.status) == ("GET", "/services/data/v60.0/limits", 200)
    assert (exchange.api_used, exchange.api_limit, exchange.bytes_received) == (18, 15000, 2)
    assert exchange.seconds > 0
    assert "token" not in repr(exchange)


async def test_a_listener_that_fails_breaks_no_request_and_leaves_the_others_listening(
    connect: Connect, make_host: MakeHost, caplog: pytest.LogCaptureFixture
) -> None:
    host = await make_host(answer(200, {}))
    heard: list[Exchange] = []

    def fail(exchange: Exchange) -> None:
        raise RuntimeError("no screen to draw on")

    connection = connect(api_version="60.0")
    connection.listen(fail)
    connection.listen(heard.append)
    assert await connection.org(OAuth("00Dxx!token-in-hand", host.url)).limits() == {}
    assert len(heard) == 1
    (record,) = caplog.records
    assert record.name.startswith("sfexplorer")
    assert "no screen to draw on" in caplog.text
    assert "token-in-hand" not in caplog.text


async def test_listeners_hear_of_failures_too(connect: Connect, closed_port: int) -> None:
    heard: list[Exchange] = []
    connection = connect(login_url=f"http://127.0.0.1:{closed_port}", retry=Retry(tries=1))
    connection.listen(heard.append)
    with pytest.raises(ConnectionFailed):
        await connection.versions()
    assert [(each.status, each.api_used, each.bytes_received) for each in heard] == [(None, None, 0)]


async def test_a_token_that_no_header_can_hold_is_refused_without_showing_it(
    connect: Connect, make_host: MakeHost, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    host = await make_host(answer(200, {}))
    org = connect(api_version="60.0").org(OAuth("00D!pasted\nwith a break", host.url))
    with pytest.raises(RequestRefused) as caught:
        await org.limits()
    assert "pasted" not in str(caught.value) + caplog.text
    assert host.seen == []
