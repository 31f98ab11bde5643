"""The days that date literals cover, seen from Wednesday, 18 February 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.soql import date_range
from sfexplorer.soql.words import COUNTED_DATE_LITERALS, PLAIN_DATE_LITERALS

TODAY = date(2026, 2, 18)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("YESTERDAY", "2026-02-17", "2026-02-18"),
        ("TODAY", "2026-02-18", "2026-02-19"),
        ("tomorrow", "2026-02-19", "2026-02-20"),
        ("LAST_WEEK", "2026-02-08", "2026-02-15"),
        ("THIS_WEEK", "2026-02-15", "2026-02-22"),
        ("NEXT_WEEK", "2026-02-22", "2026-03-01"),
        ("LAST_MONTH", "2026-01-01", "2026-02-01"),
        ("THIS_MONTH", "2026-02-01", "2026-03-01"),
        ("NEXT_MONTH", "2026-03-01", "2026-04-01"),
        ("LAST_QUARTER", "2025-10-01", "2026-01-01"),
        ("THIS_QUARTER", "2026-01-01", "2026-04-01"),
        ("NEXT_QUARTER", "2026-04-01", "2026-07-01"),
        ("LAST_YEAR", "2025-01-01", "2026-01-01"),
        ("THIS_YEAR", "2026-01-01", "2027-01-01"),
        ("NEXT_YEAR", "2027-01-01", "2028-01-01"),
        ("LAST_90_DAYS", "2025-11-20", "2026-02-19"),
        ("NEXT_90_DAYS", "2026-02-19", "2026-05-20"),
        ("LAST_N_DAYS:7", "2026-02-11", "2026-02-19"),
        ("LAST_N_DAYS:0", "2026-02-18", "2026-02-19"),
        ("NEXT_N_DAYS:7", "2026-02-19", "2026-02-26"),
        ("N_DAYS_AGO:7", "2026-02-11", "2026-02-12"),
        ("LAST_N_WEEKS:2", "2026-02-01", "2026-02-15"),
        ("NEXT_N_WEEKS:2", "2026-02-22", "2026-03-08"),
        ("N_WEEKS_AGO:2", "2026-02-01", "2026-02-08"),
        ("LAST_N_MONTHS:2", "2025-12-01", "2026-02-01"),
        ("NEXT_N_MONTHS:3", "2026-03-01", "2026-06-01"),
        ("N_MONTHS_AGO:2", "2025-12-01", "2026-01-01"),
        ("LAST_N_QUARTERS:2", "2025-07-01", "2026-01-01"),
        ("N_QUARTERS_AGO:1", "2025-10-01", "2026-01-01"),
        ("LAST_N_YEARS:2", "2024-01-01", "2026-01-01"),
        ("NEXT_N_YEARS:2", "2027-01-01", "2029-01-01"),
        ("N_YEARS_AGO:2", "2024-01-01", "2025-01-01"),
    ],
)
def test_a_date_literal_covers_its_days(text: str, start: str, end: str) -> None:
    assert date_range(text, TODAY) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "month", "start", "end"),
    [
        ("THIS_FISCAL_YEAR", 1, "2026-01-01", "2027-01-01"),
        ("THIS_FISCAL_YEAR", 2, "2026-02-01", "2027-02-01"),
        ("THIS_FISCAL_YEAR", 3, "2025-03-01", "2026-03-01"),
        ("THIS_FISCAL_QUARTER", 2, "2026-02-01", "2026-05-01"),
        ("LAST_FISCAL_QUARTER", 3, "2025-09-01", "2025-12-01"),
        ("NEXT_N_FISCAL_QUARTERS:2", 4, "2026-04-01", "2026-10-01"),
        ("LAST_N_FISCAL_YEARS:1", 12, "2024-12-01", "2025-12-01"),
        ("N_FISCAL_YEARS_AGO:2", 4, "2023-04-01", "2024-04-01"),
        ("THIS_QUARTER", 2, "2026-01-01", "2026-04-01"),
    ],
)
def test_fiscal_units_start_with_the_fiscal_year(text: str, month: int, start: str, end: str) -> None:
    assert date_range(text, TODAY, month) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("weekday", range(7))
def test_a_week_starts_on_sunday(weekday: int) -> None:
    sunday = date(2026, 2, 15)
    assert date_range("THIS_WEEK", sunday + timedelta(days=weekday))[0] == sunday


@pytest.mark.parametrize("text", ["", "SOMEDAY", "TODAY:5", "LAST_N_DAYS", "LAST_N_DAYS:", "LAST_N_DAYS:-1"])
def test_another_word_is_no_date_literal(text: str) -> None:
    with pytest.raises(ValueError, match="no date literal"):
        date_range(text, TODAY)


counted = st.builds("{}:{}".format, st.sampled_from(sorted(COUNTED_DATE_LITERALS)), st.integers(min_value=0))


@given(
    st.sampled_from(sorted(PLAIN_DATE_LITERALS)) | counted,
    st.dates(),
    st.integers(1, 12),
)
def test_every_range_is_in_order_whatever_the_day(text: str, today: date, fiscal_month: int) -> None:
    start, end = date_range(text, today, fiscal_month)
    assert start <= end
