"""What completion offers in each place of a query; `|` is the cursor."""

from __future__ import annotations

import pytest

from sfexplorer.soql.completion import Completion, complete, missing
from tests.soql.describes import Describes

SCHEMA = Describes()


def offered(marked: str, schema: Describes | None = SCHEMA) -> list[Completion]:
    offset = marked.index("|")
    return complete(marked[:offset] + marked[offset + 1 :], offset, schema)


def texts(marked: str, schema: Describes | None = SCHEMA) -> list[str]:
    return [each.text for each in offered(marked, schema)]


def accepted(marked: str, number: int = 0) -> str:
    """The text with an offer taken."""
    text = marked.replace("|", "")
    taken = offered(marked)[number]
    start, end = taken.replace
    return text[:start] + taken.text + text[end:]


def test_a_query_begins_with_select_or_find() -> None:
    assert texts("|") == ["SELECT", "FIND"]
    assert accepted("sel|") == "SELECT"


def test_fields_are_those_of_an_object_that_comes_later() -> None:
    found = texts("SELECT Id, | FROM Contact")
    assert found[:2] == ["Id", "Name"]
    assert {
        "LastName",
        "Birthdate",
        "Account.",
        "COUNT()",
        "SUM(",
        "toLabel(",
        "FIELDS(ALL)",
        "TYPEOF",
    } < set(found)
    assert "Industry" not in found


def test_a_field_tells_its_type_and_label() -> None:
    details = {each.text: each.detail for each in offered("SELECT | FROM Contact")}
    assert details["Birthdate"] == "date  Birthdate"
    assert details["AccountId"] == "reference to Account  Account ID"


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("SELECT Na| FROM Account", "Name"),
        ("SELECT NUMEMP| FROM Account", "NumberOfEmployees"),
        ("SELECT Numb| FROM Case", "CaseNumber"),
        ("SELECT AnnRev| FROM Account", "AnnualRevenue"),
        ("SELECT annual rev| FROM Account", "AnnualRevenue"),
        ("SELECT employees| FROM Account", "NumberOfEmployees"),
        ("SELECT Id FROM acc|", "Account"),
        ("SELECT Id FROM opp line|", "OpportunityLineItem"),
        ("SELECT Id FROM CampMem|", "CampaignMember"),
    ],
)
def test_the_best_fit_comes_first(marked: str, first: str) -> None:
    assert texts(marked)[0] == first


def test_names_come_before_labels_and_labels_before_mere_letters() -> None:
    # Names that begin so, names with such a word, labels (Business Phone), names that only contain it.
    found = texts("SELECT em| FROM Contact")
    assert found.index("Email") < found.index("EmailBouncedDate") < found.index("SystemModstamp")


def test_an_offer_replaces_the_word_that_is_typed() -> None:
    assert accepted("SELECT Id, Na| FROM Account") == "SELECT Id, Name FROM Account"
    assert accepted("SELECT Id, N|am FROM Account") == "SELECT Id, Name FROM Account"
    assert accepted("SELECT Id FROM opp line| LIMIT 5") == "SELECT Id FROM OpportunityLineItem LIMIT 5"
    assert accepted("SELECT Ow|.Name FROM Account") == "SELECT Owner.Name FROM Account"
    assert accepted("SELECT SU|(Amount) FROM Opportunity") == "SELECT SUM(Amount) FROM Opportunity"


def test_paths_lead_to_the_fields_of_parents() -> None:
    assert "Industry" in texts("SELECT Account.| FROM Contact")
    assert "Industry" in texts("SELECT c.Account.| FROM Contact c")
    assert "Industry" in texts("SELECT Contact.Account.| FROM Contact")
    assert "Industry" in texts("SELECT a.| FROM Contact c, c.Account a")
    assert "ProfileId" in texts("SELECT Id FROM Contact WHERE Account.Owner.|")
    assert texts("SELECT Nobody.| FROM Contact") == []


def test_a_path_has_at_most_five_relationships() -> None:
    found = texts("SELECT CreatedBy.Manager.Manager.Manager.Manager.| FROM Account")
    assert "Name" in found
    assert "Manager." not in found
    assert "Manager." in texts("SELECT CreatedBy.Manager.Manager.Manager.| FROM Account")
    assert texts("SELECT CreatedBy.Manager.Manager.Manager.Manager.Manager.| FROM Account") == []


def test_a_parent_of_several_kinds_has_the_fields_of_a_name() -> None:
    found = texts("SELECT What.| FROM Task")
    assert found[:2] == ["Id", "Name"]
    assert "Type" in found
    assert "Industry" not in found
    assert texts("SELECT Id FROM Task WHERE What.Type = |")[:2] == ["'Account'", "'Campaign'"]


def test_sub_selects_read_from_child_relationships() -> None:
    assert "Contacts" in texts("SELECT Id, (SELECT Id FROM |) FROM Account")
    assert "Contacts" in texts("SELECT Id, (SELECT Id FROM | FROM Account")
    assert "Account" not in texts("SELECT Id, (SELECT Id FROM |) FROM Account")
    assert "LastName" in texts("SELECT Id, (SELECT | FROM Contacts) FROM Account")
    assert "LastName" in texts("SELECT Id, (SELECT Id FROM Contacts WHERE | FROM Account")
    assert "Birthdate" in texts(
        "SELECT (SELECT Id, (SELECT | FROM Contacts) FROM ChildAccounts) FROM Account"
    )
    assert texts("SELECT Id, (|") == ["SELECT"]


def test_an_unfinished_sub_select_does_not_take_the_outer_from() -> None:
    assert "Industry" in texts("SELECT |, (SELECT Id FROM Contacts FROM Account")
    assert "Contacts" in texts("SELECT Id, (SELECT  FROM | FROM Account")


def test_conditions_take_fields_that_can_be_filtered() -> None:
    found = texts("SELECT Id FROM Account WHERE |")
    assert "Industry" in found
    assert "NOT" in found
    assert "CALENDAR_YEAR(" in found
    assert "Description" not in found
    assert "COUNT(" not in found
    assert "NOT" not in texts("SELECT Id FROM Account WHERE Id = null AND |")


def test_semi_joins_have_an_object_of_their_own() -> None:
    assert "SELECT" in texts("SELECT Id FROM Account WHERE Id IN (|)")
    assert "LastName" in texts("SELECT Id FROM Account WHERE Id IN (SELECT | FROM Contact)")
    assert "LastName" in texts("SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE |)")
    assert "Industry" in texts("SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) AND |")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Name |", ["=", "!=", "LIKE", "IN", "NOT IN", "<", "<=", ">", ">="]),
        ("IsDeleted |", ["=", "!="]),
        ("ParentId |", ["=", "!=", "IN", "NOT IN"]),
        ("AnnualRevenue |", ["=", "!=", "<", "<=", ">", ">=", "IN", "NOT IN"]),
        ("Name L|", ["LIKE"]),
        ("Name NOT |", ["IN"]),
        ("DISTANCE(BillingAddress, GEOLOCATION(1, 2), 'km') |", ["<", ">"]),
        ("IsDeleted = |", ["TRUE", "FALSE"]),
        ("CALENDAR_YEAR(CreatedDate) = |", []),
        ("Name LIKE |", []),
        ("Name = |", ["NULL"]),
        ("Rating = |", ["'Hot'", "'Warm'", "'Cold'", "NULL"]),
        ("Rating = 'h|", ["'Hot'"]),
        ("Rating = 'h|'", ["'Hot'"]),
        ("Rating = H|", ["'Hot'"]),
        ("Rating IN ('Hot', |)", ["'Hot'", "'Warm'", "'Cold'", "NULL"]),
        ("Rating IN |", ["('Hot')", "('Warm')", "('Cold')"]),
        ("Name = 'Hot|", []),
        ("Name = 5|", []),
        ("toLabel(Rating) = 'w|", ["'Warm'"]),
    ],
)
def test_a_comparison_gets_what_fits_its_field(marked: str, expected: list[str]) -> None:
    assert texts(f"SELECT Id FROM Account WHERE {marked}") == expected


def test_a_value_replaces_the_quotes_around_it() -> None:
    where = "SELECT Id FROM Account WHERE Rating ="
    assert accepted(f"{where} 'h|'") == f"{where} 'Hot'"
    assert accepted(f"{where} 'h| LIMIT 5") == f"{where} 'Hot' LIMIT 5"


def test_dates_are_compared_with_date_literals() -> None:
    found = texts("SELECT Id FROM Account WHERE CreatedDate > |")
    assert found[0] == "TODAY"
    assert "LAST_N_DAYS:" in found
    assert texts("SELECT Id FROM Account WHERE CreatedDate = yest|") == ["YESTERDAY"]
    assert "TODAY" not in texts("SELECT Id FROM Account WHERE Name > |")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("SELECT Id |", ["FROM"]),
        ("SELECT Id FROM Account W|", ["WHERE", "WITH"]),
        ("SELECT Id FROM Account WHERE Id = null OR Name = null |", ["OR", "WITH"]),
        ("SELECT Id FROM Account WHERE (Id = null |", ["AND", "OR"]),
        ("SELECT Id FROM Account GROUP |", ["BY"]),
        ("SELECT Name FROM Account GROUP BY Name |", ["HAVING", "ORDER BY"]),
        ("SELECT Id FROM Account ORDER BY Name |", ["ASC", "DESC", "NULLS FIRST", "NULLS LAST", "LIMIT"]),
        ("SELECT Id FROM Account ORDER BY Name DESC |", ["NULLS FIRST", "NULLS LAST", "LIMIT"]),
        ("SELECT Id FROM Account ORDER BY Name DESC NULLS |", ["FIRST", "LAST"]),
        ("SELECT Id FROM Account LIMIT 5 |", ["OFFSET", "FOR VIEW"]),
        ("SELECT Id FROM Account LIMIT |", []),
        ("SELECT Id FROM Account FOR |", ["VIEW", "REFERENCE", "UPDATE"]),
        ("SELECT Id FROM Account ALL |", ["ROWS"]),
        ("SELECT Id, (SELECT Id FROM Contacts |) FROM Account", ["WHERE", "WITH", "ORDER BY", "LIMIT"]),
        ("SELECT Id FROM Account USING |", ["SCOPE"]),
        ("SELECT Id FROM Account USING SCOPE |", ["everything", "mine"]),
        ("SELECT Id FROM Account USING SCOPE mine |", ["WHERE"]),
        ("SELECT Id FROM Account WITH |", ["SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE", "DATA CATEGORY"]),
        ("SELECT Id FROM Account WITH DATA CATEGORY Geography__c |", ["AT", "ABOVE", "BELOW"]),
        ("SELECT FIELDS(|) FROM Account", ["ALL", "STANDARD", "CUSTOM"]),
    ],
)
def test_keywords_are_those_that_the_grammar_takes_next(marked: str, expected: list[str]) -> None:
    assert texts(marked)[: len(expected)] == expected


def test_clauses_that_came_already_are_not_offered_again() -> None:
    found = texts("SELECT Id FROM Account WHERE Id = null ORDER BY Id |")
    assert not {"WHERE", "GROUP BY", "HAVING", "WITH", "USING SCOPE", "ORDER BY", "AND"} & set(found)


def test_ordering_takes_fields_that_can_be_sorted_and_names_of_functions() -> None:
    found = texts("SELECT COUNT(Id) total, Name FROM Account GROUP BY Name ORDER BY |")
    assert found[0] == "total"
    assert "Name" in found
    assert "Description" not in found


def test_grouping_takes_fields_that_can_be_grouped() -> None:
    found = texts("SELECT COUNT(Id) FROM Account GROUP BY |")
    assert {"Industry", "ROLLUP(", "CALENDAR_YEAR("} < set(found)
    assert "AnnualRevenue" not in found
    assert "CUBE(" not in texts("SELECT COUNT(Id) FROM Account GROUP BY Name, |")
    assert "Industry" in texts("SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(|")


def test_having_takes_aggregates_and_grouped_fields() -> None:
    found = texts("SELECT Name FROM Account GROUP BY Name HAVING |")
    assert found[:2] == ["COUNT(", "COUNT_DISTINCT("]
    assert "Name" in found
    assert "Industry" not in found


def test_functions_take_fields_of_their_types() -> None:
    assert texts("SELECT SUM(Amo|) FROM Opportunity")[0] == "Amount"
    assert "CloseDate" not in texts("SELECT SUM(|) FROM Opportunity")
    assert texts("SELECT CALENDAR_YEAR(conv|) FROM Opportunity") == ["convertTimezone("]
    assert "CloseDate" in texts("SELECT CALENDAR_YEAR(|) FROM Opportunity")
    assert "CloseDate" not in texts("SELECT HOUR_IN_DAY(|) FROM Opportunity")
    assert texts("SELECT DISTANCE(BillingAddress, GEO|) FROM Account") == ["GEOLOCATION("]
    assert texts("SELECT DISTANCE(BillingAddress, GEOLOCATION(1, 2), |)")[:2] == ["'mi'", "'km'"]


def test_typeof_is_led_through() -> None:
    assert texts("SELECT TYPEOF | FROM Task") == ["Who", "What", "Owner"]
    assert texts("SELECT TYPEOF What | FROM Task") == ["WHEN"]
    assert "Opportunity" in texts("SELECT TYPEOF What WHEN | FROM Task")
    assert texts("SELECT TYPEOF What WHEN Case | FROM Task") == ["THEN"]
    assert "CaseNumber" in texts("SELECT TYPEOF What WHEN Case THEN | FROM Task")
    assert texts("SELECT TYPEOF What WHEN Case THEN Id | FROM Task") == ["WHEN", "ELSE", "END"]
    assert "Email" in texts("SELECT TYPEOF What WHEN Case THEN Id ELSE | FROM Task")
    assert "Subject" in texts("SELECT TYPEOF What WHEN Case THEN Id END, | FROM Task")


def test_further_sources_are_relationships() -> None:
    assert "Account." in texts("SELECT Id FROM Contact c, c.|")


def test_only_the_statement_at_the_cursor_counts() -> None:
    assert "Birthdate" in texts("SELECT Id FROM Account;\nSELECT | FROM Contact")
    assert "Birthdate" in texts("SELECT Id FROM Account\n\nSELECT | FROM Contact\n\nSELECT Id FROM Lead")
    assert texts("SELECT Id FROM Account;\n|") == ["SELECT", "FIND"]


def test_comments_and_texts_are_left_alone() -> None:
    assert texts("SELECT Id -- na|\nFROM Account") == []
    assert texts("SELECT Id FROM Account WHERE Name = 'Sel|ect'") == []
    assert "Industry" in texts("SELECT Id, -- the name\n | FROM Account")


def test_names_may_be_keywords() -> None:
    assert "DeveloperName" in texts("SELECT | FROM Group")
    assert texts("SELECT Id FROM Group |")[:2] == ["USING SCOPE", "WHERE"]


def test_without_a_schema_the_language_is_known() -> None:
    assert "SUM(" in texts("SELECT | FROM Account", None)
    assert texts("SELECT Id FROM Account GROUP |", None) == ["BY"]
    assert texts("SELECT Id FROM |", None) == []
    assert texts("SELECT Id FROM Account WHERE Name = |", None) == ["NULL"]


def test_what_is_not_fetched_is_told() -> None:
    schema = Describes(unfetched=["Contact", "Account", "User"])
    marked = "SELECT Account.Owner. FROM Contact"
    assert missing(marked, 21, schema) == ("Contact",)
    schema.unfetched -= {"contact"}
    assert missing(marked, 21, schema) == ("Account",)
    schema.unfetched -= {"account"}
    assert missing(marked, 21, schema) == ("User",)
    schema.unfetched -= {"user"}
    assert missing(marked, 21, schema) == ()


def test_a_name_that_is_no_object_is_not_to_be_fetched() -> None:
    assert missing("SELECT Na FROM Accou", 9, Describes(unfetched=["Accou"])) == ()
    assert missing("SELECT Na FROM aCCount", 9, Describes(unfetched=["Account"])) == ("Account",)
