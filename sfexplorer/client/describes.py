"""What is known of an org's objects: from memory, from the last session's cache, or from the org.

A cached describe is served at once, and once a session the org is asked beside that whether it still holds:

GET V/sobjects/Account/describe, If-Modified-Since: ...  -> 304, or 200 with the new one
"""

from __future__ import annotations

import asyncio
import re
from typing import TypeVar

import msgspec

from sfexplorer.client.addresses import path_part
from sfexplorer.client.describe import SObjectDescribe, SObjectInfo
from sfexplorer.client.describecache import DescribeCache, DescribeKey, KeptDescribe
from sfexplorer.client.errors import NotFound, SalesforceError
from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.ids import key_prefix
from sfexplorer.client.session import Session
from sfexplorer.client.shared import Shared

_NAME = re.compile(r"\w+", re.ASCII)


class _Global(msgspec.Struct, frozen=True):
    sobjects: tuple[SObjectInfo, ...]


Told = TypeVar("Told", _Global, SObjectDescribe)


class Describes:
    """The describes of one org as one user sees it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._all = Shared(self._all_objects)
        self._objects = Shared(self._object)
        self._spelled: dict[str, str] = {}
        # What the org itself has told or confirmed, or is being asked about: no older word counts beside it.
        self._settled: set[str] = set()

    async def sobjects(self, *, refresh: bool = False) -> list[SObjectInfo]:
        """All objects, in the org's order."""
        if refresh:
            self._settled.add("")
        return list((await self._all.get("", refresh=refresh)).sobjects)

    async def describe(self, name: str, *, refresh: bool = False) -> SObjectDescribe:
        """All about one object; its name is taken in any case."""
        if not _NAME.fullmatch(name):
            raise _not_there(name)
        key = name.lower()
        if refresh:
            self._settled.add(key)
        self._spelled.setdefault(key, name)
        return await self._objects.get(key, refresh=refresh)

    async def object_of(self, record_id: str) -> SObjectInfo | None:
        """The object that an id belongs to, by its key prefix; None if the org has none such."""
        prefix = key_prefix(record_id)
        return next((info for info in await self.sobjects() if info.key_prefix == prefix), None)

    async def _all_objects(self, name: str) -> _Global:
        told = await self._obtain(name, _Global, self._all)
        self._spelled.update((info.name.lower(), info.name) for info in told.sobjects)
        return told

    async def _object(self, name: str) -> SObjectDescribe:
        return await self._obtain(name, SObjectDescribe, self._objects)

    async def _obtain(self, name: str, kind: type[Told], shared: Shared[str, Told]) -> Told:
        cache = self._session.describe_cache
        key = self._key(name)
        if cache is None or key is None:
            return (await self._ask(name)).decode(kind)
        kept = None if name in self._settled else await asyncio.to_thread(cache.load, key)
        # Looked at again: a refresh may have been wished for meanwhile.
        if kept is not None and name not in self._settled:
            told = _read(kept, kind)
            if told is not None:
                self._settled.add(name)
                self._session.background.start(self._confirm(key, kept, cache, kind, shared))
                return told
        reply = await self._ask(name)
        told = reply.decode(kind)
        await self._keep(key, reply, cache)
        self._settled.add(name)
        return told

    async def _confirm(
        self,
        key: DescribeKey,
        kept: KeptDescribe,
        cache: DescribeCache,
        kind: type[Told],
        shared: Shared[str, Told],
    ) -> None:
        """Ask the org whether a describe of the last session still holds; take what it tells instead."""
        try:
            same_version = kept.api_version == await self._session.api_version()
            reply = await self._ask(key.name, since=kept.modified if same_version else "")
            if reply.status == 304:
                return
            shared.keep(key.name, reply.decode(kind))
            await self._keep(key, reply, cache)
        except NotFound:
            shared.forget(key.name)
            await asyncio.to_thread(cache.drop, key)
        except SalesforceError:
            pass  # Nobody asked for this request; whoever asks for the next one is told.

    async def _ask(self, name: str, *, since: str = "") -> Reply:
        spelled = self._spelled.get(name, name)
        suffix = f"sobjects/{path_part(spelled)}/describe" if name else "sobjects"
        headers = {"If-Modified-Since": since} if since else {}
        call = Call("GET", await self._session.path(suffix), headers=headers)
        try:
            return await self._session.send(call, accept=(304,) if since else ())
        except NotFound as error:
            if not name:
                raise
            raise _not_there(spelled, error) from error

    async def _keep(self, key: DescribeKey, reply: Reply, cache: DescribeCache) -> None:
        # Without a word about the last change, the answer's own moment will do.
        modified = reply.headers.get("last-modified") or reply.headers.get("date", "")
        kept = KeptDescribe(reply.body, modified, await self._session.api_version())
        await asyncio.to_thread(cache.store, key, kept)

    def _key(self, name: str) -> DescribeKey | None:
        """What the describe is kept under; None where the token doesn't tell whose it would be."""
        session, oauth = self._session, self._session.oauth
        if not (oauth.user_id and oauth.organization_id):
            return None
        return DescribeKey(
            oauth.instance_url,
            oauth.organization_id,
            oauth.user_id,
            session.requested_api_version,
            session.area,
            name,
        )


def _read(kept: KeptDescribe, kind: type[Told]) -> Told | None:
    try:
        return msgspec.json.decode(kept.body, type=kind)
    except (ValueError, RecursionError):
        return None


def _not_there(name: str, error: NotFound | None = None) -> NotFound:
    return NotFound(
        f"the org has no object {name}, or hides it from this user",
        code=error.code if error else "",
        status=error.status if error else None,
        hint="Check the spelling; custom objects end in __c.",
        request_id=error.request_id if error else "",
    )
