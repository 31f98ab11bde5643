"""The person's `config.toml`: the shell's keys and theme, and a section for each plugin that has settings.

    theme = "textual-light"

    [keys]
    shell.close_pane = "f10"
    query.run = ["f5", "ctrl+j"]

    [requests]
    times = "utc"

What is wrong with it is told once the screen is there, and what it would have set stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sfexplorer.api.places import config_folder, read_file

FILE = "config.toml"
KEYS, THEME = "keys", "theme"


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says.

    Attributes:
        tables: Its sections, and what stands outside of them.
        problems: What is wrong with it, in sentences.
    """

    tables: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def section(self, name: str) -> Mapping[str, Any]:
        """The section of this name; empty where there is none."""
        section = self.tables.get(name)
        return section if isinstance(section, Mapping) else {}


def config_file() -> Path:
    """Where the file is, or would be."""
    return config_folder() / FILE


def read_config() -> Config:
    """What the person's file says; nothing where there is none."""
    path = config_file()
    if not path.exists():
        return Config()
    if (content := read_file(path)) is None:
        return Config(problems=(f"{path} can't be read.",))
    # Loaded for those who have such a file; it takes a seventh of the time to the first frame.
    import tomllib

    try:
        return Config(tomllib.loads(content.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Config(problems=(f"{path} is ignored, it is no TOML: {error}.",))
