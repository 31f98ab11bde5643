"""Which pane an exception came from, so that it costs the pane and not the app.

Textual ends the app at the first exception in any handler. The shell overrides that one place
(`App._handle_exception`, pinned by a test) and asks here whose fault it was, and how to be rid of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Any, TypeVar

from textual.dom import DOMNode
from textual.screen import ModalScreen

from sfexplorer.api.ui import PaneWidget

Holder = TypeVar("Holder", bound=DOMNode)


def pane_at_fault(error: BaseException) -> PaneWidget | None:
    """The innermost pane whose own code, or whose widget's code, raised `error`."""
    panes = [pane for actor in _actors(error) if (pane := _holder(actor, PaneWidget)) is not None]
    return panes[-1] if panes else None


def dialog_at_fault(error: BaseException) -> ModalScreen[Any] | None:
    """The dialog whose own code, or whose widget's code, raised `error`."""
    dialogs = [dialog for actor in _actors(error) if (dialog := _holder(actor, ModalScreen)) is not None]
    return dialogs[-1] if dialogs else None


def _actors(error: BaseException) -> Iterator[DOMNode]:
    """The nodes whose methods were running when `error` was raised, outermost first."""
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        actor = traceback.tb_frame.f_locals.get("self")
        if isinstance(actor, DOMNode):
            yield actor
        traceback = traceback.tb_next


def _holder(node: DOMNode, kind: type[Holder]) -> Holder | None:
    return next((step for step in node.ancestors_with_self if isinstance(step, kind)), None)


async def discard(pane: PaneWidget) -> None:
    """Take a pane out of the tree, also one that raised before its message loop began.

    Textual ends such a loop without the steps that detach the widget, and then waits for it in vain; the
    private step is done here in its stead.
    """
    await pane.remove()
    if pane.is_attached:
        await pane._message_loop_exit()
