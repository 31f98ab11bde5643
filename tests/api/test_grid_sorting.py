"""Sorting: numbers as numbers, texts without case, nothing last, equals as they came."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.api.ui.grid_sorting import STEP, number_in, sort_key, sorted_rows


def in_order(values: Sequence[object], *, descending: bool = False) -> list[object]:
    *_, rows = sorted_rows(values.__getitem__, len(values), descending=descending)
    assert not isinstance(rows, int)
    return [values[row] for row in rows]


def test_numbers_come_as_numbers_and_what_has_no_value_comes_last_both_ways() -> None:
    values = [10, None, 9.5, "", float("nan"), -3, True]
    assert in_order(values)[:4] == [-3, True, 9.5, 10]
    assert in_order(values, descending=True)[:4] == [10, 9.5, True, -3]
    assert in_order([None, "b", "", "a"], descending=True)[:2] == ["b", "a"]
    assert in_order([10**400, 1.5, -(10**400)]) == [-(10**400), 1.5, 10**400]


def test_texts_come_without_regard_to_case_and_accents_and_behind_numbers() -> None:
    assert in_order(["zebra", "Émile", "eve", "Zoe", 7, "apple"]) == [
        7,
        "apple",
        "Émile",
        "eve",
        "zebra",
        "Zoe",
    ]


def test_records_come_by_what_is_shown_of_them() -> None:
    children = [{"records": [1, 2], "totalSize": 12}, None, {"records": [], "totalSize": 3}]
    assert in_order(children) == [children[2], children[0], None]
    assert sort_key({"attributes": {}, "Name": "Ada"}) == "ada"


def test_the_number_of_a_formatted_text_is_found() -> None:
    assert [number_in(text) for text in ("1,234.50", "12%", "", "n/a", None)] == [1234.5, 12, "", "n/a", None]


@given(st.lists(st.integers(0, 5) | st.none() | st.sampled_from("abA"), max_size=60), st.booleans())
def test_equals_stay_as_they_came(values: list[object], descending: bool) -> None:
    *_, rows = [[], *sorted_rows(values.__getitem__, len(values), descending=descending)]
    assert not isinstance(rows, int)
    assert sorted(rows) == list(range(len(values)))
    keys = [sort_key(values[row]) for row in rows]
    for (one, key), (other, next_key) in zip(
        zip(rows, keys, strict=True), list(zip(rows, keys, strict=True))[1:], strict=False
    ):
        if key == next_key:
            assert one < other
        elif type(key) is type(next_key) and key is not None and next_key is not None:
            assert (key > next_key) is descending  # type: ignore[operator]  # of one type


def test_many_rows_are_sorted_in_steps() -> None:
    values = [(number * 7919) % 100_003 for number in range(20 * STEP)]
    steps = list(sorted_rows(values.__getitem__, len(values)))
    assert len(steps) > 20
    last = steps[-1]
    assert not isinstance(last, int)
    assert [values[row] for row in last] == sorted(values)
