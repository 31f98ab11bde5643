"""Chatter: what people write under records (WIRE streaming.md, section 6)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import msgspec

from sfexplorer.client.addresses import own_path, path_part
from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.exchange import Call, json_call
from sfexplorer.client.session import Session


class ChatterUser(msgspec.Struct, frozen=True, rename="camel"):
    """A person as feeds show them."""

    id: str
    name: str = ""
    display_name: str = ""
    username: str = ""
    email: str | None = None
    title: str | None = None


class _Body(msgspec.Struct, frozen=True):
    text: str | None = None


class FeedElement(msgspec.Struct, frozen=True, rename="camel"):
    """A post: who wrote it, when, about what, and its plain text."""

    id: str
    created_date: datetime
    actor: dict[str, Any] = {}
    parent: dict[str, Any] = {}
    body: _Body = _Body()

    @property
    def text(self) -> str:
        """The plain text."""
        return self.body.text or ""

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self.actor.get("name") or self.actor.get("displayName") or "")


class _Feed(msgspec.Struct, frozen=True, rename="camel"):
    elements: tuple[FeedElement, ...]
    next_page_url: str | None = None


class Chatter:
    """The feeds of an org."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def me(self) -> ChatterUser:
        """The user behind the token."""
        path = await self._session.path("users/me")
        return (await self._session.send(Call("GET", path))).decode(ChatterUser)

    async def feed(self, record_id: str) -> AsyncIterator[FeedElement]:
        """What was written under a record, the latest first; pages are fetched as far as asked for."""
        path = await self._session.path(f"feeds/record/{path_part(record_id)}/feed-elements")
        seen = set()
        while path not in seen:
            seen.add(path)
            page = (await self._session.send(Call("GET", path))).decode(_Feed)
            for element in page.elements:
                yield element
            if page.next_page_url is None:
                return
            path = own_path(page.next_page_url, self._session.oauth.instance_url)
        raise UnexpectedReply("the org's pages go round in a circle")

    async def post(self, subject_id: str, text: str) -> FeedElement:
        """Write under a record, or on the user's own page with "me"; at most 10,000 characters."""
        body = {
            "feedElementType": "FeedItem",
            "subjectId": subject_id,
            "body": {"messageSegments": [{"type": "Text", "text": text}]},
        }
        call = json_call("POST", await self._session.path("feed-elements"), body)
        return (await self._session.send(call)).decode(FeedElement)

    async def delete(self, element_id: str) -> None:
        """Take a post away."""
        path = await self._session.path(f"feed-elements/{path_part(element_id)}")
        await self._session.send(Call("DELETE", path, purpose="save"))
