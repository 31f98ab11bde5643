"""Other ways to send the query at the cursor: with deleted rows, for its count or its plan only."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from sfexplorer.api.ui.grid import Column
from sfexplorer.client import QueryRejected
from sfexplorer.soql import Query, parse
from sfexplorer.soql.formatter import spelled_out
from sfexplorer_query.columns import is_grouped

if TYPE_CHECKING:
    from sfexplorer.client.plans import QueryPlan
    from sfexplorer_query.pane import QueryPane
    from sfexplorer_query.picking import Item
    from sfexplorer_query.running import Written

PAGE_SIZES = (200, 500, 1000, 2000)
"""Salesforce takes 200 to 2,000, and may choose fewer."""

_PLAN = (
    Column("operation", "Leading operation", fixed=True),
    Column("cost", "Cost", align="right"),
    Column("rows", "Rows", align="right"),
    Column("of", "Of", align="right"),
    Column("object", "Object"),
    Column("fields", "Fields", max_width=60),
)


async def run_with_deleted(pane: QueryPane) -> None:
    """Run the query with deleted and archived rows."""
    pane.runs.run(all_rows=True)


async def choose_page_size(pane: QueryPane) -> None:
    """Ask how many rows the org sends at once, from the next run on."""
    options = ["As many as the org likes", *(f"{size:,} rows" for size in PAGE_SIZES)]
    size = pane.runs.batch_size
    now = PAGE_SIZES.index(size) + 1 if size in PAGE_SIZES else 0
    place = await pane.explorer.choose("Rows a page", options, now)
    if place is not None:
        pane.runs.batch_size = PAGE_SIZES[place - 1] if place else None


async def count_rows(pane: QueryPane) -> None:
    """Tell how many rows the query finds, without fetching them."""
    if (written := pane.runs.at_cursor()) is None:
        return
    tree = written.statement.tree
    counting = counting_text(tree) if isinstance(tree, Query) else None
    if counting is None:
        pane.diagnosing.note("Only a query of records has a count: this one sums up, or is a search")
        return

    async def count() -> None:
        begun = perf_counter()
        session = await pane.explorer.connected()
        page = await session.org.query(counting).first_page()
        milliseconds = (perf_counter() - begun) * 1000
        pane.diagnosing.note(f"{page.total_size:,} rows, counted in {milliseconds:,.0f} ms")

    pane.waiting.run("Counting", count, lambda: pane.editor.text != written.text)


def counting_text(query: Query) -> str | None:
    """The query that counts what a query finds, whatever its LIMIT; None where it sums up."""
    if is_grouped(query):
        return None
    count = parse("SELECT COUNT() FROM Account").select
    return spelled_out(
        replace(query, select=count, order_by=(), limit=None, offset=None, for_clauses=(), updates=())
    )


async def show_plan(pane: QueryPane) -> None:
    """List the ways in which the org could run the query, the cheapest first."""
    if (written := pane.runs.at_cursor()) is None:
        return
    pane.waiting.run(
        "Asking for the plan", lambda: _show_plan(pane, written), lambda: pane.editor.text != written.text
    )


async def _show_plan(pane: QueryPane, written: Written) -> None:
    from sfexplorer_query.picking import Listing, PickDialog

    session = await pane.explorer.connected()
    try:
        plans = await session.org.query_plan(written.statement.text)
    except QueryRejected as error:
        await pane.diagnosing.reject(error, written.text, written.span, written.statement.text)
        return
    keys = "A cost above 1: the org reads the whole table   Escape goes back"
    items = [_item_of(plan) for plan in plans]
    pane.app.push_screen(PickDialog(Listing("Query plan", _PLAN, items, keys, "The org tells no plan.")))


def _item_of(plan: QueryPlan) -> Item:
    from sfexplorer_query.picking import Item

    notes = "\n".join(f"{note.description} {', '.join(note.fields)}".rstrip() for note in plan.notes)
    return Item(
        (
            plan.leading_operation_type,
            f"{plan.relative_cost:.3g}",
            f"{plan.cardinality:,}",
            f"{plan.sobject_cardinality:,}",
            plan.sobject_type,
            ", ".join(plan.fields),
        ),
        notes,
    )
