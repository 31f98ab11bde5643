"""The folder that files are saved to: the one chosen last, at first the user's own for downloads."""

from __future__ import annotations

import os
from pathlib import Path

from sfexplorer.api.places import data_folder, read_file, write_file

_REMEMBERED = "download-folder"


def usual_folder() -> Path:
    """The folder chosen last, else Downloads in the user's home, else where we are."""
    if (told := read_file(data_folder() / _REMEMBERED)) is not None:
        folder = Path(os.fsdecode(told.rstrip(b"\n")))
        if folder.is_absolute():
            return folder
    downloads = Path.home() / "Downloads"
    return downloads if downloads.is_dir() else Path.cwd()


def remember_folder(folder: Path) -> None:
    """Offer this folder the next time; raises OSError."""
    write_file(data_folder() / _REMEMBERED, os.fsencode(folder))


def path_of(typed: str) -> Path:
    """The path that a person means: `~` is home, and a bare name is below where we are."""
    return Path(os.path.abspath(os.path.expanduser(typed.strip())))


def short_path(path: Path) -> str:
    """The path with `~` for the user's home."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) and path != home else str(path)


def folder_problem(typed: str) -> str | None:
    """Why nothing can be saved to the folder, None where it can; it is made where it is missing."""
    if not typed.strip():
        return "A folder is needed."
    try:
        folder = path_of(typed)
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return "That is a file, not a folder."
    except (OSError, ValueError) as error:
        return f"That folder can't be made: {getattr(error, 'strerror', None) or error}."
    return None if os.access(folder, os.W_OK | os.X_OK) else "Nothing may be written there."


def file_problem(typed: str) -> str | None:
    """Why the file can't be sent, None where it can."""
    if not typed.strip():
        return "A path is needed."
    try:
        path = path_of(typed)
        if path.is_dir():
            return "That is a folder. A file is needed."
        if not path.is_file():
            return "There is no such file."
    except (OSError, ValueError) as error:
        return f"That file can't be looked at: {getattr(error, 'strerror', None) or error}."
    return None if os.access(path, os.R_OK) else "That file may not be read."
