"""What is said of a statement that no org would take, or that is probably not meant."""

from __future__ import annotations

from contextlib import suppress

import pytest

from sfexplorer.soql import SoqlError, parse_any, strip_comments
from sfexplorer.soql.diagnosis import Diagnostic, diagnose, undescribed
from tests.each import each
from tests.soql.corpora import WRONG_QUERIES, WRONG_SEARCHES
from tests.soql.describes import Describes, custom_object

TAGGED = custom_object(
    "Thing__c",
    "Thing",
    {"name": "Name", "type": "string"},
    {"name": "Tags__c", "type": "multipicklist", "picklistValues": [{"value": "Red"}, {"value": "Blue"}]},
    {"name": "Secret__c", "type": "encryptedstring", "filterable": False, "sortable": False},
    {"name": "Closed__c", "type": "time"},
    {
        "name": "Owner_Account__c",
        "type": "reference",
        "referenceTo": ["Account"],
        "relationshipName": "Owner_Account__r",
    },
)
SCHEMA = Describes(TAGGED)


def told(text: str, schema: Describes | None = SCHEMA) -> list[tuple[str, str]]:
    """The places and messages."""
    return [(text[each.offset : each.offset + each.length], each.message) for each in diagnose(text, schema)]


def mended(text: str, schema: Describes | None = SCHEMA) -> str:
    """The text with the first mend that is offered."""
    found = next(each for each in diagnose(text, schema) if each.replacement is not None)
    start, end = found.replace
    return f"{text[:start]}{found.replacement}{text[end:]}"


def only(text: str) -> Diagnostic:
    found = diagnose(text, SCHEMA)
    assert len(found) == 1
    return found[0]


def test_a_sound_query_is_left_alone() -> None:
    assert (
        diagnose(
            "SELECT Id, Owner.Name, (SELECT Id FROM Contacts) FROM Account WHERE Name = 'x' LIMIT 5", SCHEMA
        )
        == []
    )
    assert diagnose("FIND {Acme} RETURNING Account(Name WHERE Industry = 'Energy'), Contact", SCHEMA) == []


@pytest.mark.parametrize("text", ["", "  \n", "-- only a comment", "// one\n-- two"])
def test_no_statement_is_no_mistake(text: str) -> None:
    assert diagnose(text, SCHEMA) == []


def test_places_are_exact_behind_comments_and_in_later_lines() -> None:
    found = only("-- names\nSELECT Id, -- and\n  Owner . Nmae\nFROM Account")
    assert (found.line, found.column, found.length) == (3, 11, 4)
    assert found.message == "User has no field Nmae."


def test_several_mistakes_are_told_at_once() -> None:
    text = "SELECT Id,, Nmae FROM Account WHRE Name == 'x' AND Industy = 'Energy' ORDER BY Description"
    assert [place for place, _ in told(text)] == [",", "Nmae", "WHRE", "==", "Industy", "Description"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("SELECT Id FROM Acount", "Acount", "There is no object Acount."),
        ("SELECT Nmae FROM Account", "Nmae", "Account has no field Nmae."),
        ("SELECT Acct.Name FROM Contact", "Acct", "Contact has no relationship Acct."),
        ("SELECT Account.Nme FROM Contact", "Nme", "Account has no field Nme."),
        ("SELECT c.Nme FROM Contact c", "Nme", "Contact has no field Nme."),
        ("SELECT OwnerId.Name FROM Account", "OwnerId", "Account has no relationship OwnerId."),
        ("SELECT Owner FROM Account", "Owner", "Account has no field Owner."),
        ("SELECT What.Industry FROM Task", "Industry", "Name has no field Industry."),
        (
            "SELECT (SELECT Id FROM Contact) FROM Account",
            "Contact",
            "Account has no child relationship Contact.",
        ),
        ("SELECT (SELECT Nme FROM Contacts) FROM Account", "Nme", "Contact has no field Nme."),
        ("SELECT COUNT(Nme) FROM Account", "Nme", "Account has no field Nme."),
        ("SELECT Id FROM Account ORDER BY Nme", "Nme", "Account has no field Nme."),
        ("SELECT COUNT(Id) FROM Contact c, c.Acct a", "Acct", "Contact has no relationship Acct."),
        ("SELECT TYPEOF Owner WHEN Usr THEN Id END FROM Case", "Usr", "There is no object Usr."),
        ("SELECT TYPEOF What WHEN Case THEN Nme END FROM Task", "Nme", "Case has no field Nme."),
        (
            "SELECT TYPEOF Account WHEN User THEN Id END FROM Case",
            "Account",
            "Account leads to Account only.",
        ),
        ("FIND {Acme} RETURNING Acount", "Acount", "There is no object Acount."),
        ("FIND {Acme} RETURNING Account(Nme)", "Nme", "Account has no field Nme."),
    ],
)
def test_unknown_names_are_told(text: str, place: str, message: str) -> None:
    assert told(text) == [(place, message)]


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("SELECT Nmae FROM Account", "SELECT Name FROM Account"),
        ("SELECT Id FROM Acount", "SELECT Id FROM Account"),
        ("SELECT OwnerId.Name FROM Account", "SELECT Owner.Name FROM Account"),
        ("SELECT Owner FROM Account", "SELECT OwnerId FROM Account"),
        ("SELECT Owner_Account__c.Name FROM Thing__c", "SELECT Owner_Account__r.Name FROM Thing__c"),
        ("SELECT Tags FROM Thing__c", "SELECT Tags__c FROM Thing__c"),
        ("SELECT (SELECT Id FROM Contact) FROM Account", "SELECT (SELECT Id FROM Contacts) FROM Account"),
        ("SELECT * FROM Account", "SELECT FIELDS(ALL) FROM Account LIMIT 200"),
        ("SELECT FIELDS(ALL) FROM Account", "SELECT FIELDS(ALL) FROM Account LIMIT 200"),
        ("SELECT Id, FROM Account", "SELECT Id FROM Account"),
        ("SELECT Id Name FROM Account", "SELECT Id, Name FROM Account"),
        ("SELECT Id foo FROM Account", "SELECT Id FROM Account"),
        ("SELECT Id, Name, id FROM Account", "SELECT Id, Name FROM Account"),
        ("SELECT Id FROM Account;", "SELECT Id FROM Account"),
        ("SELECT COUNT(), Max(Id) FROM Account", "SELECT COUNT(Id), Max(Id) FROM Account"),
        ("SELECT Id FROM Account LIMIT 5 ORDER BY Name", "SELECT Id FROM Account ORDER BY Name LIMIT 5"),
        ("SELECT Name, COUNT(Id) FROM Account", "SELECT Name, COUNT(Id) FROM Account GROUP BY Name"),
        (
            "SELECT Name, COUNT(Id) FROM Account WHERE (Id = null) LIMIT 5",
            "SELECT Name, COUNT(Id) FROM Account WHERE (Id = null) GROUP BY Name LIMIT 5",
        ),
    ],
)
def test_what_is_plain_is_mended(text: str, better: str) -> None:
    assert mended(text) == better


@pytest.mark.parametrize(
    ("where", "better"),
    [
        ("Name == 'x'", "Name = 'x'"),
        ('Name = "x"', "Name = 'x'"),
        ("Name = Energy", "Name = 'Energy'"),
        ("Name = 'it''s'", "Name = 'it\\'s'"),
        ("Name = 'x", "Name = 'x'"),
        ("(Name = 'x'", "(Name = 'x')"),
        ("Name = ('a', 'b')", "Name IN ('a', 'b')"),
        ("Name != ('a', 'b')", "Name NOT IN ('a', 'b')"),
        ("Name IS NOT NULL", "Name != NULL"),
        ("Name = 'a' && Id = null", "Name = 'a' AND Id = null"),
        ("Name = 5", "Name = '5'"),
        ("IsDeleted = 'true'", "IsDeleted = TRUE"),
        ("NumberOfEmployees > '5'", "NumberOfEmployees > 5"),
        ("LastActivityDate = '2026-01-31'", "LastActivityDate = 2026-01-31"),
        ("LastActivityDate = 2026-01-31T10:00:00Z", "LastActivityDate = 2026-01-31"),
        ("CreatedDate > 2026-01-31", "CreatedDate > 2026-01-31T00:00:00Z"),
        ("CreatedDate > '2026-01-31T10:00:00Z'", "CreatedDate > 2026-01-31T10:00:00Z"),
        ("Industry = 'Enrgy'", "Industry = 'Energy'"),
        ("Industry IN ('Energy', 'Meda')", "Industry IN ('Energy', 'Media')"),
    ],
)
def test_conditions_are_mended(where: str, better: str) -> None:
    query = "SELECT Id FROM Account WHERE"
    assert mended(f"{query} {where}") == f"{query} {better}"
    assert diagnose(f"{query} {better}", SCHEMA) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT Id FROM Account WHERE Description = 'x'", "Description"),
        ("SELECT Id FROM Account WHERE BillingAddress = 'x'", "BillingAddress"),
        ("SELECT Id FROM Thing__c WHERE Secret__c = 'x'", "Secret__c"),
        ("SELECT Id FROM Account ORDER BY Description", "Description"),
        ("SELECT Description, COUNT(Id) FROM Account GROUP BY Description", "Description"),
        ("SELECT COUNT(Id) FROM Account GROUP BY CreatedDate", "CreatedDate"),
        ("SELECT SUM(Name) FROM Account", "Name"),
        ("SELECT CALENDAR_YEAR(Name) y FROM Account GROUP BY CALENDAR_YEAR(Name)", "Name"),
        ("SELECT HOUR_IN_DAY(CloseDate) FROM Opportunity GROUP BY CloseDate", "CloseDate"),
        ("SELECT convertCurrency(Name) FROM Account", "Name"),
        ("SELECT Id FROM Account WHERE Name INCLUDES ('x')", "Name"),
        ("SELECT Id FROM Account WHERE Id LIKE '001%'", "Id"),
        ("SELECT Id FROM Account WHERE NumberOfEmployees LIKE '1%'", "NumberOfEmployees"),
        ("SELECT Id FROM Account WHERE IsDeleted > TRUE", "IsDeleted"),
        ("SELECT Id FROM Account WHERE Id = '123'", "'123'"),
        ("SELECT Id FROM Account WHERE CALENDAR_YEAR(CreatedDate) = THIS_YEAR", "THIS_YEAR"),
        ("SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(1, 2), 'km') = 5", "DISTANCE("),
        ("SELECT Id FROM Thing__c WHERE Closed__c = 5", "5"),
    ],
)
def test_fields_are_used_for_what_they_can(text: str, place: str) -> None:
    found = told(text)
    assert found
    assert found[0][0].startswith(place)


def test_a_value_that_a_picklist_does_not_have_is_a_warning() -> None:
    assert only("SELECT Id FROM Account WHERE Industry = 'Enrgy'").severity == "warning"
    assert only("SELECT Id FROM Thing__c WHERE Tags__c INCLUDES ('Red;Bleu')").replacement == "'Red;Blue'"
    assert only("SELECT Id FROM Account WHERE toLabel(Industry) = 'Enrgy'").severity == "warning"
    assert diagnose("SELECT Id FROM Thing__c WHERE Tags__c INCLUDES ('red;BLUE')", SCHEMA) == []
    assert diagnose("SELECT Id FROM Account WHERE Industry = ''", SCHEMA) == []
    assert only("SELECT Id FROM Account WHERE Id = :id").severity == "warning"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT Name, COUNT(Id) FROM Account", "Name"),
        ("SELECT Id, FORMAT(Amount) FROM Opportunity GROUP BY Id", "FORMAT(Amount)"),
        ("SELECT FIELDS(STANDARD) FROM Account GROUP BY Id", "FIELDS(STANDARD)"),
        ("SELECT MAX(Amount) FROM Opportunity LIMIT 1", "MAX(Amount)"),
        ("SELECT COUNT() FROM Account ORDER BY Name", "Name"),
        ("SELECT COUNT() FROM Account GROUP BY Name", "COUNT()"),
        ("SELECT Name FROM Account GROUP BY Name HAVING Industry = 'Energy'", "Industry"),
        ("SELECT Name FROM Account GROUP BY Name ORDER BY Industry", "Industry"),
        ("SELECT Name FROM Account GROUP BY ROLLUP(Name, Site, Type, Industry)", "Industry"),
        ("SELECT Name, GROUPING(Name) g FROM Account GROUP BY Name", "GROUPING(Name)"),
        ("SELECT Id FROM Account WHERE COUNT(Id) > 1", "COUNT(Id)"),
        ("SELECT (SELECT COUNT(Id) FROM Contacts) FROM Account", "COUNT(Id)"),
        ("SELECT Account.Name, Owner.Name FROM Contact GROUP BY Account.Name, Owner.Name", "Owner.Name"),
        ("SELECT Name n FROM Account", "n"),
    ],
)
def test_grouping_has_its_rules(text: str, place: str) -> None:
    assert [each for each, _ in told(text)] == [place]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT Name n, COUNT(Id) total FROM Account GROUP BY Name HAVING COUNT(Id) > 1 ORDER BY total",
        "SELECT a.Name, COUNT(a.Id) FROM Account a GROUP BY Account.Name ORDER BY COUNT(Id) LIMIT 5",
        "SELECT CALENDAR_YEAR(CloseDate), SUM(Amount) FROM Opportunity GROUP BY calendar_year(CloseDate)",
        "SELECT Type, GROUPING(Type) g, COUNT(Id) FROM Account GROUP BY ROLLUP(Type)",
        "SELECT MAX(Amount), MIN(Amount) lo, SUM(Amount) FROM Opportunity",
        "SELECT COUNT() FROM Contact LIMIT 5",
        "SELECT FORMAT(MIN(CloseDate)) Amt FROM Opportunity",
    ],
)
def test_groups_that_are_sound_are_left_alone(text: str) -> None:
    assert diagnose(text, SCHEMA) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT Id, Account.Id, ID FROM Account", "Account.Id"),
        (
            "SELECT (SELECT Id FROM Contacts), (SELECT Name FROM Contacts) FROM Account",
            "(SELECT Name FROM Contacts)",
        ),
        ("SELECT COUNT(Id) n, MAX(Id) n FROM Account", "MAX(Id) n"),
        ("SELECT FIELDS(CUSTOM) FROM Account LIMIT 201", "FIELDS(CUSTOM)"),
        ("SELECT Id FROM Account OFFSET 2001", "2001"),
        ("SELECT Id FROM Account ORDER BY Id FOR UPDATE", "Id"),
        ("SELECT CreatedBy.Manager.Manager.Manager.Manager.Manager.Name FROM Account", "CreatedBy"),
        ("SELECT Id FROM Account USING SCOPE min", "min"),
        ("SELECT TYPEOF What WHEN Case THEN Id END, What.Name FROM Task", "What.Name"),
        ("SELECT Id FROM Opportunity WHERE convertCurrency(Amount) > 5", "convertCurrency(Amount)"),
        ("SELECT Id FROM Lead ORDER BY toLabel(Status)", "toLabel(Status)"),
        ("SELECT Id FROM FAQ__kav WITH DATA CATEGORY a__c AT b__c AND a__c AT c__c", ""),
        ("SELECT (SELECT Id FROM Contacts OFFSET 5) FROM Account", "5"),
        ("FIND {a} RETURNING Account", "a"),
        ("FIND {acme} RETURNING Account, account", "account"),
        ("FIND {acme} RETURNING Account(Id OFFSET 5), Contact", "Account"),
        ("FIND {acme} RETURNING Account(Id LIMIT 2001)", "Account"),
    ],
)
def test_what_counts_or_compares_is_judged(text: str, place: str) -> None:
    found = told(text)
    assert found
    assert found[0][0].startswith(place)


def test_fields_of_all_kinds_may_name_their_ids_instead_of_a_limit() -> None:
    assert diagnose("SELECT FIELDS(ALL) FROM Account WHERE Id = '001000000000001AAA'", SCHEMA) == []


@pytest.mark.parametrize(
    "where",
    [
        "Id IN (SELECT ParentId FROM Account)",
        "Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
        "(NOT Id IN (SELECT AccountId FROM Contact))",
        "Name IN (SELECT AccountId FROM Contact)",
        "Id IN (SELECT LastName FROM Contact)",
        "Id IN (SELECT Account.ParentId FROM Contact)",
        "Id IN (SELECT AccountId, Id FROM Contact)",
        "Id IN (SELECT WhatId FROM Task)",
        "Id IN (SELECT AccountId FROM Contact ORDER BY Name)",
        "Id IN (SELECT AccountId FROM Contact LIMIT 5)",
        "Id IN (SELECT AccountId FROM Contact WHERE Id IN (SELECT ContactId FROM Case))",
        "Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT AccountId FROM Case)"
        " AND Id IN (SELECT AccountId FROM Opportunity)",
    ],
)
def test_semi_joins_have_their_rules(where: str) -> None:
    assert len(diagnose(f"SELECT Id FROM Account WHERE {where}", SCHEMA)) == 1


def test_a_semi_join_that_is_sound_is_left_alone() -> None:
    where = (
        "Id IN (SELECT AccountId FROM Contact) AND Id NOT IN (SELECT AccountId FROM Case WHERE Id != null)"
    )
    assert diagnose(f"SELECT Id FROM Account WHERE {where}", SCHEMA) == []


def test_what_is_not_fetched_is_not_judged_but_told() -> None:
    schema = Describes(unfetched=["Account"])
    text = "SELECT Nmae, Account.Nme, Owner.Name FROM Contact"
    assert [place for place, _ in told(text, schema)] == ["Nmae"]
    assert undescribed(text, schema) == ("Account",)
    assert undescribed("SELECT Id FROM Acount", schema) == ()


def test_without_a_schema_only_the_language_is_judged() -> None:
    assert diagnose("SELECT Nmae FROM Acount WHERE Foo = 5") == []
    assert [place for place, _ in told("SELECT Id, id FROM Acount", None)] == ["id"]


@each(text for _, _, text in [*WRONG_QUERIES, *WRONG_SEARCHES])
def test_what_the_parser_says_is_among_the_findings(text: str) -> None:
    if not text.strip() or strip_comments(text) != text:
        return
    with suppress(SoqlError):
        parse_any(text)
        return
    with pytest.raises(SoqlError) as caught:
        parse_any(text)
    error = caught.value
    found = [(each.line, each.column, each.offset, each.length, each.message) for each in diagnose(text)]
    assert (error.line, error.column, error.offset, error.length, error.message) in found
