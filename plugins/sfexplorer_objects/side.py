"""The objects for the side of other panes: the list alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from sfexplorer.api import ObjectRef, QueryRef, SalesforceError
from sfexplorer.api.ui import PaneWidget
from sfexplorer.client import SObjectInfo
from sfexplorer_objects.columns import ready_query
from sfexplorer_objects.object_list import ObjectList
from sfexplorer_objects.recents import note_used, recent_objects


class ObjectsSide(PaneWidget):
    """Finds an object, and opens a query over it or its fields."""

    DEFAULT_CSS = """
    ObjectsSide ObjectList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="objects.side_filter", tooltip="Filter the objects"),
        Binding("f", "fields", "Fields", id="objects.side_fields", tooltip="Show the fields of the object"),
        Binding(
            "r", "refresh", "Refresh", show=False, id="objects.side_refresh", tooltip="Ask the org again"
        ),
    ]

    def compose_pane(self) -> Iterable[Widget]:
        """The list."""
        yield ObjectList()

    @property
    def objects(self) -> ObjectList:
        """The list."""
        return self.query_one(ObjectList)

    def part_widgets(self) -> list[Widget]:
        """The list."""
        return [self.objects.grid]

    def focus_content(self) -> None:
        """Go on in the list."""
        self.objects.grid.focus()

    async def start(self) -> None:
        """List the objects."""
        self.objects.tell_loading("Loading objects…")
        org = self.explorer.org
        try:
            infos = await org.sobjects()
        except SalesforceError:
            self.objects.tell_loading("The objects could not be loaded. r tries again.")
            raise
        self.objects.show(infos, recent_objects(org.oauth.organization_id or ""))

    @on(ObjectList.Chosen)
    def _chosen(self, event: ObjectList.Chosen) -> None:
        event.stop()
        if event.info.queryable:
            self.work(partial(self._open_query, event.info), "open")
        else:
            self.explorer.tell(f"{event.info.name} can't be queried.", "warning")

    async def _open_query(self, info: SObjectInfo) -> None:
        org = self.explorer.org
        described = await org.describe(info.name)
        self.objects.show(self.objects.infos, note_used(org.oauth.organization_id or "", info.name))
        self.explorer.open(QueryRef(ready_query(described)))

    def action_filter(self) -> None:
        """Filter the list."""
        self.objects.line.edit()

    def action_fields(self) -> None:
        """Show the fields of the object in the pane of objects."""
        if (chosen := self.objects.chosen) is not None:
            self.explorer.open(ObjectRef(chosen.name))

    def action_refresh(self) -> None:
        """Ask the org again."""

        async def again() -> None:
            await self.explorer.org.sobjects(refresh=True)
            await self.start()

        self.work(again, "start")
