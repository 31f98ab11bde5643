"""One page of a query's rows, kept as its JSON text, unpacked, and decoded when looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import msgspec

from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.exchange import Reply
from sfexplorer.client.sobject import SObject

Row = Mapping[str, Any]


class _Envelope(msgspec.Struct, rename="camel", frozen=True):
    total_size: int
    done: bool
    records: list[dict[str, Any]]
    next_records_url: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `offset` to `offset + len(page) - 1` of a query's answer.

    `total_size` is the org's count of all rows; `done` tells that this page is the last one.
    """

    number: int
    offset: int
    total_size: int
    done: bool
    size: int
    next_url: str | None
    _reply: Reply = field(repr=False)
    _decoded: DecodedPages = field(repr=False, compare=False)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as JSON gives them, for reading in bulk."""
        return self._decoded.rows(self.number, self._reply)

    @property
    def records(self) -> Sequence[SObject]:
        """The rows as records of their own: each access makes a new one from what the org said."""
        return _RowRecords(self.rows)

    def __len__(self) -> int:
        return self.size


class DecodedPages:
    """The rows of the pages last looked at; a decoded page takes many times the memory of its bytes."""

    def __init__(self, capacity: int = 8) -> None:
        self._capacity = capacity
        self._rows: OrderedDict[int, list[dict[str, Any]]] = OrderedDict()

    def open(self, number: int, offset: int, reply: Reply) -> Page:
        """Take in an answer as the query's page of that number.

        Raises:
            UnexpectedReply: it is no page of a query.
        """
        envelope = reply.decode(_Envelope)
        if not envelope.done and not envelope.next_records_url:
            raise UnexpectedReply("the org says that there is more, but not where")
        self._keep(number, envelope.records)
        return Page(
            number=number,
            offset=offset,
            total_size=envelope.total_size,
            done=envelope.done,
            size=len(envelope.records),
            next_url=None if envelope.done else envelope.next_records_url,
            _reply=reply,
            _decoded=self,
        )

    def rows(self, number: int, reply: Reply) -> list[dict[str, Any]]:
        """The rows of a page, decoded again if that was long ago."""
        rows = self._rows.get(number)
        if rows is None:
            rows = reply.decode(_Envelope).records
        self._keep(number, rows)
        return rows

    def _keep(self, number: int, rows: list[dict[str, Any]]) -> None:
        self._rows[number] = rows
        self._rows.move_to_end(number)
        while len(self._rows) > self._capacity:
            self._rows.popitem(last=False)


class _RowRecords(Sequence[SObject]):
    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    @overload
    def __getitem__(self, index: int) -> SObject: ...

    @overload
    def __getitem__(self, index: slice) -> list[SObject]: ...

    def __getitem__(self, index: int | slice) -> SObject | list[SObject]:
        if isinstance(index, slice):
            return [SObject.from_json(row) for row in self._rows[index]]
        return SObject.from_json(self._rows[index])

    def __len__(self) -> int:
        return len(self._rows)
