"""Where pages are kept: as the bytes that came, packed when they are many, and opened when looked at."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import partial

from sfexplorer.client.exchange import Reply
from sfexplorer.client.querying.opening import Opened, off_the_loop, opened
from sfexplorer.client.unpacking import unpacked

# Bytes that are kept unpacked where the org sends them so: some 70,000 rows of 12 fields.
_UNPACKED = 32 * 1024 * 1024
# An opened page is its whole text; a screen looks at two of them at most.
_OPENED = 2
_GZIP = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class _Kept:
    content: bytes = field(repr=False)
    is_packed: bool

    def body(self) -> bytes:
        return unpacked(self.content) if self.is_packed else self.content


class Shelf:
    """The pages of one query.

    Args:
        unpacked: bytes that are kept as they are; what is more is packed, to a sixth or less.
    """

    def __init__(self, unpacked: int = _UNPACKED) -> None:
        self._room = unpacked
        self._kept: list[_Kept] = []
        self._opened: OrderedDict[int, Opened] = OrderedDict()

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return sum(len(each.content) for each in self._kept)

    async def packed(self, reply: Reply) -> Reply:
        """The answer, packed if it came otherwise and there is no room for it as it is."""
        if reply.packed is not None or len(reply.body) <= self._room:
            return reply
        return replace(reply, packed=await off_the_loop(_pack, reply.body))

    def put(self, reply: Reply, page: Opened) -> int:
        """Keep a page, which has been opened; gives its number."""
        if reply.packed is None:
            self._room -= len(reply.body)
        self._kept.append(_Kept(reply.packed or reply.body, reply.packed is not None))
        number = len(self._kept) - 1
        self._note(number, page)
        return number

    def open(self, number: int) -> Opened:
        """The page of that number."""
        page = self._opened.get(number) or opened(self._kept[number].body())
        self._note(number, page)
        return page

    def _note(self, number: int, page: Opened) -> None:
        self._opened[number] = page
        self._opened.move_to_end(number)
        while len(self._opened) > _OPENED:
            self._opened.popitem(last=False)


_pack = partial(zlib.compress, level=1, wbits=_GZIP)
