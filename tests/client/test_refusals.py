"""What the org's refusals become."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from sfexplorer.client import errors
from sfexplorer.client.exchange import Purpose, Reply
from sfexplorer.client.refusals import refusal_of


def refusal(status: int, body: Any, purpose: Purpose = "read", **headers: str) -> errors.SalesforceError:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return refusal_of(Reply(status, headers, content), purpose)


def told(code: str, message: str = "no", *fields: str) -> list[dict[str, Any]]:
    return [{"message": message, "errorCode": code, "fields": list(fields)}]


@pytest.mark.parametrize(
    "error",
    [
        refusal(400, told("REQUIRED_FIELD_MISSING", "no", "Name"), "save"),
        errors.RecordConflict("both", base={"A": 1}, theirs={"A": 2}, yours={"A": 3}, status=412),
        errors.ConnectionFailed("gone", reason="lost"),
        errors.BlobTooBig("big", size=2, limit=1),
        errors.JobFailed("failed", job_id="750"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_out_of_another_process_as_it_is(error: errors.SalesforceError) -> None:
    came = pickle.loads(pickle.dumps(error))
    assert (type(came), str(came), vars(came)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize(
    ("status", "code", "purpose", "kind"),
    [
        (401, "INVALID_SESSION_ID", "read", errors.SessionExpired),
        (400, "INVALID_QUERY_LOCATOR", "query", errors.LocatorExpired),
        (400, "UNABLE_TO_LOCK_ROW", "save", errors.RowLocked),
        (403, "REQUEST_LIMIT_EXCEEDED", "query", errors.LimitExceeded),
        (404, "NOT_FOUND", "read", errors.NotFound),
        (404, "ENTITY_IS_DELETED", "save", errors.NotFound),
        (404, "INVALID_CROSS_REFERENCE_KEY", "save", errors.NotFound),
        (403, "INSUFFICIENT_ACCESS_OR_READONLY", "save", errors.AccessDenied),
        (403, "API_DISABLED_FOR_ORG", "read", errors.AccessDenied),
        (400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "save", errors.AccessDenied),
        (400, "DELETE_FAILED", "save", errors.SaveRejected),
        (500, "UNKNOWN_EXCEPTION", "save", errors.ServerFailed),
        (503, "SERVER_UNAVAILABLE", "read", errors.ServerFailed),
        (405, "METHOD_NOT_ALLOWED", "read", errors.RequestRefused),
        (412, "", "save", errors.RequestRefused),
    ],
)
def test_each_refusal_has_its_kind(
    status: int, code: str, purpose: Purpose, kind: type[errors.SalesforceError]
) -> None:
    error = refusal(status, told(code), purpose)
    assert type(error) is kind
    assert (error.code, error.status, error.message) == (code, status, "no")
    assert error.hint


def test_field_errors_name_all_their_fields() -> None:
    body = told("REQUIRED_FIELD_MISSING", "Required: [LastName]", "LastName") + told(
        "STRING_TOO_LONG", "Long", "City"
    )
    error = refusal(400, body, "save")
    assert isinstance(error, errors.FieldErrors)
    assert error.fields == ("LastName", "City")
    assert error.by_field == {"LastName": "Required: [LastName]", "City": "Long"}
    assert [problem.code for problem in error.problems] == ["REQUIRED_FIELD_MISSING", "STRING_TOO_LONG"]


def test_a_semantic_query_error_is_placed_by_its_own_column() -> None:
    message = (
        "\nSELECT Nmae FROM Account\n       ^\nERROR at Row:1:Column:8\n"
        "No such column 'Nmae' on entity 'Account'."
    )
    error = refusal(400, [{"message": message, "errorCode": "INVALID_FIELD"}], "query")
    assert isinstance(error, errors.QueryRejected)
    assert (error.line, error.column) == (1, 8)
    assert error.message == "No such column 'Nmae' on entity 'Account'."


def test_a_parsers_query_error_counts_columns_from_nought() -> None:
    message = "\nSELECT name, From Account\n            ^\nERROR at Row:1:Column:13\nunexpected token: 'From'"
    error = refusal(400, [{"message": message, "errorCode": "MALFORMED_QUERY"}], "query")
    assert isinstance(error, errors.QueryRejected)
    assert (error.line, error.column) == (1, 14)
    assert "SELECT name, From".index("From") == 14 - 1


def test_a_lexers_query_error_is_placed_too() -> None:
    message = "line 2:77 no viable alternative at character '<EOF>'"
    error = refusal(400, [{"message": message, "errorCode": "MALFORMED_QUERY"}], "query")
    assert isinstance(error, errors.QueryRejected)
    assert (error.line, error.column, error.message) == (2, 78, "no viable alternative at character '<EOF>'")


def test_a_query_error_without_a_place_has_none() -> None:
    error = refusal(400, told("MALFORMED_QUERY", "unexpected token: q"), "query")
    assert isinstance(error, errors.QueryRejected)
    assert (error.line, error.column) == (None, None)


@pytest.mark.parametrize(
    ("error_name", "hint"),
    [
        ("invalid_grant", "security token"),
        ("invalid_client_id", "client id"),
        ("inactive_user", "administrator"),
    ],
)
def test_a_refused_login_says_what_to_look_at(error_name: str, hint: str) -> None:
    error = refusal(400, {"error": error_name, "error_description": "authentication failure"}, "login")
    assert isinstance(error, errors.LoginFailed)
    assert (error.code, error.message) == (error_name, "the org refused the login: authentication failure")
    assert hint in error.hint


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, errors.SessionExpired),
        (404, errors.UnexpectedReply),
        (414, errors.RequestRefused),
        (429, errors.LimitExceeded),
        (503, errors.ServerFailed),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>Sorry</html>", b"\xff\xfe", b"[[]]", b"[]"])
def test_answers_in_no_form_of_salesforces_have_their_kind_too(
    status: int, kind: type[errors.SalesforceError], body: bytes
) -> None:
    assert type(refusal(status, body)) is kind


def test_the_orgs_name_for_the_request_is_kept() -> None:
    error = refusal(400, told("DELETE_FAILED"), "save", **{"sfdc-request-id": "abc-1"})
    assert error.request_id == "abc-1"


def test_the_tree_in_the_docstring_is_the_tree_in_the_code() -> None:
    drawn = [line for line in (errors.__doc__ or "").splitlines() if line.startswith("    ")]
    parents: list[str] = []
    for line in drawn:
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip()) - 4) // 2
        parents[depth:] = [name]
        kind = getattr(errors, name)
        assert kind.__base__.__name__ == (parents[depth - 1] if depth else "Exception")
    kinds = [
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert {kind.__name__ for kind in kinds} == {line.split()[0] for line in drawn}
