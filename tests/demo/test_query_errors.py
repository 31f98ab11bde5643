"""Wrong queries: Salesforce's code, text, and the caret under the place."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from sfexplorer.demo.executor.problems import block
from tests.demo.conftest import V

Refuse = Callable[[str], tuple[str, str]]


def test_a_misspelt_field_is_shown_in_its_line(refuse: Refuse) -> None:
    assert refuse("SELECT Nmae FROM Account") == (
        "INVALID_FIELD",
        "\nSELECT Nmae FROM Account\n       ^\nERROR at Row:1:Column:8\n"
        "No such column 'Nmae' on entity 'Account'. If you are attempting to use a custom field, "
        "be sure to append the '__c' after the custom field name. "
        "Please reference your WSDL or the describe call for the appropriate names.",
    )


def test_a_syntax_error_counts_its_column_from_zero(refuse: Refuse) -> None:
    assert refuse("SELECT name, From Account") == (
        "MALFORMED_QUERY",
        "\nSELECT name, From Account\n            ^\nERROR at Row:1:Column:13\nunexpected token: 'From'",
    )


def test_rows_are_counted_behind_leading_empty_lines() -> None:
    text = "\n\nSELECT Id\nFROM Account\nWHERE Nmae = 'x'"
    told = block(text, text.index("Nmae"), "wrong")
    assert told == "\nWHERE Nmae = 'x'\n      ^\nERROR at Row:3:Column:7\nwrong"


def test_a_long_line_is_cut_around_the_place() -> None:
    text = (
        "SELECT Id, FirstName, LastName, Email, Nmae, MobilePhone, HomePhone, Title, Department FROM Contact"
    )
    _, snippet, caret, *_ = block(text, text.index("Nmae"), "wrong").split("\n")
    assert snippet[len(caret) - 1 :].startswith("Nmae")
    assert snippet in text
    assert len(snippet) < len(text)


MISTAKES = [
    ("SELECT Id FROM Acount", "INVALID_TYPE", "sObject type 'Acount' is not supported."),
    ("SELECT Foo.Name FROM Contact", "INVALID_FIELD", "Didn't understand relationship 'Foo' in field path."),
    ("SELECT (SELECT Id FROM Contact) FROM Account", "INVALID_TYPE", "in FROM part of query call."),
    (
        "SELECT Id FROM Account WHERE Name = 5",
        "INVALID_FIELD",
        "must be of type string and should be enclosed",
    ),
    (
        "SELECT Id FROM Account WHERE IsDeleted = 'true'",
        "INVALID_FIELD",
        "must be of type boolean and should not",
    ),
    (
        "SELECT Id FROM Opportunity WHERE CloseDate = '2026-01-01'",
        "INVALID_FIELD",
        "must be of type date and",
    ),
    (
        "SELECT Id FROM Account WHERE CreatedDate > 2026-01-01",
        "INVALID_FIELD",
        "must be of type dateTime and",
    ),
    (
        "SELECT Id FROM Account WHERE Description = 'x'",
        "INVALID_FIELD",
        "can not be filtered in a query call",
    ),
    ("SELECT Id FROM Account WHERE BillingAddress = 'x'", "INVALID_FIELD", "using Distance expressions"),
    ("SELECT Id FROM Account WHERE Id = '123'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: 123"),
    (
        "SELECT Id FROM Account WHERE Id LIKE '001%'",
        "INVALID_QUERY_FILTER_OPERATOR",
        "invalid operator on id field",
    ),
    ("SELECT Id FROM Account WHERE Id = :x", "MALFORMED_QUERY", "Bind variables only allowed in Apex code"),
    (
        "SELECT Id FROM Account ORDER BY Description",
        "MALFORMED_QUERY",
        "field 'Description' can not be sorted",
    ),
    ("SELECT Id, id FROM Account", "INVALID_FIELD", "duplicate field selected: Id"),
    ("SELECT Id n FROM Account", "MALFORMED_QUERY", "only aggregate expressions use field aliasing"),
    ("SELECT Name, COUNT(Id) FROM Account", "MALFORMED_QUERY", "Field must be grouped or aggregated: Name"),
    (
        "SELECT MAX(Name), MAX(IsDeleted) FROM Account",
        "MALFORMED_QUERY",
        "does not support aggregate operator MAX",
    ),
    ("SELECT COUNT(Id) FROM Account LIMIT 1", "MALFORMED_QUERY", "cannot also use LIMIT"),
    ("SELECT COUNT() FROM Account ORDER BY Name", "MALFORMED_QUERY", "unexpected token: 'ORDER'"),
    (
        "SELECT Id FROM Account OFFSET 2001",
        "NUMBER_OUTSIDE_VALID_RANGE",
        "Maximum SOQL offset allowed is 2000",
    ),
    ("SELECT FIELDS(ALL) FROM Account", "MALFORMED_QUERY", "must have a LIMIT of at most 200"),
    (
        "SELECT Account.Name, Owner.Name, COUNT(Id) FROM Contact GROUP BY Account.Name, Owner.Name",
        "MALFORMED_QUERY",
        "duplicate alias: Name",
    ),
    (
        "SELECT (SELECT COUNT(Id) FROM Contacts) FROM Account",
        "MALFORMED_QUERY",
        "only root queries support aggregate expressions",
    ),
    (
        "SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)",
        "MALFORMED_QUERY",
        "should not be on the same object type",
    ),
    (
        "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
        "MALFORMED_QUERY",
        "not allowed with the 'OR' operator",
    ),
    (
        "SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)",
        "MALFORMED_QUERY",
        "can only query id fields, cannot use: 'name'",
    ),
    (
        "SELECT Id FROM Account WHERE CALENDAR_YEAR(CreatedDate) = THIS_YEAR",
        "MALFORMED_QUERY",
        "date literal",
    ),
    *(
        (soql, "MALFORMED_QUERY", text)
        for soql, text in [
            ("SELECT Id FROM Account WHERE COUNT(Id) > 1", "not allowed in the WHERE clause"),
            (
                "SELECT Name n, COUNT(Id) FROM Account GROUP BY Name ORDER BY Type",
                "Ordered field must be grouped or aggregated: Type",
            ),
            (
                "SELECT Name, COUNT(Id) FROM Account GROUP BY Name HAVING Type = 'x'",
                "Field must be grouped or aggregated: Type",
            ),
            ("SELECT Id FROM Account ORDER BY COUNT(Id)", "Field must be grouped or aggregated: Id"),
            (
                "SELECT COUNT(Id) FROM Account GROUP BY COUNT(Id)",
                "Grouped field should not be aggregated: Id",
            ),
            ("SELECT COUNT(Id) FROM Account GROUP BY CreatedDate", "can not be grouped in a query call"),
            ("SELECT Type, GROUPING(Type) FROM Account GROUP BY Type", "GROUP BY ROLLUP"),
            ("SELECT COUNT(Id) FROM Lead GROUP BY CUBE(Rating, Status, Title, City)", "at most 3"),
            ("SELECT COUNT() FROM Account GROUP BY Type", "unexpected token: 'GROUP'"),
            ("SELECT Id FROM Account ORDER BY toLabel(Type)", "can not be sorted"),
            ("SELECT Id FROM Account ORDER BY Id FOR UPDATE", "not allowed with FOR UPDATE"),
            ("SELECT Id FROM Account LIMIT :most", "Bind variables only allowed in Apex code"),
            ("SELECT Id FROM Account USING SCOPE nobodys", "Scope 'nobodys' is not supported"),
            ("SELECT Id FROM Account WITH DATA CATEGORY a__c AT b__c", "not supported for entity 'Account'"),
            ("SELECT Id FROM Contact c, c.Account c", "duplicate alias: c"),
            ("SELECT Id FROM Account WHERE Id IN (SELECT WhatId FROM Task)", "Entity 'Task'"),
            (
                "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 1)",
                "unexpected token: 'LIMIT'",
            ),
            (
                "SELECT Id FROM Account WHERE (NOT Id IN (SELECT AccountId FROM Contact))",
                "not in nested WHERE expressions",
            ),
            (
                "SELECT (SELECT Id FROM Contacts WHERE Id IN (SELECT ContactId FROM Case)) FROM Account",
                "not in nested WHERE expressions",
            ),
            ("SELECT (SELECT Id FROM Contacts OFFSET 1) FROM Account", "parent query has LIMIT 1"),
            (
                "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(91, 0), 'mi') < 1",
                "Latitude must be between -90 and 90",
            ),
        ]
    ),
    ("SELECT Name, toLabel(Type) name FROM Account", "MALFORMED_QUERY", "duplicate alias: name"),
    ("SELECT What.Name, TYPEOF What WHEN Case THEN Id END FROM Task", "INVALID_FIELD", "duplicate field"),
    (
        "SELECT Id FROM Account WHERE convertCurrency(AnnualRevenue) > 5",
        "INVALID_FIELD",
        "can not be filtered",
    ),
    ("SELECT FORMAT(Name) FROM Account", "INVALID_FIELD", "does not support function FORMAT"),
    ("SELECT Id FROM Account WHERE IsDeleted > false", "INVALID_QUERY_FILTER_OPERATOR", "boolean field"),
    ("SELECT Id FROM Account WHERE Name INCLUDES ('a')", "INVALID_QUERY_FILTER_OPERATOR", "multipicklist"),
    (
        "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(9, 0), 'mi') = 1",
        "INVALID_QUERY_FILTER_OPERATOR",
        "DISTANCE",
    ),
]


def test_what_a_version_does_not_know_is_refused_there(http: httpx.Client) -> None:
    for version, soql, code in [
        ("50.0", "SELECT FIELDS(STANDARD) FROM Account", "UNSUPPORTED_API_VERSION"),
        ("45.0", "SELECT TYPEOF Owner WHEN User THEN Id END FROM Case", "MALFORMED_QUERY"),
        ("57.0", "SELECT (SELECT (SELECT Id FROM Cases) FROM Contacts) FROM Account", "MALFORMED_QUERY"),
    ]:

        def answer(version: str, soql: str = soql) -> httpx.Response:
            return http.get(f"/services/data/v{version}/query", params={"q": soql})

        assert answer("60.0").status_code == 200
        assert answer(version).json()[0]["errorCode"] == code


@pytest.mark.parametrize(("soql", "code", "text"), MISTAKES, ids=[each[0] for each in MISTAKES])
def test_mistakes_are_told(refuse: Refuse, soql: str, code: str, text: str) -> None:
    told, message = refuse(soql)
    assert told == code
    assert text in message


def test_an_empty_query_is_told(http: httpx.Client, refuse: Refuse) -> None:
    assert refuse("  ") == ("MALFORMED_QUERY", "SOQL statements cannot be empty or null")
    missing = http.get(f"{V}/query")
    assert missing.json()[0]["message"] == "A query string has to be specified"
