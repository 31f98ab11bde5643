"""Opens the related lists of the record in a pane, counts them, and opens one as a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer_record.related import RelatedList, counted, query_of, related_lists

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


class Relating:
    """The related lists of the record in a pane; the org is asked about them when they are opened.

    Args:
        pane: Whose record it is.
    """

    def __init__(self, pane: RecordPane) -> None:
        self._pane = pane

    def open(self) -> None:
        """Show the lists, and count them."""
        self._pane.view.related.open()
        self._pane.work(self._count, "related")

    async def _count(self) -> None:
        pane, state = self._pane, self._pane.state
        if state is not None and state.record.id:
            org = pane.explorer.org
            lists = await related_lists(org, state.describe)
            pane.view.related.show(await counted(org, lists, state.record.id))

    def open_list(self, related: RelatedList) -> None:
        """Open one of them as a query."""

        async def query() -> None:
            pane, state = self._pane, self._pane.state
            if state is not None and state.record.id:
                pane.explorer.open(await query_of(pane.explorer.org, related, state.record.id))

        self._pane.work(query, "related")
