"""What is known of an org's objects, and how often the org is asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sfexplorer.client import Connection, NotFound, OAuth, Org, Retry
from sfexplorer.client.background import Background

from .conftest import MakeHost, ScriptedHost, Seen, answer

Connect = Callable[..., Connection]
LAST_WEEK = "Mon, 16 Nov 2026 10:00:00 GMT"


def listed(*names: str) -> bytes:
    body = {"sobjects": [{"name": name, "keyPrefix": f"{number:03}"} for number, name in enumerate(names, 1)]}
    return answer(200, body, Last_Modified=LAST_WEEK)


def described(name: str, *fields: str) -> bytes:
    body = {"name": name, "fields": [{"name": field, "type": "string"} for field in fields]}
    return answer(200, body, Last_Modified=LAST_WEEK)


NOT_THERE = answer(404, [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}])
NOT_MODIFIED = answer(304, b"")


def org_of(connection: Connection, host: ScriptedHost, user: str = "005xx000001X8UzAAK") -> Org:
    identity = f"https://login.salesforce.com/id/00Dxx0000001gPLEAY/{user}"
    return connection.org(OAuth("00Dxx!token-in-hand", host.url, id=identity))


async def names_of(org: Org) -> list[str]:
    return [info.name for info in await org.sobjects()]


@dataclass
class Sessions:
    """Sessions on hosts, one after the other, with one cache."""

    connect: Connect
    folder: Path
    connection: Connection = field(init=False)

    def on(self, host: ScriptedHost, user: str = "005xx000001X8UzAAK", api_version: str = "60.0") -> Org:
        self.connection = self.connect(
            api_version=api_version, describe_cache=self.folder, retry=Retry(first_pause=0.001)
        )
        return org_of(self.connection, host, user)

    async def confirmed(self) -> None:
        """Wait until the org was asked about all that came from the cache."""
        await asyncio.wait_for(self.connection.background.join(), 5)


@pytest.fixture
def sessions(connect: Connect, tmp_path: Path) -> Sessions:
    return Sessions(connect, tmp_path / "kept")


async def test_an_object_is_asked_for_by_the_name_as_given_or_as_the_org_spells_it(
    connect: Connect, make_host: MakeHost
) -> None:
    host = await make_host(described("CamelCase__c"), listed("Account", "CamelCase__c"), described("Account"))
    org = org_of(connect(api_version="60.0"), host)
    assert (await org.describe("CAMELcase__c")).name == "CamelCase__c"
    await org.sobjects()
    await org.describe("ACCOUNT")
    await org.describe("account")
    assert [seen.target.removeprefix("/services/data/v60.0/sobjects") for seen in host.seen] == [
        "/CAMELcase__c/describe",
        "",
        "/Account/describe",
    ]


@pytest.mark.parametrize("name", ["", "../User", "Account/describe?", "Acc\nount", "\ud800", "Ünit"])
async def test_what_can_be_no_name_is_not_asked_for(connect: Connect, make_host: MakeHost, name: str) -> None:
    host = await make_host(described("Account"))
    with pytest.raises(NotFound):
        await org_of(connect(api_version="60.0"), host).describe(name)
    assert host.seen == []


async def test_the_second_session_has_its_list_before_the_org_is_asked(
    sessions: Sessions, make_host: MakeHost
) -> None:
    asked = asyncio.Event()

    def hold(_: Seen) -> bytes:
        asked.set()
        return b""

    host = await make_host(listed("Account"), hold)
    assert await names_of(sessions.on(host)) == ["Account"]
    again = sessions.on(host)
    assert await names_of(again) == ["Account"]
    assert not asked.is_set()
    await asyncio.wait_for(asked.wait(), 5)
    assert await names_of(again) == ["Account"]


async def test_a_kept_describe_is_confirmed_once_a_session(sessions: Sessions, make_host: MakeHost) -> None:
    host = await make_host(described("Account", "Name"), NOT_MODIFIED)
    await sessions.on(host).describe("Account")
    org = sessions.on(host)
    for _ in range(3):
        assert (await org.describe("Account")).field("name") is not None
    await sessions.confirmed()
    _, confirmed = host.seen
    assert confirmed.headers["if-modified-since"] == LAST_WEEK
    assert (await org.describe("account")).field("Name") is not None
    assert len(host.seen) == 2


async def test_what_the_org_has_changed_meanwhile_is_taken_over_and_kept(
    sessions: Sessions, make_host: MakeHost
) -> None:
    host = await make_host(
        described("Account", "Name"), described("Account", "Name", "Tier__c"), NOT_MODIFIED
    )
    await sessions.on(host).describe("Account")
    org = sessions.on(host)
    assert (await org.describe("Account")).field("Tier__c") is None
    await sessions.confirmed()
    for each in (org, sessions.on(host)):
        assert (await each.describe("Account")).field("Tier__c") is not None


async def test_an_object_that_is_gone_is_forgotten(sessions: Sessions, make_host: MakeHost) -> None:
    host = await make_host(described("Old__c"), NOT_THERE)
    await sessions.on(host).describe("Old__c")
    org = sessions.on(host)
    assert (await org.describe("Old__c")).name == "Old__c"
    await sessions.confirmed()
    with pytest.raises(NotFound) as caught:
        await org.describe("Old__c")
    assert "Old__c" in caught.value.message
    with pytest.raises(NotFound):
        await sessions.on(host).describe("Old__c")


async def test_a_refresh_asks_the_org_and_no_cache(sessions: Sessions, make_host: MakeHost) -> None:
    host = await make_host(described("Account", "Name"), described("Account", "Tier__c"))
    await sessions.on(host).describe("Account")
    found = await sessions.on(host).describe("Account", refresh=True)
    assert found.field("Tier__c") is not None
    assert "if-modified-since" not in host.seen[1].headers


@pytest.mark.parametrize("failure", [b"", answer(500, b""), answer(200, b"{not json"), answer(401, b"")])
async def test_a_failed_confirmation_leaves_what_is_kept(
    sessions: Sessions, make_host: MakeHost, failure: bytes
) -> None:
    host = await make_host(listed("Account"), failure)
    await names_of(sessions.on(host))
    for _ in range(2):
        asked = len(host.seen)
        org = sessions.on(host)
        assert await names_of(org) == ["Account"]
        await sessions.confirmed()
        assert len(host.seen) > asked
        assert await names_of(org) == ["Account"]


async def test_users_and_versions_see_nothing_of_each_other(sessions: Sessions, make_host: MakeHost) -> None:
    host = await make_host(listed("One"), listed("Two"), listed("Three"), NOT_MODIFIED)
    others = {"user": "005xx000001X8V0AAK"}, {"api_version": "59.0"}
    seen = [
        await names_of(sessions.on(host)),
        *[await names_of(sessions.on(host, **other)) for other in others],
    ]
    assert seen == [["One"], ["Two"], ["Three"]]
    assert await names_of(sessions.on(host)) == ["One"]


async def test_a_token_that_does_not_tell_its_user_has_nothing_kept(
    connect: Connect, make_host: MakeHost, tmp_path: Path
) -> None:
    host = await make_host(listed("Account"))
    for _ in range(2):
        connection = connect(api_version="60.0", describe_cache=str(tmp_path / "kept"))
        assert await names_of(connection.org(OAuth("00Dxx!token-in-hand", host.url))) == ["Account"]
    assert len(host.seen) == 2
    assert not (tmp_path / "kept").exists()


async def test_offline_the_last_list_is_there(sessions: Sessions, make_host: MakeHost) -> None:
    versions = answer(200, [{"label": "Winter '24", "url": "/services/data/v59.0", "version": "59.0"}])
    host = await make_host(versions, listed("Account"), b"")
    await names_of(sessions.on(host, api_version="latest"))
    assert await names_of(sessions.on(host, api_version="latest")) == ["Account"]


async def test_another_version_is_not_confirmed_by_date(sessions: Sessions, make_host: MakeHost) -> None:
    def offering(*numbers: int) -> bytes:
        return answer(200, [{"url": "", "version": f"{number}.0"} for number in numbers])

    host = await make_host(offering(59), listed("Account"), offering(59, 60), listed("Account", "New"))
    await names_of(sessions.on(host, api_version="latest"))
    org = sessions.on(host, api_version="latest")
    assert await names_of(org) == ["Account"]
    await sessions.confirmed()
    *_, confirmed = host.seen
    assert (confirmed.target, confirmed.headers.get("if-modified-since")) == (
        "/services/data/v60.0/sobjects",
        None,
    )


async def test_the_last_one_who_stops_waiting_ends_the_request(connect: Connect) -> None:
    hung_up, begun = asyncio.Event(), asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        begun.set()
        await reader.read()
        hung_up.set()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        org = connect(api_version="60.0").org(OAuth("00Dxx!token-in-hand", url))
        waiting = [asyncio.create_task(org.describe("Account")) for _ in range(2)]
        await asyncio.wait_for(begun.wait(), 5)
        waiting[0].cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting[0]
        assert not hung_up.is_set()
        waiting[1].cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting[1]
        await asyncio.wait_for(hung_up.wait(), 5)
        assert asyncio.all_tasks() - {asyncio.current_task()} <= {
            task for task in asyncio.all_tasks() if "say_nothing" in repr(task)
        }


async def test_what_goes_on_in_the_background_ends_with_its_connection() -> None:
    background, ended = Background(), asyncio.Event()

    async def forever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    background.start(forever())
    await asyncio.sleep(0)
    await background.aclose()
    assert ended.is_set()
    await background.aclose()
