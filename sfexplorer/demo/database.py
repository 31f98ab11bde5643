"""The file of an org's records: a copy of the seeded one with what was asked for, or one that is kept."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sfexplorer.demo.growing import grow
from sfexplorer.demo.objects import Schema, load_schema
from sfexplorer.demo.options import Options
from sfexplorer.demo.schemacheck import check_schema
from sfexplorer.demo.seed import CacheNotWritable, copy_to
from sfexplorer.demo.storage import open_store

Progress = Callable[[str], None]


class StartError(Exception):
    """The org can't start; the text is one line that says why."""


def chosen_schema(options: Options) -> Schema:
    """The bundled schema, with what a folder adds to it.

    Raises:
        StartError: When a file of the folder doesn't fit.
    """
    try:
        schema = load_schema(options.schema)
        if options.schema is not None:
            check_schema(schema)
        return schema
    except ValueError as error:
        raise StartError(str(error)) from None


def database_file(options: Options, schema: Schema, fresh: Path, on_progress: Progress | None) -> Path:
    """The file of the records: made new, or the one that keeps them.

    Args:
        options: what was chosen; `data` and `rows` are for a new file only.
        schema: the org's schema.
        fresh: where a new file is made.
        on_progress: called with lines about what takes long.

    Raises:
        StartError: When it can't be made.
    """
    target = options.keep or fresh
    try:
        is_new = not target.exists() or not target.stat().st_size
        # Before the long work: can it be written at all?
        with target.open("ab"):
            pass
        if is_new:
            _make(options, schema, fresh, on_progress)
            if target != fresh:
                # A start that is cut off leaves no half of an org to go on with.
                shutil.move(fresh, target)
        else:
            grow(target, schema)
        return target
    except CacheNotWritable as error:
        raise StartError(str(error)) from None
    except sqlite3.Error as error:
        raise StartError(f"{target} holds no demo org of this version: {error}") from None
    except OSError as error:
        place = error.filename or target
        raise StartError(f"{place} can't be written: {error.strerror or error}") from None


def _make(options: Options, schema: Schema, path: Path, on_progress: Progress | None) -> None:
    # The seeded file has the bundled schema alone, so that a folder of one's own costs no seeding.
    copy_to(path, load_schema() if options.schema is not None else schema)
    if options.schema is not None:
        grow(path, schema)
    if options.data is not None or options.rows is not None:
        _fill(options, schema, path, on_progress)


def _fill(options: Options, schema: Schema, path: Path, on_progress: Progress | None) -> None:
    # Only now: most starts need neither.
    from sfexplorer.demo.datafiles import DataError, read_folder
    from sfexplorer.demo.dataload import load_rows
    from sfexplorer.demo.multiplying import multiply

    try:
        given = read_folder(options.data, schema) if options.data is not None else []
        with closing(open_store(path, schema)) as store:
            if options.rows is not None:
                multiply(store, options.rows, on_progress)
            load_rows(store, given)
    except DataError as error:
        raise StartError(str(error)) from None
