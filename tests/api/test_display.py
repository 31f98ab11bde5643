"""Texts from an org are shown safely and exactly as wide as asked; values as a person reads them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sfexplorer.api.ui.display import Align, alignment, cell_width, display_value, fit, safe_text

texts = st.text(st.characters(codec=None), max_size=60)


@given(texts)
@example("\x1b]0;owned\x07\x1b[2J")
@example("abc\u202ecba\u2066\u200b\u200d\ufeff")
@example("\ud800 \U000e0041 \ufe0f \u3164")
def test_no_character_survives_that_a_terminal_would_obey_or_hide(text: str) -> None:
    safe = safe_text(text)
    assert safe.isprintable()
    assert not {unicodedata.category(character) for character in safe} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    safe.encode("utf-8")


@given(texts)
@example("a" + "\u0301" * 4 + "\ufe0f\u0301")
def test_a_safe_text_is_left_as_it_is(text: str) -> None:
    assert safe_text(safe_text(text)) == safe_text(text)


@given(texts, st.integers(-2, 40), st.sampled_from(["left", "right"]))
@example("日本語", 2, "left")
@example("日本語", 4, "right")
@example("e\u0301\u0301\u0301", 1, "left")
@example("❤\ufe0f👨\u200d👩\u200d👧", 3, "left")
@example("a\u200d", 5, "left")
def test_a_text_is_fitted_to_exactly_the_width(text: str, width: int, align: Align) -> None:
    for candidate in (text, safe_text(text)):
        assert cell_width(fit(candidate, width, align)) == max(width, 0)


def test_a_cut_is_told_by_an_ellipsis() -> None:
    assert fit("abcdef", 4) == "abc…"
    assert fit("日本語", 4) == "日… "
    assert fit("abc", 5) == "abc  "
    assert fit("12", 5, "right") == "   12"
    assert fit("123456", 4, "right") == "123…"


def test_hidden_characters_are_made_visible() -> None:
    assert safe_text("a\x1b[31mb") == r"a\x1b[31mb"
    assert safe_text("pay\u202elap") == r"pay\u202elap"
    assert safe_text("a\r\nb\nc\td") == "a⏎b⏎c→d"
    assert safe_text("1\u00a0000\u3000x") == "1 000  x"
    assert safe_text("Z" + "\u0301" * 5) == "Z" + "\u0301" * 4 + r"\u0301"
    assert safe_text("[bold]Zoë[/] 株式会社") == "[bold]Zoë[/] 株式会社"


BERLIN = timezone(timedelta(hours=1))
RECORD = {"type": "Account", "url": "/services/data/v60.0/sobjects/Account/001"}


@pytest.mark.parametrize(
    ("value", "field_type", "shown"),
    [
        (None, None, "∅"),
        ("", "string", '""'),
        (True, "boolean", "true"),
        (False, None, "false"),
        (1200, "int", "1,200"),
        (1200, None, "1200"),
        (1200.0, "currency", "1,200.00"),
        (0.375, "currency", "0.375"),
        (1234567.5, "double", "1,234,567.5"),
        (5000000.0, "double", "5,000,000"),
        (Decimal("1234.50"), "double", "1,234.50"),
        (12.5, "percent", "12.5%"),
        ("2026-03-01T09:14:00.000+0000", None, "2026-03-01 10:14"),
        ("2026-03-01T09:14:00.000+0000", "datetime", "2026-03-01 10:14"),
        ("2026-03-01T09:14:00Z", "datetime", "2026-03-01 10:14"),
        ("2026-03-01T09:14:00.000+0000", "string", "2026-03-01T09:14:00.000+0000"),
        ("2026-13-01T09:14:00.000+0000", "datetime", "2026-13-01T09:14:00.000+0000"),
        ("0001-01-01T00:00:00.000+1400", "datetime", "0001-01-01T00:00:00.000+1400"),
        ("2026-03-01", "date", "2026-03-01"),
        (date(2026, 3, 1), None, "2026-03-01"),
        (datetime(2026, 3, 1, 9, 14, tzinfo=UTC), None, "2026-03-01 10:14"),
        ({"attributes": RECORD, "Id": "001", "Name": "Acme"}, "reference", "Acme"),
        ({"attributes": RECORD, "Id": "001"}, None, "001"),
        ({"attributes": RECORD, "Industry": "Energy"}, None, "Energy"),
        ({"attributes": RECORD}, None, "∅"),
        ({"totalSize": 3, "done": True, "records": [{}, {}, {}]}, None, "3 records"),
        ({"totalSize": 1, "done": True, "records": [{}]}, None, "1 record"),
        ({"totalSize": 2317, "done": False, "records": [{}] * 499}, None, "499 of 2,317"),
        ([{"attributes": RECORD, "Id": "001"}] * 2, None, "2 records"),
        (
            {"street": "1 Main St", "city": "Berlin", "state": None, "country": "DE"},
            "address",
            "1 Main St, Berlin, DE",
        ),
        ({"latitude": 52.5, "longitude": 13.4}, "location", "52.5, 13.4"),
        ({"a": [1, {"ü": None}]}, None, '{"a":[1,{"ü":null}]}'),
        ([], None, "[]"),
        (b"abc", "base64", "3 bytes"),
    ],
)
def test_a_value_reads_as_a_person_expects(value: object, field_type: str | None, shown: str) -> None:
    assert display_value(value, field_type, zone=BERLIN) == shown


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.datetimes(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    st.sampled_from([None, "string", "currency", "double", "percent", "datetime", "address"]),
)
def test_every_value_has_a_text_and_none_shows_an_objects_address(
    value: object, field_type: str | None
) -> None:
    shown = display_value(value, field_type, zone=UTC)
    assert shown
    assert not shown.startswith("<") or isinstance(value, str)


def test_numbers_stand_on_the_right() -> None:
    assert alignment("currency") == "right"
    assert alignment("string") == alignment(None) == "left"
