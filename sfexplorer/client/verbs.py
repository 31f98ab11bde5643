"""What can be done with records, in an org and in its tooling alike: all verbs over one session."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import TYPE_CHECKING, Any, overload

from sfexplorer.client.addresses import path_part
from sfexplorer.client.exchange import Call
from sfexplorer.client.querying.pace import MOST_AT_ONCE
from sfexplorer.client.sobject import SObject

if TYPE_CHECKING:
    from datetime import datetime

    from sfexplorer.client.describe import SObjectDescribe, SObjectInfo
    from sfexplorer.client.plans import QueryPlan
    from sfexplorer.client.query import Query
    from sfexplorer.client.reading import BasicInfo, Deleted, Updated
    from sfexplorer.client.records import Records
    from sfexplorer.client.saving import Saved
    from sfexplorer.client.search import SearchedObject, SearchResult, SearchScope
    from sfexplorer.client.session import Session
    from sfexplorer.client.sobjectcollections import SaveResult
    from sfexplorer.client.upserting import Upserted


class Verbs:
    """Reads, queries and saves records of one session."""

    def __init__(self, session: Session) -> None:
        from sfexplorer.client.describes import Describes

        self._session = session
        self._describes = Describes(session)

    @property
    def instance_url(self) -> str:
        """The org's own origin, without a slash at its end."""
        return self._session.oauth.instance_url

    async def api_version(self) -> str:
        """The API version in use, `60.0`; "latest" is settled with the org at the first request."""
        return await self._session.api_version()

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

    def query(
        self,
        soql: str,
        all_rows: bool = False,
        batch_size: int | None = None,
        pages_at_once: int = MOST_AT_ONCE,
    ) -> Query:
        """The answer of a query; nothing is sent before its first page is asked for.

        Args:
            soql: the query, as written.
            all_rows: whether deleted and archived rows count too.
            batch_size: rows per page, 200 to 2,000; the org may choose fewer.
            pages_at_once: how many pages a slow line may be asked for at once; 1 for one after the other.
        """
        from sfexplorer.client.query import Query

        return Query(
            self._session, soql, all_rows=all_rows, batch_size=batch_size, pages_at_once=pages_at_once
        )

    async def search(self, sosl: str) -> SearchResult:
        """What a SOSL search finds, in all objects that it names.

        Raises:
            QueryRejected: the search is wrong; line and column count in the search as written.
            RequestRefused: it is longer than a URL may be; a `parameterized_search` may be longer.
        """
        from sfexplorer.client.search import search

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
        from sfexplorer.client.search import as_json, parameterized_search

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

    async def metadata(self, type: str) -> BasicInfo:
        """The object as the list of all has it, and its records that the user has seen last."""
        from sfexplorer.client.reading import basic_info

        path = await self._session.path(f"sobjects/{path_part(type)}")
        return basic_info(await self._session.send(Call("GET", path)))

    async def layouts(self, type: str, record_type_id: str | None = None) -> dict[str, Any]:
        """The page layouts of an object, or of one of its record types, as the org writes them."""
        below = f"/{path_part(record_type_id)}" if record_type_id else ""
        path = await self._session.path(f"sobjects/{path_part(type)}/describe/layouts{below}")
        return (await self._session.send(Call("GET", path))).decode(dict[str, Any])

    async def deleted(self, type: str, start: datetime, end: datetime) -> Deleted:
        """The records of an object that were deleted between two moments, at most 30 days apart."""
        from sfexplorer.client.reading import deleted_between

        return await deleted_between(self._session, type, start, end)

    async def updated(self, type: str, start: datetime, end: datetime) -> Updated:
        """The ids of the records that were made or changed between two moments, at most 30 days apart."""
        from sfexplorer.client.reading import updated_between

        return await updated_between(self._session, type, start, end)

    async def related(
        self, record: SObject, relationship: str, fields: Sequence[str] | None = None
    ) -> SObject | Records | None:
        """What a relationship leads to: a parent, None where there is none, or the first page of children.

        `all_of` reads on behind a first page.
        """
        from sfexplorer.client.reading import related

        return await related(self._session, record, relationship, fields or (), self.describe)

    def all_of(self, records: Records) -> AsyncIterator[SObject]:
        """All records of a sub-select or of `related`, those that the org has not sent yet too."""
        from sfexplorer.client.reading import all_of

        return all_of(self._session, records)

    async def query_plan(self, soql: str) -> list[QueryPlan]:
        """How the org would run a query, the cheapest way first.

        Raises:
            QueryRejected: the query is wrong.
        """
        from sfexplorer.client.plans import query_plan

        return await query_plan(self._session, soql)

    @overload
    async def retrieve(self, type: str, id: str, fields: Sequence[str] | None = None) -> SObject: ...

    @overload
    async def retrieve(
        self, type: str, id: list[str] | tuple[str, ...], fields: Sequence[str] | None = None
    ) -> list[SObject | None]: ...

    async def retrieve(
        self, type: str, id: str | list[str] | tuple[str, ...], fields: Sequence[str] | None = None
    ) -> SObject | list[SObject | None]:
        """A record with the given fields, or with all that the user can read; of several ids a list.

        In a list None stands for what is not there; it needs 200 ids a call.

        Raises:
            NotFound: there is no such record, or no longer.
        """
        from sfexplorer.client.many import retrieve_many
        from sfexplorer.client.saving import read_record, record_path

        if isinstance(id, str):
            path = await record_path(self._session, SObject(type, Id=id))
            return await read_record(self._session, path, fields or ())
        names = fields or [field.name for field in (await self.describe(type)).fields]
        return await retrieve_many(self._session, type, id, names)

    async def retrieve_by(
        self, type: str, field: str, value: str | int, fields: Sequence[str] | None = None
    ) -> SObject:
        """The record that has a value in an external id field.

        Raises:
            NotFound: no record has it.
            RequestRefused: several have it (status 300).
        """
        from sfexplorer.client.upserting import read_by

        return await read_by(self._session, type, field, str(value), fields or ())

    @overload
    async def insert(self, record: SObject, *, refresh: bool = False) -> SObject: ...

    @overload
    async def insert(self, record: Iterable[SObject], *, all_or_none: bool = False) -> list[SaveResult]: ...

    async def insert(
        self, record: SObject | Iterable[SObject], *, refresh: bool = False, all_or_none: bool = False
    ) -> SObject | list[SaveResult]:
        """Make a new record of the changes; the given record gets its id and comes back. Never sent twice.

        Several records go out 200 a call, and each has a result of its own, in their order. A field set as
        bytes or as a `Path` is a file, and is sent as such; a record with one goes by itself. For `refresh`
        and `all_or_none` see `update`.

        Raises:
            SaveRejected: the org refused the values; a `FieldErrors` says which.
            BlobTooBig, FileChanged: a file can't be sent.
        """
        from sfexplorer.client.inserting import insert_record
        from sfexplorer.client.many import insert_many
        from sfexplorer.client.saving import read_again

        if not isinstance(record, SObject):
            return await insert_many(self._session, [*record], all_or_none=all_or_none)
        await insert_record(self._session, record)
        if refresh:
            await read_again(self._session, record)
        return record

    @overload
    async def update(self, record: SObject, *, force: bool = False, refresh: bool = False) -> Saved: ...

    @overload
    async def update(
        self, record: Iterable[SObject], *, force: bool = False, all_or_none: bool = False
    ) -> list[SaveResult]: ...

    async def update(
        self,
        record: SObject | Iterable[SObject],
        *,
        force: bool = False,
        refresh: bool = False,
        all_or_none: bool = False,
    ) -> Saved | list[SaveResult]:
        """Save exactly the record's changes, and undo nobody else's.

        Args:
            record: what to save. Afterwards it has no changes, and what others changed elsewhere in it.
                Several records go out 200 a call, and each has a result of its own, in their order.
            force: don't look for what others did; overwrite.
            refresh: read the record's fields and its stamp again: the org trims, rounds and formats.
            all_or_none: save several records, as many as one call carries, only if all can be saved.

        Raises:
            RecordConflict: somebody else changed one of the same fields.
            SaveRejected: the org refused the values; a `FieldErrors` says which. The changes stay.
        """
        from sfexplorer.client.many import update_many
        from sfexplorer.client.saving import read_again, save_changes

        if not isinstance(record, SObject):
            return await update_many(
                self._session, [*record], self.describe, force=force, all_or_none=all_or_none
            )
        saved = await save_changes(self._session, record, self.describe, force=force)
        if refresh:
            await read_again(self._session, record)
        return saved

    @overload
    async def upsert(self, record: SObject, *, refresh: bool = False) -> Upserted: ...

    @overload
    async def upsert(self, record: Iterable[SObject], *, all_or_none: bool = False) -> list[SaveResult]: ...

    async def upsert(
        self, record: SObject | Iterable[SObject], *, refresh: bool = False, all_or_none: bool = False
    ) -> Upserted | list[SaveResult]:
        """Change the record that has the external id (`record.set_external_id`), or make it.

        Raises:
            ValueError: a record has no external id.
            RequestRefused: several records have it (status 300).
            SaveRejected: the org refused the values; a `FieldErrors` says which.
        """
        from sfexplorer.client.many import upsert_many
        from sfexplorer.client.saving import read_again
        from sfexplorer.client.upserting import upsert

        if not isinstance(record, SObject):
            return await upsert_many(self._session, [*record], all_or_none=all_or_none)
        upserted = await upsert(self._session, record)
        if refresh:
            await read_again(self._session, record)
        return upserted

    @overload
    async def delete(self, record: SObject) -> None: ...

    @overload
    async def delete(self, record: Iterable[SObject], *, all_or_none: bool = False) -> list[SaveResult]: ...

    async def delete(
        self, record: SObject | Iterable[SObject], *, all_or_none: bool = False
    ) -> list[SaveResult] | None:
        """Put the record into the org's recycle bin; several 200 a call, each with a result of its own.

        Raises:
            NotFound: there is no such record, or no longer.
        """
        from sfexplorer.client.many import delete_many
        from sfexplorer.client.saving import record_path

        if not isinstance(record, SObject):
            return await delete_many(self._session, [*record], all_or_none=all_or_none)
        path = await record_path(self._session, record)
        await self._session.send(Call("DELETE", path, purpose="save"))
        return None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.instance_url}>"
