"""One save for all that was changed in the rows: only what was changed, and what became of each record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sfexplorer.api.ui.grid_marking import chosen_rows
from sfexplorer_query.changing.edits import Edits
from sfexplorer_query.changing.records import Changed, changed_records
from sfexplorer_query.wording import counted

if TYPE_CHECKING:
    from sfexplorer.client import Org
    from sfexplorer_query.pane import QueryPane

AT_ONCE = 200
"""Records of a call; between two calls the save can be stopped."""

_SHOWN = 8
_UNKNOWN = "Stopped while it was sent: F5 shows whether it was saved"


async def save_edits(pane: QueryPane) -> None:
    """Show what would be saved, ask, and save it; records that fail stay marked, with the reason."""
    run = pane.results.run
    if run is None or not (changed := await asyncio.to_thread(changed_records, run.rows)):
        return
    edits, org = run.rows.edits, run.org
    if not await pane.explorer.confirm(_question(changed), f"Save {counted(len(changed), 'record')}"):
        return
    sent = [each for each in changed if not await _refused(pane, edits, each)]

    async def work(report: Callable[[str], None]) -> int:
        done = 0
        for start in range(0, len(sent), AT_ONCE):
            report(f"{start:,} of {counted(len(sent), 'record')}")
            done += await _save(pane, org, edits, sent[start : start + AT_ONCE])
            pane.edited()
        return done

    done = await pane.explorer.run_with_progress("Saving", work)
    pane.edited()
    failed = sum(each.id in edits.failures for each in changed)
    if done is None:
        pane.explorer.tell("Stopped; what was not saved is still marked.", "warning")
    elif failed:
        told = f"{counted(done, 'record')} saved, {failed:,} not: marked by !, with the reason."
        pane.explorer.tell(told, "warning")
    else:
        pane.explorer.tell(f"{counted(done, 'record')} saved.")


async def _refused(pane: QueryPane, edits: Edits, changed: Changed) -> bool:
    reason = await pane.explorer.records.refusal(changed.record, changed.changes)
    if reason is not None:
        edits.failures[changed.id] = reason
    return reason is not None


async def _save(pane: QueryPane, org: Org, edits: Edits, sent: Sequence[Changed]) -> int:
    """Save some records, and give the number of those that the org took."""
    for each in sent:
        edits.failures[each.id] = _UNKNOWN
    results = await org.update([each.record for each in sent])
    done = 0
    for each, result in zip(sent, results, strict=True):
        if result.error is not None:
            edits.failures[each.id] = result.error.message
            continue
        done += 1
        edits.mark_saved(each.id, each.values)
        await pane.explorer.records.saved(each.record, each.changes)
    return done


async def revert_edits(pane: QueryPane) -> None:
    """Take back what was changed and not saved: in the marked rows, else in the one of the cursor."""
    if (run := pane.results.run) is None:
        return
    for row in chosen_rows(pane.results.grid):
        if record_id := run.rows.id_of(row):
            run.rows.edits.revert(record_id)
    pane.edited()


def _question(changed: Sequence[Changed]) -> str:
    lines = [each.told for each in changed[:_SHOWN]]
    if len(changed) > _SHOWN:
        lines.append(f"and {len(changed) - _SHOWN:,} more")
    count = sum(len(each.changes) for each in changed)
    return "\n".join([f"Save {counted(count, 'change')}?", "", *lines])
