"""Writes `docs/keys.md` from the bindings themselves; a test says when it is no longer current.

.venv/bin/python docs/make_keys.py
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sfexplorer.app.all_bindings import all_bindings
from sfexplorer.app.keys import key_name
from sfexplorer.registry import Registry

PAGE = Path(__file__).with_name("keys.md")

HEAD = """# Keys

Made from the bindings by `docs/make_keys.py`. Inside the app `?` (F1 while typing) lists those that work
where you are, and `Ctrl+P` or `:` finds any action by its name. Letters work outside text fields; in them
they type.

Every key can be moved: name the action by its id in `config.toml` (`sfexplorer --help` says where that is).

```toml
[keys]
shell.close_pane = "f10"
query.run = ["f5", "ctrl+j"]
```

What is wrong there (an id that nothing has, a key given twice) is told at the next start, and costs nothing
else.
"""

# What the first part of an id stands for, in the order of the page; other plugins follow by their names.
SECTIONS = {
    "shell": "Everywhere",
    "grid": "In lists",
    "filter": "In the line that filters a list",
    "error": "In a message of what went wrong",
    "objects": "Objects",
    "query": "Query",
    "record": "Record",
    "files": "Files",
    "requests": "Requests",
    "login": "Login",
}
DIALOGS = "Dialogs"

Row = tuple[str, str, str]


def page() -> str:
    """The page as it should be."""
    registry = Registry()
    plugins = {plugin.name for plugin in registry.plugins}
    sections: dict[str, dict[str, Row]] = {title: {} for title in SECTIONS.values()}
    for command in registry.commands():
        if command.key:
            row = _row(command.id, command.key, command.help or command.title)
            sections[SECTIONS["shell"]][command.id] = row
    for bound in all_bindings(plugin.module.__name__ for plugin in registry.plugins):
        if id := bound.binding.id:
            area = id.split(".")[0]
            title = SECTIONS.get(area) or (area.capitalize() if area in plugins else DIALOGS)
            row = _row(id, bound.binding.key, bound.binding.tooltip or bound.binding.description)
            sections.setdefault(title, {}).setdefault(id, row)
    sections[DIALOGS] = sections.pop(DIALOGS, {})
    return "\n".join([HEAD, *(_table(title, rows.values()) for title, rows in sections.items() if rows)])


def _row(id: str, keys: str, told: str) -> Row:
    # A bar ends a cell of a table, also within backticks.
    names = " ".join(f"`{key_name(key.strip())}`" for key in keys.split(","))
    return names.replace("|", "\\|"), told.replace("|", "\\|"), id


def _table(title: str, rows: Iterable[Row]) -> str:
    lines = [f"| {keys} | {told} | `{id}` |" for keys, told, id in rows]
    return "\n".join([f"## {title}\n", "| key | does | id |", "| --- | --- | --- |", *lines, ""])


if __name__ == "__main__":
    PAGE.write_text(page())
