"""Which pane an exception came from, so that it costs the pane and not the app.

Textual ends the app at the first exception in any handler. The shell overrides that one place
(`App._handle_exception`, pinned by a test) and asks here whose fault it was, and how to be rid of it.
"""

from __future__ import annotations

from types import TracebackType

from textual.dom import DOMNode

from sfexplorer.api.ui import PaneWidget


def pane_at_fault(error: BaseException) -> PaneWidget | None:
    """The innermost pane whose own code, or whose widget's code, raised `error`."""
    found: PaneWidget | None = None
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        actor = traceback.tb_frame.f_locals.get("self")
        if isinstance(actor, DOMNode):
            found = pane_of(actor) or found
        traceback = traceback.tb_next
    return found


def pane_of(node: DOMNode) -> PaneWidget | None:
    """The pane that `node` is or belongs to."""
    return next((step for step in node.ancestors_with_self if isinstance(step, PaneWidget)), None)


async def discard(pane: PaneWidget) -> None:
    """Take a pane out of the tree, also one that raised before its message loop began.

    Textual ends such a loop without the steps that detach the widget, and then waits for it in vain; the
    private step is done here in its stead.
    """
    await pane.remove()
    if pane.is_attached:
        await pane._message_loop_exit()
