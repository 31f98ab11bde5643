"""The text of a query in the person's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.api.ui import external_editor
from sfexplorer.soql import is_search

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane


async def edit_outside(pane: QueryPane) -> None:
    """Open the text in the editor that $VISUAL or $EDITOR names, and take what was saved there."""
    before = pane.editor.text
    pane.editor.completing.close()
    try:
        name = "query.sosl" if is_search(before) else "query.soql"
        after = external_editor.edit_outside(pane.app, before, name)
    except external_editor.EditorFailed as error:
        pane.explorer.tell(str(error), "error")
        return
    if after != before:
        pane.editor.put(after, 0, len(before))
    pane.focus_within(pane.editor)
