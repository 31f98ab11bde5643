"""Deleting the records of rows: asked with their number, and told one by one what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sfexplorer.api.ui.grid_marking import chosen_rows
from sfexplorer_query.changing.records import records_of
from sfexplorer_query.wording import counted

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane

AT_ONCE = 200
_SHOWN = 5
_UNKNOWN = "Stopped while it was sent: F5 shows whether it was deleted"


async def delete_rows(pane: QueryPane) -> None:
    """Ask, then delete the records of the marked rows, or that of the cursor's row."""
    if (run := pane.results.run) is None:
        return
    records = records_of(run.rows, chosen_rows(pane.results.grid))
    if not records:
        pane.results.tell("There is no record here that could be deleted")
        return
    edits, count = run.rows.edits, counted(len(records), "record")
    names = [str(record.get("Name") or record.id) for record in records[:_SHOWN]]
    further = f" and {len(records) - _SHOWN:,} more" if len(records) > _SHOWN else ""
    question = f"Delete {count}: {', '.join(names)}{further}?\nThe recycle bin keeps them for 15 days."
    if not await pane.explorer.confirm(question, f"Delete {count}"):
        return

    async def work(report: Callable[[str], None]) -> int:
        done = 0
        for start in range(0, len(records), AT_ONCE):
            report(f"{start:,} of {count}")
            part = records[start : start + AT_ONCE]
            edits.failures.update((str(record.id), _UNKNOWN) for record in part)
            for result in await run.org.delete(part):
                record_id = str(result.record.id)
                if result.error is not None:
                    edits.failures[record_id] = result.error.message
                    continue
                done += 1
                edits.revert(record_id)
                edits.failures.pop(record_id, None)
                edits.deleted.add(record_id)
            pane.edited()
        return done

    done = await pane.explorer.run_with_progress("Deleting", work)
    pane.edited()
    failed = sum(str(record.id) in edits.failures for record in records)
    if done is None:
        pane.explorer.tell("Stopped; what was deleted is marked by -.", "warning")
    elif failed:
        told = f"{counted(done, 'record')} deleted, {failed:,} not: marked by !, with the reason."
        pane.explorer.tell(told, "warning")
    else:
        pane.explorer.tell(f"{counted(done, 'record')} deleted.")
