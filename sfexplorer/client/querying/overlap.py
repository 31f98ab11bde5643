"""Whether a page holds rows that came before: what an org does that counts on from where it last was."""

from __future__ import annotations

import msgspec

from sfexplorer.client.querying.opening import Opened


class _Attributes(msgspec.Struct):
    url: str | None = None


class _Addressed(msgspec.Struct):
    attributes: _Attributes | None = None


_decode = msgspec.json.Decoder(_Addressed).decode


def overlaps(text: bytes, before: Opened, page: Opened) -> bool:
    """Whether the first row of a page is one of those before it; rows without an address are never the same.

    Args:
        text: the page before as it came: looking through it takes no time, and most often is all.
        before: its rows.
        page: the page in question.
    """
    url = _url(page.raws[0]) if page.raws else None
    if url is None or url.encode() not in text:
        return False
    return any(_url(raw) == url for raw in before.raws)


def _url(raw: msgspec.Raw) -> str | None:
    try:
        row = _decode(raw)
    except msgspec.MsgspecError:
        return None
    return row.attributes.url if row.attributes is not None else None
