"""Functions of queries: subtotals, distances, formats, labels, parts of dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sfexplorer.demo.executor.context import Context, FiscalYear
from sfexplorer.demo.executor.daterange import days
from sfexplorer.demo.executor.localizing import localizer
from sfexplorer.demo.executor.operands import made
from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.demo.objects import load_schema

Select = Callable[[str], dict[str, Any]]
LONDON = "GEOLOCATION(51.5074, -0.1278)"


def test_a_rollup_sums_each_level_and_all(select: Select) -> None:
    rows = select("SELECT LeadSource, Rating FROM Lead")["records"]
    soql = (
        "SELECT LeadSource, Rating, GROUPING(LeadSource) a, GROUPING(Rating) b, COUNT(Id) n "
        "FROM Lead GROUP BY ROLLUP(LeadSource, Rating)"
    )
    told = Counter({(r["a"], r["b"], r["LeadSource"], r["Rating"]): r["n"] for r in select(soql)["records"]})
    expected: Counter[tuple[int, int, str | None, str | None]] = Counter()
    for row in rows:
        expected[0, 0, row["LeadSource"], row["Rating"]] += 1
        expected[0, 1, row["LeadSource"], None] += 1
        expected[1, 1, None, None] += 1
    assert told == expected


def test_a_cube_sums_every_combination(select: Select) -> None:
    flags = "GROUPING(LeadSource) a, GROUPING(Rating) b"
    soql = f"SELECT {flags}, COUNT(Id) n FROM Lead GROUP BY CUBE(LeadSource, Rating)"
    sums: Counter[tuple[int, int]] = Counter()
    for row in select(soql)["records"]:
        sums[row["a"], row["b"]] += row["n"]
    total = select("SELECT COUNT() FROM Lead")["totalSize"]
    assert sums == {(a, b): total for a in (0, 1) for b in (0, 1)}


def test_subtotals_stand_behind_what_they_sum_up(select: Select) -> None:
    soql = "SELECT Type, GROUPING(Type) g, COUNT(Id) n FROM Account GROUP BY ROLLUP(Type)"
    *parts, total = select(soql)["records"]
    assert (total["g"], total["n"]) == (1, sum(each["n"] for each in parts))
    assert {each["g"] for each in parts} == {0}


def test_subtotals_are_filtered_and_ordered_as_groups_are(select: Select) -> None:
    soql = (
        "SELECT Type t, COUNT(Type) n FROM Account GROUP BY ROLLUP(Type) "
        "HAVING COUNT(Id) > 200 ORDER BY GROUPING(Type) DESC, COUNT(Id)"
    )
    first, *others = select(soql)["records"]
    known = select("SELECT COUNT() FROM Account WHERE Type != null")["totalSize"]
    assert (first["t"], first["n"]) == (None, known)
    assert [each["n"] for each in others] == sorted(each["n"] for each in others)


def test_distances_are_told_compared_and_sorted_by(select: Select) -> None:
    distance = f"DISTANCE(BillingAddress, {LONDON}, 'km')"
    soql = (
        f"SELECT BillingLatitude, {distance} d FROM Account WHERE {distance} < 500 ORDER BY {distance} DESC"
    )
    found = [record["d"] for record in select(soql)["records"]]
    assert found == sorted(found, reverse=True)
    assert 0 < found[0] < 500
    miles = select(f"SELECT COUNT() FROM Account WHERE {distance.replace('km', 'mi')} < 310.6856")
    assert miles["totalSize"] == len(found)


def test_a_distance_has_no_alias_but_a_key(select: Select) -> None:
    (record,) = select(f"SELECT DISTANCE(BillingAddress, {LONDON}, 'mi') FROM Account LIMIT 1")["records"]
    assert list(record) == ["attributes", "expr0"]


def test_formats_are_the_users(select: Select) -> None:
    shown = "FORMAT(Amount) a, FORMAT(CloseDate) c, FORMAT(CreatedDate)"
    for record in select(f"SELECT Amount, CloseDate, {shown} FROM Opportunity LIMIT 9")["records"]:
        year, month, day = record["CloseDate"].split("-")
        assert record["c"] == f"{day}/{month}/{year}"
        assert record["a"] == (None if record["Amount"] is None else f"${record['Amount']:,.2f}")
        assert record["CreatedDate"].count("/") == 2
    (total,) = select("SELECT FORMAT(SUM(Amount)) s, SUM(Amount) raw FROM Opportunity")["records"]
    assert total["s"] == f"${total['raw']:,.2f}"


MONEY = FieldType(name="m", label="m", type="currency", scale=2)


@pytest.mark.parametrize(
    ("locale", "field", "stored", "text"),
    [
        ("en_US", MONEY, 1234567.5, "$1,234,567.50"),
        ("de_DE", MONEY, -1234.5, "-1.234,50\u00a0$"),
        ("en_IN", MONEY, 1234567.0, "$12,34,567.00"),
        ("fr_FR", made("n", "int"), 1234567, "1\u202f234\u202f567"),
        ("en_US", made("p", "percent"), 10.0, "10%"),
        ("en_US", made("d", "date"), "2026-03-09", "3/9/2026"),
        ("sv_SE", made("d", "date"), "2026-03-09", "2026-03-09"),
        ("en_US", made("d", "datetime"), "2026-07-09T23:05:00.000", "7/10/2026, 12:05 AM"),
        ("de_DE", made("t", "time"), "08:05:00.000", "08:05"),
        ("nowhere", made("d", "date"), None, None),
    ],
)
def test_each_locale_has_its_habits(
    locale: str, field: FieldType, stored: str | float | None, text: str | None
) -> None:
    context = Context(load_schema(), zone=ZoneInfo("Europe/London"), locale=locale)
    assert localizer(field, context)(stored) == text


def test_labels_stand_for_values_wherever_they_are_asked_for(select: Select) -> None:
    condition = "toLabel(StageName) = 'id. decision makers'"
    soql = f"SELECT StageName, toLabel(StageName) shown FROM Opportunity WHERE {condition}"
    records = select(soql)["records"]
    assert records
    assert {record["shown"] for record in records} == {"Id. Decision Makers"}


def test_weeks_begin_where_the_user_lives() -> None:
    sunday = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("UTC"))
    weeks = {
        locale: days(Context(load_schema(), now=sunday, locale=locale), "THIS_WEEK")[0].isoformat()
        for locale in ("en_US", "en_GB")
    }
    assert weeks == {"en_US": "2026-11-22", "en_GB": "2026-11-16"}


def test_fiscal_years_begin_when_the_organization_says() -> None:
    context = Context(
        load_schema(), now=datetime(2026, 3, 9, tzinfo=ZoneInfo("UTC")), fiscal_year=FiscalYear(4)
    )
    first, behind = days(context, "THIS_FISCAL_YEAR")
    assert (first.isoformat(), behind.isoformat()) == ("2025-04-01", "2026-04-01")


def test_days_begin_in_the_users_time_zone_also_in_summer(select: Select) -> None:
    soql = "SELECT Id, CreatedDate FROM Case WHERE DAY_ONLY(convertTimezone(CreatedDate)) = {}"
    zone = ZoneInfo("Europe/London")
    rows = select("SELECT Id, CreatedDate FROM Case")["records"]
    local = {row["Id"]: datetime.fromisoformat(row["CreatedDate"]).astimezone(zone) for row in rows}
    shifted = next(id for id, moment in local.items() if moment.utcoffset() and moment.hour == 0)
    day = local[shifted].date()
    told = {record["Id"] for record in select(soql.format(day))["records"]}
    assert told == {id for id, moment in local.items() if moment.date() == day}
    assert shifted in told
