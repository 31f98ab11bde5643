"""Unpacking a body while it arrives, in pieces of a bounded size, and knowing whether it came to its end.

A small gzip body that is wanted whole waits for its end: unpacked into one buffer of just its size it takes
half the time, most of which goes into memory that grows and is copied.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import Struct
from typing import Protocol

PIECE = 256 * 1024
# Packed bytes that may wait: unpacking them blocks for no longer than a page of rows should.
SMALL = 256 * 1024
# No stream of the format unpacks to more, by zlib's own account.
MOST_OF_A_BYTE = 1032

_HEAD = b"\x1f\x8b\x08\x00"
_HEAD_SIZE = 10
_tail = Struct("<II")


class Unpacking(Protocol):
    """What turns the bytes on the wire into those that were meant."""

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What the next bytes hold.

        Raises:
            ValueError: they are damaged.
        """
        ...

    def end(self) -> Iterator[bytes]:
        """What is left when all were fed.

        Raises:
            ValueError: there should have been more.
        """
        ...


class Plain:
    """Bytes that are what they are; where they end, the connection must tell."""

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """The same bytes."""
        yield packed

    def end(self) -> Iterator[bytes]:
        """Nothing."""
        return iter(())


class Gunzip:
    """A gzip stream of any number of members. A small one may hold much: it is unpacked piece by piece.

    Args:
        wait: packed bytes that are kept until their end, and unpacked at once if there are no more.
    """

    def __init__(self, wait: int = 0) -> None:
        self._wait = wait
        self._waiting: list[bytes] | None = []
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._begun = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What the next bytes hold, in pieces."""
        if self._waiting is not None:
            self._waiting.append(packed)
            self._wait -= len(packed)
            if self._wait >= 0:
                return
            packed, self._waiting = b"".join(self._waiting), None
        yield from self._pieces(packed)

    def end(self) -> Iterator[bytes]:
        """What waited. The last member must have had its end, with the right checksum."""
        if self._waiting is not None:
            packed, self._waiting = b"".join(self._waiting), None
            content = _single_member(packed)
            yield from self._pieces(packed) if content is None else (content,)
        if self._begun:
            raise ValueError("the gzip stream is cut off")

    def _pieces(self, packed: bytes) -> Iterator[bytes]:
        while packed:
            self._begun = True
            try:
                piece = self._member.decompress(packed, PIECE)
            except zlib.error:
                raise ValueError("the bytes are not in gzip format") from None
            packed = self._member.unconsumed_tail
            if self._member.eof:
                packed = self._member.unused_data
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                self._begun = False
            if piece:
                yield piece


def _single_member(packed: bytes) -> bytes | None:
    """What a stream of one member with a plain head holds; None for every other, the damaged ones among them.

    Sum and size of what came out are compared with the stream's last bytes: they are the last member's own.
    """
    if len(packed) < _HEAD_SIZE + _tail.size or not packed.startswith(_HEAD):
        return None
    checksum, size = _tail.unpack(packed[-_tail.size :])
    if size > MOST_OF_A_BYTE * len(packed):
        return None
    try:
        deflated = memoryview(packed)[_HEAD_SIZE : -_tail.size]
        content = zlib.decompress(deflated, wbits=-zlib.MAX_WBITS, bufsize=size or 1)
    except zlib.error:
        return None
    return content if len(content) == size and zlib.crc32(content) == checksum else None


def unpacked(packed: bytes) -> bytes:
    """What a whole gzip stream holds, which was unpacked before."""
    gunzip = Gunzip(wait=len(packed))
    return b"".join((*gunzip.feed(packed), *gunzip.end()))


def unpacking(encoding: str, wait: int = 0) -> Unpacking | None:
    """What unpacks a body of that `Content-Encoding`; None for those that we never asked for.

    Args:
        encoding: the header's value.
        wait: packed bytes that need not come out before the body's end.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return Plain()
        case "gzip" | "x-gzip":
            return Gunzip(wait)
        case _:
            return None
