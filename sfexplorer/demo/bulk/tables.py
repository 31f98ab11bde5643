"""Tables of records as CSV, with the delimiters and line endings that Bulk API 2.0 knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

DELIMITERS = {
    "BACKQUOTE": "`",
    "CARET": "^",
    "COMMA": ",",
    "PIPE": "|",
    "SEMICOLON": ";",
    "TAB": "\t",
}
ENDINGS = {"LF": "\n", "CRLF": "\r\n"}
# The longest field of Salesforce is far shorter; the limit of the csv module is for all of the process.
LONGEST_CELL = 32_000_000


class BadTable(Exception):
    """A text that is no table; the text says why."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a table is written."""

    delimiter: str = "COMMA"
    ending: str = "LF"

    def line(self, cells: Iterable[str]) -> str:
        """One row; every cell is quoted, and a quote in it doubled."""
        quoted = ('"' + cell.replace('"', '""') + '"' for cell in cells)
        return DELIMITERS[self.delimiter].join(quoted) + ENDINGS[self.ending]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header."""

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def read_table(content: bytes, layout: Format) -> Table:
    """The table that a client sent.

    Raises:
        BadTable: When it is not UTF-8, has no header, or a row has more cells than the header.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable("InvalidBatch : The content is not in UTF-8") from None
    if "\0" in text:
        raise BadTable("InvalidBatch : The content holds NUL characters")
    csv.field_size_limit(LONGEST_CELL)
    try:
        lines = [
            tuple(row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[layout.delimiter])
            if row
        ]
    except csv.Error as error:
        raise BadTable(f"InvalidBatch : Failed to parse CSV: {error}") from None
    if not lines or not all(name.strip() for name in lines[0]):
        raise BadTable("InvalidBatch : Field name not found in the header of the CSV")
    header = tuple(name.strip() for name in lines[0])
    for row in lines[1:]:
        if len(row) != len(header):
            raise BadTable(
                "InvalidBatch : The number of columns in a row differs from that of the header: "
                f"{len(row)} instead of {len(header)}"
            )
    return Table(header, tuple(lines[1:]))


def cell(value: Any) -> str:
    """A value of a record as a cell; null is an empty one."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def body_of(row: Mapping[str, str]) -> dict[str, Any]:
    """The record that a row describes: `#N/A` is null, an empty cell says nothing.

    A header with a dot names a parent by its external id: `Owner.Ext__c` becomes
    `{"Owner": {"Ext__c": ...}}`.
    """
    body: dict[str, Any] = {}
    for name, text in row.items():
        if text == "":
            continue
        value = None if text == "#N/A" else text
        relationship, dot, field = name.partition(".")
        if dot:
            body[relationship] = {field: value}
        else:
            body[name] = value
    return body
