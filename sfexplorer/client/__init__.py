"""The shared async Salesforce client core.

Names are looked up when first used, so that `sfexplorer.client.ids` or the errors cost no HTTP library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfexplorer.client.addresses import PRODUCTION, SANDBOX, origin_of
    from sfexplorer.client.blobs.blob import Blob
    from sfexplorer.client.bulk.ingest import IngestOptions
    from sfexplorer.client.bulk.job import BulkJob
    from sfexplorer.client.bulk.result import IngestResult, RefusedRow, SavedRow
    from sfexplorer.client.chatter import Chatter, ChatterUser, FeedElement
    from sfexplorer.client.composite import Batch, Composite, Part, PartResult
    from sfexplorer.client.connection import Connection
    from sfexplorer.client.describe import (
        ChildRelationship,
        FieldDescribe,
        PicklistValue,
        RecordTypeInfo,
        SObjectDescribe,
        SObjectInfo,
    )
    from sfexplorer.client.describecache import DescribeCache, DescribeKey, KeptDescribe
    from sfexplorer.client.describefiles import DescribeFiles
    from sfexplorer.client.errors import (
        AccessDenied,
        BlobDamaged,
        BlobTooBig,
        ConnectionFailed,
        FieldErrors,
        FileChanged,
        ForeignUrl,
        InsecureUrl,
        JobFailed,
        LimitExceeded,
        LocatorExpired,
        LoginFailed,
        MalformedUrl,
        NotFound,
        Problem,
        QueryRejected,
        RecordConflict,
        ReplayIdInvalid,
        RequestRefused,
        RequestTimeout,
        RowLocked,
        SalesforceError,
        SaveRejected,
        ServerFailed,
        SessionExpired,
        SubscriptionRefused,
        UnexpectedReply,
        UrlRefused,
    )
    from sfexplorer.client.exchange import Exchange
    from sfexplorer.client.facts import Identity, Limit
    from sfexplorer.client.filename import safe_filename
    from sfexplorer.client.ids import is_id, key_prefix, to_15, to_18
    from sfexplorer.client.login.authorization import AuthorizationRequest
    from sfexplorer.client.login.device import DeviceCode, DeviceGrant
    from sfexplorer.client.login.grants import (
        AuthorizationCodeGrant,
        ClientCredentialsGrant,
        PasswordGrant,
        RefreshTokenGrant,
        SamlAssertionGrant,
    )
    from sfexplorer.client.login.host import Grant
    from sfexplorer.client.login.jwt import JwtBearerGrant
    from sfexplorer.client.login.soap import SoapGrant
    from sfexplorer.client.oauth import OAuth
    from sfexplorer.client.org import Org
    from sfexplorer.client.page import Page
    from sfexplorer.client.plans import PlanNote, QueryPlan
    from sfexplorer.client.policies import Timeouts
    from sfexplorer.client.query import Query
    from sfexplorer.client.reading import BasicInfo, Deleted, DeletedRecord, Updated
    from sfexplorer.client.records import Records
    from sfexplorer.client.retry import Retry
    from sfexplorer.client.saving import Saved
    from sfexplorer.client.search import SearchedObject, SearchResult, SearchScope
    from sfexplorer.client.secret import Secret
    from sfexplorer.client.session import ApiVersion
    from sfexplorer.client.sobject import SObject
    from sfexplorer.client.sobjectcollections import SaveResult
    from sfexplorer.client.streaming.events import (
        ChangeEvent,
        Event,
        GenericEvent,
        PlatformEvent,
        SystemEvent,
        TopicEvent,
    )
    from sfexplorer.client.streaming.publishing import Pushed
    from sfexplorer.client.streaming.pushtopics import PushTopic, PushTopics
    from sfexplorer.client.streaming.replaystore import FileReplayStore, ReplayStore
    from sfexplorer.client.streaming.states import StateChanged
    from sfexplorer.client.streaming.stream import Stream
    from sfexplorer.client.streaming.timing import Timing
    from sfexplorer.client.streaming.topicproblem import TopicProblem, topic_problems
    from sfexplorer.client.tooling import ApexResult, Tooling
    from sfexplorer.client.tracing import RequestSent, ResponseArrived
    from sfexplorer.client.upserting import Upserted

__all__ = [
    "PRODUCTION",
    "SANDBOX",
    "AccessDenied",
    "ApexResult",
    "ApiVersion",
    "AuthorizationCodeGrant",
    "AuthorizationRequest",
    "BasicInfo",
    "Batch",
    "Blob",
    "BlobDamaged",
    "BlobTooBig",
    "BulkJob",
    "ChangeEvent",
    "Chatter",
    "ChatterUser",
    "ChildRelationship",
    "ClientCredentialsGrant",
    "Composite",
    "Connection",
    "ConnectionFailed",
    "Deleted",
    "DeletedRecord",
    "DescribeCache",
    "DescribeFiles",
    "DescribeKey",
    "DeviceCode",
    "DeviceGrant",
    "Event",
    "Exchange",
    "FeedElement",
    "FieldDescribe",
    "FieldErrors",
    "FileChanged",
    "FileReplayStore",
    "ForeignUrl",
    "GenericEvent",
    "Grant",
    "Identity",
    "IngestOptions",
    "IngestResult",
    "InsecureUrl",
    "JobFailed",
    "JwtBearerGrant",
    "KeptDescribe",
    "Limit",
    "LimitExceeded",
    "LocatorExpired",
    "LoginFailed",
    "MalformedUrl",
    "NotFound",
    "OAuth",
    "Org",
    "Page",
    "Part",
    "PartResult",
    "PasswordGrant",
    "PicklistValue",
    "PlanNote",
    "PlatformEvent",
    "Problem",
    "PushTopic",
    "PushTopics",
    "Pushed",
    "Query",
    "QueryPlan",
    "QueryRejected",
    "RecordConflict",
    "RecordTypeInfo",
    "Records",
    "RefreshTokenGrant",
    "RefusedRow",
    "ReplayIdInvalid",
    "ReplayStore",
    "RequestRefused",
    "RequestSent",
    "RequestTimeout",
    "ResponseArrived",
    "Retry",
    "RowLocked",
    "SObject",
    "SObjectDescribe",
    "SObjectInfo",
    "SalesforceError",
    "SamlAssertionGrant",
    "SaveRejected",
    "SaveResult",
    "Saved",
    "SavedRow",
    "SearchResult",
    "SearchScope",
    "SearchedObject",
    "Secret",
    "ServerFailed",
    "SessionExpired",
    "SoapGrant",
    "StateChanged",
    "Stream",
    "SubscriptionRefused",
    "SystemEvent",
    "Timeouts",
    "Timing",
    "Tooling",
    "TopicEvent",
    "TopicProblem",
    "UnexpectedReply",
    "Updated",
    "Upserted",
    "UrlRefused",
    "is_id",
    "key_prefix",
    "origin_of",
    "safe_filename",
    "to_15",
    "to_18",
    "topic_problems",
]  # fmt: skip

_HOMES = {
    "addresses": ("PRODUCTION", "SANDBOX", "origin_of"),
    "blobs.blob": ("Blob",),
    "bulk.ingest": ("IngestOptions",),
    "bulk.job": ("BulkJob",),
    "bulk.result": ("IngestResult", "RefusedRow", "SavedRow"),
    "connection": ("Connection",),
    "describe": (
        "ChildRelationship", "FieldDescribe", "PicklistValue", "RecordTypeInfo", "SObjectDescribe",
        "SObjectInfo",
    ),
    "describecache": ("DescribeCache", "DescribeKey", "KeptDescribe"),
    "describefiles": ("DescribeFiles",),
    "errors": (
        "AccessDenied", "BlobDamaged", "BlobTooBig", "ConnectionFailed", "FieldErrors", "FileChanged",
        "ForeignUrl", "InsecureUrl", "JobFailed", "LimitExceeded",
        "LocatorExpired", "LoginFailed", "MalformedUrl", "NotFound", "Problem", "QueryRejected",
        "RecordConflict", "ReplayIdInvalid", "RequestRefused", "RequestTimeout", "RowLocked",
        "SalesforceError", "SaveRejected",
        "ServerFailed", "SessionExpired", "SubscriptionRefused", "UnexpectedReply", "UrlRefused",
    ),
    "exchange": ("Exchange",),
    "facts": ("Identity", "Limit"),
    "filename": ("safe_filename",),
    "ids": ("is_id", "key_prefix", "to_15", "to_18"),
    "login.authorization": ("AuthorizationRequest",),
    "login.device": ("DeviceCode", "DeviceGrant"),
    "login.grants": (
        "AuthorizationCodeGrant", "ClientCredentialsGrant", "PasswordGrant", "RefreshTokenGrant",
        "SamlAssertionGrant",
    ),
    "login.host": ("Grant",),
    "login.jwt": ("JwtBearerGrant",),
    "login.soap": ("SoapGrant",),
    "oauth": ("OAuth",),
    "org": ("Org",),
    "page": ("Page",),
    "query": ("Query",),
    "records": ("Records",),
    "retry": ("Retry",),
    "saving": ("Saved",),
    "search": ("SearchResult", "SearchScope", "SearchedObject"),
    "secret": ("Secret",),
    "session": ("ApiVersion",),
    "sobject": ("SObject",),
    "sobjectcollections": ("SaveResult",),
    "streaming.events": (
        "ChangeEvent", "Event", "GenericEvent", "PlatformEvent", "SystemEvent", "TopicEvent",
    ),
    "streaming.publishing": ("Pushed",),
    "streaming.pushtopics": ("PushTopic", "PushTopics"),
    "streaming.replaystore": ("FileReplayStore", "ReplayStore"),
    "streaming.states": ("StateChanged",),
    "streaming.stream": ("Stream",),
    "streaming.timing": ("Timing",),
    "streaming.topicproblem": ("TopicProblem", "topic_problems"),
    "upserting": ("Upserted",),
    "reading": ("BasicInfo", "Deleted", "DeletedRecord", "Updated",),
    "plans": ("PlanNote", "QueryPlan",),
    "tooling": ("ApexResult", "Tooling",),
    "chatter": ("Chatter", "ChatterUser", "FeedElement",),
    "composite": ("Batch", "Composite", "Part", "PartResult",),
    "policies": ("Timeouts",),
    "tracing": ("RequestSent", "ResponseArrived"),
}  # fmt: skip
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
