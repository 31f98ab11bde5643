"""Chatter: people, the feeds of records, and what is written, said and liked there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.chatter import feeds
from sfexplorer.demo.chatter.feeds import Window, token_of
from sfexplorer.demo.chatter.segments import invalid
from sfexplorer.demo.chatter.told import Teller
from sfexplorer.demo.errors import not_found
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.storage import quoted
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.bodies import json_object
from sfexplorer.demo.web.call import Call, Handler, data

BELOW = "/chatter"
_SINCE = 22
_ELEMENTS_SINCE = 31
_PAGE = 25
_MOST = 100
_LISTED = ("feeds", "feed-elements", "users", "comments", "likes")


def routes() -> list[BaseRoute]:
    """The paths of Chatter."""
    element = "/feed-elements/{id}"
    return [
        _data("", GET=resources),
        _data("/users", GET=users),
        _data("/users/{id}", GET=user),
        _data("/feeds/record/{id}/feed-elements", GET=record_feed, POST=post),
        _data("/feeds/user-profile/{id}/feed-elements", GET=record_feed, POST=post),
        _data("/feeds/news/{id}/feed-elements", GET=news_feed),
        _data("/feed-elements", POST=post),
        _data(element, GET=read, DELETE=_deletion("FeedItem")),
        _data(f"{element}/capabilities/comments/items", GET=comments, POST=comment),
        _data(f"{element}/capabilities/chatter-likes/items", GET=likes, POST=like),
        _data("/comments/{id}", DELETE=_deletion("FeedComment")),
        _data("/likes/{id}", DELETE=_deletion("FeedLike")),
    ]


def _data(path: str, **handlers: Handler) -> BaseRoute:
    """A path whose handlers know that they answer for Chatter."""

    def within(handler: Handler) -> Handler:
        async def inside(call: Call) -> Response:
            return await handler(replace(call, below=BELOW))

        return inside

    made = {method: within(handler) for method, handler in handlers.items()}
    since = _ELEMENTS_SINCE if "feed-elements" in path else _SINCE
    return data(BELOW + path, since=since, **made)


async def resources(call: Call) -> Response:
    """What Chatter has."""
    return json_answer({name: f"{call.base}/{name}" for name in _LISTED})


async def _told(call: Call, tell: Callable[[Teller], Any], status: int = 200) -> Response:
    """The answer that a teller gives, in a thread."""

    def telling(connection: sqlite3.Connection) -> Any:
        return tell(Teller(connection, call.org.schema, call.base, call.org.url, call.session.user_id))

    return json_answer(await call.org.read(telling), status)


def _subject(call: Call, text: str) -> str:
    """The id that a text means, which may be `me`.

    Raises:
        Refusal: 404 when it is none.
    """
    found = call.session.user_id if text.lower() == "me" else canonical(text)
    if found is None:
        raise not_found()
    return found


async def users(call: Call) -> Response:
    """All users."""
    page = {"currentPageToken": "0", "currentPageUrl": f"{call.base}/users", "nextPageToken": None}
    return await _told(
        call, lambda teller: {**page, "nextPageUrl": None, "users": list(teller.people.values())}
    )


async def user(call: Call) -> Response:
    """One user, or `me`."""
    wanted = _subject(call, call.part("id"))

    def tell(teller: Teller) -> dict[str, Any]:
        if wanted not in teller.people:
            raise not_found()
        return teller.people[wanted]

    return await _told(call, tell)


async def record_feed(call: Call) -> Response:
    """The posts under a record."""
    subject = _subject(call, call.part("id"))
    return await _feed(call, subject)


async def news_feed(call: Call) -> Response:
    """The posts under all records, which everybody of this org follows."""
    _subject(call, call.part("id"))
    return await _feed(call, None)


async def _feed(call: Call, subject: str | None) -> Response:
    window = _window(call)
    path = call.request.url.path.rstrip("/")

    def tell(teller: Teller) -> dict[str, Any]:
        if subject is not None:
            _check_record(teller, subject)
        found = feeds.posts(teller.connection, subject, window)
        more = token_of(found[window.size - 1]) if len(found) > window.size else None
        return {
            "currentPageToken": window.token,
            "currentPageUrl": _page_url(path, window.token, window.size),
            "elements": [teller.element(each) for each in found[: window.size]],
            "isModifiedToken": None,
            "isModifiedUrl": None,
            "nextPageToken": more,
            "nextPageUrl": _page_url(path, more, window.size) if more else None,
            "updatesToken": None,
            "updatesUrl": None,
        }

    return await _told(call, tell)


def _page_url(path: str, token: str | None, size: int) -> str:
    parameters = [f"page={token}"] if token else []
    parameters += [f"pageSize={size}"] if size != _PAGE else []
    return f"{path}?{'&'.join(parameters)}" if parameters else path


def _window(call: Call) -> Window:
    text = call.parameter("pageSize") or str(_PAGE)
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= _MOST:
        raise invalid(f"pageSize must be a number from 1 to {_MOST}: {text}")
    return Window(int(text), call.parameter("page") or None)


def _check_record(teller: Teller, record_id: str) -> None:
    found = teller.schema.of_id(record_id)
    live = 'AND "IsDeleted" = 0' if found is not None and found.field("IsDeleted") else ""
    query = f'SELECT 1 FROM {quoted(found.name)} WHERE "Id" = ? {live}' if found else "SELECT ? LIMIT 0"  # noqa: S608
    if teller.connection.execute(query, (record_id,)).fetchone() is None:
        raise not_found()


async def post(call: Call) -> Response:
    """Write a post: under the record of the path, or under the one that the body names."""
    body = json_object(await call.body())
    subject = call.request.path_params.get("id") or body.get("subjectId")
    if body.get("feedElementType", "FeedItem") != "FeedItem":
        raise invalid(f"Unknown feedElementType: {body['feedElementType']}")
    if not isinstance(subject, str):
        raise invalid("A post needs a subjectId")
    made = await call.org.write(
        feeds.add_post, _subject(call, subject), body.get("body"), call.session.user_id
    )
    return await _told(call, lambda teller: teller.element(feeds.post_of(teller.connection, made)), 201)


def _post_id(call: Call) -> str:
    return canonical(call.part("id")) or ""


async def read(call: Call) -> Response:
    """One post."""
    return await _told(call, lambda teller: teller.element(feeds.post_of(teller.connection, _post_id(call))))


async def comments(call: Call) -> Response:
    """All comments on a post."""

    def tell(teller: Teller) -> dict[str, Any]:
        found = feeds.post_of(teller.connection, _post_id(call))
        rows = feeds.comments(teller.connection, found["Id"])
        return teller.page("items", [teller.comment(each) for each in rows], len(rows))

    return await _told(call, tell)


async def comment(call: Call) -> Response:
    """Write a comment on a post."""
    record_id = _post_id(call)
    await call.org.read(feeds.post_of, record_id)
    body = json_object(await call.body()).get("body")
    made = await call.org.write(feeds.add_comment, record_id, body, call.session.user_id)

    def tell(teller: Teller) -> dict[str, Any]:
        rows = feeds.comments(teller.connection, record_id)
        return teller.comment(next(each for each in rows if each["Id"] == made))

    return await _told(call, tell, 201)


async def likes(call: Call) -> Response:
    """All likes of a post."""

    def tell(teller: Teller) -> dict[str, Any]:
        found = feeds.post_of(teller.connection, _post_id(call))
        rows = feeds.likes(teller.connection, found["Id"])
        return teller.page("items", [teller.like(each) for each in rows], len(rows))

    return await _told(call, tell)


async def like(call: Call) -> Response:
    """Like a post."""
    record_id = _post_id(call)
    await call.org.read(feeds.post_of, record_id)
    made = await call.org.write(feeds.add_like, record_id, call.session.user_id)

    def tell(teller: Teller) -> dict[str, Any]:
        rows = feeds.likes(teller.connection, record_id)
        return teller.like(next(each for each in rows if each["Id"] == made))

    return await _told(call, tell, 201)


def _deletion(name: str) -> Handler:
    """A handler that deletes a post, comment or like."""

    async def handler(call: Call) -> Response:
        await call.org.write(feeds.remove, name, call.part("id"), call.session.user_id)
        return nothing()

    return handler
