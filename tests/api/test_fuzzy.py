"""What a person types finds what the person means, the likeliest first."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.api.fuzzy import fuzzy_score


def ranked(pattern: str, *texts: str) -> list[str]:
    scored = [(score, text) for text in texts if (score := fuzzy_score(pattern, text)) is not None]
    return [text for _, text in sorted(scored, key=lambda pair: -pair[0])]


def test_the_better_a_name_fits_the_earlier_it_stands() -> None:
    names = [
        "Discount",
        "Account Team",
        "Big Account",
        "Account",
        "ns__Am_Custom_Count__c",
        "A crooked count",
    ]
    assert ranked("account", *names)[:3] == ["Account", "Account Team", "Big Account"]
    assert ranked("count", "Account", "Case Count", "Country", "Count") == [
        "Count",
        "Country",
        "Case Count",
        "Account",
    ]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("ActMgr", "Account Manager"),
        ("am", "AccountManager"),
        ("acm", "AccountManager"),
        ("oli", "OpportunityLineItem"),
        ("cust acc", "Customer Account"),
        ("acc cust", "Customer_Account__c"),
        ("ns_acc", "ns__Account__c"),
        ("pb2", "Pricebook2"),
        ("ÉLA", "élan"),
        ("客户", "我的客户"),
        ("acnt", "Account"),
    ],
)
def test_a_name_is_found_by_parts_of_it(pattern: str, text: str) -> None:
    assert fuzzy_score(pattern, text) is not None


@pytest.mark.parametrize("text", ["", "Case", "Tnuocca", "Acc"])
def test_a_name_that_lacks_a_letter_is_not_found(text: str) -> None:
    assert fuzzy_score("acct", text) is None


def test_beginnings_of_words_come_before_letters_strewn_about() -> None:
    assert ranked("am", "Asset Relationship xm", "Account Manager")[0] == "Account Manager"
    assert ranked("ct", "Object", "Case Team") == ["Case Team", "Object"]


def test_every_word_typed_counts() -> None:
    assert fuzzy_score("acc zebra", "Account") is None
    assert ranked("opp line", "Opportunity", "OpportunityLineItem") == ["OpportunityLineItem"]


@pytest.mark.parametrize("pattern", ["", "  "])
def test_a_blank_pattern_fits_all_names_alike(pattern: str) -> None:
    assert fuzzy_score(pattern, "Account") == fuzzy_score(pattern, "") == 0.0


@given(st.text(min_size=1, max_size=30).filter(lambda text: text.strip()))
def test_a_text_always_fits_itself(text: str) -> None:
    assert (fuzzy_score(text, text.strip()) or 0) >= 6


@given(st.text(max_size=10), st.text(max_size=40))
def test_any_pattern_meets_any_text_without_fault(pattern: str, text: str) -> None:
    score = fuzzy_score(pattern, text)
    assert score is None or score >= 0


def test_three_thousand_objects_are_ranked_while_a_key_is_pressed() -> None:
    names = [f"ns__Custom_Object_{number}_Thing__c" for number in range(3000)]
    for name in names:
        fuzzy_score("c", name)
    begun = time.process_time()
    for name in names:
        fuzzy_score("custob", name)
    assert time.process_time() - begun < 0.25
