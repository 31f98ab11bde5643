"""SOSL is recognised by itself, and its hits are listed object by object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfexplorer_query.results import ResultGrid

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery

ADA, ACME = "0035g0000000001AAA", "0015g0000000001AAA"
SEARCH = "FIND {Acme} RETURNING Contact(Name, Email), Account(Name, Phone)"


def record(type: str, id: str, **fields: Any) -> dict[str, Any]:
    url = f"/services/data/v60.0/sobjects/{type}/{id}"
    return {"attributes": {"type": type, "url": url}, **fields}


FOUND = {
    "searchRecords": [
        record("Contact", ADA, Name="Ada", Email=None),
        record("Account", ACME, Name="Acme", Phone="1"),
        record("Contact", ADA, Name="Bea", Email="b@x.example"),
    ]
}


def searches(querying: Any) -> list[str]:
    return [entry["path"] for entry in querying.org.log() if entry["path"].endswith("/search")]


async def test_the_hits_of_a_search_stand_object_by_object_and_enter_opens_one(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        querying.org.faults({"path": "/search", "status": 200, "body": FOUND})
        await querying.run(SEARCH)
        assert len(searches(querying)) == 1
        source = querying.pane.results.grid.source
        assert [column.title for column in source.columns] == ["Object", "Name", "Email", "Phone"]
        assert [list(source.cells(row)) for row in range(3)] == [
            ["Contact", "Ada", None, ""],
            ["Contact", "Bea", "b@x.example", ""],
            ["Account", "Acme", "", "1"],
        ]
        assert querying.status.startswith("3 of 3 loaded   row 1")
        assert querying.pane.title == "Search"
        assert querying.pane.unsaved == 0
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        await querying.reach("Choice", "t")
        await querying.press("down", "down", "enter")
        alone = querying.pane.results.grid.source
        assert [column.title for column in alone.columns] == ["Name", "Phone"]
        assert list(alone.cells(0)) == ["Acme", "1"]
        await querying.reach("Choice", "t")
        await querying.press("home", "enter")
        querying.org.faults()
        await querying.press("down", "down", "enter")
        assert any(f"/sobjects/Account/{ACME}" in entry["path"] for entry in querying.org.log())


async def test_nothing_found_says_so_in_the_words_of_a_search(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        querying.org.faults({"path": "/search", "status": 200, "body": {"searchRecords": []}})
        await querying.run("FIND {nobody at all}")
        assert any("Nothing was found." in line for line in querying.lines)


async def test_a_search_is_judged_and_completed_as_a_search(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.burst(*"FIND {Acme} RETURNING Contcat(Id), Acc")
        assert "Contcat" in querying.marked(0)
        assert querying.offered[0] == "Account"
        assert querying.pane.editor.text == "FIND {Acme} RETURNING Contcat(Id), Acc"


async def test_what_the_org_refuses_of_a_search_is_told_at_its_place(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        message = "\nFIND {Acme} RETURNING\n ^\nERROR at Row:1:Column:6\nNo such thing"
        body = [{"errorCode": "MALFORMED_SEARCH", "message": message}]
        querying.org.faults({"path": "/search", "status": 400, "body": body})
        await querying.run("FIND {Acme}")
        assert querying.message == "1:6  No such thing"
