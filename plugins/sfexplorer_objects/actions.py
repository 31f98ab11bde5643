"""What else can be done with the object or the field under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfexplorer.api import NewRecordRef, ObjectRef, RecordRef
from sfexplorer_objects.field_detail import FieldDetail
from sfexplorer_objects.object_detail import ObjectDetail

if TYPE_CHECKING:
    from sfexplorer_objects.pane import ObjectsPane


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, as a list offers it."""

    title: str
    run: Callable[[], Awaitable[None]]


def actions_on_object(pane: ObjectsPane) -> list[Action]:
    """What can be done with the object under the cursor."""
    info = pane.objects.chosen
    if info is None:
        return []
    explorer = pane.explorer
    address = f"{explorer.org.instance_url}/lightning/o/{info.name}/list"

    async def query() -> None:
        pane.open_query(info)

    async def make() -> None:
        explorer.open(NewRecordRef(info.name))

    async def copy() -> None:
        explorer.copy(info.name, info.name)

    async def browse() -> None:
        explorer.browse(address)

    return [
        Action(f"Query {info.name}", query),
        Action("Count its records exactly", pane.count_chosen),
        *([Action(f"New {info.label}", make)] if info.createable else []),
        Action("Copy its API name", copy),
        Action("Open its list in the browser", browse),
    ]


def actions_on_fields(pane: ObjectsPane) -> list[Action]:
    """What can be done with the fields that are marked, or the one under the cursor."""
    detail, explorer = pane.detail, pane.explorer
    chosen = detail.chosen_fields
    if not chosen:
        return []
    marked = len(detail.marked_fields)
    what = f"the {marked} marked fields" if marked else chosen[0].name
    names = ", ".join(field.name for field in chosen)

    async def copy() -> None:
        explorer.copy(names, what)

    async def facts() -> None:
        pane.app.push_screen(FieldDetail(chosen[0]))

    async def follow() -> None:
        await _open_one_of(pane, chosen[0].reference_to)

    return [
        *([] if marked else [Action(f"All about {what}", facts)]),
        Action(f"How filled {what} {'are' if marked > 1 else 'is'}", pane.ask_usage),
        Action(f"Copy {what} as a list" if marked else f"Copy {what}", copy),
        *(
            [Action(f"Go to {', '.join(chosen[0].reference_to[:3])}", follow)]
            if chosen[0].reference_to
            else []
        ),
    ]


async def enter(pane: ObjectsPane, detail: ObjectDetail, column: int) -> None:
    """Go into the row under the cursor: a field's facts, the object that points here, a record type."""
    key = detail.grid.source.columns[column].key
    if (field := detail.field) is not None:
        if key == "refers" and field.reference_to:
            await _open_one_of(pane, field.reference_to)
        else:
            pane.app.push_screen(FieldDetail(field))
        return
    row = detail.row
    if detail.part == "children" and row:
        pane.explorer.open(ObjectRef(row[1] or ""))
    elif detail.part == "types" and row and row[2]:
        pane.explorer.open(RecordRef(row[2], "RecordType"))
    elif detail.part == "addresses" and row:
        pane.explorer.browse(row[1] or "")


async def _open_one_of(pane: ObjectsPane, names: tuple[str, ...]) -> None:
    place = 0 if len(names) == 1 else await pane.explorer.choose("Go to", names)
    if place is not None:
        pane.explorer.open(ObjectRef(names[place]))
