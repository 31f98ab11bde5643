"""The operations that read: right is the answer that the org gives when nothing is wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sfexplorer.client import Org, PasswordGrant

from .place import Attempt, Operation, Place

ACCOUNT = "0015g0000000001AAA"
PAGE = 200


def _reading(name: str, call: str, path: str, ask: Callable[[Org], Awaitable[object]]) -> Operation:
    """An operation that only asks; afterwards the same handle has to answer it rightly."""

    async def prepare(place: Place) -> Attempt:
        if name not in place.known:
            place.known[name] = await ask(place.undisturbed)

        async def act() -> bool:
            return await ask(place.org) == place.known[name]

        async def done() -> int:
            assert await act(), "the handle gives no right answer any more"
            return 0

        return Attempt(act, done, wanted=0)

    return Operation(name, call, "GET", path, prepare)


async def _login(place: Place) -> Attempt:
    grant = PasswordGrant(place.demo.username, place.demo.password, place.demo.security_token)

    async def act() -> bool:
        org = await place.connection.login(grant)
        return (await org.identity()).username == place.demo.username

    async def done() -> int:
        assert await act(), "the connection gives no login any more"
        return 0

    return Attempt(act, done, wanted=0)


async def _describe(org: Org) -> object:
    return await org.describe("Account", refresh=True)


async def _first_page(org: Org) -> object:
    return [record.id for record in (await org.query("SELECT Id FROM Account LIMIT 7").first_page()).records]


async def _all_pages(org: Org) -> object:
    ids: list[object] = []
    try:
        async for record in org.query("SELECT Id FROM Contact ORDER BY Id LIMIT 500", batch_size=PAGE):
            ids.append(record.id)
    finally:
        # Whatever became of the second page: what was given out before it was the first, and that once.
        assert len(set(ids)) == len(ids)
        assert len(ids) in (0, PAGE, 500)
    return ids


async def _search(org: Org) -> object:
    found = await org.search("FIND {Ada} IN NAME FIELDS RETURNING Contact(Id LIMIT 5)")
    return [record.id for record in found]


async def _retrieve(org: Org) -> object:
    return dict(await org.retrieve("Account", ACCOUNT, ["Name", "SystemModstamp"]))


READS = (
    Operation("login", "connection.login(grant)", "POST", "/oauth2/token$", _login),
    _reading("identity", "org.identity()", "/id/00D", lambda org: org.identity()),
    _reading("describe", "org.describe(type)", "/Account/describe$", _describe),
    _reading("first_page", "org.query(soql).first_page()", r"/query\?q=.*LIMIT%207$", _first_page),
    _reading("all_pages", "async for record in org.query(soql)", f"/query/[0-9A-Za-z]+-{PAGE}$", _all_pages),
    _reading("search", "org.search(sosl)", r"/search\?q=", _search),
    _reading("retrieve", "org.retrieve(type, id)", f"/sobjects/Account/{ACCOUNT}", _retrieve),
)
