"""Finding a record by its Id alone."""

from __future__ import annotations

from sfexplorer.api import RecordRef
from sfexplorer.api.ui.display import fit, safe_text
from sfexplorer.client import NotFound, Org, is_id, key_prefix
from sfexplorer_record.state import RecordState


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
