"""The pane: all objects, and what the one under the cursor is made of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widget import Widget

from sfexplorer.api import Explorer, ObjectRef, QueryRef, Reference, SalesforceError
from sfexplorer.api.ui import PaneWidget, RowChosen
from sfexplorer.client import SObjectInfo
from sfexplorer.soql import closest
from sfexplorer_objects.actions import Action, actions_on_fields, actions_on_object, enter
from sfexplorer_objects.columns import ready_query
from sfexplorer_objects.counting import count_all, count_exactly
from sfexplorer_objects.object_detail import PARTS, ObjectDetail
from sfexplorer_objects.object_list import ObjectList
from sfexplorer_objects.recents import note_used, recent_objects
from sfexplorer_objects.usage import countable, usage_of, usage_query

# Columns of the terminal from which list and detail stand side by side.
_WIDE = 200


class ObjectsPane(PaneWidget):
    """Finds an object by a part of its name, shows its fields, opens a query over it.

    Args:
        explorer: The shell.
        reference: The object to begin with.
    """

    DEFAULT_CSS = """
    ObjectsPane.-wide { layout: horizontal; }
    ObjectsPane.-wide ObjectList, ObjectsPane.-wide ObjectDetail { height: 1fr; }
    ObjectsPane.-wide ObjectList { width: 2fr; }
    ObjectsPane.-wide ObjectDetail { width: 3fr; margin-left: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="objects.filter", tooltip="Filter the objects"),
        Binding(
            "Q",
            "query",
            "Query",
            id="objects.query",
            tooltip="A query with the marked fields, else a ready one",
        ),
        Binding("u", "usage", "Usage", id="objects.usage", tooltip="How filled the marked fields are"),
        Binding("o", "more", "More", id="objects.more", tooltip="More to do with what is under the cursor"),
        Binding("r", "refresh", "Refresh", show=False, id="objects.refresh", tooltip="Ask the org again"),
        *(
            Binding(
                str(key), f"part({part!r})", part.capitalize(), show=False, id=f"objects.{part}", tooltip=told
            )
            for key, (part, told) in enumerate(PARTS.items(), 1)
        ),
    ]

    def __init__(self, explorer: Explorer, reference: ObjectRef | None = None) -> None:
        super().__init__(explorer)
        self.title = "Objects"
        self._wanted = reference.name if reference else ""
        self._in_detail = reference is not None
        self._describing = ""

    def compose_pane(self) -> Iterable[Widget]:
        """The objects, and the detail of one."""
        yield ObjectList()
        yield ObjectDetail()

    @property
    def objects(self) -> ObjectList:
        """The list of objects."""
        return self.query_one(ObjectList)

    @property
    def detail(self) -> ObjectDetail:
        """The object under the cursor."""
        return self.query_one(ObjectDetail)

    async def start(self) -> None:
        """List the objects, go to the wanted one, then count records."""
        self.busy = "Loading objects…"
        self.objects.tell_loading("Loading objects…")
        org = self.explorer.org
        try:
            infos = await org.sobjects()
        except SalesforceError:
            self.objects.tell_loading("The objects could not be loaded. r tries again.")
            raise
        self.busy = ""
        self.detail.origin = org.instance_url
        self.objects.show(infos, recent_objects(org.oauth.organization_id or ""))
        if wanted := self._wanted:
            self._go_to(wanted)
        self.work(self._count, "count")

    def focus_content(self) -> None:
        """Go on in the list that was in use."""
        (self.detail.grid if self._in_detail else self.objects.grid).focus()

    def on_descendant_focus(self) -> None:
        """Remember which list is in use."""
        self._in_detail = self.detail.has_focus_within

    def part_widgets(self) -> list[Widget]:
        """The two lists."""
        return [self.objects.grid, self.detail.grid]

    def on_resize(self, event: Resize) -> None:
        """Side by side where there is room."""
        self.set_class(event.size.width >= _WIDE, "-wide")

    def take(self, reference: Reference) -> bool:
        """Go to the object in this list."""
        if not isinstance(reference, ObjectRef):
            return False
        self._wanted = reference.name
        if self.objects.infos:
            self._go_to(reference.name)
        return True

    # The list of objects.

    def _go_to(self, name: str) -> None:
        self._wanted = ""
        self._in_detail = self.objects.go_to(name)
        if self._in_detail:
            self._describe_chosen()
            self.detail.show_part("fields")
        else:
            near = closest(name, [info.name for info in self.objects.infos])
            hint = f" Did you mean {near}?" if near else ""
            self.explorer.tell(f"This org has no sObject {name!r} that this user may see.{hint}", "warning")
        self.focus_content()

    async def _count(self) -> None:
        names = [info.name for info in self.objects.infos if info.queryable]
        recents = recent_objects(self.explorer.org.oauth.organization_id or "")
        names.sort(key=lambda name: name not in recents)
        self.objects.note("counting…")
        try:
            await count_all(self.explorer.org, names, self.objects.count)
        except SalesforceError as error:
            # The list is good without them: no reason for a message in the way.
            self.objects.note(f"not counted: {error.message.split('.')[0]}")
        else:
            self.objects.note("")

    @on(ObjectList.Highlighted)
    def _describe_chosen(self) -> None:
        chosen, shown = self.objects.chosen, self.detail.describe
        if chosen is None:
            self.detail.show(None)
        elif self._describing != chosen.name and (shown is None or shown.name != chosen.name):
            # Asked once: a work of the same group ends the one before, and its request with it.
            self._describing = chosen.name
            self.work(lambda: self._load(chosen), "describe")

    async def _load(self, info: SObjectInfo) -> None:
        try:
            described = await self.explorer.org.describe(info.name)
        finally:
            if self._describing == info.name:
                self._describing = ""
        if (chosen := self.objects.chosen) is not None and chosen.name == described.name:
            self.detail.show(described)

    @on(ObjectList.Chosen)
    def _object_chosen(self, event: ObjectList.Chosen) -> None:
        self.open_query(event.info)

    # The object under the cursor.

    @on(RowChosen)
    def _row_chosen(self, event: RowChosen) -> None:
        self.work(partial(enter, self, self.detail, event.column), "open")

    def action_part(self, part: str) -> None:
        """Show another part of the object."""
        self.detail.show_part(next(each for each in PARTS if each == part))
        self.detail.grid.focus()

    def action_filter(self) -> None:
        """Filter the objects; the detail has a filter of its own."""
        self.objects.line.edit()

    def action_query(self) -> None:
        """Open a query with the marked fields, else a ready one."""
        if (chosen := self.objects.chosen) is not None:
            self.open_query(chosen)

    def open_query(self, info: SObjectInfo) -> None:
        """Open a query over an object, with its marked fields where some are marked."""
        if info.queryable:
            self.work(lambda: self._open_query(info), "open")
        else:
            self.explorer.tell(f"{info.name} can't be queried.", "warning")

    async def _open_query(self, info: SObjectInfo) -> None:
        describe = await self.explorer.org.describe(info.name)
        shown = self.detail.describe
        marked = self.detail.marked_fields if shown is not None and shown.name == info.name else []
        recents = note_used(self.explorer.org.oauth.organization_id or "", info.name)
        self.objects.show(self.objects.infos, recents)
        self.explorer.open(QueryRef(ready_query(describe, marked)))

    def action_usage(self) -> None:
        """Ask how filled the marked fields are, else the one under the cursor."""
        self.work(self.ask_usage, "usage")

    async def ask_usage(self) -> None:
        """Have one query count the values of the chosen fields."""
        describe, chosen = self.detail.describe, self.detail.chosen_fields
        fields = countable(chosen)
        if describe is None or not chosen:
            self.explorer.tell("Put the cursor on a field, or mark some (Space, * for all), then press u.")
            return
        if not fields:
            self.explorer.tell(
                f"The org can't count values of {chosen[0].name} ({chosen[0].type}).", "warning"
            )
            return
        self.busy = f"Counting values of {len(fields)} fields…"
        try:
            page = await self.explorer.org.query(usage_query(describe, fields)).first_page()
        finally:
            self.busy = ""
        if self.detail.describe is describe:
            self.detail.tell_filled(usage_of(fields, page.rows[0]))

    async def count_chosen(self) -> None:
        """Have the org count the records of the object under the cursor, exactly."""
        if (chosen := self.objects.chosen) is not None:
            count = await count_exactly(self.explorer.org, chosen.name)
            self.objects.count({chosen.name: count})
            self.explorer.tell(f"{chosen.name} has {count:,} records.")

    def action_more(self) -> None:
        """Choose what else to do with the object or the field under the cursor."""
        offered = actions_on_fields(self) if self._in_detail else []
        self.work(partial(self._choose, [*offered, *actions_on_object(self)]), "more")

    async def _choose(self, offered: list[Action]) -> None:
        chosen = self.objects.chosen
        if chosen is None:
            return
        place = await self.explorer.choose(chosen.name, [action.title for action in offered])
        if place is not None:
            await offered[place].run()

    def action_refresh(self) -> None:
        """Ask the org again for its objects and the fields shown."""

        async def again() -> None:
            org, chosen = self.explorer.org, self.objects.chosen
            await org.sobjects(refresh=True)
            if chosen is not None:
                described = await org.describe(chosen.name, refresh=True)
                self.detail.show(described)
            await self.start()

        self.work(again, "start")
