"""A request that is not sent yet, and what a client has to know to ask something useful."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

V = "/services/data/v60.0"
ACCOUNT, CONTACT, USER = "0015g0000000001AAA", "0035g0000000001AAA", "0055g0000000001AAA"
WORDS = {"messageSegments": [{"type": "Text", "text": "Hello"}, {"type": "Mention", "id": USER}]}
HANDSHAKE = {"channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["long-polling"],
              "ext": {"ack": True, "replay": True}, "advice": {"timeout": 0}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    Attributes:
        body: bytes as they are, a dict of str for a form where `is_form`, else a value for JSON.
    """

    method: str
    path: str
    params: dict[str, str] = field(default_factory=dict)
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a client knows after some calls: ids that lead somewhere."""

    locator: str
    attachment: str
    post: str
    query_job: str
    ingest_job: str
    channel: str
    schema: str
    listener: str


def known_of(http: httpx.Client) -> Known:
    """Make what requests can be about."""
    jobs = f"{V}/jobs"
    query = http.get(f"{V}/query", params={"q": "SELECT Id FROM Contact"}).json()
    account = http.post(f"{V}/sobjects/Account", json={"Name": "Known"}).json()["id"]
    attachment = {"Name": "a.txt", "ParentId": account, "Body": "eA=="}
    post = {"body": WORDS, "feedElementType": "FeedItem", "subjectId": account}
    job = {"operation": "query", "query": "SELECT Id, Name FROM Account LIMIT 9"}
    ingest = {"object": "Account", "operation": "upsert", "externalIdFieldName": "External_Id__c"}
    channels = http.get(f"{V}/query", params={"q": "SELECT Id FROM StreamingChannel"}).json()["records"]
    if not channels:
        made = http.post(f"{V}/sobjects/StreamingChannel", json={"Name": "/u/known"}).json()
        channels = [{"Id": made["id"]}]
    return Known(
        locator=query["nextRecordsUrl"].rpartition("/")[2],
        attachment=http.post(f"{V}/sobjects/Attachment", json=attachment).json()["id"],
        post=http.post(f"{V}/chatter/feed-elements", json=post).json()["id"],
        query_job=http.post(f"{jobs}/query", json=job).json()["id"],
        ingest_job=http.post(f"{jobs}/ingest", json=ingest).json()["id"],
        channel=channels[0]["Id"],
        schema=http.get(f"{V}/sobjects/Low_Ink__e/eventSchema").json()["uuid"],
        listener=http.post("/cometd/60.0", json=[HANDSHAKE]).json()[0]["clientId"],
    )
