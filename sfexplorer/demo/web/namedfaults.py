"""The faults that have a short name, as the rules that they stand for.

    {"path": "/query", "fault": "unavailable", "headers": {"Retry-After": "5"}}

What else a rule says goes before what its name says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sfexplorer.demo.errors import refusal

Rule = Mapping[str, Any]


def _error(status: int, code: str, message: str, **others: object) -> Rule:
    return {"status": status, "body": [{"message": message, "errorCode": code, **others}]}


def _page(status: int, title: str) -> Rule:
    """What stands before an org, and not the org, answers in HTML."""
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return {"status": status, "body": html, "headers": {"Content-Type": "text/html;charset=UTF-8"}}


NAMED: Mapping[str, Rule] = {
    # Answers of an org that can't or won't just now (rest.md section 3).
    "lock_row": _error(
        400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record", fields=[]
    ),
    "request_limit": _error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    "unavailable": {
        **_error(503, "SERVER_UNAVAILABLE", "The server is temporarily unavailable"),
        "headers": {"Retry-After": "1"},
    },
    "server_error": _error(
        500,
        "UNKNOWN_EXCEPTION",
        "An unexpected error occurred. Please include this ErrorId if you contact support: 0-0 (0)",
    ),
    "bad_gateway": _page(502, "Bad Gateway"),
    "maintenance": _page(200, "We are down for maintenance"),
    "redirect": {"status": 302, "headers": {"Location": "https://elsewhere.example/"}},
    # What becomes of the request, before the org answers it as it then has to.
    "expired_session": {"expire_session": True},
    "stale_locator": {"expire_locators": True},
    "conflict": {"touch": {}},
    # What becomes of the answer on its way.
    "truncated_json": {"spoil": "truncated_json"},
    "invalid_json": {"spoil": "invalid_json"},
    "truncated_gzip": {"spoil": "truncated_gzip"},
    "wrong_type": {"headers": {"Content-Type": "text/html;charset=UTF-8"}},
    # What becomes of the connection.
    "drop": {"drop": True},
    "half": {"drop": "half"},
    "stall": {"stall": True},
    "stall_half": {"stall": "half"},
}


def spelt_out(item: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A rule without a short name: what that stands for, and what the rule says itself.

    Raises:
        Refusal: When no fault has this name.
    """
    others = {key: value for key, value in item.items() if key != "fault"}
    name = item.get("fault")
    if name is None:
        return others
    if not isinstance(name, str) or name not in NAMED:
        raise refusal(
            400, "INVALID_INPUT", f"there is no fault {name!r}; the faults are {', '.join(sorted(NAMED))}"
        )
    meant = {**NAMED[name], **others}
    if isinstance(others.get("headers"), dict):
        meant["headers"] = {**NAMED[name].get("headers", {}), **others["headers"]}
    return meant
