"""Reads a user's own records: a folder of `Contact.csv` and `Account.json`, each named for its sObject.

    Contact.csv      LastName,Email,Account.External_Id__c
                     Noether,emmy@example.org,ERP-10040
    Account.json     [{"Name": "Göttingen", "External_Id__c": "G-1"}, ...], also as {"records": [...]}

An `Id` may be given. A reference is an id in `AccountId`, or a field that tells parents apart in a column
like `Account.Name`; JSON may write that as `"Account": {"Name": "Göttingen"}` too.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.objects import Schema

_ARRAY = re.compile(r'\s*(?:\{\s*"records"\s*:\s*)?\[')
_BETWEEN = re.compile(r"[\s,]*")
# A cell may hold a long text area, or a small file as base64.
_LONGEST_CELL = 50 * 1024 * 1024


class DataError(ValueError):
    """A record that can't be taken; the text names file and line."""


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One record as a file gives it, and where it stands."""

    type: SObjectType
    place: str
    values: dict[str, Any]


def read_folder(folder: Path, schema: Schema) -> list[GivenRow]:
    """All records of a folder.

    Raises:
        DataError: When a file can't be read, or is not named for an sObject.
    """
    rows: list[GivenRow] = []
    for path in sorted(folder.iterdir()):
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            continue
        type = schema.get(path.stem)
        if type is None:
            raise DataError(f"{path.name}: there is no sObject {path.stem}")
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise DataError(f"{path.name}: this is not UTF-8") from None
        except OSError as error:
            raise DataError(f"{path.name}: {error.strerror}") from None
        rows += [
            GivenRow(type, f"{path.name} line {line}", values) for line, values in reader(path.name, text)
        ]
    return rows


def _csv_rows(name: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        head = [each.strip() for each in next(reader, [])]
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if len(cells) > len(head):
                raise DataError(f"{name} line {line}: {len(cells)} values for {len(head)} columns")
            if any(cells):
                yield line, {key: cell for key, cell in zip(head, cells, strict=False) if cell != ""}
    except csv.Error as error:
        raise DataError(f"{name} line {reader.line_num}: {error}") from None


def _json_rows(name: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    start = _ARRAY.match(text)
    if start is None:
        raise DataError(f"{name} line 1: there is no list of records")
    decoder = json.JSONDecoder()
    at = _behind(text, start.end())
    while not text.startswith("]", at):
        line = text.count("\n", 0, at) + 1
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise DataError(f"{name} line {error.lineno}: {error.msg}") from None
        except RecursionError:
            raise DataError(f"{name} line {line}: too deep") from None
        if not isinstance(value, dict):
            raise DataError(f"{name} line {line}: a record is an object")
        yield line, value
        at = _behind(text, end)


def _behind(text: str, at: int) -> int:
    """The place behind white space and commas."""
    found = _BETWEEN.match(text, at)
    return found.end() if found is not None else at


_READERS = {".csv": _csv_rows, ".json": _json_rows}
