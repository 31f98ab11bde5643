"""What may be typed into a field, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.api.typed import Unfit, edit_text, parse_text
from sfexplorer.client.describe import FieldDescribe

BERLIN = ZoneInfo("Europe/Berlin")
TITLE = FieldDescribe(name="Title", label="Title", type="string", length=10, updateable=True)
LAST_NAME = FieldDescribe(name="LastName", label="Last Name", type="string", length=80, nillable=False)
AMOUNT = FieldDescribe(name="Amount", label="Amount", type="currency", precision=18, scale=2)
EMPLOYEES = FieldDescribe(name="Employees", label="Employees", type="int", digits=8)
BIRTHDATE = FieldDescribe(name="Birthdate", label="Birthdate", type="date")
STARTS = FieldDescribe(name="Starts", label="Starts", type="datetime")
OPENS = FieldDescribe(name="Opens", label="Opens", type="time")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (TITLE, " Chief ", " Chief "),
        (TITLE, "", None),
        (AMOUNT, "1200.50", 1200.5),
        (AMOUNT, "-.5", -0.5),
        (AMOUNT, "1200.500", 1200.5),
        (EMPLOYEES, "+42", 42),
        (BIRTHDATE, "1815-12-10", "1815-12-10"),
        (BIRTHDATE, " 2026-3-1 ", "2026-03-01"),
        (OPENS, "9:30", "09:30:00.000Z"),
        (OPENS, "09:30:15.25", "09:30:15.250Z"),
    ],
)
def test_a_text_that_fits_becomes_the_value_that_is_sent(
    field: FieldDescribe, text: str, value: object
) -> None:
    assert parse_text(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        (TITLE, "Chief Analyst", "Too long by 3: at most 10"),
        (LAST_NAME, "  ", "Last Name is required"),
        (AMOUNT, "a lot", "Not a number"),
        (AMOUNT, "1,200", "Not a number"),
        (AMOUNT, "nan", "Not a number"),
        (AMOUNT, "1e3", "Not a number"),
        (AMOUNT, "١٢", "Not a number"),
        (AMOUNT, "1.005", "Too many decimals: at most 2"),
        (AMOUNT, "1" + "0" * 16, "at most 16 digits"),
        (AMOUNT, "1234567890123456.78", "Too many digits"),
        (EMPLOYEES, "1.5", "whole number"),
        (EMPLOYEES, "123456789", "at most 8 digits"),
        (BIRTHDATE, "10.12.1815", "Not a date"),
        (BIRTHDATE, "2026-02-30", "There is no 2026-02-30"),
        (BIRTHDATE, "1492-10-12", "1700 to 4000"),
        (STARTS, "2026-03-01", "Not a date and time"),
        (STARTS, "2026-03-01 25:00", "There is no 25:00"),
        (OPENS, "noon", "Not a time"),
    ],
)
def test_a_text_that_does_not_fit_is_told_why(field: FieldDescribe, text: str, told: str) -> None:
    with pytest.raises(Unfit, match=told):
        parse_text(field, text)


def test_a_datetime_is_edited_in_local_time_and_kept_in_utc() -> None:
    assert edit_text(STARTS, "2026-07-01T09:14:00.000+0000", BERLIN) == "2026-07-01 11:14"
    assert parse_text(STARTS, "2026-07-01 12:14", None, BERLIN) == "2026-07-01T10:14:00.000+0000"


def test_changing_the_day_keeps_seconds_and_milliseconds() -> None:
    before = "2026-07-01T09:14:23.456+0000"
    assert edit_text(STARTS, before, BERLIN) == "2026-07-01 11:14:23"
    assert parse_text(STARTS, "2026-07-02 11:14:23", before, BERLIN) == "2026-07-02T09:14:23.456+0000"


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(Unfit, match="clocks go forward"):
        parse_text(STARTS, "2026-03-29 02:30", None, BERLIN)


def test_the_second_of_two_equal_hours_is_no_change_when_left_alone() -> None:
    second = "2026-10-25T01:30:00.000+0000"
    assert parse_text(STARTS, edit_text(STARTS, second, BERLIN), second, BERLIN) == second


@given(st.datetimes(datetime(1701, 1, 1), datetime(3999, 12, 31)).map(lambda one: one.replace(tzinfo=UTC)))
def test_leaving_a_datetime_alone_is_no_change(moment: datetime) -> None:
    value = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"
    assert parse_text(STARTS, edit_text(STARTS, value, BERLIN), value, BERLIN) == value


@given(st.dates(date(1700, 1, 1), date(4000, 12, 31)))
def test_every_date_can_be_typed_as_it_is_shown(day: date) -> None:
    assert parse_text(BIRTHDATE, edit_text(BIRTHDATE, day.isoformat())) == day.isoformat()


@given(st.integers(-(10**15), 10**15))
def test_every_amount_can_be_typed_as_it_is_shown(cents: int) -> None:
    value = cents / 100
    assert parse_text(AMOUNT, edit_text(AMOUNT, value)) == value


@given(st.text(max_size=60))
def test_any_text_is_kept_as_typed_or_refused_for_its_length(text: str) -> None:
    if len(text) > 10 and text.strip():
        with pytest.raises(Unfit, match="Too long"):
            parse_text(TITLE, text)
    else:
        assert parse_text(TITLE, text) == (text if text.strip() else None)


def test_an_empty_string_left_alone_stays_one() -> None:
    assert parse_text(TITLE, "", "") == ""


def test_a_very_small_or_large_number_is_shown_plainly() -> None:
    assert edit_text(AMOUNT, 1e-7) == "0.0000001"
    assert edit_text(AMOUNT, 1e17) == "100000000000000000"


def test_a_day_far_from_now_survives_the_computers_own_zone() -> None:
    moment = datetime(2400, 1, 1, tzinfo=UTC) + timedelta(hours=5)
    value = f"{moment:%Y-%m-%dT%H:%M:%S}.000+0000"
    assert parse_text(STARTS, edit_text(STARTS, value), value) == value
