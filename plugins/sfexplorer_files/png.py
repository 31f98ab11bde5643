"""Pictures in PNG, the format that needs nothing but zlib to be read: as many points as a screen can show.

    signature, then chunks: IHDR (size, depth, colours), PLTE (palette), tRNS (transparency), IDAT..., IEND
    rows of all IDATs unpacked: one byte that names the filter, then the samples

Interlaced pictures and such of 16 bits a sample or of less than 8 are told as not readable: they are rare.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_SAMPLES = 9_000_000
"""Bytes of a picture when unpacked: a large screen has 8.3 million."""

LONGEST = 5.0
"""Seconds that are spent on a picture; plain Python reads some millions of bytes in them."""

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE = 3

Colour = tuple[int, int, int]
_ColourOf = Callable[[bytes], Colour]


class Unreadable(ValueError):
    """A picture that can't be shown; its message says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Points of a picture, row by row, each in the colour that it has on black."""

    width: int
    height: int
    rows: tuple[tuple[Colour, ...], ...]


@dataclass(frozen=True, slots=True)
class _Head:
    width: int
    height: int
    colours: int

    @property
    def channels(self) -> int:
        return _CHANNELS[self.colours]

    @property
    def stride(self) -> int:
        return self.width * self.channels


def read_png(data: bytes, columns: int, lines: int) -> Picture:
    """The picture, made small enough for so many points across and down.

    Raises:
        Unreadable: It is none, it is damaged, or it is of a kind that is not read here.
    """
    chunks = list(_chunks(data))
    head = _head(chunks)
    packed = b"".join(content for kind, content in chunks if kind == b"IDAT")
    samples = _unpacked(packed, (head.stride + 1) * head.height)
    step = max(head.width / columns, head.height / lines, 1.0)
    colour_of = _colours(head, chunks)
    wanted = {int(row * step): None for row in range(int(head.height / step) or 1)}
    places = [int(column * step) for column in range(int(head.width / step) or 1)]
    rows = tuple(
        tuple(colour_of(row[place * head.channels : (place + 1) * head.channels]) for place in places)
        for number, row in enumerate(_unfiltered(samples, head))
        if number in wanted
    )
    return Picture(len(places), len(rows), rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(SIGNATURE):
        raise Unreadable("it is no PNG")
    place = len(SIGNATURE)
    while place + 8 <= len(data):
        (size,) = struct.unpack_from(">I", data, place)
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        place += size + 12


def _head(chunks: list[tuple[bytes, bytes]]) -> _Head:
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise Unreadable("it has no head")
    width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if not width or not height or colours not in _CHANNELS:
        raise Unreadable("its head makes no sense")
    if depth != 8 or interlaced:
        raise Unreadable("it is interlaced, or has not 8 bits a sample")
    if width * height * _CHANNELS[colours] > MOST_SAMPLES:
        raise Unreadable(f"it is large: {width:,} x {height:,}")
    return _Head(width, height, colours)


def _unpacked(packed: bytes, size: int) -> bytes:
    try:
        # No more than the head promises: a few bytes can unpack to any number.
        samples = zlib.decompressobj().decompress(packed, size)
    except zlib.error:
        raise Unreadable("it is damaged") from None
    if len(samples) < size:
        raise Unreadable("it is not whole")
    return samples


def _unfiltered(samples: bytes, head: _Head) -> Iterator[bytes]:
    stride, far = head.stride, head.channels
    above = bytes(stride)
    latest = monotonic() + LONGEST
    for start in range(0, len(samples), stride + 1):
        kind, row = samples[start], bytearray(samples[start + 1 : start + 1 + stride])
        match kind:
            case 0:
                pass
            case 1:
                for place in range(far, stride):
                    row[place] = (row[place] + row[place - far]) & 255
            case 2:
                row = bytearray([(one + other) & 255 for one, other in zip(row, above, strict=True)])
            case 3:
                for place in range(stride):
                    left = row[place - far] if place >= far else 0
                    row[place] = (row[place] + (left + above[place]) // 2) & 255
            case 4:
                _add_nearest(row, above, far)
            case _:
                raise Unreadable("it is damaged")
        if monotonic() > latest:
            raise Unreadable("it takes too long to read")
        above = bytes(row)
        yield above


def _add_nearest(row: bytearray, above: bytes, far: int) -> None:
    """Paeth's predictor: of the three neighbours that which is nearest to left + up - corner.

    It is written out, without a function for the choice: nearly all of the time goes here.
    """
    for place in range(far):
        row[place] = (row[place] + above[place]) & 255
    for place in range(far, len(row)):
        left, up, corner = row[place - far], above[place], above[place - far]
        to_left, to_up = up - corner, left - corner
        to_corner = to_left + to_up
        if to_left < 0:
            to_left = -to_left
        if to_up < 0:
            to_up = -to_up
        if to_corner < 0:
            to_corner = -to_corner
        if to_left <= to_up and to_left <= to_corner:
            row[place] = (row[place] + left) & 255
        elif to_up <= to_corner:
            row[place] = (row[place] + up) & 255
        else:
            row[place] = (row[place] + corner) & 255


def _colours(head: _Head, chunks: list[tuple[bytes, bytes]]) -> _ColourOf:
    if head.colours != _PALETTE:
        return _direct
    told = dict(chunks)
    palette, alphas = told.get(b"PLTE", b""), told.get(b"tRNS", b"")

    def colour_of(sample: bytes) -> Colour:
        number = sample[0]
        if 3 * number + 3 > len(palette):
            raise Unreadable("its palette is too short")
        red, green, blue = palette[3 * number : 3 * number + 3]
        return _on_black(red, green, blue, alphas[number] if number < len(alphas) else 255)

    return colour_of


def _direct(sample: bytes) -> Colour:
    match len(sample):
        case 1:
            return sample[0], sample[0], sample[0]
        case 2:
            return _on_black(sample[0], sample[0], sample[0], sample[1])
        case 3:
            return sample[0], sample[1], sample[2]
    return _on_black(sample[0], sample[1], sample[2], sample[3])


def _on_black(red: int, green: int, blue: int, alpha: int) -> Colour:
    return red * alpha // 255, green * alpha // 255, blue * alpha // 255
