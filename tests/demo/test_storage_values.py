"""Values: the API's form and the stored one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.demo.objects import load_schema
from sfexplorer.demo.storage import compound_json, from_json, stamp, to_json

SCHEMA = load_schema()


def _of(kind: str, scale: int = 0) -> FieldType:
    return FieldType(name="Value__c", label="Value", type=kind, scale=scale)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("boolean", True),
        ("boolean", False),
        ("int", 7),
        ("double", 1.0),
        ("date", "2026-11-01"),
        ("datetime", "2026-11-01T09:14:00.123+0000"),
        ("time", "09:14:00.000Z"),
        ("reference", "001D000000IqhSLIAZ"),
        ("string", "D'Arcy & 山田"),
        ("textarea", "two\nlines"),
        ("picklist", "Web"),
        ("multipicklist", "A;B"),
        ("base64", "AP8="),
    ],
)
def test_a_value_comes_back_as_it_was_sent(kind: str, value: object) -> None:
    field = _of(kind)
    assert to_json(field, from_json(field, value)) == value


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("string", "  spaced ", "spaced"),
        ("string", "", None),
        ("string", "   ", None),
        ("double", "3.5", 3.5),
        ("int", "12", 12),
        ("int", 12.0, 12),
        ("boolean", "true", 1),
        ("datetime", "2026-11-01T09:14:00Z", "2026-11-01T09:14:00.000"),
        ("datetime", "2026-11-01T09:14:00.5+01:00", "2026-11-01T08:14:00.500"),
        ("datetime", "2026-11-01T23:14:00-0200", "2026-11-02T01:14:00.000"),
        ("datetime", "2026-11-01", "2026-11-01T00:00:00.000"),
        ("date", "2026-11-01T09:14:00.000Z", "2026-11-01"),
        ("time", "09:14", "09:14:00.000"),
        ("reference", "001D000000IqhSL", "001D000000IqhSLIAZ"),
        ("double", None, None),
    ],
)
def test_other_spellings_are_taken_too(kind: str, value: object, stored: object) -> None:
    assert from_json(_of(kind, scale=2), value) == stored


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("double", "abc", "Cannot deserialize instance of double from VALUE_STRING value abc"),
        ("double", True, "Cannot deserialize instance of double from VALUE_TRUE value true"),
        ("double", float("nan"), "Cannot deserialize instance of double from VALUE_NUMBER_FLOAT value nan"),
        ("double", 10**400, "Cannot deserialize instance of double from VALUE_NUMBER_INT value 1"),
        ("int", 1.5, "Cannot deserialize instance of int from VALUE_NUMBER_FLOAT value 1.5"),
        ("int", 2**40, "Cannot deserialize instance of int from VALUE_NUMBER_INT"),
        ("string", 5, "Cannot deserialize instance of string from VALUE_NUMBER_INT value 5"),
        ("string", [], "Cannot deserialize instance of string from START_ARRAY"),
        ("string", {}, "Cannot deserialize instance of string from START_OBJECT"),
        ("boolean", None, "Cannot deserialize instance of boolean from VALUE_NULL value null"),
        ("boolean", "yes", "Cannot deserialize instance of boolean from VALUE_STRING value yes"),
        ("date", "01.11.2026", "Cannot deserialize instance of date from VALUE_STRING value 01.11.2026"),
        ("date", "2026-02-30", "Cannot deserialize instance of date"),
        ("datetime", "2026-11-01 09:14:00", "Cannot deserialize instance of datetime"),
        ("datetime", "0001-01-01T00:00:00+14:00", "Cannot deserialize instance of datetime"),
        ("time", "25:00:00", "Cannot deserialize instance of time"),
        ("base64", "not base64!", "Cannot deserialize instance of base64Binary"),
        ("base64", 7, "Cannot deserialize instance of base64Binary"),
        ("reference", "006B", "id value of incorrect type: 006B"),
        ("reference", 6, "id value of incorrect type: 6"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(kind: str, value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("[", r"\[")):
        from_json(_of(kind), value)


@given(st.datetimes(datetime(1700, 1, 1), datetime(4000, 1, 1), timezones=st.just(UTC)))
def test_stored_moments_sort_as_they_happened(moment: datetime) -> None:
    later = moment + timedelta(milliseconds=1)
    assert stamp(moment) < stamp(later)
    assert len(stamp(moment)) == 23
    assert to_json(_of("datetime"), stamp(moment)) == stamp(moment) + "+0000"


def test_a_moment_is_stored_in_utc() -> None:
    moment = datetime(2026, 11, 1, 9, 14, tzinfo=timezone(timedelta(hours=2)))
    assert stamp(moment) == "2026-11-01T07:14:00.000"


def test_an_address_has_all_ten_keys_or_is_null() -> None:
    account = SCHEMA["Account"]
    billing = account.field("BillingAddress")
    assert billing is not None
    assert compound_json(account, billing, {}) is None
    found = compound_json(account, billing, {"BillingCity": "London", "BillingLatitude": 51.5})
    assert found == {
        "city": "London",
        "country": None,
        "countryCode": None,
        "geocodeAccuracy": None,
        "latitude": 51.5,
        "longitude": None,
        "postalCode": None,
        "state": None,
        "stateCode": None,
        "street": None,
    }


def test_an_address_without_prefix_is_made_of_its_parts() -> None:
    lead = SCHEMA["Lead"]
    address = lead.field("Address")
    assert address is not None
    found = compound_json(lead, address, {"PostalCode": "8001"})
    assert isinstance(found, dict)
    assert found["postalCode"] == "8001"
