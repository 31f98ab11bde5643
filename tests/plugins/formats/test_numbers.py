"""Numbers in the styles that people write."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer_formats.numbers import STYLES, number_text, signs_of


@pytest.mark.parametrize(
    ("style", "number", "decimals", "text"),
    [
        ("1,234.5", 1234567.5, 0, "1,234,567.5"),
        ("1,234.5", 1200.0, 2, "1,200.00"),
        ("1.234,5", -1234.5, 2, "-1.234,50"),
        ("1 234,5", 1234567, 0, "1 234 567"),
        ("1'234.5", Decimal("1234.125"), 2, "1'234.125"),
        ("1234.5", 1234.0, 0, "1234"),
    ],
)
def test_a_number_is_written_in_a_style(style: str, number: float, decimals: int, text: str) -> None:
    assert number_text(number, signs_of(style), decimals) == text


@pytest.mark.parametrize(
    ("environment", "text"),
    [
        ({"LANG": "de_DE.UTF-8"}, "1.234,5"),
        ({"LANG": "de_CH.UTF-8"}, "1'234.5"),
        ({"LC_NUMERIC": "fr_FR", "LANG": "en_US.UTF-8"}, "1 234,5"),
        ({"LC_ALL": "C", "LC_NUMERIC": "fr_FR"}, "1,234.5"),
        ({}, "1,234.5"),
    ],
)
def test_the_locale_tells_the_style(environment: dict[str, str], text: str) -> None:
    assert number_text(1234.5, signs_of("locale", environment)) == text


@given(
    st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=4),
    st.sampled_from([0, 2]),
)
def test_no_digit_is_ever_left_away(number: int | Decimal, decimals: int) -> None:
    for thousands, point in STYLES.values():
        text = number_text(number, (thousands, point), decimals)
        plain = text.replace(thousands, "") if thousands else text
        assert Decimal(plain.replace(point, ".")) == number
