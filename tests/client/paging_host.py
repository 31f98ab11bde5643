"""An org in this process that pages, and goes wrong in the ways that a test chooses."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import httpx

_QUERY = "/services/data/v60.0/query"
_CURSOR = "01g5g0000000005AAA"


@dataclass
class PagingHost(httpx.AsyncBaseTransport):
    """Answers in place of the network.

    Attributes:
        sizes: how many rows each page has.
        locators: how pages are named; by default with the offset of their first row.
        total: what the org says that there is; by default the truth.
        early: what a page that nobody has named yet is answered by: `pages` as if it were, `refusal`, `lost`
            a line that breaks, `shifted` its rows from one row before.
        faults: what the next requests for a page get instead, by its first row: `500` or `lost`.
        seconds: how long each answer takes, by the offset of its page.
        latency: how long each takes by `now`, a clock that answers alone move.
    """

    sizes: list[int]
    locators: str = "offsets"
    total: int | None = None
    early: str = "pages"
    faults: dict[int, list[str]] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    latency: float = 1.0
    now: float = 0.0
    asked: list[int] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    cut_off: int = 0
    _named: set[int] = field(default_factory=lambda: {0})

    @property
    def ids(self) -> list[str]:
        """The ids of all rows, in their order."""
        return [str(number) for number in range(sum(self.sizes))]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, slowly if that was chosen."""
        offset = 0 if "q" in request.url.params else self._offset(request.url.path.rpartition("-")[2])
        is_early = offset not in self._named
        self.asked.append(offset)
        answered_at = self.now + self.latency
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(self.seconds.get(offset, 0))
        except asyncio.CancelledError:
            self.cut_off += 1
            raise
        finally:
            self.under_way -= 1
        self.now = max(self.now, answered_at)
        return self._answer(offset, is_early=is_early)

    def _answer(self, offset: int, *, is_early: bool) -> httpx.Response:
        if self.faults.get(offset):
            return _fault(self.faults[offset].pop(0))
        starts = [sum(self.sizes[:number]) for number in range(len(self.sizes))]
        if is_early and (self.early == "refusal" or offset not in starts):
            return _fault("400")
        if is_early and self.early == "lost":
            return _fault("lost")
        size = self.sizes[starts.index(offset)] if starts else 0
        shift = 1 if is_early and self.early == "shifted" else 0
        return self._page(offset, size, shift)

    def _page(self, offset: int, size: int, shift: int) -> httpx.Response:
        after = offset + size
        rows = [_row(number - shift) for number in range(offset, after)]
        told: dict[str, Any] = {"totalSize": sum(self.sizes) if self.total is None else self.total}
        told |= {"done": after == sum(self.sizes), "records": rows}
        if not told["done"]:
            self._named.add(after)
            name = after if self.locators == "offsets" else f"x{after * 7}"
            told["nextRecordsUrl"] = f"{_QUERY}/{_CURSOR}-{name}"
        return httpx.Response(200, stream=httpx.ByteStream(json.dumps(told).encode()))

    def _offset(self, name: str) -> int:
        return int(name) if name.isdigit() else int(name[1:]) // 7


def _row(number: int) -> dict[str, Any]:
    return {"attributes": {"type": "X", "url": f"{_QUERY[:-6]}/sobjects/X/{number}"}, "Id": str(number)}


def _fault(kind: str) -> httpx.Response:
    if kind == "lost":
        raise httpx.ReadError("")
    body = [{"message": "no", "errorCode": "INVALID_QUERY_LOCATOR" if kind == "400" else "UNKNOWN"}]
    return httpx.Response(int(kind), stream=httpx.ByteStream(json.dumps(body).encode()))
