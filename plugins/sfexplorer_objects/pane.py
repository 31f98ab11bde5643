"""The pane: all objects above, the fields of the one under the cursor below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from sfexplorer.api import Explorer, ObjectRef, QueryRef, Reference, SalesforceError
from sfexplorer.api.ui import FilterLine, Grid, PaneWidget, RowChosen, RowHighlighted, Rows
from sfexplorer.client import SObjectDescribe, SObjectInfo
from sfexplorer.soql import closest
from sfexplorer_objects.columns import ready_query
from sfexplorer_objects.detail import FieldDetail
from sfexplorer_objects.rows import FIELD_COLUMNS, field_rows, named_children, object_rows


class ObjectsPane(PaneWidget):
    """Finds an object by a part of its name, shows its fields, opens a query over it.

    Args:
        explorer: The shell.
        reference: The object to begin with.
    """

    DEFAULT_CSS = """
    ObjectsPane #objects { height: 2fr; }
    ObjectsPane #fields { height: 3fr; }
    ObjectsPane #field-filter { border-top: none; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash", "filter", "Filter", id="objects.filter", tooltip="Filter the list that has the focus"
        ),
        Binding("y", "copy", "Copy", id="objects.copy", tooltip="Copy the API name under the cursor"),
        Binding("r", "refresh", "Refresh", id="objects.refresh", tooltip="Ask the org again"),
    ]

    def __init__(self, explorer: Explorer, reference: ObjectRef | None = None) -> None:
        super().__init__(explorer)
        self.title = "Objects"
        self._wanted = reference.name if reference else ""
        self._part = "#fields" if reference else "#objects"
        self._infos: list[SObjectInfo] = []
        self._counts: dict[str, int] = {}
        self._objects = object_rows((), {})
        self._describe: SObjectDescribe | None = None
        self._describing = ""
        self._fields = Rows(FIELD_COLUMNS)

    def compose_pane(self) -> Iterable[Widget]:
        """The two lists, each with its filter."""
        yield FilterLine("Objects", "/ filters by label or API name", id="object-filter")
        yield Grid(self._objects, empty_message="Waiting for the org…", id="objects")
        yield FilterLine("Fields", id="field-filter")
        yield Grid(self._fields, empty_message="", id="fields")

    async def start(self) -> None:
        """List the objects, go to the wanted one, then count records."""
        self.busy = "Loading objects…"
        self._infos = sorted(
            await self.explorer.org.sobjects(), key=lambda info: (info.label.casefold(), info.name)
        )
        self.busy = ""
        self._show_objects()
        if wanted := self._wanted:
            self._go_to(wanted)
        self.work(self._count, "count")

    def focus_content(self) -> None:
        """Go on in the list that was in use."""
        self.query_one(self._part, Grid).focus()

    def on_descendant_focus(self) -> None:
        """Remember which list is in use."""
        self._part = "#fields" if self._in_fields() else "#objects"

    def part_widgets(self) -> list[Widget]:
        """The two lists."""
        return [self.query_one("#objects"), self.query_one("#fields")]

    def take(self, reference: Reference) -> bool:
        """Go to the object in this list."""
        if not isinstance(reference, ObjectRef):
            return False
        self._wanted = reference.name
        if self._infos:
            self._go_to(reference.name)
        return True

    # The list of objects.

    @property
    def _chosen(self) -> SObjectInfo | None:
        grid = self.query_one("#objects", Grid)
        rows = grid.source
        if not isinstance(rows, Rows) or not rows.row_count:
            return None
        return self._infos[rows.origin(grid.cursor_row)]

    def _show_objects(self) -> None:
        line, grid = self.query_one("#object-filter", FilterLine), self.query_one("#objects", Grid)
        self._objects = object_rows(self._infos, self._counts)
        shown = self._objects.filtered(line.text, ("label", "name", "prefix"))
        grid.empty_message = f"No object is called like {line.text!r}. Esc shows all." if self._infos else ""
        grid.source = shown
        line.tell("Objects", f"{shown.row_count} of {len(self._infos)}")
        self._describe_chosen()

    def _go_to(self, name: str) -> None:
        line = self.query_one("#object-filter", FilterLine)
        place = next(
            (place for place, info in enumerate(self._infos) if info.name.casefold() == name.casefold()), None
        )
        self._wanted = ""
        if place is None:
            near = closest(name, [info.name for info in self._infos])
            hint = f" Did you mean {near}?" if near else ""
            self.explorer.tell(f"This org has no sObject {name!r} that this user may see.{hint}", "warning")
            return
        if line.text:
            line.clear()
            self._show_objects()
        self.query_one("#objects", Grid).move_to(place)
        self._describe_chosen()
        self._part = "#fields"
        self.focus_content()

    async def _count(self) -> None:
        names = [info.name for info in self._infos if info.queryable]
        try:
            self._counts = await self.explorer.org.record_counts(names)
        except SalesforceError as error:
            if error.status not in (400, 403, 404):
                raise
            return  # Older API versions and restricted users have no counts; the column stays blank.
        grid = self.query_one("#objects", Grid)
        row, line = grid.cursor_row, self.query_one("#object-filter", FilterLine)
        self._objects = object_rows(self._infos, self._counts)
        grid.source = self._objects.filtered(line.text, ("label", "name", "prefix"))
        grid.move_to(row)

    @on(RowHighlighted)
    def _highlighted(self, event: RowHighlighted) -> None:
        if event.grid.id == "objects":
            self._describe_chosen()

    # The fields of the object under the cursor.

    def _describe_chosen(self) -> None:
        chosen = self._chosen
        if chosen is None:
            self._describe = None
            self._show_fields()
        elif self._describing != chosen.name and (
            self._describe is None or self._describe.name != chosen.name
        ):
            # Asked once: a work of the same group ends the one before, and its request with it.
            self._describing = chosen.name
            self.work(lambda: self._load(chosen), "describe")

    async def _load(self, info: SObjectInfo) -> None:
        try:
            described = await self.explorer.org.describe(info.name)
        finally:
            if self._describing == info.name:
                self._describing = ""
        if (chosen := self._chosen) is None or chosen.name != described.name:
            return  # The cursor has gone on meanwhile.
        self._describe = described
        self.query_one("#field-filter", FilterLine).clear()
        self._show_fields()

    def _show_fields(self) -> None:
        line, grid = self.query_one("#field-filter", FilterLine), self.query_one("#fields", Grid)
        described = self._describe
        if described is None:
            grid.source = Rows(FIELD_COLUMNS)
            line.tell("Fields", "")
            return
        self._fields = field_rows(described)
        shown = self._fields.filtered(line.text)
        grid.empty_message = f"No field or child relationship fits {line.text!r}. Esc shows all."
        grid.source = shown
        children = len(named_children(described))
        heading = f"{described.name} > {len(described.fields)} fields, {children} children"
        line.tell(heading, f"{shown.row_count} of {self._fields.row_count}" if line.text else "")

    # Keys.

    @on(FilterLine.Changed)
    def _filter_changed(self, event: FilterLine.Changed) -> None:
        if event.line.id == "object-filter":
            self._show_objects()
        else:
            self._show_fields()

    @on(FilterLine.Left)
    def _filter_left(self, event: FilterLine.Left) -> None:
        grid = self.query_one("#objects" if event.line.id == "object-filter" else "#fields", Grid)
        grid.focus()

    @on(RowChosen)
    def _row_chosen(self, event: RowChosen) -> None:
        if event.grid.id == "objects":
            if (chosen := self._chosen) is not None:
                self.work(lambda: self._open_query(chosen), "open")
        elif self._describe is not None:
            place = self._fields_place(event.row)
            if place < len(self._describe.fields):
                self.app.push_screen(FieldDetail(self._describe.fields[place]))
            else:
                child = named_children(self._describe)[place - len(self._describe.fields)]
                self.explorer.open(ObjectRef(child.child_sobject))

    async def _open_query(self, info: SObjectInfo) -> None:
        if not info.queryable:
            self.explorer.tell(f"{info.name} can't be queried.", "warning")
            return
        describe = await self.explorer.org.describe(info.name)
        self.explorer.open(QueryRef(ready_query(describe)))

    def _fields_place(self, row: int) -> int:
        rows = self.query_one("#fields", Grid).source
        return rows.origin(row) if isinstance(rows, Rows) else row

    def _in_fields(self) -> bool:
        return self.query_one("#fields").has_focus or self.query_one("#field-filter").has_focus_within

    def action_filter(self) -> None:
        """Filter the list that has the focus."""
        self.query_one("#field-filter" if self._in_fields() else "#object-filter", FilterLine).edit()

    def action_copy(self) -> None:
        """Copy the API name under the cursor."""
        name = ""
        if self._in_fields():
            grid = self.query_one("#fields", Grid)
            if grid.source.row_count:
                name = grid.source.cells(grid.cursor_row)[0] or ""
        elif (chosen := self._chosen) is not None:
            name = chosen.name
        if name:
            self.app.copy_to_clipboard(name)
            self.explorer.tell(f"Copied {name}")

    def action_refresh(self) -> None:
        """Ask the org again for its objects and the fields shown."""

        async def again() -> None:
            org, chosen = self.explorer.org, self._chosen
            await org.sobjects(refresh=True)
            self._describe = None
            if chosen is not None:
                await org.describe(chosen.name, refresh=True)
                self._wanted = chosen.name
            await self.start()

        self.work(again, "start")
