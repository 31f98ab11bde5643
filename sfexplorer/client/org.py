"""One user in one org: all verbs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

import msgspec

from sfexplorer.client.addresses import own_path, path_elsewhere, path_part
from sfexplorer.client.errors import RequestRefused
from sfexplorer.client.exchange import JSON, Call, Method
from sfexplorer.client.facts import Identity, Limit, RecordCounts, UserInfo
from sfexplorer.client.secret import Secret
from sfexplorer.client.sobject import SObject
from sfexplorer.client.streaming.verbs import StreamingVerbs
from sfexplorer.client.urls import ask_url
from sfexplorer.client.verbs import Verbs

if TYPE_CHECKING:
    from pathlib import Path

    from sfexplorer.client.blobs.blob import Blob
    from sfexplorer.client.blobs.finding import Reference
    from sfexplorer.client.blobs.source import Progress
    from sfexplorer.client.bulk.ingest import IngestOptions
    from sfexplorer.client.bulk.job import JobProgress, Pause
    from sfexplorer.client.bulk.parts import Rows
    from sfexplorer.client.bulk.result import IngestResult
    from sfexplorer.client.chatter import Chatter
    from sfexplorer.client.composite import Batch, Composite
    from sfexplorer.client.oauth import OAuth
    from sfexplorer.client.session import ApiVersion
    from sfexplorer.client.tooling import Tooling


class Org(Verbs, StreamingVerbs):
    """A light handle; `Connection.login` and `Connection.org` make it, and carry its requests."""

    @property
    def oauth(self) -> OAuth:
        """The token in use; another one after a renewal."""
        return self._session.oauth

    def with_headers(self, headers: Mapping[str, str]) -> Org:
        """The same org, with further headers in each request: `{"Sforce-Auto-Assign": "FALSE"}`.

        The token, its renewal and the describes are shared.

        Raises:
            ValueError: one can't be a header.
        """
        org = Org(self._session.with_headers(headers))
        org._describes = self._describes
        return org

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
        from sfexplorer.client.login.host import form_call

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

    async def resources(self) -> dict[str, str]:
        """The paths of the API version's resources by their names; nothing but paths of this org."""
        reply = await self._session.send(Call("GET", await self._session.path("")))
        origin = self.instance_url
        told = reply.decode(dict[str, Any])
        # `identity` is a URL at the login host: it has methods of its own, and leads away from here.
        return {
            name: own_path(url, origin)
            for name, url in told.items()
            if isinstance(url, str) and name != "identity"
        }

    async def recent(self, limit: int | None = None) -> list[SObject]:
        """The records that the user has seen last, the latest first."""
        params = {} if limit is None else {"limit": str(limit)}
        reply = await self._session.send(Call("GET", await self._session.path("recent"), params=params))
        return [SObject.from_json(each) for each in reply.decode(list[dict[str, Any]])]

    async def password_status(self, user_id: str) -> bool:
        """Whether the user's password has expired."""
        reply = await self._session.send(Call("GET", await self._password_path(user_id)))
        return reply.decode(_PasswordStatus).expired

    async def set_password(self, user_id: str, new: str | Secret) -> None:
        """Give a user a new password.

        Raises:
            SalesforceError: the org refused it: too short, used before, or not this user's to set.
        """
        # Wrapped before anything can fail: a traceback may show what stands in variables.
        new = Secret(new)
        if not new.is_whole:
            raise RequestRefused("the password holds half of a character", hint="Type it again.")
        await self._session.send(_password_call(await self._password_path(user_id), new))

    async def reset_password(self, user_id: str) -> Secret:
        """Let the org make up a new password for a user; it is told once, here."""
        call = Call("DELETE", await self._password_path(user_id), purpose="save")
        return (await self._session.send(call)).decode(_NewPassword).text()

    @cached_property
    def tooling(self) -> Tooling:
        """The same verbs for code and metadata, and anonymous Apex."""
        from sfexplorer.client.tooling import Tooling

        return Tooling(self._session.below("tooling"))

    @cached_property
    def chatter(self) -> Chatter:
        """Feeds: who says what about records."""
        from sfexplorer.client.chatter import Chatter

        return Chatter(self._session.below("chatter"))

    async def body(self, record: Reference | str) -> Blob:
        """The file that a record holds, by the record, its id, or the path that the org writes for it.

        Raises:
            NotFound: there is no such record, or it holds no file.
            ForeignUrl: a URL leads to another host.
        """
        from sfexplorer.client.blobs.finding import blob_of

        return await blob_of(self._session, self, record)

    async def attachment_body(self, id: str) -> Blob:
        """The file of an attachment."""
        return await self.body(SObject("Attachment", Id=id))

    async def document_body(self, id: str) -> Blob:
        """The file of a document."""
        return await self.body(SObject("Document", Id=id))

    async def content_version_body(self, id: str) -> Blob:
        """The file of one of its versions, compared with the checksum that the org has of it."""
        return await self.body(SObject("ContentVersion", Id=id))

    async def upload(
        self, type: str, content: bytes | Path, *, progress: Progress | None = None, **fields: Any
    ) -> SObject:
        """Make an Attachment, a Document or a ContentVersion of a file; gives the record with its id.

        The file is read while it is sent. It gives the record its name where the fields name none.

        Raises:
            BlobTooBig: it is larger than Salesforce takes; nothing was sent.
            FileChanged: somebody wrote to it meanwhile; nothing was saved.
            OSError: there is no such file.
            SaveRejected: the org refused the values.
        """
        from sfexplorer.client.blobs.upload import file_record
        from sfexplorer.client.inserting import insert_record

        return await insert_record(self._session, file_record(type, content, fields), progress)

    def bulk_query(
        self,
        soql: str,
        all_rows: bool = False,
        *,
        page_size: int = 50_000,
        pause: Pause = asyncio.sleep,
        progress: JobProgress | None = None,
    ) -> AsyncGenerator[dict[str, str | None], None]:
        """The rows of a query as texts by column (`Account.Name`), None for null, by a job of the Bulk API.

        Whoever leaves early ends the job at once by `contextlib.aclosing`.

        Args:
            soql: a query without aggregates, sub-selects, compound fields and OFFSET.
            all_rows: deleted and archived records too.
            page_size: rows that the org sends at once; one of them is here at a time.
            pause: what waits some seconds until the job is asked for again.
            progress: is told of the job each time that the org told of it.

        Raises:
            QueryRejected: the query is wrong, or none that a job takes.
            JobFailed: the org gave up on it.
        """
        from sfexplorer.client.bulk.query import bulk_rows

        return bulk_rows(
            self._session, soql, all_rows=all_rows, page_size=page_size, pause=pause, progress=progress
        )

    async def bulk_insert(self, type: str, rows: Rows, **options: Unpack[IngestOptions]) -> IngestResult:
        """Make records of any number of rows by jobs of the Bulk API; see `IngestOptions`.

        A row is a mapping or an SObject. None and "" are null; a field that a row lacks is not sent.

        Raises:
            ValueError: a row does not fit into the table.
            JobFailed: a job failed, or all failed when some had begun; its `result` tells what was done.
        """
        return await self._ingest({"object": type, "operation": "insert"}, rows, options)

    async def bulk_update(self, type: str, rows: Rows, **options: Unpack[IngestOptions]) -> IngestResult:
        """Change the records that the rows name by their Id, whatever others have done to them meanwhile."""
        return await self._ingest({"object": type, "operation": "update"}, rows, options)

    async def bulk_upsert(
        self, type: str, rows: Rows, external_id: str, **options: Unpack[IngestOptions]
    ) -> IngestResult:
        """Change the records that have the external ids of the rows, and make those that are not there."""
        wanted = {"object": type, "operation": "upsert", "externalIdFieldName": external_id}
        return await self._ingest(wanted, rows, options)

    async def bulk_delete(
        self, type: str, rows: Rows, *, hard: bool = False, **options: Unpack[IngestOptions]
    ) -> IngestResult:
        """Put records into the recycle bin, or `hard` past it, for good; a row may be a bare id."""
        operation = "hardDelete" if hard else "delete"
        return await self._ingest({"object": type, "operation": operation}, rows, options)

    async def _ingest(self, wanted: Mapping[str, str], rows: Rows, options: IngestOptions) -> IngestResult:
        from sfexplorer.client.bulk.ingest import ingest

        return await ingest(self._session, wanted, rows, **options)

    async def get_url(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        """The JSON behind any path or URL of this org.

        Raises:
            ForeignUrl: it leads to another host.
        """
        return await ask_url(self._session, "GET", path, params=params)

    async def post_url(self, path: str, body: Any = None) -> Any:
        """What a POST of a JSON body answers; None for an empty answer."""
        return await ask_url(self._session, "POST", path, body)

    async def put_url(self, path: str, body: Any = None) -> Any:
        """What a PUT of a JSON body answers; None for an empty answer."""
        return await ask_url(self._session, "PUT", path, body)

    async def patch_url(self, path: str, body: Any = None) -> Any:
        """What a PATCH with a JSON body answers; None for an empty answer."""
        return await ask_url(self._session, "PATCH", path, body)

    async def delete_url(self, path: str) -> Any:
        """What a DELETE answers; None for an empty answer."""
        return await ask_url(self._session, "DELETE", path)

    async def apex_rest(
        self, uri: str, method: Method = "GET", body: Any = None, params: Mapping[str, str] | None = None
    ) -> Any:
        """What the org's own Apex REST service answers: JSON, or None for an empty answer."""
        return await ask_url(self._session, method, f"/services/apexrest/{uri.lstrip('/')}", body, params)

    def composite(self, *, all_or_none: bool = False) -> Composite:
        """Up to 25 requests that go out as one, later ones made of what earlier ones gave."""
        from sfexplorer.client.composite import Composite

        return Composite(self._session, all_or_none=all_or_none)

    def batch(self, *, halt_on_error: bool = False) -> Batch:
        """Up to 25 requests that go out as one, each for itself."""
        from sfexplorer.client.composite import Batch

        return Batch(self._session, halt_on_error=halt_on_error)

    async def _password_path(self, user_id: str) -> str:
        return await self._session.path(f"sobjects/User/{path_part(user_id)}/password")


def _password_call(path: str, new: Secret) -> Call:
    content = msgspec.json.encode({"NewPassword": new.reveal()})
    return Call("POST", path, headers=JSON, content=content, purpose="save")


class _PasswordStatus(msgspec.Struct, frozen=True):
    expired: bool = msgspec.field(name="isExpired")


class _NewPassword(msgspec.Struct, frozen=True):
    new: str = msgspec.field(name="NewPassword")

    def text(self) -> Secret:
        return Secret(self.new)

    def __repr__(self) -> str:
        return "<a new password>"
