"""Tables of CSV as bulk jobs send and take them: UTF-8, one header, any cell in quotes (RFC 4180).

What an org sends: null is an empty cell. What it takes: `#N/A` is null, an empty cell says nothing of the
field. Parents stand in columns of their own: `Account.Name`, `Owner.Ext__c`.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.values import to_wire

if TYPE_CHECKING:
    from sfexplorer.client.incoming import Incoming

Row = dict[str, str | None]

NULL = "#N/A"
# No row is longer; what is has lost the end of a quoted cell.
_LONGEST_ROW = 64 * 1024 * 1024


class TableReader:
    """Makes rows of bytes that arrive piece by piece; no more is held than the row that is not whole yet.

    Attributes:
        header: the names of the columns, once they are here.
        rows: how many rows were given out.
    """

    def __init__(self) -> None:
        self.header: list[str] = []
        self.rows = 0
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._pending = ""

    def feed(self, piece: bytes) -> Iterator[Row]:
        """The rows that are whole now.

        Raises:
            UnexpectedReply: the bytes are no table.
        """
        self._pending += self._text(piece)
        end = _end_of_rows(self._pending)
        text, self._pending = self._pending[:end], self._pending[end:]
        if len(self._pending) > _LONGEST_ROW:
            raise UnexpectedReply("a row of the org's table has no end")
        yield from self._parsed(text)

    def close(self) -> Iterator[Row]:
        """The last row, which may have no line end.

        Raises:
            UnexpectedReply: it is not whole.
        """
        text, self._pending = self._pending + self._text(b"", final=True), ""
        if text.count('"') % 2:
            raise UnexpectedReply("the org's table ends within a cell")
        yield from self._parsed(text)

    def _text(self, piece: bytes, *, final: bool = False) -> str:
        try:
            return self._decoder.decode(piece, final)
        except UnicodeDecodeError:
            pass
        raise UnexpectedReply("the org's table is not in UTF-8")

    def _parsed(self, text: str) -> Iterator[Row]:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            for cells in rows:
                if not self.header:
                    self.header = _header(cells)
                elif cells:
                    self.rows += 1
                    yield self._row(cells)
            return
        except csv.Error:
            pass
        raise UnexpectedReply("the org's table is no CSV, or has a cell that is too long")

    def _row(self, cells: list[str]) -> Row:
        if len(cells) != len(self.header):
            raise UnexpectedReply("a row of the org's table has another number of cells than its header")
        return {name: cell or None for name, cell in zip(self.header, cells, strict=True)}


def _header(cells: list[str]) -> list[str]:
    # A page of HTML in the org's stead may be a single line: a table without rows.
    if cells and cells[0].lstrip().startswith("<"):
        raise UnexpectedReply("a page came in place of the org's table")
    return cells


async def rows_of(incoming: Incoming, table: TableReader) -> AsyncGenerator[Row, None]:
    """The rows of an answer while it arrives; they are all there, or this fails.

    Raises:
        ConnectionFailed: it was cut off.
        UnexpectedReply: it is no table.
    """
    try:
        async for piece in incoming.pieces():
            for row in table.feed(piece):
                yield row
        for row in table.close():
            yield row
    finally:
        await incoming.aclose()


def line(cells: Iterable[str]) -> str:
    """One row; every cell is quoted, and a quote in it doubled."""
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with a column for each field of a parent: `{"Owner": {"Ext__c": 1}}` has `Owner.Ext__c`."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            found |= {f"{name}.{below}": each for below, each in value.items()}
        else:
            found[name] = value
    return found


def cells_of(row: Mapping[str, Any], header: Sequence[str]) -> list[str]:
    """The cells of a row; a column that it lacks stays empty, which leaves the field as it is.

    Raises:
        ValueError: it has a column that is not in the header, or a value that no cell can hold.
    """
    unknown = row.keys() - set(header)
    if unknown:
        raise ValueError(f"the columns are {', '.join(header)}; a row has {', '.join(sorted(unknown))} too")
    return [cell(name, row[name]) if name in row else "" for name in header]


def cell(name: str, value: Any) -> str:
    """A value as a cell. An empty text is null to Salesforce, and an empty cell would be nothing at all.

    Raises:
        ValueError: no cell can hold it.
    """
    match to_wire(value):
        case None | "":
            return NULL
        case bool() as truth:
            return "true" if truth else "false"
        case int() as number:
            return str(number)
        case float() as number:
            return format(Decimal(repr(number)), "f")
        case str() as text if text != NULL:
            return text
        case _:
            raise ValueError(f"no cell of a bulk job can hold that in {name}: {value!r:.60}")


def _end_of_rows(text: str) -> int:
    """Where the last row that is whole ends: behind a line end with an even number of quotes before it."""
    end = text.rfind("\n") + 1
    quotes = text.count('"', 0, end)
    while end and quotes % 2:
        before = text.rfind("\n", 0, end - 1) + 1
        quotes -= text.count('"', before, end)
        end = before
    return end
