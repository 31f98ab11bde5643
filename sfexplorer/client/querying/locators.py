"""Where further pages may be: locators that carry an offset tell it before the page ahead has come.

/services/data/v60.0/query/01gD0000002HU6KIAW-2000   names the page whose first row is number 2,000
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OFFSET = re.compile(r"(?P<cursor>.*/[0-9A-Za-z]{15,18}-)(?P<offset>\d{1,9})")


def following(path: str, rows_before: int, batch: int, total: int) -> Iterator[str]:
    """The paths of the pages behind the one at `path`, as far as they can be foretold.

    Args:
        path: the locator that the org gave.
        rows_before: rows before the page at `path`; a locator of another form or offset foretells nothing.
        batch: rows of each page.
        total: rows of all pages.
    """
    told = _OFFSET.fullmatch(path)
    if told is None or int(told["offset"]) != rows_before or batch < 1:
        return
    for offset in range(rows_before + batch, total, batch):
        yield f"{told['cursor']}{offset}"
