"""Any path of an org, for what has no verb of its own here: JSON there and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sfexplorer.client.addresses import own_path
from sfexplorer.client.exchange import JSON, Call, Method, encoded

if TYPE_CHECKING:
    from sfexplorer.client.session import Session


async def ask_url(
    session: Session, method: Method, path: str, body: Any = None, params: Mapping[str, str] | None = None
) -> Any:
    """What a path or URL of the org answers: the JSON value, or None for an empty answer.

    Raises:
        ForeignUrl: it leads to another host.
        UnexpectedReply: the answer is no JSON.
    """
    target = path if path.startswith("/") or "://" in path else f"/{path}"
    call = Call(
        method,
        own_path(target, session.oauth.instance_url),
        params=params or {},
        headers={} if body is None else JSON,
        content=None if body is None else encoded(body),
        purpose="read" if method == "GET" else "save",
    )
    reply = await session.send(call)
    return reply.decode(object) if reply.body.strip() else None
