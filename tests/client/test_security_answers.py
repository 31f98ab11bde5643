"""Whatever an org answers, what comes out is an answer or one of our errors."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfexplorer.client import Connection, OAuth, Retry, SalesforceError, UnexpectedReply

from .calls import VERBS, logins
from .conftest import MakeHost, answer

ORIGIN = "http://127.0.0.1:4711"
WORDS = """
    id Id success errors records done totalSize nextRecordsUrl attributes type url sobjects fields
    name message errorCode error error_description access_token instance_url results hasErrors
    compositeResponse httpStatusCode body searchRecords Max Remaining ids deletedRecords plans version
    created recentItems objectDescribe elements messageSegments text device_code user_code
    verification_uri interval identity size VersionDataUrl BodyLength LastModifiedDate SystemModstamp
    referenceId isExpired
""".split()  # noqa: SIM905 - easier to read
TEXTS = st.sampled_from(
    [
        *("", "Account", "001000000000001AAA", "UNABLE_TO_LOCK_ROW", "authorization_pending", ORIGIN),
        *("//evil.example", "https://evil.example/x", "/\\evil", "/services/data/v60.0/query/01g-2000"),
        *("2026-11-24T", "10000-01-01T00:00:00.000+0000", "\x00", "\u202e", "9" * 400),
    ]
)
LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.just(10**30) | st.just(1e308) | TEXTS
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=8),
    max_leaves=25,
)
BODIES = st.binary(max_size=60) | JSON.map(msgspec.json.encode)
STATUSES = st.sampled_from([200, 200, 201, 204, 300, 302, 304, 400, 401, 403, 404, 412, 429, 500, 503])
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from(["application/json", "text/html", "\x7f", "application/zip"]),
        "Content-Encoding": st.sampled_from(["gzip", "br", "identity", "x"]),
        "Sforce-Limit-Info": st.sampled_from(["api-usage=1/2", f"api-usage={'9' * 5000}/1", "x"]),
        "Location": st.sampled_from(["", "http://[", "https://evil.example", "/x"]),
        "Retry-After": st.sampled_from(["0", "x", "9" * 400]),
        "Last-Modified": st.sampled_from(["", "yesterday"]),
    },
)


class Answering(httpx.AsyncBaseTransport):
    """Gives the same bytes to each request, as if they had come over the wire; tires in the end."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._answer = (status, headers, body)
        self._left = 60

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._left -= 1
        if self._left < 0:
            raise httpx.ConnectError("no more")
        status, headers, body = self._answer
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


async def only_our_errors(call: Callable[[], Any], name: str) -> None:
    told = True
    try:
        await call()
    except SalesforceError as error:
        told = bool(error.hint and error.message)
    except Exception as error:
        raise AssertionError(f"{name} leaks {type(error).__name__}: {error}") from error
    assert told, f"{name} fails without a word or a hint"


async def try_all(status: int, headers: dict[str, str], body: bytes) -> None:
    for name, verb in VERBS.items():
        transport = Answering(status, headers, body)
        async with Connection(api_version="60.0", transport=transport, retry=Retry(tries=1)) as connection:
            org = connection.org(OAuth("00Dxx!token-in-hand", ORIGIN))
            connection.listen(lambda exchange: None)
            await only_our_errors(lambda verb=verb, org=org: verb(org), name)  # type: ignore[misc]
    transport = Answering(status, headers, body)
    async with Connection(login_url=ORIGIN, transport=transport, retry=Retry(tries=1)) as connection:
        for name, login in logins(connection).items():
            await only_our_errors(login, name)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STATUSES, HEADERS, BODIES)
async def test_no_answer_gives_anything_but_our_own_errors(
    status: int, headers: dict[str, str], body: bytes
) -> None:
    await try_all(status, headers, body)


@pytest.mark.parametrize(
    "body",
    [
        {"id": None, "success": True, "errors": [None]},
        {"records": [{"attributes": None}], "done": True, "totalSize": 1},
        {"records": [{"attributes": {"type": 5}}], "done": True, "totalSize": -1},
        {"records": [], "done": False, "totalSize": 1, "nextRecordsUrl": "https://evil.example/x"},
        {
            "records": [{}, {"a": {"records": [{}], "done": False, "totalSize": 9}}],
            "done": True,
            "totalSize": 2,
        },
        [{"id": 5, "success": "yes"}],
        [{"success": False, "errors": [{"statusCode": "X"}]}],
        {"hasErrors": True, "results": [{"statusCode": 9, "result": []}]},
        {"compositeResponse": [{"body": None, "httpStatusCode": 1, "referenceId": "nobody"}]},
        {"error": "authorization_pending", "interval": -1},
        {"device_code": "x", "user_code": "y", "verification_uri": "z", "interval": 1e300},
        {"access_token": "x", "instance_url": "http://evil.example"},
        {"access_token": "", "instance_url": ""},
        {"deletedRecords": [{"id": "x", "deletedDate": "never"}], "latestDateCovered": "x"},
        {"ids": [1], "latestDateCovered": "9999-99-99T00:00:00.000+0000"},
    ],
)
@pytest.mark.parametrize("status", [200, 400])
async def test_answers_of_almost_the_right_shape_are_told_apart(status: int, body: object) -> None:
    await try_all(status, {}, msgspec.json.encode(body))


@pytest.mark.parametrize("verb", VERBS)
async def test_what_is_nested_too_deep_is_told_as_that(verb: str) -> None:
    body = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    async with Connection(api_version="60.0", transport=Answering(200, {}, body)) as connection:
        org = connection.org(OAuth("00Dxx!token-in-hand", ORIGIN))
        await only_our_errors(lambda: VERBS[verb](org), verb)


@pytest.mark.parametrize("depth", [400, 700, 950])
async def test_parents_of_parents_nested_too_deep_are_told_as_that(depth: int) -> None:
    told = b'{"attributes":{"type":"A"},"P":'
    body = b'{"totalSize":1,"done":true,"records":[' + told * depth + b"null" + b"}" * depth + b"]}"
    async with Connection(api_version="60.0", transport=Answering(200, {}, body)) as connection:
        query = connection.org(OAuth("00Dxx!token-in-hand", ORIGIN)).query("SELECT P FROM A")
        with pytest.raises(UnexpectedReply, match="nested too deep"):
            _ = [record["P"] async for record in query]
        if depth > 400:
            with pytest.raises(UnexpectedReply, match="nested too deep"):
                await query.to_ndjson(StringIO())


async def test_depth_and_size_have_words_of_their_own(
    connect: Callable[..., Connection], make_host: MakeHost
) -> None:
    host = await make_host(answer(200, b"[" * 100_000), answer(200, b" " * 5000))
    org = connect(api_version="60.0", largest_body=4000).org(OAuth("00Dxx!token-in-hand", host.url))
    with pytest.raises(UnexpectedReply, match="too big"):
        await org.limits()
    with pytest.raises(UnexpectedReply, match="too big"):
        await org.limits()
    deep = connect(api_version="60.0").org(
        OAuth("00Dxx!token-in-hand", (await make_host(answer(200, b"[" * 100_000))).url)
    )
    with pytest.raises(UnexpectedReply, match="nested too deep"):
        await deep.get_url("/services/data")
