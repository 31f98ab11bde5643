"""The file of an org's records: a copy of the seeded one, or one that is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sfexplorer.demo.objects import Schema, load_schema
from sfexplorer.demo.options import Options
from sfexplorer.demo.schemacheck import check_schema
from sfexplorer.demo.seed import CacheNotWritable, copy_to

Progress = Callable[[str], None]


class StartError(Exception):
    """The org can't start; the text is one line that says why."""


def chosen_schema(options: Options) -> Schema:
    """The bundled schema, with what a folder adds to it.

    Raises:
        StartError: When a file of the folder can't be read as one.
    """
    try:
        schema = load_schema(options.schema)
        if options.schema is not None:
            check_schema(schema)
        return schema
    except ValueError as error:
        raise StartError(str(error)) from None


def database_file(options: Options, schema: Schema, fresh: Path, on_progress: Progress | None) -> Path:
    """A fresh copy of the seeded records, or the file that keeps them, made when it isn't there.

    Raises:
        StartError: When it can't be made.
    """
    target = options.keep or fresh
    try:
        if not target.exists() or not target.stat().st_size:
            copy_to(target, schema)
        with target.open("r+b"):
            return target
    except CacheNotWritable as error:
        raise StartError(str(error)) from None
    except OSError as error:
        place = error.filename or target
        raise StartError(f"{place} can't be written: {error.strerror or error}") from None
