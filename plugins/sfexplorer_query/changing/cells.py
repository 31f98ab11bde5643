"""Editing a cell: in the row of the cursor, or in all rows that are marked at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sfexplorer.api.typed import Unfit, Value, edit_text, parse_text
from sfexplorer.api.ui.grid_marking import chosen_rows, marked_rows
from sfexplorer.client.describe import FieldDescribe
from sfexplorer_query.rows import ResultRows

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane

NO_VALUE = "(no value)"

_LISTED = frozenset({"picklist", "boolean"})
_OF_PARTS = frozenset({"address", "location", "base64", "complexvalue"})


async def edit_cell(pane: QueryPane, row: int, column: int) -> None:
    """Ask for a value, and put it into the cell; into those of all marked rows where there are any."""
    run = pane.results.run
    if run is None:
        return
    rows = run.rows
    field = editable_field(rows, column)
    if isinstance(field, str):
        pane.results.tell(field)
        return
    chosen = [row, *(each for each in chosen_rows(pane.results.grid) if each != row)]
    if marked := marked_rows(pane.results.grid):
        chosen = marked
    targets = [each for each in chosen if _can_change(rows, each)]
    if not targets:
        pane.results.tell("There is no record here that could be changed")
        return
    what = f"{field.label or field.name} of {_told(rows, targets)}"
    found = await _ask(pane, field, what, rows.value(targets[0] if row not in targets else row, column))
    if not isinstance(found, NotGiven):
        change(rows, targets, column, found)
        pane.edited()


def change(rows: ResultRows, targets: Sequence[int], column: int, value: Value) -> None:
    """Give the cells of some rows a value; nothing is sent."""
    name = rows.result_columns[column].path[0]
    for row in targets:
        if record_id := rows.id_of(row):
            rows.edits.change(record_id, name, value, rows.came(row, column))


def editable_field(rows: ResultRows, column: int) -> FieldDescribe | str:
    """The field that stands in a column, or why it can't be edited here."""
    shown = rows.result_columns[column]
    if shown.children:
        return "These are records of their own: Enter lists them"
    if len(shown.path) != 1:
        return "This is a field of the parent: Enter opens it"
    if rows.describe is None:
        return "The org has not told yet what its fields are: try again in a moment"
    field = rows.describe.field(shown.field[0]) if shown.field == shown.path else None
    if field is None:
        return "This is no field of a record, but made of fields"
    if not field.updateable:
        return f"{field.label or field.name} is read only"
    if field.type in _OF_PARTS:
        return f"{field.label or field.name} has parts: Enter opens the record"
    return field


class NotGiven:
    """The person left the question."""


async def _ask(pane: QueryPane, field: FieldDescribe, what: str, current: object) -> Value | NotGiven:
    if field.type in _LISTED:
        return await _choose(pane, field, what, current)

    async def check(text: str) -> str | None:
        try:
            parse_text(field, text, current)
        except Unfit as error:
            return str(error)
        return None

    hint = f"{field.type}; " + ("empty is no value." if field.nillable else "it must have a value.")
    answer = await pane.explorer.ask(what, hint, value=edit_text(field, current), check=check)
    return NotGiven() if answer is None else parse_text(field, answer, current)


async def _choose(pane: QueryPane, field: FieldDescribe, what: str, current: object) -> Value | NotGiven:
    values: list[Value] = [True, False]
    if field.type != "boolean":
        values = [each.value for each in field.picklist_values if each.active]
    if field.nillable and field.type != "boolean":
        values.insert(0, None)
    if current not in values and isinstance(current, str):
        values.append(current)
    titles = [NO_VALUE if value is None else edit_text(field, value) for value in values]
    place = await pane.explorer.choose(what, titles, values.index(current) if current in values else 0)
    return NotGiven() if place is None else values[place]


def _can_change(rows: ResultRows, row: int) -> bool:
    record_id = rows.id_of(row)
    return record_id is not None and record_id not in rows.edits.deleted


def _told(rows: ResultRows, targets: Sequence[int]) -> str:
    if len(targets) > 1:
        return f"{len(targets):,} marked rows"
    name = rows.record(targets[0]).get("Name")
    return name if isinstance(name, str) and name else rows.id_of(targets[0]) or ""
