"""Where sfexplorer keeps its files, and how one is written so that it is whole or not there at all.

    config_folder()   config.toml, themes: what a person writes
    data_folder()     histories, drafts, journals: what would be missed
    cache_folder()    what can be made again

Below SFEXPLORER_HOME where that is set; else as XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_CACHE_HOME say, or as
is usual on the system. Any number of processes may use these folders at once: a file is written beside its
place and renamed, a line is appended in one write. Only the owner may look in. Files can be anybody's work
by the time they are read again: what can't be read counts as absent.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Literal

HOME = "SFEXPLORER_HOME"
LARGEST = 16 * 1024 * 1024

# Never waiting for the other end of a pipe.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def config_folder() -> Path:
    """The folder of `config.toml`; it need not exist."""
    return _folder("config")


def data_folder() -> Path:
    """The folder of what a person would miss; it need not exist."""
    return _folder("data")


def cache_folder() -> Path:
    """The folder of what can be made again; it need not exist."""
    named = os.environ.get("SFEXPLORER_CACHE_DIR")
    return Path(named) if named else _folder("cache")


def _folder(kind: Literal["config", "data", "cache"]) -> Path:
    if home := os.environ.get(HOME):
        return Path(home) / kind
    # platformdirs does so on Linux only, and people set these on macOS as well.
    named = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    if os.path.isabs(named):
        return Path(named) / "sfexplorer"
    import platformdirs

    of_the_system = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "cache": platformdirs.user_cache_path,
    }
    return of_the_system[kind]("sfexplorer", appauthor=False)


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it that are missing, for the owner alone; raises OSError."""
    # `mkdir(parents=True)` gives only the last one its mode.
    for missing in reversed([step for step in (folder, *folder.parents) if not step.exists()]):
        with suppress(FileExistsError):
            missing.mkdir(mode=0o700)


def read_file(path: Path, largest: int = LARGEST) -> bytes | None:
    """What the file holds; None where there is none, or none that could be ours."""
    try:
        descriptor = os.open(path, _READ)
        with open(descriptor, "rb") as file:
            facts = os.fstat(descriptor)
            if not stat.S_ISREG(facts.st_mode) or facts.st_size > largest:
                return None
            return file.read(largest)
    except (OSError, ValueError):
        return None


def write_file(path: Path, content: bytes) -> None:
    """Write the file as a whole: after a crash it is the new one or the old one. Raises OSError."""
    import tempfile

    make_folder(path.parent)
    # `mkstemp` makes a name that nobody else uses, and lets nobody else read the file.
    descriptor, unfinished = tempfile.mkstemp(prefix=".", suffix=".unfinished", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a file of lines, beside other processes that do so too. Raises OSError.

    A crash may leave a part of a line, which the next one doesn't join: who reads passes over what is no line
    of his own.
    """
    make_folder(path.parent)
    descriptor = os.open(path, _APPEND, 0o600)
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise OSError(f"{path} is no file")
        os.write(descriptor, _begin(path, facts.st_size) + line.rstrip(b"\n") + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _begin(path: Path, size: int) -> bytes:
    """What ends a line that was left unfinished at the end of the file."""
    if not size:
        return b""
    with open(path, "rb") as file:
        file.seek(-1, os.SEEK_END)
        return b"" if file.read(1) == b"\n" else b"\n"
