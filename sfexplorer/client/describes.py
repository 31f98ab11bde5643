"""What is known of an org's objects, asked once."""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from sfexplorer.client.describe import SObjectDescribe, SObjectInfo
from sfexplorer.client.errors import NotFound
from sfexplorer.client.exchange import Call
from sfexplorer.client.ids import key_prefix
from sfexplorer.client.session import Session
from sfexplorer.client.shared import Shared


class _Global(msgspec.Struct, frozen=True):
    sobjects: tuple[SObjectInfo, ...]


class Describes:
    """The describes of one org as one user sees it, kept in memory."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._global = Shared(self._ask_global)
        self._objects = Shared(self._ask_object)

    async def sobjects(self, *, refresh: bool = False) -> list[SObjectInfo]:
        """All objects, in the org's order."""
        return list(await self._global.get("", refresh=refresh))

    async def describe(self, name: str, *, refresh: bool = False) -> SObjectDescribe:
        """All about one object; its name is taken in any case."""
        return await self._objects.get(name.lower(), refresh=refresh)

    async def object_of(self, record_id: str) -> SObjectInfo | None:
        """The object that an id belongs to, by its key prefix; None if the org has none such."""
        prefix = key_prefix(record_id)
        return next((info for info in await self.sobjects() if info.key_prefix == prefix), None)

    async def _ask_global(self, _: str) -> tuple[SObjectInfo, ...]:
        reply = await self._session.send(Call("GET", await self._session.path("sobjects")))
        return reply.decode(_Global).sobjects

    async def _ask_object(self, name: str) -> SObjectDescribe:
        path = await self._session.path(f"sobjects/{quote(name, safe='')}/describe")
        try:
            reply = await self._session.send(Call("GET", path))
        except NotFound as error:
            raise NotFound(
                f"the org has no object {name}, or hides it from this user",
                code=error.code,
                status=error.status,
                hint="Check the spelling; custom objects end in __c.",
            ) from error
        return reply.decode(SObjectDescribe)
