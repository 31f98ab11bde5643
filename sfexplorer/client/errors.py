"""Everything that can go wrong between us and an org, as one tree.

    SalesforceError             message, code, status, fields, hint, problems, request_id
      ConnectionFailed          no talk with the host: unknown, refused, TLS, proxy, lost on the way
      RequestTimeout            the host took too long
      LoginFailed               the org refused the login
      SessionExpired            the token is no longer good and could not be renewed
      QueryRejected             the query is wrong: line, column
        LocatorExpired          the org forgot the query's cursor: rows_kept
      SaveRejected              the org refused a record
        FieldErrors             ... and named the fields
      RecordConflict            somebody else changed the same fields: base, theirs, yours
      RowLocked                 another transaction holds the record just now
      NotFound                  no such record, object or path
      AccessDenied              the user may not do that
      LimitExceeded             the org's API limit is used up
      ServerFailed              the org answered 5xx
      RequestRefused            any other refusal
      BlobDamaged               the bytes of a file are not those that the org has
      BlobTooBig                a file is larger than may be sent, or than was to be read: size, limit
      FileChanged               a file changed while it was being sent
      SubscriptionRefused       the org tells nothing of a channel: channel
        ReplayIdInvalid         ... from that event on: replay_id, choices
      JobFailed                 a bulk job came to no good end: job_id, result
      UnexpectedReply           no answer that we can read: not JSON, wrong shape, too big, a redirect
      UrlRefused                a URL that we don't send anything to
        MalformedUrl            it is no URL of an org
        InsecureUrl             plain http, and not on this machine
        ForeignUrl              it leads to another host than the org's own

The client raises; nobody hides them. Nothing of the HTTP library or of the decoder comes through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copyreg import __newobj__  # type: ignore[attr-defined]  # typeshed leaves it out
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from sfexplorer.client.bulk.result import IngestResult


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of the org's list of errors."""

    code: str
    message: str
    fields: tuple[str, ...] = ()


class SalesforceError(Exception):
    """What every error has.

    Attributes:
        message: what happened, in a sentence.
        code: the org's own code (`INVALID_FIELD`), or "".
        status: the HTTP status, or None when there was no answer.
        fields: the API names of the fields that the org holds responsible.
        hint: what a person can do next.
        problems: all that the org complained about; the attributes above tell of the first.
        request_id: the org's own name for the request, for talking to its support, or "".
    """

    default_hint: ClassVar[str] = "Try again."

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        status: int | None = None,
        fields: Sequence[str] = (),
        hint: str = "",
        problems: Sequence[Problem] = (),
        request_id: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.fields = tuple(fields)
        self.hint = hint or self.default_hint
        self.problems = tuple(problems)
        self.request_id = request_id

    def __reduce__(self) -> tuple[Any, ...]:
        # Pickling would make an error anew of its message alone, and most have more that must be given.
        return __newobj__, (type(self), self.message), vars(self)


class ConnectionFailed(SalesforceError):
    """The host could not be talked to; `reason` says in which way."""

    default_hint = "Check the address and the network, then try again."

    def __init__(
        self,
        message: str,
        *,
        reason: Literal["unknown host", "refused", "tls", "proxy", "lost", "closed"],
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class RequestTimeout(SalesforceError):
    """The host took longer than allowed. A save that timed out may have happened."""

    default_hint = "Try again; ask for fewer rows or fields if it keeps taking this long."


class LoginFailed(SalesforceError):
    """The org refused the login; `code` is the OAuth error (`invalid_grant`)."""

    default_hint = "Check username, password and security token."


class SessionExpired(SalesforceError):
    """The access token is expired or was revoked, and could not be renewed."""

    default_hint = "Log in again."


class QueryRejected(SalesforceError):
    """The org could not run the query. `line` and `column` count from 1; None when the org did not say."""

    default_hint = "Correct the query and run it again."

    def __init__(
        self, message: str, *, line: int | None = None, column: int | None = None, **details: Any
    ) -> None:
        super().__init__(message, **details)
        self.line = line
        self.column = column


class LocatorExpired(QueryRejected):
    """The org no longer knows the query's cursor; the first `rows_kept` rows are here."""

    default_hint = "Run the query again to get the rest."

    def __init__(self, message: str, *, rows_kept: int = 0, **details: Any) -> None:
        super().__init__(message, **details)
        self.rows_kept = rows_kept


class SaveRejected(SalesforceError):
    """The org refused what was to be saved; nothing was saved."""

    default_hint = "Correct the values and save again."


class FieldErrors(SaveRejected):
    """The org refused the values of the named fields; nothing was saved."""

    @property
    def by_field(self) -> dict[str, str]:
        """What is wrong with each field, by its API name."""
        told: dict[str, str] = {}
        for problem in self.problems:
            for name in problem.fields:
                told[name] = f"{told[name]}; {problem.message}" if name in told else problem.message
        return told


class RecordConflict(SalesforceError):
    """Somebody else changed a field that was to be saved; nothing was saved.

    `base`, `theirs` and `yours` hold the contested fields: as first loaded, as they are in the org now, as
    they were to be saved. `SObject.take_over(conflict.theirs)` makes theirs the new starting point: saving
    again then overwrites, reverting a field accepts theirs.
    """

    default_hint = "Compare the values, then save again or take theirs."

    def __init__(
        self,
        message: str,
        *,
        base: Mapping[str, Any],
        theirs: Mapping[str, Any],
        yours: Mapping[str, Any],
        status: int | None = None,
    ) -> None:
        super().__init__(message, status=status, fields=tuple(yours))
        self.base = dict(base)
        self.theirs = dict(theirs)
        self.yours = dict(yours)


class RowLocked(SalesforceError):
    """Another transaction holds the record just now."""

    default_hint = "Try again in a moment."


class NotFound(SalesforceError):
    """No such record, object or path; or it was deleted."""

    default_hint = "Check the id and the object's name; the record may have been deleted."


class AccessDenied(SalesforceError):
    """The user's profile and permission sets don't allow it."""

    default_hint = "Ask the org's administrator for access."


class LimitExceeded(SalesforceError):
    """The org has no API calls left, or too many at once."""

    default_hint = "Wait until other calls have ended; the daily limit counts the last 24 hours."


class ServerFailed(SalesforceError):
    """The org answered with an error of its own (5xx). A save may have happened."""

    default_hint = "Try again in a while; see status.salesforce.com."


class RequestRefused(SalesforceError):
    """The org refused the request in a way that has no kind of its own."""

    default_hint = "See the message."


class BlobDamaged(SalesforceError):
    """What arrived of a file is not what the org has; it was saved nowhere."""

    default_hint = "Try again; ask the org's administrator if it keeps coming like this."


class BlobTooBig(SalesforceError):
    """A file has `size` bytes and may have `limit`. Nothing was sent or kept."""

    default_hint = "Choose a smaller file."

    def __init__(self, message: str, *, size: int, limit: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.size = size
        self.limit = limit


class FileChanged(SalesforceError):
    """A file was changed or taken away while it was being sent; the org has kept nothing of it."""

    default_hint = "Send it again once nobody writes to it."


class SubscriptionRefused(SalesforceError):
    """The org tells nothing of a channel: there is none such, or the user may not listen to it."""

    default_hint = "Check the channel's name, and that it is active and open to the user."

    def __init__(self, message: str, *, channel: str, **details: Any) -> None:
        super().__init__(message, **details)
        self.channel = channel


class ReplayIdInvalid(SubscriptionRefused):
    """The org can't go on behind the event of `replay_id`: it keeps events for one to three days.

    What was said since may be lost. `choices` are what to subscribe with instead: all that is kept, or new
    events alone.
    """

    default_hint = "Subscribe with ALL for all events that are still kept, or with NEW for those to come."
    choices: ClassVar[tuple[Literal["ALL", "NEW"], ...]] = ("ALL", "NEW")

    def __init__(self, message: str, *, replay_id: int, **details: Any) -> None:
        super().__init__(message, **details)
        self.replay_id = replay_id


class JobFailed(SalesforceError):
    """A bulk job failed or was aborted, or the way to it was lost.

    `result` tells what an ingest had done by then: rows saved, refused and never looked at.
    """

    default_hint = "See which rows were done before sending the rest again."

    def __init__(
        self, message: str, *, job_id: str, result: IngestResult | None = None, **details: Any
    ) -> None:
        super().__init__(message, **details)
        self.job_id = job_id
        self.result = result


class UnexpectedReply(SalesforceError):
    """The answer is not what Salesforce sends: not JSON, wrong shape, too big, a redirect."""

    default_hint = "Check that the address is that of a Salesforce org."


class UrlRefused(SalesforceError):
    """A URL that nothing is sent to."""

    default_hint = "Use the org's own https address."


class MalformedUrl(UrlRefused):
    """The text is not the address of an org."""

    default_hint = "Write it like https://acme.my.salesforce.com."


class InsecureUrl(UrlRefused):
    """Plain http would show the token to everybody on the way; it is for this machine only."""

    default_hint = "Use https."


class ForeignUrl(UrlRefused):
    """The URL leads to another host than the org's own, which must not see the token."""

    default_hint = "Something on the way answers in the org's place; check the address and the proxy."
