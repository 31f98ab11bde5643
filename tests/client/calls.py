"""Every call that the client can make, to be tried on hosts that answer anything at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sfexplorer.client import (
    AuthorizationCodeGrant,
    ClientCredentialsGrant,
    Connection,
    DeviceGrant,
    Grant,
    Org,
    PasswordGrant,
    RefreshTokenGrant,
    SamlAssertionGrant,
    SoapGrant,
    SObject,
)

ID = "001000000000001AAA"
USER = "005000000000001AAA"
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def changed(**more: object) -> SObject:
    record = SObject("Account", Id=ID, **more)
    record["Name"] = "Acme"
    return record


def keyed() -> SObject:
    record = SObject("Account", Name="Acme")
    record.set_external_id("Key__c", "K-1")
    return record


async def all_rows(org: Org) -> None:
    async for record in org.query("SELECT Id FROM Account"):
        _ = record.id


async def feed(org: Org) -> None:
    async for element in org.chatter.feed(ID):
        _ = element.text, element.author


async def composite(org: Org) -> None:
    parts = org.composite()
    parts.insert(SObject("Account", Name="Acme"))
    parts.query("SELECT Id FROM Account")
    await parts.send()


async def batch(org: Org) -> None:
    parts = org.batch()
    parts.retrieve("Account", ID)
    await parts.send()


async def no_pause(seconds: float) -> None:
    if seconds > 1e6:
        raise RuntimeError("that would never end")


READS: dict[str, Callable[[Org], Awaitable[object]]] = {
    "versions": lambda org: org.versions(),
    "identity": lambda org: org.identity(),
    "limits": lambda org: org.limits(),
    "record_counts": lambda org: org.record_counts(["Account"]),
    "resources": lambda org: org.resources(),
    "recent": lambda org: org.recent(),
    "password_status": lambda org: org.password_status(USER),
    "sobjects": lambda org: org.sobjects(),
    "describe": lambda org: org.describe("Account"),
    "object_of": lambda org: org.object_of(ID),
    "query": lambda org: org.query("SELECT Id FROM Account").first_page(),
    "all_rows": all_rows,
    "search": lambda org: org.search("FIND {Acme}"),
    "parameterized_search": lambda org: org.parameterized_search("Acme", sobjects=["Account"]),
    "metadata": lambda org: org.metadata("Account"),
    "layouts": lambda org: org.layouts("Account"),
    "deleted": lambda org: org.deleted("Account", MONDAY, NIGHT),
    "updated": lambda org: org.updated("Account", MONDAY, NIGHT),
    "related": lambda org: org.related(SObject("Account", Id=ID), "Owner"),
    "query_plan": lambda org: org.query_plan("SELECT Id FROM Account"),
    "retrieve": lambda org: org.retrieve("Account", ID, ["Name"]),
    "retrieve_many": lambda org: org.retrieve("Account", [ID], ["Name"]),
    "retrieve_by": lambda org: org.retrieve_by("Account", "Key__c", "K-1"),
    "get_url": lambda org: org.get_url("/services/data/v60.0/limits"),
    "tooling_query": lambda org: org.tooling.query("SELECT Id FROM ApexClass").first_page(),
    "completions": lambda org: org.tooling.completions(),
    "execute": lambda org: org.tooling.execute_anonymous("System.debug(1);"),
    "me": lambda org: org.chatter.me(),
    "feed": feed,
    "attachment_body": lambda org: org.attachment_body(ID),
    "document_body": lambda org: org.document_body(ID),
    "content_version_body": lambda org: org.content_version_body(ID),
    "batch": batch,
}
SAVES: dict[str, Callable[[Org], Awaitable[object]]] = {
    "insert": lambda org: org.insert(SObject("Account", Name="Acme")),
    "insert_many": lambda org: org.insert([SObject("Account", Name="Acme")]),
    "update": lambda org: org.update(changed()),
    "update_forced": lambda org: org.update(changed(), force=True, refresh=True),
    "update_many": lambda org: org.update([changed()], force=True),
    "upsert": lambda org: org.upsert(keyed()),
    "upsert_many": lambda org: org.upsert([keyed()]),
    "delete": lambda org: org.delete(changed()),
    "delete_many": lambda org: org.delete([changed()]),
    "set_password": lambda org: org.set_password(USER, "open-sesame"),
    "reset_password": lambda org: org.reset_password(USER),
    "revoke": lambda org: org.revoke(),
    "post_url": lambda org: org.post_url("/services/data/v60.0/x", {"a": 1}),
    "apex_rest": lambda org: org.apex_rest("x", "PUT", {"a": 1}),
    "composite": composite,
    "post": lambda org: org.chatter.post(ID, "Hello"),
    "unpost": lambda org: org.chatter.delete("0D5000000000001AAA"),
}
VERBS = {**READS, **SAVES}
GRANTS: dict[str, Grant] = {
    "password": PasswordGrant("ada", "open-sesame", "tok-123"),
    "soap": SoapGrant("ada", "open-sesame", "tok-123"),
    "refresh": RefreshTokenGrant("half-a-token"),
    "code": AuthorizationCodeGrant("browser-code", "verifier-456"),
    "app": ClientCredentialsGrant(),
    "saml": SamlAssertionGrant("saml-assertion"),
    "device": DeviceGrant(lambda code: None, pause=no_pause),
}


def logins(connection: Connection) -> dict[str, Callable[[], Awaitable[object]]]:
    """All logins but the one by certificate, whose answers are read like the others'."""
    return {name: lambda grant=grant: connection.login(grant) for name, grant in GRANTS.items()}  # type: ignore[misc]
