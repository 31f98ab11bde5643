"""The shared async Salesforce client core.

Names are looked up when first used, so that `sfexplorer.client.ids` or the errors cost no HTTP library.
"""

# ruff: noqa: F401 - re-exports; __all__ is made from the table below
from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfexplorer.client.describe import (
        ChildRelationship,
        FieldDescribe,
        PicklistValue,
        RecordTypeInfo,
        SObjectDescribe,
        SObjectInfo,
    )
    from sfexplorer.client.errors import (
        AccessDenied,
        ConnectionFailed,
        FieldErrors,
        ForeignUrl,
        InsecureUrl,
        LimitExceeded,
        LocatorExpired,
        LoginFailed,
        MalformedUrl,
        NotFound,
        Problem,
        QueryRejected,
        RecordConflict,
        RequestRefused,
        RequestTimeout,
        RowLocked,
        SalesforceError,
        SaveRejected,
        ServerFailed,
        SessionExpired,
        UnexpectedReply,
        UrlRefused,
    )
    from sfexplorer.client.ids import is_id, key_prefix, to_15, to_18
    from sfexplorer.client.records import Records
    from sfexplorer.client.sobject import SObject

_HOMES = {
    "describe": (
        "ChildRelationship", "FieldDescribe", "PicklistValue", "RecordTypeInfo", "SObjectDescribe",
        "SObjectInfo",
    ),
    "errors": (
        "AccessDenied", "ConnectionFailed", "FieldErrors", "ForeignUrl", "InsecureUrl", "LimitExceeded",
        "LocatorExpired", "LoginFailed", "MalformedUrl", "NotFound", "Problem", "QueryRejected",
        "RecordConflict", "RequestRefused", "RequestTimeout", "RowLocked", "SalesforceError", "SaveRejected",
        "ServerFailed", "SessionExpired", "UnexpectedReply", "UrlRefused",
    ),
    "ids": ("is_id", "key_prefix", "to_15", "to_18"),
    "records": ("Records",),
    "sobject": ("SObject",),
}  # fmt: skip
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
