"""How dialogs look, those of the shell and those of plugins alike."""

from __future__ import annotations

_CSS = """
    {name} {{ align: center middle; background: $background 60%; }}
    {name} > .dialog {{
        width: 74; max-width: 96%; height: auto; max-height: 90%;
        border: solid $primary; background: $surface; padding: 0 1;
    }}
    {name} .hint {{ color: $text-muted; height: auto; }}
    {name} .problem {{ color: $text-error; height: auto; min-height: 1; }}
    {name} Input {{ margin: 1 0; }}
    {name} OptionList, {name} OptionList:focus {{
        background: $surface; border: none; padding: 0; max-height: 16;
    }}
"""


def dialog_css(name: str) -> str:
    """The `DEFAULT_CSS` of a `ModalScreen` class of this name whose one child has the class `dialog`."""
    return _CSS.format(name=name)
