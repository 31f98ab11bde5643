"""What comes of each operation under each fault: the table that the tests hold, and that the page shows.

"right"                         it went well at once
"right ×2 / ServerFailed ×3"    it went well at the second try; where the fault stays, three tries fail
"ServerFailed, done"            it failed although the org had done it: what was lost is the answer
"""

from __future__ import annotations

from collections.abc import Mapping

_READS = "identity describe first_page search retrieve"
_INSERTS = "insert insert_many composite upload"
_CHANGES = "update upsert delete"
_SAVES = f"{_INSERTS} {_CHANGES}"
_ALL = f"login {_READS} all_pages {_SAVES} save_file bulk_query bulk_insert"
# A second page that was asked for ahead is asked for once more in its turn: six tries are two times three.
_FILES = "save_file bulk_query"

_EXPECTED: Mapping[str, Mapping[str, str]] = {
    "refused": {
        "right ×2 / ConnectionFailed ×3": f"{_READS} all_pages {_CHANGES} save_file",
        "ConnectionFailed": f"login {_INSERTS} bulk_query bulk_insert",
    },
    "reset before the answer": {
        "right ×2 / ConnectionFailed ×3": f"{_READS} save_file",
        "right ×2 / ConnectionFailed ×6": "all_pages",
        "right ×2 / ConnectionFailed ×9": "bulk_query",
        "ConnectionFailed": f"login {_SAVES} bulk_insert",
    },
    "reset within the body": {
        "right ×2 / ConnectionFailed ×3": f"{_READS} bulk_query",
        "right ×2 / ConnectionFailed ×6": "all_pages",
        "ConnectionFailed": "login save_file bulk_insert",
        "ConnectionFailed, done": _SAVES,
    },
    "stall": {
        "right ×2 / RequestTimeout ×2": "all_pages",
        "right ×2 / RequestTimeout ×3": "bulk_query",
        "RequestTimeout": f"login {_READS} {_SAVES} save_file bulk_insert",
    },
    "stall within the body": {
        "right ×2 / RequestTimeout ×2": "all_pages",
        "right ×2 / RequestTimeout ×3": "bulk_query",
        "RequestTimeout": f"login {_READS} save_file bulk_insert",
        "RequestTimeout, done": _SAVES,
    },
    "500": {
        "right ×2 / ServerFailed ×2": "all_pages",
        "ServerFailed": f"login {_READS} {_SAVES} {_FILES} bulk_insert",
    },
    "502": {
        "right ×2 / ServerFailed ×3": f"{_READS} {_FILES}",
        "right ×2 / ServerFailed ×6": "all_pages",
        "ServerFailed": f"login {_SAVES} bulk_insert",
    },
    "503": {
        "right ×2 / ServerFailed ×3": f"{_READS} {_FILES}",
        "right ×2 / ServerFailed ×6": "all_pages",
        "ServerFailed": f"login {_SAVES} bulk_insert",
    },
    "401, expired": {
        "right": "login",
        "right ×2 / SessionExpired ×2": f"{_READS} {_SAVES} {_FILES} bulk_insert",
        "right ×2 / SessionExpired ×4": "all_pages",
    },
    "row locked": {
        "right ×2 / RowLocked ×3": f"{_READS} {_CHANGES} {_FILES}",
        "right ×2 / RowLocked ×6": "all_pages",
        "RowLocked": f"login {_INSERTS} bulk_insert",
    },
    "limit exceeded": {
        "right ×2 / LimitExceeded ×2": "all_pages",
        "LimitExceeded": f"login {_READS} {_SAVES} {_FILES} bulk_insert",
    },
    "invalid JSON": {
        # An update, a deletion and an upload of rows are answered by nothing, which can't be spoilt.
        "right": "update delete bulk_insert",
        "right ×2 / UnexpectedReply ×2": "all_pages",
        "UnexpectedReply": f"login {_READS} bulk_query",
        "UnexpectedReply, done": f"{_INSERTS} upsert",
        "BlobDamaged": "save_file",
    },
    "truncated gzip": {
        "right": "update delete bulk_insert",
        "right ×2 / UnexpectedReply ×2": "all_pages",
        "UnexpectedReply": f"login {_READS} {_FILES}",
        "UnexpectedReply, done": f"{_INSERTS} upsert",
    },
    "wrong content type": {
        "right": _ALL,
    },
    "a page in its stead": {
        "right ×2 / UnexpectedReply ×2": "all_pages",
        "UnexpectedReply": f"login {_READS} {_SAVES} bulk_query bulk_insert",
        "BlobDamaged": "save_file",
    },
    "foreign redirect": {
        "right ×2 / ForeignUrl ×2": "all_pages",
        "ForeignUrl": f"login {_READS} {_SAVES} {_FILES} bulk_insert",
    },
    "stale locator": {
        "right": f"login {_READS} {_SAVES} {_FILES} bulk_insert",
        "LocatorExpired ×2": "all_pages",
    },
}  # fmt: skip


def outcomes_of(fault: str) -> dict[str, str]:
    """What comes of each operation, by its name."""
    return {name: told for told, names in _EXPECTED[fault].items() for name in names.split()}
