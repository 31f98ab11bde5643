"""Bodies in gzip format, as they come and as they should not."""

from __future__ import annotations

import gzip
import zlib

import pytest

from sfexplorer.client.unpacking import Gunzip, unpacked

TEXT = b'{"records": [1, 2, 3]}' * 500


def named(content: bytes) -> bytes:
    """A member whose head is longer: it names a file."""
    head = b"\x1f\x8b\x08\x08" + bytes(4) + b"\x00\xff" + b"page.json\x00"
    return head + gzip.compress(content)[10:]


def came_of(packed: bytes, *, wait: int, step: int) -> bytes:
    """What comes of bytes that arrive in steps."""
    gunzip = Gunzip(wait)
    pieces = [piece for at in range(0, len(packed), step) for piece in gunzip.feed(packed[at : at + step])]
    return b"".join([*pieces, *gunzip.end()])


@pytest.mark.parametrize("wait", [0, 40, 1 << 20])
@pytest.mark.parametrize("step", [7, 1 << 20])
@pytest.mark.parametrize(
    ("packed", "content"),
    [
        (gzip.compress(TEXT), TEXT),
        (gzip.compress(b""), b""),
        (b"", b""),
        (gzip.compress(TEXT) + gzip.compress(b"more"), TEXT + b"more"),
        (gzip.compress(b"") + gzip.compress(TEXT), TEXT),
        (named(TEXT), TEXT),
    ],
    ids=("one", "of nothing", "no bytes", "two", "the first of nothing", "named"),
)
def test_a_stream_is_the_same_however_it_arrives(packed: bytes, content: bytes, wait: int, step: int) -> None:
    assert came_of(packed, wait=wait, step=step) == content
    assert unpacked(packed) == content


@pytest.mark.parametrize("wait", [0, 1 << 20])
@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(TEXT)[:-1],
        gzip.compress(TEXT)[:-9],
        gzip.compress(TEXT)[:5],
        gzip.compress(TEXT)[:-8] + bytes(4) + gzip.compress(TEXT)[-4:],
        gzip.compress(TEXT)[:-4] + b"\xff\xff\xff\x7f",
        gzip.compress(TEXT) + b"and something behind it",
        zlib.compress(TEXT),
    ],
    ids=("no last byte", "half", "a head", "wrong sum", "wrong size", "trailing text", "zlib's own format"),
)
def test_a_damaged_stream_is_told_from_a_whole_one(packed: bytes, wait: int) -> None:
    with pytest.raises(ValueError, match="gzip"):
        came_of(packed, wait=wait, step=50)
