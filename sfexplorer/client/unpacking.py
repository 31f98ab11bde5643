"""Unpacking a body while it arrives, in pieces of a bounded size, and knowing whether it came to its end."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

PIECE = 256 * 1024


class Unpacking(Protocol):
    """What turns the bytes on the wire into those that were meant."""

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What the next bytes hold.

        Raises:
            ValueError: they are damaged.
        """
        ...

    @property
    def is_whole(self) -> bool:
        """Whether what was fed so far may be all."""
        ...


class Plain:
    """Bytes that are what they are; where they end, the connection must tell."""

    is_whole = True

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """The same bytes."""
        yield packed


class Gunzip:
    """A gzip stream of any number of members. A small one may hold much: it is unpacked piece by piece."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._begun = False

    @property
    def is_whole(self) -> bool:
        """Whether the last member had its end, with the right checksum; no bytes at all are whole too."""
        return not self._begun

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What the next bytes hold, in pieces."""
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


def unpacked(packed: bytes) -> bytes:
    """What a whole gzip stream holds, which was unpacked before."""
    return b"".join(Gunzip().feed(packed))


def unpacking(encoding: str) -> Unpacking | None:
    """What unpacks a body of that `Content-Encoding`; None for those that we never asked for."""
    match encoding.strip().lower():
        case "" | "identity":
            return Plain()
        case "gzip" | "x-gzip":
            return Gunzip()
        case _:
            return None
