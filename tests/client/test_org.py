"""The other verbs of an org."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sfexplorer.client import Connection, FieldErrors, NotFound, OAuth, Org, SaveRejected, SObject, UrlRefused

from .conftest import MakeHost, answer, requests_at

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer


async def test_all_objects_are_listed_and_asked_for_once(org: Org, demo_org: DemoServer) -> None:
    first, second = await asyncio.gather(org.sobjects(), org.sobjects())
    assert first == second == await org.sobjects()
    assert len(requests_at(demo_org)) == 1
    account = next(info for info in first if info.name == "Account")
    assert (account.label_plural, account.key_prefix, account.queryable) == ("Accounts", "001", True)
    await org.sobjects(refresh=True)
    assert len(requests_at(demo_org)) == 2


async def test_a_describe_is_asked_for_once_in_any_case(org: Org, demo_org: DemoServer) -> None:
    one, other = await asyncio.gather(org.describe("Contact"), org.describe("contact"))
    assert one is other
    assert len(requests_at(demo_org)) == 1
    assert one.name == "Contact"
    assert one.name_field is not None
    assert one.name_field.name == "Name"
    account = one.field("accountid")
    assert account is not None
    assert (account.type, account.reference_to, account.relationship_name) == (
        "reference",
        ("Account",),
        "Account",
    )
    assert one.field("Nonsense") is None
    salutation = one.field("Salutation")
    assert salutation is not None
    assert "Ms." in [choice.value for choice in salutation.picklist_values]


async def test_children_are_described(org: Org) -> None:
    relationships = (await org.describe("Account")).child_relationships
    assert ("Contact", "AccountId", "Contacts") in [
        (each.child_sobject, each.field, each.relationship_name) for each in relationships
    ]


async def test_a_describe_that_failed_is_asked_for_again(org: Org, demo_org: DemoServer) -> None:
    with pytest.raises(NotFound) as caught:
        await org.describe("Acount")
    assert "acount" in caught.value.message.lower()
    assert "spelling" in caught.value.hint
    with pytest.raises(NotFound):
        await org.describe("Acount")
    assert len(requests_at(demo_org)) == 2


async def test_one_who_stops_waiting_does_not_take_the_answer_from_others(
    org: Org, demo_org: DemoServer
) -> None:
    impatient = asyncio.create_task(org.describe("Lead"))
    patient = asyncio.create_task(org.describe("Lead"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert (await patient).name == "Lead"
    assert impatient.cancelled()
    assert len(requests_at(demo_org)) == 1


async def test_an_id_tells_its_object(org: Org) -> None:
    contact = await org.object_of("003000000000001AAA")
    assert contact is not None
    assert contact.name == "Contact"
    assert await org.object_of("zzz000000000001AAA") is None


async def test_a_record_is_made_read_and_deleted(org: Org, demo_org: DemoServer) -> None:
    record = SObject("Contact", LastName="Lovelace", Email="ada@example.com")
    assert await org.insert(record) is record
    assert record.id is not None
    assert record.changes == {}
    assert requests_at(demo_org)[0]["body"] == {"LastName": "Lovelace", "Email": "ada@example.com"}
    read = await org.retrieve("Contact", record.id, ["LastName", "SystemModstamp"])
    assert read["LastName"] == "Lovelace"
    assert "Email" not in read
    assert (await org.retrieve("Contact", record.id))["Email"] == "ada@example.com"
    await org.delete(record)
    with pytest.raises(NotFound):
        await org.retrieve("Contact", record.id)


async def test_a_missing_required_field_is_named(org: Org) -> None:
    record = SObject("Contact", FirstName="Ada")
    with pytest.raises(FieldErrors) as caught:
        await org.insert(record)
    assert caught.value.fields == ("LastName",)
    assert record.changes == {"FirstName": "Ada"}


async def test_further_headers_go_with_each_request_and_the_token_stays_shared(
    org: Org, demo_org: DemoServer
) -> None:
    twins = [SObject("Contact", FirstName="Ann", LastName="Twin", Email="ann@example.org") for _ in range(3)]
    await org.insert(twins[0])
    with pytest.raises(SaveRejected) as caught:
        await org.insert(twins[1])
    assert caught.value.code == "DUPLICATES_DETECTED"
    insisting = org.with_headers({"Sforce-Duplicate-Rule-Header": "allowSave=true"})
    await insisting.insert(twins[1])
    with pytest.raises(SaveRejected):
        await org.insert(twins[2])
    demo_org.faults({"path": "/limits", "expire_session": True})
    await insisting.limits()
    assert insisting.oauth is org.oauth
    for name, value in (("X-Two\n", "x"), ("", "x"), ("X-Lines", "x\r\nHost: evil"), ("X-Wide", "ü")):
        with pytest.raises(ValueError, match="header"):
            org.with_headers({name: value})


async def test_limits_and_counts_are_numbers(org: Org) -> None:
    limits = await org.limits()
    daily = limits["DailyApiRequests"]
    assert 0 < daily.remaining <= daily.maximum
    assert (await org.record_counts(["User"]))["User"] == 12


async def test_the_user_is_known(org: Org, demo_org: DemoServer) -> None:
    identity = await org.identity()
    assert identity.username == demo_org.username
    assert identity.user_id == org.oauth.user_id
    assert identity.organization_id == org.oauth.organization_id


@pytest.mark.parametrize(
    "identity", ["@{other}/id/x", "x@{other}/id/x", "id/x", "//{other}/id/x", "http://[x/id/x"]
)
async def test_an_identity_url_that_would_lead_elsewhere_is_refused(
    make_host: MakeHost, connect: Callable[..., Connection], identity: str
) -> None:
    host, other = await make_host(answer(200, {})), await make_host(answer(200, {}))
    there = identity.format(other=other.url.removeprefix("http://"))
    org = connect().org(OAuth("00D!token", host.url, id=there))
    with pytest.raises(UrlRefused):
        await org.identity()
    assert host.seen == other.seen == []


@pytest.mark.parametrize("identity", ["", "https://login.salesforce.com/id/00D5f0000001abc/0055f000001xyzQ"])
async def test_the_identity_has_ids_of_18_characters(
    make_host: MakeHost, connect: Callable[..., Connection], identity: str
) -> None:
    host = await make_host(answer(200, {"user_id": "0055f000001xyzQ", "organization_id": "00D5f0000001abc"}))
    told = await connect().org(OAuth("00D!token", host.url, id=identity)).identity()
    assert (told.user_id, told.organization_id) == ("0055f000001xyzQAAQ", "00D5f0000001abcEAA")


async def test_the_api_usage_is_heard(org: Org, demo_org: DemoServer) -> None:
    assert [each.version for each in await org.versions()][-1] == await org.api_version()
