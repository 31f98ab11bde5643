"""The rows of sub-selects that did not fit into their parent's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sfexplorer.client.addresses import own_path
from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.exchange import Call
from sfexplorer.client.querying.opening import opened
from sfexplorer.client.session import Session


async def complete(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Put into each sub-select of the rows what the org has not sent yet.

    Raises:
        LocatorExpired: the org has forgotten the query.
    """
    for row in rows:
        for value in row.values():
            if isinstance(value, dict) and value.get("done") is False and "records" in value:
                await _complete(session, value)


async def _complete(session: Session, children: dict[str, Any]) -> None:
    been: set[str] = set()
    url = str(children.pop("nextRecordsUrl", ""))
    while url:
        path = own_path(url, session.oauth.instance_url)
        if path in been:
            raise UnexpectedReply("the org's pages go round in a circle")
        been.add(path)
        reply = await session.send(Call("GET", path, purpose="query"))
        page = opened(reply.body)
        children["records"] += page.rows
        url = page.next_url or ""
    children["done"] = True
