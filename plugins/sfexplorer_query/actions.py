"""What can be done in a query pane beside typing and moving, as data.

The keys, the palette and the list of more actions (`o`, from within the text F9) are made of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding

from sfexplorer_query.changing.deleting import delete_rows
from sfexplorer_query.changing.saving import revert_edits, save_edits
from sfexplorer_query.charting import may_have_chart, show_chart
from sfexplorer_query.differing import compare_marked, compare_runs
from sfexplorer_query.exporting import export_marked, export_rows
from sfexplorer_query.external_editor import edit_outside
from sfexplorer_query.grouping import choose_group, has_groups
from sfexplorer_query.keyless import KEYLESS
from sfexplorer_query.names import show_names
from sfexplorer_query.opening import open_marked
from sfexplorer_query.recalling import open_saved, save_query, show_history
from sfexplorer_query.variants import choose_page_size, count_rows, run_with_deleted, show_plan

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane


def _always(pane: QueryPane) -> bool:
    return True


def _has_rows(pane: QueryPane) -> bool:
    return pane.results.row_count > 0


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person can do.

    Attributes:
        name: The verb of its id, `query.NAME`.
        title: What list, palette and footer say.
        tooltip: One sentence more.
        run: Does it, beside the screen.
        key: A key for it; without one it stands in the list only.
        applies: Whether it can be done now.
    """

    name: str
    title: str
    tooltip: str
    run: Callable[[QueryPane], Awaitable[None]]
    key: str = ""
    applies: Callable[[QueryPane], bool] = _always


def _has_marks(pane: QueryPane) -> bool:
    return bool(pane.results.grid.marks)


def _has_two_marks(pane: QueryPane) -> bool:
    return len(pane.results.grid.marks) == 2


def _was_run_before(pane: QueryPane) -> bool:
    return pane.results.run_before is not None


def _has_chart(pane: QueryPane) -> bool:
    run = pane.results.run
    return run is not None and run.rows.row_count > 0 and may_have_chart(run)


def _has_edits(pane: QueryPane) -> bool:
    return pane.results.edit_count > 0


async def save(pane: QueryPane) -> None:
    """Save what was changed in the rows; where nothing was, or from within the text, save the text."""
    in_rows = _has_edits(pane) and not pane.editor.has_focus
    await (save_edits if in_rows else save_query)(pane)


TEXT_ACTIONS = (
    Action("history", "History", "Look through what was run", show_history, "f8"),
    Action("save", "Save", "Save what was changed in the rows, else the text as a file", save, "ctrl+s"),
    Action("open", "Saved queries", "Look through what was saved", open_saved, "ctrl+o"),
    Action("outside", "Edit in $EDITOR", "Open the text in your own editor", edit_outside, "f10"),
    Action("all_rows", *KEYLESS["all_rows"], run_with_deleted),
    Action("count", *KEYLESS["count"], count_rows),
    Action("plan", *KEYLESS["plan"], show_plan),
    Action("page_size", *KEYLESS["page_size"], choose_page_size),
)
ROW_ACTIONS = (
    Action("export", "Export", "Write all rows to a file", export_rows, "ctrl+e", _has_rows),
    Action("export_marked", *KEYLESS["export_marked"], export_marked, applies=_has_marks),
    Action("open_marked", *KEYLESS["open_marked"], open_marked, applies=_has_marks),
    Action("compare", *KEYLESS["compare"], compare_marked, applies=_has_two_marks),
    Action("compare_runs", *KEYLESS["compare_runs"], compare_runs, applies=_was_run_before),
    Action("group", "Show one object", "A search's hits of one object", choose_group, "t", has_groups),
    Action(
        "names", "Names of Ids", "Show names for this column's Ids, or hide them", show_names, "i", _has_rows
    ),
    Action("chart", "Chart", "Bars, or a course over time", show_chart, "c", _has_chart),
    Action("revert", "Revert", "Take back what was changed in the rows", revert_edits, "z", _has_edits),
    Action("delete", "Delete records", "Delete the marked rows' records", delete_rows, "delete", _has_rows),
)
ACTIONS = (*TEXT_ACTIONS, *ROW_ACTIONS)


def bindings() -> Iterator[Binding]:
    """The keys of the actions that have one."""
    for action in ACTIONS:
        if action.key:
            yield Binding(
                action.key,
                f"do({action.name!r})",
                action.title,
                show=False,
                id=f"query.{action.name}",
                tooltip=action.tooltip,
            )


def action_called(name: str) -> Action:
    """The action of this name."""
    return next(action for action in ACTIONS if action.name == name)
