"""Pictures read without any library, whatever their bytes are."""

from __future__ import annotations

import struct
import zlib

import pytest

from sfexplorer_files.picture_viewer import in_blocks, in_shades
from sfexplorer_files.png import SIGNATURE, Unreadable, read_png


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, colours: int, rows: bytes, *more: bytes, depth: int = 8) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    return (
        SIGNATURE
        + chunk(b"IHDR", head)
        + b"".join(more)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


RED, DIM = (255, 0, 0), (5, 0, 0)


@pytest.mark.parametrize(
    ("kind", "second_row"),
    [
        (0, bytes([10, 20, 30, 40, 50, 60])),
        (1, bytes([10, 20, 30, 30, 30, 30])),
        (2, bytes([9, 18, 27, 36, 45, 54])),
        (3, bytes([10, 19, 29, 33, 38, 42])),
        (4, bytes([9, 18, 27, 30, 30, 30])),
    ],
)
def test_every_filter_of_the_format_is_undone(kind: int, second_row: bytes) -> None:
    rows = bytes([0, 1, 2, 3, 4, 5, 6, kind]) + second_row
    picture = read_png(png(2, 2, 2, rows), 80, 80)
    assert picture.rows == (((1, 2, 3), (4, 5, 6)), ((10, 20, 30), (40, 50, 60)))


def test_palettes_greys_and_transparency_become_colours() -> None:
    palette = (chunk(b"PLTE", bytes([*RED, 0, 0, 9])), chunk(b"tRNS", bytes([5])))
    assert read_png(png(2, 1, 3, bytes([0, 0, 1]), *palette), 80, 80).rows == ((DIM, (0, 0, 9)),)
    assert read_png(png(1, 1, 0, bytes([0, 7])), 80, 80).rows == (((7, 7, 7),),)
    assert read_png(png(1, 1, 4, bytes([0, 200, 0])), 80, 80).rows == (((0, 0, 0),),)
    assert read_png(png(1, 1, 6, bytes([0, *RED, 255])), 80, 80).rows == ((RED,),)


def test_a_large_picture_is_made_as_small_as_the_screen() -> None:
    picture = read_png(png(300, 100, 0, bytes(301 * 100)), 60, 40)
    assert (picture.width, picture.height) == (60, 20)
    text = in_blocks(picture)
    assert text.plain.splitlines() == ["▀" * 60] * 10
    assert len(text.spans) == 10
    assert in_shades(picture).plain.splitlines() == [" " * 60] * 10


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a", "no PNG"),
        (SIGNATURE, "no head"),
        (png(1, 1, 5, b""), "makes no sense"),
        (png(1, 1, 2, b"", depth=16), "8 bits"),
        (png(90_000, 90_000, 6, b""), "large"),
        (png(2, 2, 2, bytes(3)), "not whole"),
        (png(1, 1, 0, bytes([9, 0])), "damaged"),
        (png(1, 1, 3, bytes([0, 4])), "palette"),
        (png(1, 1, 0, bytes(2)).replace(b"\x78\x9c", b"\x00\x00"), "damaged"),
    ],
)
def test_a_picture_that_cannot_be_shown_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_png(data, 80, 80)
