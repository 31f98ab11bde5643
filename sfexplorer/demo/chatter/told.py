"""Posts, comments, likes and people in the JSON that Chatter gives of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sfexplorer.demo.chatter.feeds import Row, comments, likes
from sfexplorer.demo.chatter.segments import body_json
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.storage import quoted

_MOST_SHOWN = 3
_PERSON = "Id, Name, FirstName, LastName, Username, Email, Title, CompanyName, IsActive"


@dataclass(frozen=True)
class Teller:
    """Tells what is in the records of one connection.

    Attributes:
        base: the path of Chatter's resources in the call's version.
        url: where the org listens.
        reader: the id of the user who reads.
    """

    connection: sqlite3.Connection
    schema: Schema
    base: str
    url: str
    reader: str

    @cached_property
    def people(self) -> dict[str, dict[str, Any]]:
        """All users by id."""
        rows = self.connection.execute(f'SELECT {_PERSON} FROM "User" ORDER BY Id')  # noqa: S608 - constants
        return {str(row[0]): self._person(row) for row in rows}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {str(each["name"]): record_id for record_id, each in self.people.items()}

    def _person(self, row: tuple[Any, ...]) -> dict[str, Any]:
        record_id, name, first, last, username, email, title, company, active = row
        return {
            "companyName": company,
            "displayName": name,
            "email": email,
            "firstName": first,
            "id": record_id,
            "isActive": bool(active),
            "isInThisCommunity": True,
            "lastName": last,
            "name": name,
            "photo": {
                "largePhotoUrl": f"{self.url}/profilephoto/005/F",
                "smallPhotoUrl": f"{self.url}/profilephoto/005/T",
                "url": f"{self.base}/users/{record_id}/photo",
            },
            "title": title,
            "type": "User",
            "url": f"{self.base}/users/{record_id}",
            "userType": "Internal",
            "username": username,
        }

    def element(self, post: Row) -> dict[str, Any]:
        """A post with its first comments and likes."""
        record_id = post["Id"]
        url = f"{self.base}/feed-elements/{record_id}"
        said = comments(self.connection, record_id, _MOST_SHOWN)
        liked = likes(self.connection, record_id)
        mine = next((each for each in liked if each["CreatedById"] == self.reader), None)
        return {
            "actor": self.people.get(str(post["CreatedById"])),
            "body": self._body(post, "Body"),
            "capabilities": {
                "chatterLikes": {
                    "isLikedByCurrentUser": mine is not None,
                    "myLike": self.like(mine) if mine else None,
                    "page": self.page("likes", [self.like(each) for each in liked[:_MOST_SHOWN]], len(liked)),
                },
                "comments": {
                    "page": self.page("items", [self.comment(each) for each in said], post["CommentCount"])
                },
            },
            "createdDate": _moment(post["CreatedDate"]),
            "feedElementType": "FeedItem",
            "id": record_id,
            "modifiedDate": _moment(post["LastModifiedDate"]),
            "parent": self._parent(str(post["ParentId"])),
            "type": post["Type"],
            "url": url,
            "visibility": post["Visibility"],
        }

    def page(self, name: str, items: list[dict[str, Any]], total: int) -> dict[str, Any]:
        """A page of comments or likes; both are called items, and likes were once called likes."""
        page: dict[str, Any] = {"currentPageToken": None, "items": items, "nextPageToken": None}
        return {**page, "nextPageUrl": None, "total": total} | ({name: items} if name != "items" else {})

    def comment(self, row: Row) -> dict[str, Any]:
        """A comment."""
        return {
            "body": self._body(row, "CommentBody"),
            "createdDate": _moment(row["CreatedDate"]),
            "feedElement": self._reference(row),
            "id": row["Id"],
            "isDeleteRestricted": False,
            "likes": self.page("items", [], 0),
            "url": f"{self.base}/comments/{row['Id']}",
            "user": self.people.get(str(row["CreatedById"])),
        }

    def like(self, row: Row) -> dict[str, Any]:
        """A like."""
        return {
            "id": row["Id"],
            "likedItem": self._reference(row),
            "url": f"{self.base}/likes/{row['Id']}",
            "user": self.people.get(str(row["CreatedById"])),
        }

    def _reference(self, row: Row) -> dict[str, Any]:
        return {"id": row["FeedItemId"], "url": f"{self.base}/feed-elements/{row['FeedItemId']}"}

    def _body(self, row: Row, field: str) -> dict[str, Any]:
        return body_json(str(row[field] or ""), self._names, rich=bool(row["IsRichText"]))

    def _parent(self, record_id: str) -> dict[str, Any]:
        found = self.schema.of_id(record_id)
        if found is None or found.name_field is None:
            return {"id": record_id, "name": None, "type": None}
        if found.name == "User":
            return self.people.get(record_id, {"id": record_id, "name": None, "type": "User"})
        row = self.connection.execute(
            f'SELECT {quoted(found.name_field.name)} FROM {quoted(found.name)} WHERE "Id" = ?',  # noqa: S608
            (record_id,),
        ).fetchone()
        url = f"{self.base}/records/{record_id}"
        return {"id": record_id, "name": row[0] if row else None, "type": found.name, "url": url}


def _moment(stored: str) -> str:
    return f"{stored}Z"
