"""Ids: the checksum, and new ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.demo.ids import IdGenerator, base62, canonical, from_base62, to_18

IDS = st.text("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=15, max_size=15)


@pytest.mark.parametrize(
    ("short", "checksum"),
    [("001D000000IqhSL", "IAZ"), ("00Dd0000000fOlW", "EAU"), ("005d00000014XTP", "AA2")],
)
def test_the_checksum_is_salesforces_own(short: str, checksum: str) -> None:
    assert to_18(short) == short + checksum


@given(IDS)
def test_the_checksum_brings_back_the_case(short: str) -> None:
    full = to_18(short)
    assert canonical(short) == canonical(full) == canonical(full.lower()) == canonical(full.upper()) == full


@pytest.mark.parametrize(
    "text", ["", "001", "001D000000IqhS", "001D000000Iqh-L", "001D000000IqhSLIA9", "é" * 15]
)
def test_what_is_no_id_is_none(text: str) -> None:
    assert canonical(text) is None


def test_a_capital_digit_is_no_id() -> None:
    assert canonical("001000000000000999") is None
    assert canonical("001000000000000BAA") is None


@given(st.integers(0, 62**5 - 1))
def test_base62_is_read_back(number: int) -> None:
    assert from_base62(base62(number, 5)) == number


def test_new_ids_increase_within_their_prefix() -> None:
    generator = IdGenerator()
    ids = [generator.next("001") for _ in range(5000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 5000
    assert generator.next("003").startswith("003")
    assert all(canonical(each) == each for each in ids)


def test_new_ids_come_behind_one_that_was_noted() -> None:
    generator, later = IdGenerator(), IdGenerator()
    for _ in range(100):
        last = generator.next("001")
    later.note(last)
    later.note("")
    assert later.next("001") == generator.next("001")
