"""The keys of the shell, which work in every pane and outside text fields.

Keys that terminals, tmux or text fields keep for themselves are not relied on: Ctrl+B, Ctrl+W, Ctrl+Z,
Alt with digits, Ctrl+Enter.
"""

from __future__ import annotations

from textual.binding import Binding


def _key(keys: str, action: str, title: str, id: str, tooltip: str) -> Binding:
    """A key of the shell: in the list of keys and the palette; the line below has room for the pane's own."""
    return Binding(keys, action, title, show=False, id=id, tooltip=tooltip)


SHELL_BINDINGS = (
    _key("tab,f6", "next_part", "Next part", "shell.next_part", "Go to the next part of the screen"),
    _key("shift+tab", "next_part(-1)", "Previous part", "shell.previous_part", "Go to the part before"),
    _key(
        "ctrl+g", "go_to", "Go to", "shell.go_to", "Go to an sObject, a record Id or address, or a SOQL text"
    ),
    _key("f2", "choose_pane", "Panes", "shell.panes", "Choose one of the open panes, or open another"),
    _key("ctrl+n", "next_pane", "Next pane", "shell.next", "Go to the next open pane, also from within text"),
    _key(
        "right_square_bracket",
        "next_pane(+1)",
        "Pane to the right",
        "shell.right",
        "Go to the next open pane",
    ),
    _key(
        "left_square_bracket", "next_pane(-1)", "Pane to the left", "shell.left", "Go to the open pane before"
    ),
    _key("backslash,f11", "side", "Side", "shell.side", "Go to what stands beside the panes, or put it away"),
    _key("x", "close_pane", "Close", "shell.close_pane", "Close this pane"),
    _key("escape", "stop", "Stop or back", "shell.stop", "Stop what is under way here; else go back"),
    _key("backspace", "back", "Back", "shell.back", "Go back to the pane that this one was opened from"),
    _key("ctrl+p,colon", "app.command_palette", "Palette", "shell.palette", "Find any action by its name"),
    _key(
        "question_mark,f1",
        "show_keys",
        "Keys",
        "shell.keys",
        "All keys that work here; F1 also from within text",
    ),
    _key("q,ctrl+q", "quit", "Quit", "shell.quit", "Leave sfexplorer; asks when edits aren't saved"),
)
