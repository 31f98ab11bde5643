"""Record ids in both lengths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.client.ids import is_id, key_prefix, to_15, to_18

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
short_ids = st.text(ALPHABET, min_size=15, max_size=15)


@given(short_ids)
def test_15_to_18_and_back_is_the_same_id(short: str) -> None:
    assert to_15(to_18(short)) == short
    assert to_18(to_18(short)) == to_18(short)


@given(short_ids)
def test_an_18_character_id_survives_the_loss_of_case(short: str) -> None:
    assert to_18(to_18(short).lower()) == to_18(short)
    assert to_18(to_18(short).upper()) == to_18(short)


@pytest.mark.parametrize(
    ("short", "ending"),
    [("001D000000IqhSL", "IAZ"), ("00Dd0000000fOlW", "EAU"), ("005d00000014XTP", "AA2")],
)
def test_the_ending_is_salesforces_own(short: str, ending: str) -> None:
    assert to_18(short) == short + ending


@given(short_ids.filter(lambda text: any(character.isdigit() for character in text)))
def test_both_lengths_are_seen_as_ids(short: str) -> None:
    assert is_id(short)
    assert is_id(to_18(short))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Account",
        "Internationally",  # 15 letters
        "001D000000IqhSLAAA",  # wrong ending
        "001D000000IqhS-",
        "001D000000IqhSLI",
        "001D000000IqhSLIAZ ",
        "001D000000IqhSé",
    ],
)
def test_other_texts_are_no_ids(text: str) -> None:
    assert not is_id(text)


def test_what_is_no_id_is_not_converted() -> None:
    with pytest.raises(ValueError, match="not a record id"):
        to_18("Account")
    with pytest.raises(ValueError, match="not a record id"):
        to_15("001")


def test_the_key_prefix_is_the_first_three_characters() -> None:
    assert key_prefix("001D000000IqhSL") == "001"
