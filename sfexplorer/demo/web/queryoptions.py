"""What the header `Sforce-Query-Options` asks for."""

from __future__ import annotations

import re

from starlette.requests import Request

from sfexplorer.demo.executor.pages import LARGEST_BATCH, SMALLEST_BATCH

_BATCH_SIZE = re.compile(r"batchSize\s*=\s*(\d{1,9})", re.IGNORECASE | re.ASCII)


def batch_size(request: Request) -> int:
    """How many rows a page has: what the client asks for, within Salesforce's limits."""
    wanted = _BATCH_SIZE.search(request.headers.get("sforce-query-options", ""))
    return min(LARGEST_BATCH, max(SMALLEST_BATCH, int(wanted[1]))) if wanted else LARGEST_BATCH
