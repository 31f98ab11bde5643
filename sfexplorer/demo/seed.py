"""The seeded file: made once and cached, then only copied."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from functools import lru_cache
from pathlib import Path

import platformdirs

from sfexplorer.demo.objects import Schema
from sfexplorer.demo.seedorg import seed
from sfexplorer.demo.storage import open_store

CACHE_VARIABLE = "SFEXPLORER_CACHE_DIR"
# The modules besides the seeding itself that decide what the file holds.
_MAKERS = ("ids", "search/index", "storage", "tables", "values")
_MARK = "demo-"
_HOUR = 3600
# What SQLite says of a full or write-protected disk.
_NO_PLACE = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")


class CacheNotWritable(OSError):
    """The cache folder can't be written, so that the demo org has no place for its seeded file."""

    def __init__(self, folder: Path, reason: OSError) -> None:
        super().__init__(
            f"cannot write the cache folder {folder} ({reason.strerror or reason}); "
            f"set {CACHE_VARIABLE} to a folder that can be written"
        )
        self.folder = folder


def cache_folder(cache_dir: Path | None = None) -> Path:
    """The folder of the cache: the one given, SFEXPLORER_CACHE_DIR, or the user's own."""
    named = os.environ.get(CACHE_VARIABLE)
    return cache_dir or (Path(named) if named else platformdirs.user_cache_path("sfexplorer"))


def seeded_file(schema: Schema, cache_dir: Path | None = None) -> Path:
    """A file that holds a freshly seeded org, seeded now if it isn't in the cache.

    Only to be copied, see `copy_to`. Its name tells the schema and the code that made it, so that a change of
    either makes a new one; the old one goes then.

    Raises:
        CacheNotWritable: when the file is missing and can't be made.
    """
    folder = cache_folder(cache_dir)
    path = folder / file_name(schema)
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_MARK, suffix=".part", dir=folder)
    except OSError as error:
        raise CacheNotWritable(folder, error) from error
    os.close(handle)
    unfinished = Path(name)
    try:
        _fill(unfinished, schema)
        # A rename within one folder is atomic: another process sees no file or a whole one.
        unfinished.replace(path)
        _forget_others(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(_NO_PLACE):
            raise CacheNotWritable(folder, OSError(str(error))) from error
        raise
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def copy_to(path: Path, schema: Schema, cache_dir: Path | None = None) -> None:
    """Make a file with a freshly seeded org."""
    try:
        shutil.copyfile(seeded_file(schema, cache_dir), path)
    except FileNotFoundError:
        # Another process, of another version, took it away meanwhile: once more, and no oftener.
        shutil.copyfile(seeded_file(schema, cache_dir), path)


def _forget_others(path: Path) -> None:
    """Take away the seeded files of other schemas and versions, and what was left by a seeding cut off."""
    for each in path.parent.glob(f"{_MARK}*"):
        if each != path and (each.suffix == ".sqlite" or _is_old(each)):
            each.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    """Whether nobody can be writing a file any more: no seeding takes an hour."""
    try:
        return time.time() - path.stat().st_mtime > _HOUR
    except FileNotFoundError:
        return False


def _fill(path: Path, schema: Schema) -> None:
    store = open_store(path, schema)
    try:
        with store.loading():
            seed(store)
    finally:
        store.close()


@lru_cache(maxsize=4)
def file_name(schema: Schema) -> str:
    """The seeded file's name: a digest of the schema, and of the code and data that fill it."""
    digest = hashlib.sha256(repr(schema.objects).encode())
    here = Path(__file__).parent
    sources = [*here.glob("seed*.py"), *here.glob("seeds/*.json"), *(here / f"{name}.py" for name in _MAKERS)]
    for source in sorted(sources):
        digest.update(source.name.encode() + source.read_bytes())
    return f"{_MARK}{digest.hexdigest()[:16]}.sqlite"
