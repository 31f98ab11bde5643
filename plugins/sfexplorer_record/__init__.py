"""The record pane: all fields of a record, edited in place, saving only what changed, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sfexplorer.api import Change, NewRecordRef, Pane, RecordAction, RecordRef, hookimpl

if TYPE_CHECKING:
    from sfexplorer.api import Explorer, Reference
    from sfexplorer.api.ui import PaneWidget
    from sfexplorer.client import SObject


@hookimpl
def panes() -> Sequence[Pane]:
    """The pane that shows and edits one record, or makes one."""
    opens = (RecordRef, NewRecordRef)
    return [Pane(id="record.record", title="Record", build=_build, order=30, opens=opens, starts=False)]


@hookimpl
def record_actions() -> Sequence[RecordAction]:
    """What can be done with any record that the org has."""
    return [
        RecordAction("record.open_page", "Open in the browser", _open_page, _is_saved, 20),
        RecordAction("record.copy_address", "Copy the address of its page", _copy_address, _is_saved, 21),
        RecordAction("record.copy_id", "Copy the Id", _copy_id, _is_saved, 22),
    ]


@hookimpl
async def before_save(record: SObject, changes: Mapping[str, Change], explorer: Explorer) -> str | None:
    """Picklist values must go together as the org's own pages have it."""
    from sfexplorer_record.actions import check

    return await check(record, changes, explorer)


@hookimpl
async def after_save(record: SObject, changes: Mapping[str, Change], explorer: Explorer) -> None:
    """What was saved is noted, so that it can be taken back."""
    from sfexplorer_record.actions import remember

    await remember(record, changes, explorer)


def _is_saved(record: SObject) -> bool:
    return record.id is not None


async def _open_page(explorer: Explorer, record: SObject) -> None:
    from sfexplorer_record.actions import open_page

    await open_page(explorer, record)


async def _copy_address(explorer: Explorer, record: SObject) -> None:
    from sfexplorer_record.actions import copy_address

    await copy_address(explorer, record)


async def _copy_id(explorer: Explorer, record: SObject) -> None:
    from sfexplorer_record.actions import copy_id

    await copy_id(explorer, record)


def _build(explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from sfexplorer_record.pane import RecordPane

    if not isinstance(reference, RecordRef | NewRecordRef):
        raise TypeError(f"the record pane shows records, not {reference!r}")
    return RecordPane(explorer, reference)
