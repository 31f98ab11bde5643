"""Searches: what is sent, and what comes of the answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sfexplorer.client import Connection, Org, QueryRejected, RequestRefused, SearchedObject, UnexpectedReply

from .conftest import MakeHost, answer

OrgAt = Callable[..., Org]
ACME = {
    "attributes": {"type": "Account", "url": "/services/data/v60.0/sobjects/Account/001x"},
    "Name": "Acme",
}
ANN = {"attributes": {"type": "Contact", "url": "/services/data/v60.0/sobjects/Contact/003x"}, "Id": "003x"}


@pytest.mark.parametrize("body", [{"searchRecords": [ACME, ANN], "counts": {"Account": 1}}, [ACME, ANN]])
async def test_records_of_newer_and_of_older_versions_come_as_sobjects(
    make_host: MakeHost, org_at: OrgAt, body: Any
) -> None:
    host = await make_host(answer(200, body))
    found = await org_at(host).search("FIND {Acme}")
    assert [(record.type, record.id, record.get("name")) for record in found] == [
        ("Account", "001x", "Acme"),
        ("Contact", "003x", None),
    ]
    assert found[0] is found.records[0]
    assert found[:1] == (found[0],)
    assert not found[0].changes
    assert list(found.by_type) == ["Account", "Contact"]
    assert host.seen[0].target == "/services/data/v60.0/search?q=FIND%20%7BAcme%7D"


async def test_a_search_that_finds_nothing_is_empty(make_host: MakeHost, org_at: OrgAt) -> None:
    found = await org_at(await make_host(answer(200, {"searchRecords": []}))).search("FIND {Acme}")
    assert (len(found), found.by_type, found.labels) == (0, {}, {})


@pytest.mark.parametrize("key", ["entityetadata", "entityMetadata"])
async def test_labels_that_were_asked_for_are_told_by_object_and_field(
    make_host: MakeHost, org_at: OrgAt, key: str
) -> None:
    told = [{"entityName": "Account", "fieldMetadata": [{"name": "Name", "label": "Account Name"}]}]
    host = await make_host(answer(200, {"searchRecords": [ACME], "metadata": {key: told}}))
    found = await org_at(host).search("FIND {Acme} RETURNING Account(Name) WITH METADATA = 'LABELS'")
    assert found.labels == {"Account": {"Name": "Account Name"}}


@pytest.mark.parametrize("body", [{"records": []}, [1], {"searchRecords": None}, b"no"])
async def test_an_answer_of_another_shape_is_named(make_host: MakeHost, org_at: OrgAt, body: Any) -> None:
    host = await make_host(answer(200, body))
    with pytest.raises(UnexpectedReply):
        await org_at(host).search("FIND {Acme}")


async def test_a_mistake_is_placed_in_the_search_as_it_was_written(
    make_host: MakeHost, org_at: OrgAt
) -> None:
    message = (
        "\nFIND {John|jane} RETURNING Contact\n         ^\nERROR at Row:1:Column:10\n"
        "line 1:10 mismatched character '|' expecting '}'"
    )
    host = await make_host(answer(400, [{"message": message, "errorCode": "MALFORMED_SEARCH"}]))
    text = "\n  FIND {John|jane} RETURNING Contact "
    with pytest.raises(QueryRejected) as caught:
        await org_at(host).search(text)
    error = caught.value
    assert (error.code, error.message) == ("MALFORMED_SEARCH", "mismatched character '|' expecting '}'")
    assert (error.line, error.column) == (2, text.splitlines()[1].index("|") + 1)


async def test_a_search_that_no_url_takes_is_refused_with_a_hint(make_host: MakeHost, org_at: OrgAt) -> None:
    host = await make_host(answer(414, b"<html></html>"))
    with pytest.raises(RequestRefused) as caught:
        await org_at(host).search("FIND {Acme}")
    assert caught.value.hint


async def test_a_parameterized_search_sends_what_was_given_and_nothing_else(
    make_host: MakeHost, org_at: OrgAt
) -> None:
    host = await make_host(answer(200, {"searchRecords": [ACME]}))
    org = org_at(host)
    await org.parameterized_search("Acme")
    found = await org.parameterized_search(
        "Acme*",
        sobjects=[
            "Contact",
            SearchedObject("Account", ["Name"], limit=0, where="Name != null", order_by="Name"),
        ],
        fields=["Id"],
        scope="NAME",
        limit=50,
        object_limit=20,
        offset=0,
    )
    assert [record["Name"] for record in found] == ["Acme"]
    assert [(seen.method, seen.target) for seen in host.seen] == [
        ("POST", "/services/data/v60.0/parameterizedSearch")
    ] * 2
    assert [json.loads(seen.body) for seen in host.seen] == [
        {"q": "Acme"},
        {
            "q": "Acme*",
            "sobjects": [
                {"name": "Contact"},
                {
                    "name": "Account",
                    "fields": ["Name"],
                    "limit": 0,
                    "where": "Name != null",
                    "orderBy": "Name",
                },
            ],
            "fields": ["Id"],
            "in": "NAME",
            "overallLimit": 50,
            "defaultLimit": 20,
            "offset": 0,
        },
    ]


async def test_the_demo_orgs_records_come_by_object(org: Org) -> None:
    found = await org.search("FIND {lovelace} RETURNING User(Id), Contact(Id, Name, Account.Name)")
    assert list(found.by_type) == ["User", "Contact"]
    (ada,) = found.by_type["Contact"]
    assert (ada["Name"], ada["Account"].type) == ("Ada Lovelace", "Account")
    assert ada.id is not None
    ada["Phone"] = "1"
    assert ada.changes == {"Phone": "1"}


async def test_the_demo_org_gives_an_older_version_its_bare_list(
    connection: Connection, org: Org, connect: Callable[..., Connection]
) -> None:
    sosl = "FIND {lovelace} RETURNING Contact(Name)"
    older = connect(api_version="36.0").org(org.oauth)
    assert [each["Name"] for each in await older.search(sosl)] == ["Ada Lovelace"]
    assert (await older.search(sosl)).records == (await org.search(sosl)).records


async def test_a_parameterized_search_finds_what_the_same_search_in_sosl_finds(org: Org) -> None:
    sosl = "FIND {power OR energy} IN NAME FIELDS "
    sosl += "RETURNING Account(Name WHERE Industry != null ORDER BY Name LIMIT 4), Lead(Id) LIMIT 6"
    account = SearchedObject("Account", ["Name"], limit=4, where="Industry != null", order_by="Name")
    found = await org.parameterized_search(
        "power OR energy", sobjects=[account, "Lead"], scope="NAME", limit=6
    )
    assert {type: len(records) for type, records in found.by_type.items()} == {"Account": 3, "Lead": 3}
    assert found == await org.search(sosl)


async def test_labels_come_from_the_demo_org(org: Org) -> None:
    found = await org.search("FIND {lovelace} RETURNING Contact(Phone) WITH METADATA = 'LABELS'")
    assert found.labels == {"Contact": {"Phone": "Business Phone"}}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("FIND {ada|lovelace}", "MALFORMED_SEARCH", 1, 10),
        ("FIND {ada} IN ALL TYPE", "MALFORMED_SEARCH", 1, 19),
        ("\n  FIND {ada}\n  RETURNING Contact(Nmae)\n", "INVALID_FIELD", 3, 21),
        ("FIND {a}", "INVALID_SEARCH", None, None),
        ("FIND ada", "MALFORMED_SEARCH", None, None),
    ],
)
async def test_the_demo_orgs_refusals_are_placed_in_the_search(
    org: Org, text: str, code: str, line: int | None, column: int | None
) -> None:
    with pytest.raises(QueryRejected) as caught:
        await org.search(text)
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)


async def test_a_search_beyond_a_urls_length_goes_as_parameters(org: Org) -> None:
    text = " OR ".join(["lovelace"] * 2_000)
    with pytest.raises(RequestRefused):
        await org.search(f"FIND {{{text}}} RETURNING User")
    with pytest.raises(QueryRejected):
        await org.parameterized_search("a" + text, sobjects=["Nonsense"])
    assert not await org.parameterized_search(text, sobjects=["User"])
