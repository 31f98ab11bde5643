"""What the org answers when it refuses: Salesforce's codes and texts, in Salesforce's array form.

The texts follow section 3 of the wire reference; `fields` is there on errors about a record's fields and
absent on errors about queries, sessions and paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of an error array; `details` is what a few kinds of errors tell besides."""

    code: str
    message: str
    fields: tuple[str, ...] | None = None
    details: Mapping[str, object] | None = None

    def as_dict(self) -> dict[str, object]:
        """The entry as Salesforce writes it."""
        entry: dict[str, object] = {"message": self.message, "errorCode": self.code}
        if self.fields is not None:
            entry["fields"] = list(self.fields)
        return {**entry, **(self.details or {})}


class Refusal(Exception):
    """A request that the org does not fulfil, with the status and errors that say why."""

    def __init__(self, status: int, faults: Iterable[Fault], headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.faults = tuple(faults)
        self.headers = headers or {}
        super().__init__("; ".join(fault.message for fault in self.faults))

    def as_list(self) -> list[dict[str, object]]:
        """The body of the answer."""
        return [fault.as_dict() for fault in self.faults]


def refusal(status: int, code: str, message: str, fields: Iterable[str] | None = None) -> Refusal:
    """A refusal with a single error."""
    return Refusal(status, [Fault(code, message, None if fields is None else tuple(fields))])


def session_expired() -> Refusal:
    """No session, an unknown one or one that has ended."""
    return refusal(401, "INVALID_SESSION_ID", "Session expired or invalid")


def not_found(message: str = "The requested resource does not exist") -> Refusal:
    """A path, type, version or row that is not there."""
    return refusal(404, "NOT_FOUND", message)


def method_not_allowed(method: str, allowed: Iterable[str]) -> Refusal:
    """A resource that does not know the method; it names those that it knows."""
    names = ",".join(sorted(set(allowed)))
    message = f"HTTP Method '{method}' not allowed. Allowed are {names}"
    return Refusal(405, [Fault("METHOD_NOT_ALLOWED", message)], {"Allow": names})


def malformed_query(message: str) -> Refusal:
    """A query that breaks a rule without a place to point at."""
    return refusal(400, "MALFORMED_QUERY", message)


def malformed_id(message: str, fields: Iterable[str] = ()) -> Refusal:
    """A value that should be an id and is none."""
    return refusal(400, "MALFORMED_ID", message, fields)


def unreadable_json(message: str) -> Refusal:
    """A body that is no JSON, or JSON of the wrong shape."""
    return refusal(400, "JSON_PARSER_ERROR", message)


def unsupported_type(name: str) -> Refusal:
    """An sObject that the org does not have, outside a query."""
    return refusal(400, "INVALID_TYPE", f"sObject type '{name}' is not supported.")
