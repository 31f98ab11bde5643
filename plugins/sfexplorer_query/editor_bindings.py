"""The keys of the editor, those of any text among them."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import TextArea


def _key(name: str, keys: str, title: str, tooltip: str, *, show: bool = False) -> Binding:
    return Binding(keys, name, title, show=show, id=f"query.{name}", tooltip=tooltip)


# TextArea selects with F6 and F7, which lead to the next part of a pane and to the files here.
_TAKEN = ("f6", "f7")
_OF_ANY_TEXT = tuple(
    binding for binding in TextArea.BINDINGS if not (isinstance(binding, Binding) and binding.key in _TAKEN)
)

EDITOR_BINDINGS = (
    # Before those of any text, where Ctrl+A is a second Home.
    _key("select_all", "ctrl+a", "Select all", "Select all of the text"),
    *_OF_ANY_TEXT,
    _key("accept", "tab", "Accept", "Take the chosen offer, else the first", show=True),
    _key("mend", "tab", "Mend", "Put what was meant for what is wrong", show=True),
    _key("accept_chosen", "enter", "Accept", "Take the chosen offer"),
    _key("close_offers", "escape", "Close", "Close the list of offers"),
    # A terminal sends NUL for Ctrl+Space, which Textual calls Ctrl+@; some keep it for themselves.
    _key("complete", "ctrl+space,ctrl+@,ctrl+l", "Complete", "Offer whatever may stand at the cursor"),
    _key("text_start", "ctrl+home", "Start", "To the start of the text"),
    _key("text_end", "ctrl+end", "End", "To the end of the text"),
)
