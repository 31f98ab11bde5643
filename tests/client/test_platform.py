"""What an org offers beside its records: relationships, composite calls, tooling, Chatter, any URL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sfexplorer.client import (
    FieldErrors,
    ForeignUrl,
    LocatorExpired,
    MalformedUrl,
    NotFound,
    Org,
    QueryRejected,
    Records,
    SalesforceError,
    SaveRejected,
    Secret,
    SObject,
)
from sfexplorer.demo.server import DemoServer
from tests.client.conftest import requests_at


async def test_relationships_lead_to_parents_and_children(org: Org) -> None:
    account = await org.insert(SObject("Account", Name="Parent"))
    for name in ("One", "Two"):
        await org.insert(SObject("Contact", LastName=name, AccountId=account.id))
    children = await org.related(account, "Contacts", ["Id", "LastName"])
    assert isinstance(children, Records)
    assert sorted(child["LastName"] for child in children) == ["One", "Two"]
    parent = await org.related(children[0], "Account", ["Name"])
    assert isinstance(parent, SObject)
    assert parent["Name"] == "Parent"
    alone = await org.insert(SObject("Contact", LastName="Alone"))
    assert await org.related(alone, "Account") is None
    with pytest.raises(NotFound):
        await org.related(alone, "Acount")


async def test_children_are_read_on_behind_their_first_page(org: Org, demo_org: DemoServer) -> None:
    account = await org.insert(SObject("Account", Name="Crowded"))
    await org.insert([SObject("Contact", LastName=f"C{n}", AccountId=account.id) for n in range(450)])
    soql = f"SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '{account.id}'"
    (found,) = [record async for record in org.query(soql, batch_size=200)]
    children = found["Contacts"]
    assert (len(children), children.total_size, children.done) == (200, 450, False)
    assert len({child.id async for child in org.all_of(children)}) == 450
    demo_org.faults({"path": "/query/", "expire_locators": True})
    with pytest.raises(LocatorExpired) as caught:
        _ = [child async for child in org.all_of(children)]
    assert caught.value.rows_kept == 200


async def test_deleted_and_updated_records_are_told(org: Org) -> None:
    account = await org.insert(SObject("Account", Name="Soon gone"))
    contact = await org.insert(SObject("Contact", LastName="Stays"))
    await org.delete(account)
    start, end = datetime.now(UTC) - timedelta(minutes=10), datetime.now(UTC) + timedelta(minutes=2)
    gone = await org.deleted("Account", start, end)
    assert account.id in [each.id for each in gone.deleted_records]
    assert contact.id in (await org.updated("Contact", start, end)).ids
    with pytest.raises(ValueError, match="time zone"):
        await org.deleted("Account", datetime(2026, 1, 1), end)


async def test_an_object_tells_its_facts_layouts_and_recent_records(org: Org) -> None:
    account = await org.insert(SObject("Account", Name="Just seen"))
    await org.retrieve("Account", str(account.id))
    basic = await org.metadata("account")
    assert (basic.info.name, basic.info.key_prefix) == ("Account", "001")
    assert account.id in [each.id for each in basic.recent]
    assert account.id in [each.id for each in await org.recent(50)]
    assert "layouts" in await org.layouts("Account")


async def test_resources_are_paths_of_this_org_alone(org: Org) -> None:
    resources = await org.resources()
    assert resources["sobjects"].endswith("/sobjects")
    assert all(path.startswith("/") for path in resources.values())


async def test_a_plan_tells_how_a_query_would_run(org: Org) -> None:
    plans = await org.query_plan("SELECT Id FROM Account WHERE Id = '001000000000000AAA'")
    assert plans[0].sobject_type == "Account"
    assert plans == sorted(plans, key=lambda plan: plan.relative_cost)
    with pytest.raises(QueryRejected):
        await org.query_plan("SELECT Nothing FROM Account")


async def test_parts_of_a_composite_build_on_each_other(org: Org, demo_org: DemoServer) -> None:
    composite = org.composite(all_or_none=True)
    account, contact = SObject("Account", Name="Composed"), SObject("Contact", LastName="Within")
    made = composite.insert(account)
    contact["AccountId"] = made.field("id")
    composite.insert(contact)
    composite.query(f"SELECT Id FROM Contact WHERE AccountId = '{made.field('id')}'")
    results = await composite.send()
    assert [result.error for result in results] == [None, None, None]
    assert results[2].body["records"][0]["Id"] == contact.id
    assert account.id is not None
    assert len(requests_at(demo_org)) == 1
    with pytest.raises(ValueError, match="nothing to send"):
        await composite.send()


async def test_a_composite_that_fails_is_told_part_by_part(org: Org) -> None:
    composite = org.composite(all_or_none=True)
    composite.insert(SObject("Account", Name="Rolled back"))
    composite.insert(SObject("Account", Industry="Energy"))
    first, second = await composite.send()
    assert first.error is not None
    assert first.error.code == "PROCESSING_HALTED"
    assert isinstance(second.error, FieldErrors)
    assert second.error.fields == ("Name",)


async def test_parts_of_a_batch_stand_for_themselves(org: Org) -> None:
    account = await org.insert(SObject("Account", Name="Batched"))
    account["Industry"] = "Energy"
    keyed = SObject("Account", Name="Keyed", External_Id__c="B-1")
    keyed.set_external_id("External_Id__c", "B-1")
    batch = org.batch()
    batch.upsert(keyed)
    batch.update(account)
    batch.retrieve("Account", str(account.id))
    batch.retrieve("Account", "001000000000000AAA")
    upserted, updated, read, missing = await batch.send()
    assert upserted.success
    assert updated.success
    assert keyed.changes == account.changes == {}
    assert read.body["Industry"] == "Energy"
    assert isinstance(missing.error, NotFound)
    for _ in range(25):
        batch.query("SELECT Id FROM Account LIMIT 1")
    with pytest.raises(ValueError, match="25 parts"):
        batch.query("SELECT Id FROM Account LIMIT 1")
    with pytest.raises(ForeignUrl):
        org.composite().delete(SObject("Account", Id=".."))


async def test_tooling_has_the_same_verbs(org: Org) -> None:
    made = await org.tooling.insert(SObject("ApexClass", Name="Made", Body="public class Made {}"))
    assert [each.id async for each in org.tooling.query("SELECT Id FROM ApexClass WHERE Name = 'Made'")] == [
        made.id
    ]
    assert (await org.tooling.describe("ApexClass")).name == "ApexClass"


async def test_apex_runs_or_says_why_not(org: Org, demo_org: DemoServer) -> None:
    assert (await org.tooling.execute_anonymous("System.debug('x');")).success
    broken = await org.tooling.execute_anonymous("this is no apex")
    assert (broken.compiled, broken.success) == (False, False)
    assert broken.compile_problem
    # It goes by GET and yet does something: it must not be sent again by itself.
    demo_org.faults({"path": "executeAnonymous", "status": 503})
    with pytest.raises(SalesforceError):
        await org.tooling.execute_anonymous("System.debug('once');")
    asked = [entry for entry in requests_at(demo_org) if "executeAnonymous" in entry["path"]]
    assert [entry["status"] for entry in asked] == [200, 200, 503]


async def test_people_write_under_records(org: Org) -> None:
    account = await org.insert(SObject("Account", Name="Talked about"))
    for number in range(30):
        await org.chatter.post(str(account.id), f"Post {number}")
    feed = [element async for element in org.chatter.feed(str(account.id))]
    assert [element.text for element in feed] == [f"Post {number}" for number in reversed(range(30))]
    me = await org.chatter.me()
    assert feed[0].author == me.name


async def test_any_path_of_the_org_can_be_asked(org: Org) -> None:
    version = await org.api_version()
    limits = await org.get_url(f"/services/data/v{version}/limits")
    assert limits["DailyApiRequests"]["Max"] == 15_000
    made = await org.post_url(
        f"{org.instance_url}/services/data/v{version}/sobjects/Account", {"Name": "By URL"}
    )
    assert (
        await org.patch_url(f"services/data/v{version}/sobjects/Account/{made['id']}", {"Site": "x"}) is None
    )
    assert await org.delete_url(f"/services/data/v{version}/sobjects/Account/{made['id']}") is None


@pytest.mark.parametrize(
    "path", ["https://evil.example/services/data", "//evil.example/x", "/\\evil.example"]
)
async def test_no_path_leads_away_from_the_org(org: Org, path: str) -> None:
    with pytest.raises((ForeignUrl, MalformedUrl)):
        await org.get_url(path)


async def test_apex_rest_answers(org: Org) -> None:
    told = await org.apex_rest("echo/deep", "POST", {"a": 1}, {"q": "x y"})
    assert (told["method"], told["body"]) == ("POST", {"a": 1})
    with pytest.raises(NotFound):
        await org.apex_rest("nowhere")


async def test_passwords_are_set_and_never_shown(org: Org, demo_org: DemoServer) -> None:
    user = (await org.identity()).user_id
    (other,) = [record async for record in org.query(f"SELECT Id FROM User WHERE Id != '{user}' LIMIT 1")]
    assert await org.password_status(str(other.id)) is False
    new = Secret("Brand-new-1")
    await org.set_password(str(other.id), new)
    made = await org.reset_password(str(other.id))
    assert made.reveal() not in repr(made)
    assert "Brand-new-1" not in repr(requests_at(demo_org))
    with pytest.raises(SaveRejected):
        await org.set_password(str(other.id), "x")
