"""Posts, comments and likes in the org's records, read page by page and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sfexplorer.demo.chatter.segments import kept_text
from sfexplorer.demo.errors import not_found
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.org import Org
from sfexplorer.demo.storage import Stored, quoted
from sfexplorer.demo.users import find_user
from sfexplorer.demo.writing import Change, create_record, delete_record

Row = dict[str, Any]
_POST_COLUMNS = (
    "Id",
    "ParentId",
    "Type",
    "CreatedById",
    "CreatedDate",
    "LastModifiedDate",
    "Body",
    "IsRichText",
    "CommentCount",
    "LikeCount",
    "Visibility",
)
_COMMENT_COLUMNS = ("Id", "FeedItemId", "CreatedById", "CreatedDate", "CommentBody", "IsRichText")
_LIKE_COLUMNS = ("Id", "FeedItemId", "CreatedById", "CreatedDate")
_COUNTED = {"FeedComment": "CommentCount", "FeedLike": "LikeCount"}


@dataclass(frozen=True, slots=True)
class Window:
    """Which posts of a feed a page has: so many of those behind a token, the newest first."""

    size: int
    token: str | None = None

    @property
    def behind(self) -> tuple[str, str]:
        """The moment and id of the post that the page follows."""
        moment, _, record_id = (self.token or "9999,~").partition(",")
        return moment, record_id or "~"


def token_of(post: Row) -> str:
    """The token of the page behind a post."""
    return f"{post['CreatedDate']},{post['Id']}"


def posts(connection: sqlite3.Connection, parent: str | None, window: Window) -> list[Row]:
    """The posts of a record, or of all records, and one more than the page has, if there is one."""
    moment, record_id = window.behind
    return _rows(
        connection,
        "FeedItem",
        _POST_COLUMNS,
        'WHERE "IsDeleted" = 0 AND (:parent IS NULL OR "ParentId" = :parent) '
        'AND ("CreatedDate", "Id") < (:moment, :id) ORDER BY "CreatedDate" DESC, "Id" DESC LIMIT :most',
        {"parent": parent, "moment": moment, "id": record_id, "most": window.size + 1},
    )


def post_of(connection: sqlite3.Connection, record_id: str | None) -> Row:
    """The post of an id.

    Raises:
        Refusal: 404 when there is none.
    """
    found = _rows(
        connection, "FeedItem", _POST_COLUMNS, 'WHERE "Id" = :id AND "IsDeleted" = 0', {"id": record_id}
    )
    if not found:
        raise not_found()
    return found[0]


def comments(connection: sqlite3.Connection, post: Stored, most: int = 1_000) -> list[Row]:
    """The comments on a post, the oldest first."""
    return _below(connection, "FeedComment", _COMMENT_COLUMNS, post, most)


def likes(connection: sqlite3.Connection, post: Stored, most: int = 1_000) -> list[Row]:
    """The likes of a post, the oldest first."""
    return _below(connection, "FeedLike", _LIKE_COLUMNS, post, most)


def _below(
    connection: sqlite3.Connection, name: str, columns: tuple[str, ...], post: Stored, most: int
) -> list[Row]:
    condition = 'WHERE "FeedItemId" = :post AND "IsDeleted" = 0 ORDER BY "CreatedDate", "Id" LIMIT :most'
    return _rows(connection, name, columns, condition, {"post": post, "most": most})


def _rows(
    connection: sqlite3.Connection,
    name: str,
    columns: tuple[str, ...],
    condition: str,
    parameters: Mapping[str, Stored],
) -> list[Row]:
    listed = ", ".join(map(quoted, columns))
    rows = connection.execute(f"SELECT {listed} FROM {quoted(name)} {condition}", parameters)  # noqa: S608
    return [dict(zip(columns, row, strict=True)) for row in rows]


def add_post(org: Org, subject: str, body: Any, user_id: str) -> str:
    """Write a post under a record. Gives its id.

    Raises:
        Refusal: When there is no such record, or nothing is said.
    """
    text, rich = kept_text(body, _namer(org))
    fields = {"ParentId": subject, "Body": text, "IsRichText": rich}
    return create_record(org, org.schema["FeedItem"], Change(fields, user_id))


def add_comment(org: Org, post: str, body: Any, user_id: str) -> str:
    """Write a comment on a post. Gives its id."""
    text, rich = kept_text(body, _namer(org))
    fields = {"FeedItemId": post, "CommentBody": text, "IsRichText": rich}
    made = create_record(org, org.schema["FeedComment"], Change(fields, user_id))
    _count(org, org.schema["FeedComment"], post)
    return made


def add_like(org: Org, post: str, user_id: str) -> str:
    """Like a post, once. Gives the like's id."""
    known = org.store.select(
        'SELECT "Id" FROM "FeedLike" WHERE "FeedItemId" = ? AND "CreatedById" = ? AND "IsDeleted" = 0',
        (post, user_id),
    )
    if known:
        return str(known[0][0])
    made = create_record(org, org.schema["FeedLike"], Change({"FeedItemId": post}, user_id))
    _count(org, org.schema["FeedLike"], post)
    return made


def remove(org: Org, name: str, record_id: str, user_id: str) -> None:
    """Delete a post, comment or like.

    Raises:
        Refusal: 404 when there is none such.
    """
    type = org.schema[name]
    row = org.store.read(type, canonical(record_id) or "")
    if row is None or row.get("IsDeleted"):
        raise not_found()
    delete_record(org, type, record_id, user_id)
    if name in _COUNTED:
        _count(org, type, str(row["FeedItemId"]))


def _count(org: Org, type: SObjectType, post: str) -> None:
    """Have a post tell how many comments or likes it has now."""
    rows = org.store.select(
        f'SELECT count(*) FROM {quoted(type.name)} WHERE "FeedItemId" = ? AND "IsDeleted" = 0',  # noqa: S608
        (post,),
    )
    org.store.update(org.schema["FeedItem"], post, {_COUNTED[type.name]: rows[0][0]})


def _namer(org: Org) -> Callable[[str], str | None]:
    def name_of(user_id: str) -> str | None:
        user = find_user(org.store, canonical(user_id) or "")
        return user.name if user is not None else None

    return name_of
