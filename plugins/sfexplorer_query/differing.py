"""Two records side by side, and a result beside the one of the last run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sfexplorer.api.ui.display import display_value
from sfexplorer.api.ui.grid import Column
from sfexplorer.api.ui.grid_marking import marked_rows
from sfexplorer_query.comparing import FieldPair, differences, field_pairs
from sfexplorer_query.wording import counted

if TYPE_CHECKING:
    from sfexplorer_query.comparing import Difference
    from sfexplorer_query.pane import QueryPane
    from sfexplorer_query.picking import Item

_DIFFERENCES = (
    Column("kind", "What", fixed=True),
    Column("row", "Row", max_width=30),
    Column("told", "Changes", max_width=200),
)


async def compare_marked(pane: QueryPane) -> None:
    """Fetch the two marked records whole, and list their fields side by side."""
    from sfexplorer_query.picking import Listing, PickDialog

    run = pane.results.run
    chosen = marked_rows(pane.results.grid)
    if run is None or len(chosen) != 2:
        return
    first, second = (run.rows.record_reference(row) for row in chosen)
    if first is None or second is None or first.type is None or second.type is None:
        pane.results.tell("These rows are no records that could be compared")
        return
    org = run.org
    one, other = await asyncio.gather(
        org.retrieve(first.type, first.id), org.retrieve(second.type, second.id)
    )
    pairs = field_pairs(one, other)
    columns = (
        Column("sign", " "),
        Column("field", "Field", max_width=28),
        Column("one", str(one.get("Name") or one.id), max_width=60),
        Column("other", str(other.get("Name") or other.id), max_width=60),
    )
    count = counted(sum(pair.differs for pair in pairs), "field")
    keys = "Type to look for words   Escape goes back"
    items = [_item_of_pair(pair) for pair in pairs]
    pane.app.push_screen(PickDialog(Listing(f"{count} of {len(pairs)} differ", columns, items, keys)))


def _item_of_pair(pair: FieldPair) -> Item:
    from sfexplorer_query.picking import Item

    one, other = display_value(pair.one), display_value(pair.other)
    return Item(("*" if pair.differs else " ", pair.name, one, other), f"{one}\n{other}")


async def compare_runs(pane: QueryPane) -> None:
    """Mark what differs from the last run of the same query, and list it."""
    from sfexplorer_query.picking import Listing, PickDialog

    run, before = pane.results.run, pane.results.run_before
    if run is None or before is None:
        return
    found = await asyncio.to_thread(differences, before.rows, run.rows)
    run.rows.notes = {each.key: each.note for each in found if each.kind != "gone"}
    pane.results.grid.redraw()
    if not found:
        told = "Nothing differs from the last run"
        pane.results.tell(told if run.done and before.done else f"{told}, as far as both are loaded")
        return
    kinds = [sum(each.kind == kind for each in found) for kind in ("added", "gone", "changed")]
    title = "Since the last run: {:,} added, {:,} gone, {:,} changed".format(*kinds)
    keys = "Enter goes to the row   + and ~ mark the rows too   Escape goes back"
    items = [_item_of(each) for each in found]
    place = await pane.app.push_screen_wait(PickDialog(Listing(title, _DIFFERENCES, items, keys)))
    if place is not None:
        _go_to(pane, found[place])


def _item_of(difference: Difference) -> Item:
    from sfexplorer_query.picking import Item

    lines = [f"{title}: {before} -> {after}" for title, before, after in difference.changes]
    return Item((difference.kind, difference.title, difference.told), "\n".join(lines))


def _go_to(pane: QueryPane, difference: Difference) -> None:
    if difference.kind == "gone" or (run := pane.results.run) is None:
        return
    for row in range(run.rows.row_count):
        if run.rows.row_key(row) == difference.key:
            pane.results.grid.move_to(row)
            return
