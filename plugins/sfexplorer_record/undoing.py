"""Taking back a save: which of its fields can be restored, and which somebody has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sfexplorer.client.values import same
from sfexplorer_record.differences import Difference, difference
from sfexplorer_record.following import kept_as
from sfexplorer_record.journal import Entry
from sfexplorer_record.state import RecordState


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking back a save would do.

    Attributes:
        restored: The values to be put back, by field.
        contested: Of the fields that hold something else by now than the save put there: what the save put,
            what is there now, what was there before.
        lost: The fields that can't be written any more.
    """

    restored: dict[str, Any] = field(default_factory=dict)
    contested: list[Difference] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def undoing(state: RecordState, entry: Entry) -> Undoing:
    """What it takes to undo the save `entry`, given the record as it is in the org and in the pane now."""
    plan = Undoing()
    for one in state.describe.fields:
        if one.name not in entry.changes:
            continue
        before, after = entry.changes[one.name]
        now = state.record.get(one.name)
        if same(now, before):
            continue
        if not state.is_editable(one):
            plan.lost.append(one.name)
        elif same(now, after) or kept_as(state, one.name, after, now):
            plan.restored[one.name] = before
        else:
            plan.contested.append(difference(state, one, (after, now, before)))
    return plan


def summary(entry: Entry, most: int = 3) -> str:
    """The names of the fields that a save changed."""
    names = list(entry.changes)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def titles(entries: Sequence[Entry]) -> list[str]:
    """A line for each save: when, and what."""
    lines = []
    for entry in entries:
        try:
            at = f"{datetime.fromisoformat(entry.at).astimezone():%Y-%m-%d %H:%M}"
        except ValueError:
            at = "?"
        lines.append(f"{at:<16}  {'made' if entry.made else 'changed'}  {summary(entry)}")
    return lines
