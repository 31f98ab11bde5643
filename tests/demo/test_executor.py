"""What queries mean: each answer is compared with one found by other means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Select = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def accounts(select: Select) -> list[dict[str, Any]]:
    """All accounts with the fields that these tests compare."""
    fields = "Id, Name, Industry, AnnualRevenue, NumberOfEmployees, BillingCity, CreatedDate, OwnerId"
    body = select(f"SELECT {fields} FROM Account")
    assert body["done"]
    records: list[dict[str, Any]] = body["records"]
    return records


def ids(body: dict[str, Any]) -> set[str]:
    return {record["Id"] for record in body["records"]}


def test_fields_come_in_the_querys_order_and_the_describes_case(select: Select) -> None:
    (record,) = select("select nAME, account.owner.name, ID, account.name from contact limit 1")["records"]
    assert list(record) == ["attributes", "Name", "Account", "Id"]
    assert list(record["Account"]) == ["attributes", "Owner", "Name"]
    assert record["Account"]["attributes"]["url"].startswith("/services/data/v60.0/sobjects/Account/001")


def test_a_missing_parent_is_null_and_keeps_its_row(select: Select) -> None:
    body = select("SELECT Id, AccountId, Account.Name FROM Contact WHERE Account.Name = null")
    assert body["totalSize"] == select("SELECT COUNT() FROM Contact WHERE AccountId = null")["totalSize"] > 0
    assert all(record["Account"] is None and record["AccountId"] is None for record in body["records"])


Matches = Callable[[dict[str, Any]], bool]

CONDITIONS: list[tuple[str, Matches]] = [
    ("Industry = 'TECHNOLOGY'", lambda a: a["Industry"] == "Technology"),
    ("Industry != 'Technology'", lambda a: a["Industry"] != "Technology"),
    ("NOT Industry = 'Technology'", lambda a: a["Industry"] != "Technology"),
    ("NOT (NOT Industry = 'Technology')", lambda a: a["Industry"] == "Technology"),
    ("Industry IN ('Technology', 'retail', null)", lambda a: a["Industry"] in ("Technology", "Retail", None)),
    ("Industry NOT IN ('Technology')", lambda a: a["Industry"] != "Technology"),
    ("Industry = ''", lambda a: a["Industry"] is None),
    ("Industry != null", lambda a: a["Industry"] is not None),
    ("AnnualRevenue > 5000000.5", lambda a: (a["AnnualRevenue"] or 0) > 5000000.5),
    ("NOT AnnualRevenue > 5000000", lambda a: (a["AnnualRevenue"] or 0) <= 5000000),
    (
        "NumberOfEmployees <= 100",
        lambda a: a["NumberOfEmployees"] is not None and a["NumberOfEmployees"] <= 100,
    ),
    ("AnnualRevenue > USD5000000", lambda a: (a["AnnualRevenue"] or 0) > 5000000),
    ("Name LIKE 'a%'", lambda a: a["Name"].lower().startswith("a")),
    ("Name LIKE '_a%'", lambda a: a["Name"][1:2].lower() == "a"),
    ("Name LIKE '%\\%%'", lambda a: "%" in a["Name"]),
    ("Name < 'C'", lambda a: a["Name"].upper() < "C"),
    ("BillingCity = 'zÜRICH'", lambda a: (a["BillingCity"] or "").upper() == "ZÜRICH"),
    ("BillingCity LIKE 'ZÜR%'", lambda a: (a["BillingCity"] or "").upper().startswith("ZÜR")),
    ("CreatedDate >= 2026-01-01T00:00:00Z", lambda a: a["CreatedDate"] >= "2026-01-01"),
    ("CreatedDate < 2026-01-01T01:00:00+01:00", lambda a: a["CreatedDate"] < "2026-01-01"),
    (
        "Industry = 'Retail' AND (AnnualRevenue > 10 OR NumberOfEmployees = null)",
        lambda a: (
            a["Industry"] == "Retail" and ((a["AnnualRevenue"] or 0) > 10 or a["NumberOfEmployees"] is None)
        ),
    ),
]


@pytest.mark.parametrize(("condition", "matches"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_conditions_agree_with_python(
    select: Select, accounts: list[dict[str, Any]], condition: str, matches: Matches
) -> None:
    expected = {account["Id"] for account in accounts if matches(account)}
    assert ids(select(f"SELECT Id FROM Account WHERE {condition}")) == expected


def test_ids_of_15_and_18_characters_are_the_same(select: Select, accounts: list[dict[str, Any]]) -> None:
    whole = accounts[7]["Id"]
    assert ids(select(f"SELECT Id FROM Account WHERE Id IN ('{whole[:15]}')")) == {whole}


def test_a_missing_boolean_is_false(select: Select) -> None:
    missing = select("SELECT COUNT() FROM Contact WHERE AccountId = null")["totalSize"]
    deleted = select("SELECT COUNT() FROM Contact WHERE Account.IsDeleted = true")["totalSize"]
    assert deleted == 0
    assert select("SELECT COUNT() FROM Contact WHERE Account.IsDeleted = null")["totalSize"] == 5000
    assert (
        select("SELECT COUNT() FROM Contact WHERE Account.IsDeleted = false")["totalSize"] == 5000 - deleted
    )
    assert missing > 0


def test_semi_and_anti_joins_part_the_accounts(select: Select) -> None:
    inner = "(SELECT AccountId FROM Opportunity WHERE Amount > 10000)"
    having = ids(select(f"SELECT Id FROM Account WHERE Id IN {inner}"))
    lacking = ids(select(f"SELECT Id FROM Account WHERE Id NOT IN {inner}"))
    rows: list[dict[str, Any]] = []
    for year in range(2020, 2030):
        soql = f"SELECT AccountId FROM Opportunity WHERE Amount > 10000 AND CALENDAR_YEAR(CloseDate) = {year}"
        rows += select(soql)["records"]
    assert having == {row["AccountId"] for row in rows if row["AccountId"]}
    assert len(having) + len(lacking) == 1200
    assert not having & lacking


def test_order_puts_nulls_first_unless_told(select: Select) -> None:
    def cities(order: str) -> list[str | None]:
        body = select(f"SELECT BillingCity FROM Account ORDER BY BillingCity {order}")
        return [record["BillingCity"] for record in body["records"]]

    known = sorted(city.upper() for city in cities("ASC") if city)
    nulls = [None] * (1200 - len(known))

    def upper(found: list[str | None]) -> list[str | None]:
        return [city and city.upper() for city in found]

    assert upper(cities("")) == [*nulls, *known]
    assert upper(cities("DESC NULLS LAST")) == [*reversed(known), *nulls]
    assert upper(cities("NULLS LAST")) == [*known, *nulls]


def test_picklists_sort_by_their_setup(select: Select) -> None:
    body = select("SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName ORDER BY StageName")
    stages = [record["StageName"] for record in body["records"]]
    assert (stages[0], stages[-1]) == ("Prospecting", "Closed Lost")
    extremes = select("SELECT MIN(StageName), MAX(StageName) FROM Opportunity")["records"][0]
    assert extremes == {
        "attributes": {"type": "AggregateResult"},
        "expr0": "Prospecting",
        "expr1": "Closed Lost",
    }


def test_groups_agree_with_python(select: Select, accounts: list[dict[str, Any]]) -> None:
    body = select(
        "SELECT Industry, COUNT(Id) n, SUM(AnnualRevenue), AVG(NumberOfEmployees) mean FROM Account "
        "GROUP BY Industry HAVING COUNT(Id) > 40 ORDER BY COUNT(Id) DESC, Industry"
    )
    counted = Counter(account["Industry"] for account in accounts)
    assert {each["Industry"]: each["n"] for each in body["records"]} == {
        industry: times for industry, times in counted.items() if times > 40
    }
    first = body["records"][0]
    same = [account for account in accounts if account["Industry"] == first["Industry"]]
    assert first["expr0"] == pytest.approx(sum(account["AnnualRevenue"] or 0 for account in same))
    sizes = [account["NumberOfEmployees"] for account in same if account["NumberOfEmployees"] is not None]
    assert first["mean"] == pytest.approx(sum(sizes) / len(sizes))


def test_groups_of_a_parents_field_have_its_last_name(select: Select) -> None:
    soql = "SELECT Account.Industry, COUNT_DISTINCT(AccountId) FROM Contact GROUP BY Account.Industry LIMIT 2"
    assert [list(each) for each in select(soql)["records"]] == [["attributes", "Industry", "expr0"]] * 2


def test_aggregates_over_no_rows_give_one_record(select: Select) -> None:
    body = select("SELECT COUNT(Id), SUM(Amount) s FROM Opportunity WHERE Name = 'no such'")
    assert body["records"] == [{"attributes": {"type": "AggregateResult"}, "expr0": 0, "s": None}]


def test_count_gives_no_records_and_keeps_to_its_limit(select: Select) -> None:
    assert select("SELECT COUNT() FROM Contact") == {"totalSize": 5000, "done": True, "records": []}
    assert select("SELECT COUNT() FROM Contact LIMIT 7")["totalSize"] == 7
    assert select("SELECT COUNT() FROM Contact c, c.Account a WHERE a.Name LIKE '%'")["totalSize"] < 5000


def test_date_functions_and_literals_agree(select: Select) -> None:
    by_year = select(
        "SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) n FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate)"
    )
    assert sum(each["n"] for each in by_year["records"]) == 3000
    year = by_year["records"][1]
    span = f"CloseDate >= {year['y']}-01-01 AND CloseDate <= {year['y']}-12-31"
    assert select(f"SELECT COUNT() FROM Opportunity WHERE {span}")["totalSize"] == year["n"]
    counts = [
        select(f"SELECT COUNT() FROM Opportunity WHERE CloseDate {operator} THIS_YEAR")["totalSize"]
        for operator in ("<", "=", ">", "!=", "<=", ">=")
    ]
    before, within, after, outside, until, since = counts
    assert before + within + after == 3000
    assert (outside, until, since) == (before + after, before + within, within + after)


def test_sub_selects_have_an_envelope_of_their_own(select: Select) -> None:
    children = "(SELECT Name, AccountId FROM Contacts ORDER BY Name DESC LIMIT 3)"
    body = select(f"SELECT Id, {children} FROM Account ORDER BY Name")
    assert list(body["records"][0]) == ["attributes", "Id", "Contacts"]
    empty = [record for record in body["records"] if record["Contacts"] is None]
    filled = [record for record in body["records"] if record["Contacts"] is not None]
    assert empty
    for record in filled:
        contacts = record["Contacts"]
        names = [contact["Name"].upper() for contact in contacts["records"]]
        assert contacts["totalSize"] == len(names) <= 3
        assert contacts["done"] is True
        assert names == sorted(names, reverse=True)
        assert {contact["AccountId"] for contact in contacts["records"]} == {record["Id"]}
    total = sum(record["Contacts"]["totalSize"] for record in filled)
    counted = select("SELECT AccountId, COUNT(Id) n FROM Contact WHERE AccountId != null GROUP BY AccountId")
    assert total == sum(min(3, each["n"]) for each in counted["records"])


def test_polymorphic_parents_tell_their_type_and_name(select: Select) -> None:
    body = select(
        "SELECT Id, WhatId, What.Type, What.Name, Owner.Name FROM Task WHERE What.Type = 'Account' LIMIT 5"
    )
    assert body["totalSize"] == 5
    for record in body["records"]:
        assert record["What"]["Type"] == "Account"
        assert record["What"]["attributes"]["url"].endswith(f"/sobjects/Account/{record['WhatId']}")
        named = select(f"SELECT Name FROM Account WHERE Id = '{record['WhatId']}'")["records"][0]
        assert record["What"]["Name"] == named["Name"]


def test_typeof_gives_the_fields_of_the_branch_that_fits(select: Select) -> None:
    branches = "WHEN Account THEN Industry WHEN Opportunity THEN Amount, StageName"
    soql = f"SELECT WhatId, TYPEOF What {branches} END FROM Task"
    shapes = {"001": ["attributes", "Industry"], "006": ["attributes", "Amount", "StageName"]}
    seen = set()
    for record in select(soql)["records"]:
        prefix = (record["WhatId"] or "")[:3]
        expected = shapes.get(prefix)
        assert (list(record["What"]) if record["What"] else None) == expected
        seen.add(prefix)
    assert set(shapes) <= seen


def test_compound_addresses_are_objects_or_null(select: Select) -> None:
    for record in select("SELECT BillingCity, BillingAddress FROM Account LIMIT 50")["records"]:
        address = record["BillingAddress"]
        assert address is None or address["city"] == record["BillingCity"]


def test_fields_stands_for_all_of_them(select: Select) -> None:
    (record,) = select("SELECT FIELDS(ALL) FROM Account LIMIT 1")["records"]
    (standard,) = select("SELECT FIELDS(STANDARD) FROM Account LIMIT 1")["records"]
    assert "External_Id__c" in record
    assert "External_Id__c" not in standard
    assert standard["Name"] == record["Name"]


def test_offset_skips_rows_and_has_one_batch(select: Select) -> None:
    first = select("SELECT Id FROM Contact ORDER BY Id LIMIT 10")["records"]
    assert select("SELECT Id FROM Contact ORDER BY Id LIMIT 4 OFFSET 6")["records"] == first[6:]
    skipped = select("SELECT Id FROM Contact OFFSET 10")
    assert (skipped["done"], len(skipped["records"])) == (True, 2000)


def test_doubles_have_a_fraction_and_integers_none(select: Select) -> None:
    (line,) = select("SELECT Quantity, UnitPrice, TotalPrice FROM OpportunityLineItem LIMIT 1")["records"]
    assert all(isinstance(line[name], float) for name in ("Quantity", "UnitPrice", "TotalPrice"))
    (account,) = select("SELECT NumberOfEmployees FROM Account WHERE NumberOfEmployees > 0 LIMIT 1")[
        "records"
    ]
    assert isinstance(account["NumberOfEmployees"], int)


def test_several_choices_are_told_apart_whatever_their_order(select: Select) -> None:
    field = "acme__Features__c"
    rows = select(f"SELECT Id, {field} FROM acme__Site__c")["records"]
    chosen = {row["Id"]: set((row[field] or "").upper().split(";")) - {""} for row in rows}
    both = {"CRANE", "ROAD ACCESS"}
    including = {id for id, each in chosen.items() if both <= each or "FUEL TANK" in each}
    listed = "('crane;Road Access', 'Fuel Tank')"
    assert ids(select(f"SELECT Id FROM acme__Site__c WHERE {field} INCLUDES {listed}")) == including
    excluding = select(f"SELECT Id FROM acme__Site__c WHERE {field} EXCLUDES {listed}")
    assert ids(excluding) == set(chosen) - including
    equal = select(f"SELECT Id FROM acme__Site__c WHERE {field} = 'Fuel Tank;Crane'")
    assert ids(equal) == {id for id, each in chosen.items() if each == {"CRANE", "FUEL TANK"}} != set()


def test_scopes_keep_to_what_is_ones_own(select: Select, accounts: list[dict[str, Any]]) -> None:
    mine = select("SELECT Id, OwnerId FROM Account USING SCOPE mine")["records"]
    (owner,) = {row["OwnerId"] for row in mine}
    assert {row["Id"] for row in mine} == {row["Id"] for row in accounts if row["OwnerId"] == owner}
    assert select("SELECT COUNT() FROM Account USING SCOPE everything")["totalSize"] == len(accounts)
    assert select("SELECT COUNT() FROM Account USING SCOPE my_territory")["totalSize"] == 0


def test_names_of_owners_lead_on_to_profiles_and_roles(select: Select) -> None:
    soql = "SELECT OwnerId, Owner.Profile.Name FROM Case WHERE Owner.Profile.Name != null LIMIT 3"
    for record in select(soql)["records"]:
        user = select(f"SELECT Profile.Name FROM User WHERE Id = '{record['OwnerId']}'")["records"][0]
        assert record["Owner"]["Profile"]["Name"] == user["Profile"]["Name"]
