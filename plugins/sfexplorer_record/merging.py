"""What comes back from a save: what the org says against it, and what somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sfexplorer.client import FieldDescribe, Org, RecordConflict, SalesforceError, SaveRejected, SObject
from sfexplorer.client.errors import Problem
from sfexplorer.client.values import parse_datetime
from sfexplorer.soql import quote
from sfexplorer_record.dialogs.conflict import Side
from sfexplorer_record.differences import Difference, difference
from sfexplorer_record.state import RecordState


def problems_by_field(state: RecordState, error: SalesforceError) -> dict[str, str]:
    """What the org says against single fields, by the API names of the describe."""
    told: dict[str, str] = {}
    for problem in error.problems:
        for name in _fields_of(state, problem):
            told[name] = f"{told[name]}; {problem.message}" if name in told else problem.message
    return told


def unplaced(state: RecordState, error: SalesforceError) -> SalesforceError | None:
    """What is left of the error when all that names a field stands at its field; None for nothing."""
    rest = [problem for problem in error.problems if not _fields_of(state, problem)]
    if len(rest) == len(error.problems):
        return error
    if not rest:
        return None
    message = "; ".join(problem.message for problem in rest)
    return SaveRejected(message, code=rest[0].code, status=error.status, problems=rest)


def _fields_of(state: RecordState, problem: Problem) -> list[str]:
    found = (state.describe.field(name) for name in problem.fields)
    return [field.name for field in found if field]


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


def settle(state: RecordState, conflict: RecordConflict, chosen: Mapping[str, Side]) -> None:
    """Make what is in the org the new starting point, and keep your value where that was chosen."""
    state.record.take_over(conflict.theirs)
    for field, side in chosen.items():
        state.theirs.pop(field, None)
        if side == "theirs":
            state.record.revert(field)


async def last_saved_by(org: Org, state: RecordState, now: datetime) -> str:
    """Who saved the record last, and how long before `now`; "" where the org doesn't tell."""
    fields = {"LastModifiedById": "LastModifiedBy.Name", "LastModifiedDate": "LastModifiedDate"}
    asked = [path for name, path in fields.items() if state.describe.field(name)]
    if not (asked and state.record.id):
        return ""
    soql = f"SELECT {', '.join(asked)} FROM {state.describe.name} WHERE Id = {quote(state.record.id)}"  # noqa: S608 - names from the describe
    try:
        page = await org.query(soql).first_page()
    except SalesforceError:
        return ""
    row = page.records[0] if page.records else SObject("")
    person, moment = row.get("LastModifiedBy"), row.get("LastModifiedDate")
    name = str(person.get("Name") or "") if isinstance(person, SObject) else ""
    return ", ".join(part for part in (name, how_long_ago(moment, now)) if part)


def how_long_ago(moment: object, now: datetime) -> str:
    """`40 s ago`, `5 min ago`, `3 h ago`, `2 days ago`; "" for what is no moment."""
    try:
        seconds = int((now - parse_datetime(str(moment))).total_seconds())
    except ValueError:
        return ""
    # The org's clock may be ahead of this one.
    seconds = max(seconds, 0)
    for unit, size, most in (("s", 1, 100), ("min", 60, 100), ("h", 3600, 48)):
        if seconds < most * size:
            return f"{seconds // size} {unit} ago"
    return f"{seconds // 86_400} days ago"
