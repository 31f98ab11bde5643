"""Answers that say no, as errors (WIRE rest.md, section 3, and soql.md, section 4).

REST answers with a list of `{"message", "errorCode", "fields"}`; the login with one object; a proxy or a sick
server with anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from sfexplorer.client.errors import (
    AccessDenied,
    FieldErrors,
    LimitExceeded,
    LocatorExpired,
    LoginFailed,
    NotFound,
    Problem,
    QueryRejected,
    RequestRefused,
    RowLocked,
    SalesforceError,
    SaveRejected,
    ServerFailed,
    SessionExpired,
    UnexpectedReply,
)
from sfexplorer.client.exchange import Purpose, Reply

_PLACE = re.compile(r"ERROR at Row:(\d+):Column:(\d+)\n?(.*)", re.DOTALL)
_LEXER_PLACE = re.compile(r"line (\d+):(\d+) ")
# Salesforce counts columns from 0 in errors of its parser and from 1 in errors about meaning.
_PARSER_WORDS = ("unexpected token", "expecting", "missing value", "Malformed search token")

_LOGIN_HINTS = {
    "invalid_grant": "Check username, password and security token; the address may have to be the sandbox's.",
    "invalid_client_id": "Check the client id of the connected app.",
    "invalid_client": "Check the client id and the client secret of the connected app.",
    "invalid_app_access": "Ask the administrator to admit you to the connected app.",
    "inactive_user": "Ask the administrator to activate the user.",
    "inactive_org": "The org was switched off; choose another one.",
    "unsupported_grant_type": "The org has this kind of login switched off; use an access token.",
    "rate_limit_exceeded": "Too many logins; wait a few minutes.",
}


class _Entry(msgspec.Struct, rename="camel", frozen=True):
    message: str = ""
    error_code: str = ""
    fields: tuple[str, ...] | None = None


class _LoginRefusal(msgspec.Struct, frozen=True):
    error: str
    error_description: str = ""


def refusal_of(reply: Reply, purpose: Purpose) -> SalesforceError:
    """The error that an answer stands for, given what the request was for."""
    if purpose == "login":
        return _login_refusal(reply)
    problems = _problems(reply)
    if not problems:
        return _wordless(reply)
    return error_of(problems, reply.status, purpose, request_id=_request_id(reply))


def error_of(
    problems: Sequence[Problem], status: int, purpose: Purpose, *, request_id: str = ""
) -> SalesforceError:
    """The error that a list of the org's complaints stands for; it has one at least."""
    kind = _kind(status, problems[0].code, purpose, any(problem.fields for problem in problems))
    message = "; ".join(problem.message for problem in problems)
    details: dict[str, Any] = {
        "code": problems[0].code,
        "status": status,
        "fields": tuple(dict.fromkeys(name for problem in problems for name in problem.fields)),
        "problems": problems,
        "request_id": request_id,
    }
    if issubclass(kind, QueryRejected):
        message, line, column = _placed(message)
        return kind(message, line=line, column=column, **details)
    return kind(message, **details)


def token_refused(reply: Reply) -> bool:
    """Whether the answer means that the access token is no longer good."""
    # The identity and userinfo pages answer a bad token with 403 and this bare text.
    return reply.status == 401 or (reply.status == 403 and reply.body.strip() == b"Bad_OAuth_Token")


def _kind(status: int, code: str, purpose: Purpose, names_fields: bool) -> type[SalesforceError]:
    match status, code:
        case 401, _:
            return SessionExpired
        case _, "INVALID_QUERY_LOCATOR":
            return LocatorExpired
        case _, "UNABLE_TO_LOCK_ROW":
            return RowLocked
        case (429, _) | (_, "REQUEST_LIMIT_EXCEEDED"):
            return LimitExceeded
        case (404, _) | (_, "ENTITY_IS_DELETED" | "NOT_FOUND"):
            return NotFound
        case 403, _:
            return AccessDenied
        case 400, _ if code.startswith("INSUFFICIENT_ACCESS") and not names_fields:
            return AccessDenied
        case 400, _ if purpose == "query":
            return QueryRejected
        case 400, _ if purpose == "save":
            return FieldErrors if names_fields else SaveRejected
        case _ if status >= 500:
            return ServerFailed
    return RequestRefused


def _login_refusal(reply: Reply) -> SalesforceError:
    try:
        told = msgspec.json.decode(reply.body, type=_LoginRefusal)
    except (msgspec.MsgspecError, RecursionError):
        # An org with no calls left answers in the form of its other resources.
        return refusal_of(reply, "read")
    if reply.status >= 500:
        return ServerFailed(told.error_description or told.error, code=told.error, status=reply.status)
    return LoginFailed(
        f"the org refused the login: {told.error_description or told.error}",
        code=told.error,
        status=reply.status,
        hint=_LOGIN_HINTS.get(told.error, ""),
        request_id=_request_id(reply),
    )


def _wordless(reply: Reply) -> SalesforceError:
    """An answer without a word of Salesforce's: from a proxy, a web server, or a service in trouble."""
    status = reply.status
    if token_refused(reply):
        return SessionExpired("the org no longer takes the access token", status=status)
    if status in (414, 431):
        return RequestRefused(
            "the request is too long for one URL", status=status, hint="Ask for fewer fields at once."
        )
    if status == 429:
        return LimitExceeded("too many requests", status=status)
    if status == 412:
        return RequestRefused("the record has changed in the meantime", status=status)
    if status >= 500:
        return ServerFailed(f"the org failed with status {status}", status=status)
    return UnexpectedReply(f"status {status}, and not in Salesforce's form", status=status)


def _problems(reply: Reply) -> tuple[Problem, ...]:
    try:
        entries = msgspec.json.decode(reply.body, type=list[_Entry] | _Entry)
    except (msgspec.MsgspecError, RecursionError):
        return ()
    listed = entries if isinstance(entries, list) else [entries]
    return tuple(
        Problem(entry.error_code, entry.message.strip(), entry.fields or ())
        for entry in listed
        if entry.error_code or entry.message
    )


def _placed(message: str) -> tuple[str, int | None, int | None]:
    """Message, line and column, without the drawing of the place; both counted from 1."""
    place = _PLACE.search(message)
    message = place[3].strip() if place else message
    if lexer := _LEXER_PLACE.match(message):
        return message[lexer.end() :], int(lexer[1]), int(lexer[2]) + 1
    if place:
        return message, int(place[1]), int(place[2]) + message.startswith(_PARSER_WORDS)
    return message, None, None


def _request_id(reply: Reply) -> str:
    return reply.headers.get("sfdc-request-id") or reply.headers.get("x-request-id") or ""
