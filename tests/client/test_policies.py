"""How a connection behaves: what it repeats and why, how much at once, packed or not, by which road."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from sfexplorer.client import (
    Connection,
    ConnectionFailed,
    Exchange,
    LimitExceeded,
    OAuth,
    Org,
    RequestTimeout,
    Retry,
    RowLocked,
    SalesforceError,
    ServerFailed,
    SObject,
    Timeouts,
)

from .conftest import MakeHost, ScriptedHost, Seen, answer

Connect = Callable[..., Connection]
OrgAt = Callable[..., Org]

QUICK = Retry(first_pause=0.001)
LOCKED = answer(400, [{"errorCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access"}])
LIMIT = [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]
AT_ONCE = [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "ConcurrentRequests Limit exceeded."}]
ACCOUNT = "001000000000001AAA"


def loaded() -> SObject:
    return SObject("Account", Id=ACCOUNT)


async def test_an_update_and_a_deletion_are_repeated_while_the_row_is_locked(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    host = await make_host(LOCKED, answer(204, b""), LOCKED, LOCKED, answer(204, b""))
    org = org_at(host, retry=QUICK)
    changed = loaded()
    changed["Name"] = "Acme"
    await org.update(changed, force=True)
    await org.delete(loaded())
    assert [seen.method for seen in host.seen] == ["PATCH", "PATCH", "DELETE", "DELETE", "DELETE"]
    assert host.seen[0].body == host.seen[1].body


async def test_a_row_that_stays_locked_is_told_in_the_end(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(LOCKED)
    with pytest.raises(RowLocked):
        await org_at(host, retry=QUICK).delete(loaded())
    assert len(host.seen) == 3


@pytest.mark.parametrize("failure", [answer(503), b"", answer(502, b"<html>"), answer(429)])
async def test_an_update_that_may_have_been_done_is_not_repeated(
    org_at: OrgAt, make_host: MakeHost, failure: bytes
) -> None:
    host = await make_host(failure)
    with pytest.raises(SalesforceError):
        await org_at(host, retry=QUICK).delete(loaded())
    assert len(host.seen) == 1


async def test_an_insert_is_not_repeated_even_when_a_row_was_locked(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    host = await make_host(LOCKED, answer(201, {"id": ACCOUNT, "success": True, "errors": []}))
    with pytest.raises(RowLocked):
        await org_at(host, retry=QUICK).insert(SObject("Account", Name="Acme"))
    assert len(host.seen) == 1


async def test_too_many_at_once_is_waited_for_and_too_many_a_day_is_not(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    host = await make_host(answer(403, AT_ONCE), answer(200, {}), answer(403, LIMIT))
    org = org_at(host, retry=QUICK)
    assert await org.limits() == {}
    with pytest.raises(LimitExceeded):
        await org.limits()
    assert len(host.seen) == 3


async def test_each_try_tells_its_number_and_why_it_was_made(
    org_at: OrgAt, connect: Connect, make_host: MakeHost
) -> None:
    host = await make_host(answer(503), b"", answer(200, {}))
    heard: list[Exchange] = []
    connection = connect(api_version="60.0", retry=QUICK)
    connection.listen(heard.append)
    await connection.org(OAuth("00Dxx!token-in-hand", host.url)).limits()
    assert [(each.attempt, each.status) for each in heard] == [(1, 503), (2, None), (3, 200)]
    assert heard[0].because == ""
    assert "503" in heard[1].because
    assert "lost" in heard[2].because


@pytest.mark.parametrize(
    "told", ["nonsense", "-1", "9" * 5000, "Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 99 Foo 2026", "²"]
)
async def test_a_senseless_retry_after_breaks_nothing(org_at: OrgAt, make_host: MakeHost, told: str) -> None:
    host = await make_host(answer(503, Retry_After=told), answer(200, {}))
    org = org_at(host, retry=QUICK)
    if told == "9" * 5000:
        with pytest.raises(ServerFailed):
            await org.limits()
    else:
        assert await org.limits() == {}


async def test_retry_after_is_waited_for(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(answer(503, Retry_After="1"), answer(200, {}))
    started = asyncio.get_running_loop().time()
    await org_at(host, retry=QUICK).limits()
    assert asyncio.get_running_loop().time() - started >= 1


class Crowd:
    """A host that holds its answers back, and remembers how many waited for them at once."""

    def __init__(self) -> None:
        self.most = self.now = 0
        self.open = asyncio.Event()
        self.came = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.now += 1
        self.most = max(self.most, self.now)
        self.came.set()
        await self.open.wait()
        self.now -= 1
        writer.write(answer(200, {}))
        writer.close()


@asynccontextmanager
async def crowd_at(connection: Connection) -> AsyncIterator[tuple[Crowd, Org]]:
    crowd = Crowd()
    async with await asyncio.start_server(crowd.serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield crowd, connection.org(OAuth("00Dxx!token-in-hand", f"http://127.0.0.1:{port}"))
        await connection.aclose()


async def test_no_more_requests_are_under_way_than_allowed(connect: Connect) -> None:
    async with crowd_at(connect(api_version="60.0", concurrency=3)) as (crowd, org):
        asking = [asyncio.create_task(org.limits()) for _ in range(12)]
        await crowd.came.wait()
        crowd.open.set()
        await asyncio.gather(*asking)
        assert crowd.most <= 3


async def test_waiting_for_a_place_can_be_cancelled_and_takes_none(connect: Connect) -> None:
    async with crowd_at(connect(api_version="60.0", concurrency=1)) as (crowd, org):
        first = asyncio.create_task(org.limits())
        await crowd.came.wait()
        second = asyncio.create_task(org.limits())
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        crowd.open.set()
        await first
        assert await org.limits() == {}


async def test_waiting_for_a_place_ends_in_time(connect: Connect) -> None:
    connection = connect(api_version="60.0", concurrency=1, timeout=Timeouts(pool=0.05))
    async with crowd_at(connection) as (crowd, org):
        first = asyncio.create_task(org.limits())
        await crowd.came.wait()
        with pytest.raises(RequestTimeout, match="too many requests"):
            await org.limits()
        crowd.open.set()
        await first


async def test_a_big_body_goes_out_packed_and_a_small_one_as_it_is(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    host = await make_host(answer(201, {"id": ACCOUNT, "success": True, "errors": []}))
    org = org_at(host, compress_from=1000)
    for size in (10, 2000, 500_000):
        await org.insert(SObject("Account", Description="x" * size))
    small, big, bigger = host.seen
    assert "content-encoding" not in small.headers
    for seen, size in ((big, 2000), (bigger, 500_000)):
        assert seen.headers["content-encoding"] == "gzip"
        assert len(seen.body) < size
        assert f'"{"x" * size}"'.encode() in gzip.decompress(seen.body)


async def test_a_packed_body_is_taken_by_the_demo_org(org: Org) -> None:
    made = await org.insert(
        SObject("Account", Name="Packed", Description="much " * 6000 + str(range(20_000)))
    )
    again = SObject("Account", Id=made.id)
    again["Description"] = "".join(chr(97 + number % 26) for number in range(31_000))
    await org.update(again, force=True)
    assert (await org.retrieve("Account", made.id or "")).get("Description") == again["Description"]


async def test_none_is_packed_where_that_is_switched_off(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(answer(201, {"id": ACCOUNT, "success": True, "errors": []}))
    await org_at(host, compress_from=None).insert(SObject("Account", Description="x" * 200_000))
    assert "content-encoding" not in host.seen[0].headers


async def test_the_user_agent_can_be_set(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(answer(200, {}))
    await org_at(host, user_agent="acme-sync/2.0").limits()
    assert host.seen[0].headers["user-agent"] == "acme-sync/2.0"


@pytest.mark.parametrize(
    "setting",
    [
        {"user_agent": "two\nlines"},
        {"user_agent": "ünit"},
        {"concurrency": 0},
        {"proxy": "proxy.example.com:8080"},
        {"proxy": "ftp://user:open-sesame@proxy.example.com"},
        {"proxy": "http://user:open-sesame@proxy.example.com:port"},
        {"verify": "/nowhere/at/all.pem"},
    ],
)
def test_a_setting_that_cannot_be_followed_is_refused_at_once(setting: dict[str, str]) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - each has a text of its own
        Connection(**setting)  # type: ignore[arg-type]  # wrong on purpose
    assert "open-sesame" not in str(caught.value)


async def test_a_proxy_that_was_set_goes_before_the_environments_and_hides_its_password(
    connect: Connect, make_host: MakeHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, other = await make_host(answer(502)), await make_host(answer(502))
    monkeypatch.setenv("HTTPS_PROXY", other.url)
    address = wanted.url.replace("http://", "http://ada:open-sesame@")
    connection = connect(login_url="https://acme.my.salesforce.com", proxy=address, retry=QUICK)
    with pytest.raises(ConnectionFailed) as caught:
        await connection.versions()
    assert caught.value.reason == "proxy"
    assert "open-sesame" not in str(caught.value)
    assert (wanted.seen[0].method, other.seen) == ("CONNECT", [])
    assert wanted.seen[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "broken", ["127.0.0.1:1", "no-such-proxy.invalid", "foo://ada:open-sesame@x", "http://ada:open-sesame@[x"]
)
async def test_a_broken_proxy_of_the_environment_is_a_typed_error(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", broken)
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(ConnectionFailed) as caught:
        await connect(login_url="https://acme.my.salesforce.com", retry=Retry(tries=1)).versions()
    assert caught.value.reason == "proxy"
    assert "open-sesame" not in f"{caught.value!r} {caught.value.hint}"


@asynccontextmanager
async def tls_host(authority: trustme.CA) -> AsyncIterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    host = ScriptedHost([answer(200, [{"version": "59.0", "url": "/services/data/v59.0"}])])
    async with await asyncio.start_server(host.serve, "127.0.0.1", 0, ssl=context) as server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


async def test_an_authority_of_ones_own_is_trusted_where_it_is_named(
    connect: Connect, authority: trustme.CA, tmp_path: Path
) -> None:
    file = tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.create_default_context(cafile=file)
    async with tls_host(authority) as url:
        for verify in (file, str(file), context):
            assert (await connect(login_url=url, verify=verify).versions())[0].version == "59.0"
        with pytest.raises(ConnectionFailed) as caught:
            await connect(login_url=url, retry=QUICK).versions()
    assert caught.value.reason == "tls"


async def test_certificates_that_cannot_be_read_are_a_typed_error(connect: Connect, tmp_path: Path) -> None:
    file = tmp_path / "company.pem"
    file.write_text("no certificate")
    with pytest.raises(ConnectionFailed) as caught:
        await connect(login_url="https://127.0.0.1:1", verify=file).versions()
    assert caught.value.reason == "tls"
    assert "SSL_CERT_FILE" in caught.value.hint


async def test_a_stream_of_empty_gzip_members_is_not_kept_for_ever(
    connect: Connect, make_host: MakeHost
) -> None:
    def members(_: Seen) -> bytes:
        return answer(200, gzip.compress(b"") * 20_000, Content_Encoding="gzip")

    host = await make_host(members)
    with pytest.raises(SalesforceError, match="too big"):
        await connect(login_url=host.url, largest_body=100_000).versions()
