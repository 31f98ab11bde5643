"""The executor agrees with plain Python on queries told at random."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V
from tests.demo.oracle import Row, World, folded, found, read
from tests.demo.oracle_answers import Children, Count, Groups, Rows, groups_of, rows_of
from tests.demo.oracle_soql import soql
from tests.demo.oracle_told import PATHS, queries

Select = Callable[[str], dict[str, Any]]
# The object at the end of each relationship, as far as picklists are concerned.
PARENTS = {"Account": "Account", "Parent": "Account", "Owner": "User"}
OWNERS = {
    "Group": {"Id": "id", "Name": "string"},
    "User": {"Id": "id", "Name": "string", "IsActive": "boolean"},
}
EXAMPLES = 300


@pytest.fixture(scope="module")
def world(server: DemoServer, http: httpx.Client, select: Select) -> World:
    """All rows of the objects that queries are told about."""
    fields = OWNERS | {
        object: {path: kind for path, kind in paths.items() if "." not in path}
        for object, paths in PATHS.items()
    }
    rows = {object: _rows(http, select, object, kinds) for object, kinds in fields.items()}
    by_id = {row["Id"]: row for each in rows.values() for row in each}
    for object, paths in PATHS.items():
        for row in rows[object]:
            row |= {path: _followed(by_id, row, path) for path in paths if "." in path}
    picklists = {
        f"{object}.{name}": _choices(http, object, name)
        for object, kinds in fields.items()
        for name, kind in kinds.items()
        if kind == "picklist"
    }
    zone = ZoneInfo(server.org.administrator.time_zone)
    return World(rows, PARENTS, picklists, zone, datetime.now(zone).date())


def _rows(http: httpx.Client, select: Select, object: str, kinds: dict[str, str]) -> list[Row]:
    names = [*kinds, *(["OwnerId"] if object not in OWNERS else [])]
    page = select(f"SELECT {', '.join(names)} FROM {object}")
    records = page["records"]
    while not page["done"]:
        page = http.get(page["nextRecordsUrl"]).json()
        records += page["records"]
    return [{name: read(record[name], kinds.get(name, "id")) for name in names} for record in records]


def _followed(by_id: dict[str, Row], row: Row, path: str) -> Any:
    """What stands at the end of a path of references; None where a parent is missing."""
    *relationships, name = path.split(".")
    for relationship in relationships:
        parent = by_id.get(row[f"{relationship}Id"])
        if parent is None:
            return None
        row = parent
    return row.get(name)


def _choices(http: httpx.Client, object: str, name: str) -> list[str]:
    fields = http.get(f"{V}/sobjects/{object}/describe").json()["fields"]
    return [
        choice["value"] for field in fields if field["name"] == name for choice in field["picklistValues"]
    ]


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_generated_queries_have_the_answer_that_python_finds(
    world: World, select: Select, data: st.DataObject
) -> None:
    query = data.draw(queries(world))
    body = select(soql(query))
    match query:
        case Count():
            assert body["totalSize"] == len(found(world, query.object, query.where))
        case Rows():
            assert [_values(query, record) for record in body["records"]] == rows_of(world, query)
        case Groups():
            expected = groups_of(world, query)
            assert body["totalSize"] == len(expected)
            for record in body["records"]:
                key = tuple(
                    folded(_at(record, f"k{place}", query.object, path))
                    for place, path in enumerate(query.paths)
                )
                told = [_aggregate(query, record, place) for place in range(len(query.aggregates))]
                assert told == [_approximate(value) for value in expected[key]]


def _values(query: Rows | Children, record: Row) -> list[Any]:
    """The values of a record's paths, and those of its children."""
    values = [_at(record, path, query.object, path) for path in query.paths]
    if isinstance(query, Rows) and query.children is not None:
        children = record[query.children.relationship]
        values.append([_values(query.children, each) for each in (children or {"records": []})["records"]])
    return values


def _at(record: Row | None, keys: str, object: str, path: str) -> Any:
    """What a record has at the end of its keys, as Python has values of the path's type."""
    found: Any = record
    for key in keys.split("."):
        found = None if found is None else found[key]
    return read(found, PATHS[object][path])


def _aggregate(query: Groups, record: Row, place: int) -> Any:
    name, path = query.aggregates[place]
    if name in ("MIN", "MAX"):
        return _approximate(_at(record, f"a{place}", query.object, path))
    return _approximate(record[f"a{place}"])


def _approximate(value: Any) -> Any:
    """A value for comparison: text in one case, sums without the rounding of their order."""
    return round(value, 4) if isinstance(value, float) else folded(value)
