"""One user in one org: all verbs."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from sfexplorer.client.addresses import path_elsewhere
from sfexplorer.client.describe import SObjectDescribe, SObjectInfo
from sfexplorer.client.describes import Describes
from sfexplorer.client.exchange import Call
from sfexplorer.client.facts import Identity, Limit, RecordCounts, UserInfo
from sfexplorer.client.login.host import form_call
from sfexplorer.client.merging import loaded_fields
from sfexplorer.client.oauth import OAuth
from sfexplorer.client.query import Query
from sfexplorer.client.saving import Saved, read_record, record_path, save_changes
from sfexplorer.client.search import (
    SearchedObject,
    SearchResult,
    SearchScope,
    as_json,
    parameterized_search,
    search,
)
from sfexplorer.client.session import ApiVersion, Session
from sfexplorer.client.sobject import SObject


class Org:
    """A light handle; `Connection.login` and `Connection.org` make it, and carry its requests."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._describes = Describes(session)

    @property
    def oauth(self) -> OAuth:
        """The token in use; another one after a renewal."""
        return self._session.oauth

    @property
    def instance_url(self) -> str:
        """The org's own origin, without a slash at its end."""
        return self._session.oauth.instance_url

    async def api_version(self) -> str:
        """The API version in use, `60.0`; "latest" is settled with the org at the first request."""
        return await self._session.api_version()

    async def versions(self) -> list[ApiVersion]:
        """The API versions that the org offers, oldest first."""
        return await self._session.versions()

    async def identity(self) -> Identity:
        """Who the token stands for.

        Raises:
            UrlRefused: the token's identity URL is none.
        """
        if self.oauth.id:
            # The URL names the login host, which must not see this token; the org answers for itself.
            path = path_elsewhere(self.oauth.id)
            reply = await self._session.send(Call("GET", path, params={"version": "latest"}))
            return reply.decode(Identity)
        reply = await self._session.send(Call("GET", "/services/oauth2/userinfo"))
        return reply.decode(UserInfo).identity()

    async def revoke(self) -> None:
        """End the session: the refresh token where there is one, with all sessions it gave, else the token.

        Raises:
            SalesforceError: the org refused; a token that has ended already is refused too.
        """
        token = self.oauth.refresh_token or self.oauth.access_token
        await self._session.send(form_call("/services/oauth2/revoke", {"token": token}))

    async def limits(self) -> dict[str, Limit]:
        """The org's limits and what is left of each: `limits["DailyApiRequests"].remaining`."""
        reply = await self._session.send(Call("GET", await self._session.path("limits")))
        return reply.decode(dict[str, Limit])

    async def record_counts(self, names: Sequence[str]) -> dict[str, int]:
        """About how many records each object has; the org counts now and then, and not all."""
        path = await self._session.path("limits/recordCount")
        reply = await self._session.send(Call("GET", path, params={"sObjects": ",".join(names)}))
        return {each.name: each.count for each in reply.decode(RecordCounts).counts}

    async def sobjects(self, *, refresh: bool = False) -> list[SObjectInfo]:
        """All objects that the user can see; asked once, unless `refresh`."""
        return await self._describes.sobjects(refresh=refresh)

    async def describe(self, type: str, *, refresh: bool = False) -> SObjectDescribe:
        """All about one object; asked once, unless `refresh`.

        Raises:
            NotFound: the org has no such object, or hides it.
        """
        return await self._describes.describe(type, refresh=refresh)

    async def object_of(self, record_id: str) -> SObjectInfo | None:
        """The object that an id belongs to, by its key prefix; None if the org has none such."""
        return await self._describes.object_of(record_id)

    def query(self, soql: str, all_rows: bool = False, batch_size: int | None = None) -> Query:
        """The answer of a query; nothing is sent before its first page is asked for."""
        return Query(self._session, soql, all_rows=all_rows, batch_size=batch_size)

    async def search(self, sosl: str) -> SearchResult:
        """What a SOSL search finds, in all objects that it names.

        Raises:
            QueryRejected: the search is wrong; line and column count in the search as written.
            RequestRefused: it is longer than a URL may be; a `parameterized_search` may be longer.
        """
        return await search(self._session, sosl)

    async def parameterized_search(
        self,
        text: str,
        *,
        sobjects: Sequence[str | SearchedObject] = (),
        fields: Sequence[str] = (),
        scope: SearchScope | None = None,
        limit: int | None = None,
        object_limit: int | None = None,
        offset: int | None = None,
    ) -> SearchResult:
        """What a search finds whose clauses are given one by one.

        Args:
            text: what to find, with the wildcards and operators of SOSL.
            sobjects: where to look, in this order; without them, in all objects, of which come the Ids alone.
            fields: what is wanted of each object that names no fields of its own.
            scope: the fields that are searched.
            limit: records in all.
            object_limit: records of each object that has no limit of its own.
            offset: records left out at the start; only with a single object.

        Raises:
            QueryRejected: the text or a name in it is wrong.
        """
        wanted = {
            "q": text,
            "sobjects": [as_json(each) for each in sobjects] or None,
            "fields": list(fields) or None,
            "in": scope,
            "overallLimit": limit,
            "defaultLimit": object_limit,
            "offset": offset,
        }
        return await parameterized_search(self._session, wanted)

    async def retrieve(
        self,
        type: str,
        id: str,
        fields: Sequence[str] | None = None,
    ) -> SObject:
        """A record with the given fields, or with all that the user can read.

        Raises:
            NotFound: there is no such record, or no longer.
        """
        path = await record_path(self._session, SObject(type, Id=id))
        return await read_record(self._session, path, fields or ())

    async def insert(self, record: SObject) -> SObject:
        """Make a new record of the changes; the given record gets its id and comes back. Never sent twice.

        Raises:
            SaveRejected: the org refused the values; a `FieldErrors` says which.
        """
        changes = record.changes
        call = Call(
            "POST",
            await self._session.path(f"sobjects/{quote(record.type, safe='')}"),
            headers={"Content-Type": "application/json"},
            content=msgspec.json.encode(changes),
            purpose="save",
        )
        reply = await self._session.send(call)
        record.id = reply.decode(_Created).id
        record.mark_saved({**changes, "Id": record.id})
        return record

    async def update(self, record: SObject, *, force: bool = False, refresh: bool = False) -> Saved:
        """Save exactly the record's changes, and undo nobody else's.

        Args:
            record: what to save. Afterwards it has no changes, and what others changed elsewhere in it.
            force: don't look for what others did; overwrite.
            refresh: read the record's fields again afterwards: the org trims, rounds, formats and stamps.

        Raises:
            RecordConflict: somebody else changed one of the same fields.
            SaveRejected: the org refused the values; a `FieldErrors` says which. The changes stay.
        """
        saved = await save_changes(self._session, record, self.describe, force=force)
        if refresh:
            path = await record_path(self._session, record)
            record.take_over(await read_record(self._session, path, loaded_fields(record)))
        return saved

    async def delete(self, record: SObject) -> None:
        """Put the record into the org's recycle bin.

        Raises:
            NotFound: there is no such record, or no longer.
        """
        path = await record_path(self._session, record)
        await self._session.send(Call("DELETE", path, purpose="save"))

    def __repr__(self) -> str:
        return f"<Org {self.instance_url}>"


class _Created(msgspec.Struct, frozen=True):
    id: str
