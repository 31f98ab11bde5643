"""Finding a record by its Id alone, or beginning one; and the order of its fields on the page."""

from __future__ import annotations

from sfexplorer.api import NewRecordRef, RecordRef
from sfexplorer.api.ui.display import fit, safe_text
from sfexplorer.client import NotFound, Org, SObject, SObjectDescribe, is_id, key_prefix
from sfexplorer_record.selection import layout_fields
from sfexplorer_record.state import RecordState

_MASTER_RECORD_TYPE = "012000000000000AAA"


async def load_record(org: Org, reference: RecordRef) -> RecordState:
    """The record that `reference` names, with all its fields.

    Raises:
        NotFound: It is no Id, or no object of the org has Ids that begin like it, or the record is gone.
    """
    if not is_id(reference.id):
        shown = fit(safe_text(reference.id), 40).rstrip()
        raise NotFound(f"{shown} is no record Id.", hint="An Id has 15 or 18 letters and digits.")
    name = reference.type
    if name is None:
        info = await org.object_of(reference.id)
        if info is None:
            raise NotFound(
                f"No object of this org has Ids that begin with {key_prefix(reference.id)}.",
                hint="Check the Id; it may belong to another org, or the user may not see its object.",
            )
        name = info.name
    describe = await org.describe(name)
    return RecordState(await org.retrieve(describe.name, reference.id), describe)


async def begin_record(org: Org, reference: NewRecordRef) -> RecordState:
    """A record that the org doesn't have yet: the values it was begun with, and the org's own defaults.

    Raises:
        NotFound: The org has no such object.
    """
    describe = await org.describe(reference.type)
    record = SObject(describe.name)
    # What the org would fill in by itself is no change, and isn't sent.
    record.take_over(_defaults(describe))
    given = dict(reference.fields)
    record.update({one.name: given[one.name] for one in describe.fields if one.name in given})
    return RecordState(record, describe)


def _defaults(describe: SObjectDescribe) -> dict[str, object]:
    """What the org gives a new record's fields where nothing is said of them."""
    defaults: dict[str, object] = {}
    for one in describe.fields:
        chosen = next((each.value for each in one.picklist_values if each.default_value), None)
        value = chosen if one.default_value is None else one.default_value
        defaults[one.name] = value if one.createable else None
    return defaults


async def page_order(org: Org, state: RecordState) -> list[str]:
    """The names of the fields on the record's page layout, in reading order."""
    record_type = state.record.get("RecordTypeId")
    chosen = record_type if isinstance(record_type, str) and record_type else _MASTER_RECORD_TYPE
    return layout_fields(await org.layouts(state.describe.name, chosen))
