"""What comes back from a save: what the org says against it, and what somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from sfexplorer.client import FieldDescribe, FieldErrors, Org, RecordConflict, SalesforceError, SObject
from sfexplorer_record.dialogs.conflict import Side
from sfexplorer_record.differences import Difference, difference
from sfexplorer_record.state import RecordState


def problems_by_field(state: RecordState, error: SalesforceError) -> dict[str, str]:
    """What the org says against single fields, by the API names of the describe."""
    told = error.by_field if isinstance(error, FieldErrors) else dict.fromkeys(error.fields, error.message)
    found = ((state.describe.field(name), message) for name, message in told.items())
    return {field.name: message for field, message in found if field}


def contested(state: RecordState, conflict: RecordConflict) -> list[Difference]:
    """The fields that both changed, in the org's order: when opened, in the org now, yours."""
    return [_three(state, one, conflict) for one in state.describe.fields if one.name in conflict.yours]


def _three(state: RecordState, one: FieldDescribe, conflict: RecordConflict) -> Difference:
    sides = (conflict.base, conflict.theirs, conflict.yours)
    told = difference(state, one, (side.get(one.name) for side in sides))
    # Not asked, or refused: that is not the same as null.
    values = (
        shown if one.name in side else "(unknown)" for side, shown in zip(sides, told.values, strict=True)
    )
    return Difference(one.name, tuple(values))


def settle(record: SObject, conflict: RecordConflict, chosen: Mapping[str, Side]) -> None:
    """Make what is in the org the new starting point, and keep your value where that was chosen."""
    record.take_over(conflict.theirs)
    for field, side in chosen.items():
        if side == "theirs":
            record.revert(field)


async def last_saved_by(org: Org, state: RecordState) -> str:
    """Who saved the record last, and when; "" where the org doesn't tell."""
    if not (state.describe.field("LastModifiedById") and state.record.id):
        return ""
    soql = f"SELECT LastModifiedBy.Name FROM {state.describe.name} WHERE Id = '{state.record.id}'"  # noqa: S608 - a name from the describe, and an Id
    try:
        page = await org.query(soql).first_page()
    except SalesforceError:
        return ""
    person = page.records[0].get("LastModifiedBy") if page.records else None
    return str(person.get("Name") or "") if isinstance(person, SObject) else ""
