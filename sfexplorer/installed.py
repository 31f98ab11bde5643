"""The plugins that are installed, by their entry points, found once until the installed packages change.

Looking through the metadata of all packages takes a fifth of the time to the first frame. What was found is
kept as a file of lines: first what it was found in, then what was found.

    sfexplorer plugins, 3.11.7
    in 1764000000000000000 /home/ada/.venv/lib/python3.11/site-packages
    plugin demo sfexplorer_demo
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sfexplorer.api.places import cache_folder, read_file, write_file

FILE = "plugins"
_PLUGIN = "plugin "
_TOLD = "entry_points.txt"


@dataclass(frozen=True, slots=True, order=True)
class Installed:
    """An entry point: a name, and the module that it names."""

    name: str
    value: str

    def load(self) -> object:
        """The module, or what in a module the entry point names."""
        module, _, attribute = self.value.partition("[")[0].strip().partition(":")
        loaded: object = import_module(module.strip())
        for step in filter(None, attribute.strip().split(".")):
            loaded = getattr(loaded, step)
        return loaded


def installed_plugins(group: str) -> list[Installed]:
    """The entry points of the group, by name."""
    path = cache_folder() / FILE
    kept = _kept(path)
    lines = kept.splitlines()
    told_in = [line for line in lines if not line.startswith(_PLUGIN)]
    if told_in and told_in == _state(_files(told_in)):
        return _plugins(lines)
    found, files = _look(group)
    content = [*_state(files), *(f"{_PLUGIN}{plugin.name} {plugin.value}" for plugin in found)]
    with suppress(OSError, UnicodeError):  # Where nothing can be written, it is looked for each time.
        write_file(path, "\n".join(content).encode())
    return found


def _kept(path: Path) -> str:
    """What was kept, by this user: another's file could name any module."""
    with suppress(OSError, UnicodeError):
        if not hasattr(os, "getuid") or os.stat(path).st_uid == os.getuid():
            return (read_file(path) or b"").decode()
    return ""


def _look(group: str) -> tuple[list[Installed], list[str]]:
    """The entry points, and the files that tell of them."""
    from importlib.metadata import distributions

    found: dict[str, Installed] = {}
    files: list[str] = []
    for distribution in distributions():
        ours = [entry for entry in distribution.entry_points if entry.group == group]
        # What comes first in Python's path is what gets imported.
        for entry in ours:
            found.setdefault(entry.name, Installed(entry.name, entry.value))
        # Not public, but there is no other way to the file; without it the folders have to do.
        if ours and (folder := getattr(distribution, "_path", None)) is not None:
            files.append(os.path.join(folder, _TOLD))
    return sorted(found.values()), files


def _state(files: Iterable[str]) -> list[str]:
    """What was found holds while this stays: packages come and go in the folders of Python's path.

    The files that told of plugins are looked at too: a hand may have changed them in their places.
    """
    where = dict.fromkeys([*(folder or "." for folder in sys.path), *files])
    version = ".".join(map(str, sys.version_info[:3]))
    return [f"sfexplorer plugins, {version}", *_changed(where)]


def _changed(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        changed = -1
        with suppress(OSError, ValueError):
            changed = os.stat(path).st_mtime_ns
        yield f"in {changed} {path}"


def _files(told_in: Iterable[str]) -> list[str]:
    return [path for line in told_in if (path := line.split(" ", 2)[-1]).endswith(_TOLD)]


def _plugins(lines: Iterable[str]) -> list[Installed]:
    named = (line.removeprefix(_PLUGIN).split(" ", 1) for line in lines if line.startswith(_PLUGIN))
    return [Installed(*parts) for parts in named if len(parts) == 2]
