"""The bytes that an org has for a field, as a stream (WIRE rest.md, section 2).

GET V/sobjects/Attachment/ID/Body -> the bytes as they are, with the record's content type
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from sfexplorer.client.blobs.landing import landing
from sfexplorer.client.blobs.source import Progress
from sfexplorer.client.errors import BlobDamaged, BlobTooBig
from sfexplorer.client.exchange import Call
from sfexplorer.client.session import Session


@dataclass(frozen=True, slots=True)
class Blob:
    """A file in the org; each use asks for its bytes anew, and holds one piece of them at a time.

    Attributes:
        name: what the record calls the file. For a name on disk see `safe_filename`.
        size: how many bytes it has; None where the org did not say.
        content_type: what kind of file it is; "" where the org did not say.
        checksum: the MD5 of the bytes in hexadecimal digits, or "".
        path: where the org has it.
    """

    session: Session = field(repr=False, compare=False)
    path: str
    name: str = ""
    size: int | None = None
    content_type: str = ""
    checksum: str = ""

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        """The bytes, piece by piece. Whoever leaves early frees the connection at once by `aclosing`.

        Raises:
            SalesforceError: the org refused, or the bytes were cut off.
            BlobDamaged: all came, and they are not those that the org has.
        """
        call = Call("GET", self.path, headers={"Accept": "*/*"})
        digest, received = hashlib.md5(usedforsecurity=False), 0
        incoming = await self.session.open(call)
        try:
            async for piece in incoming.pieces():
                digest.update(piece)
                received += len(piece)
                yield piece
        finally:
            await incoming.aclose()
        # What comes whole and has another size is a page that somebody else answered in the org's stead.
        if self.size not in (None, received):
            raise BlobDamaged(f"{received} of {self.size} bytes came")
        if self.checksum and digest.hexdigest() != self.checksum.lower():
            raise BlobDamaged("the bytes that came have another checksum than the org's file")

    async def read(self, limit: int = 64 * 1024 * 1024) -> bytes:
        """All bytes at once, for a file that is not large.

        Raises:
            BlobTooBig: it has more than `limit` bytes.
        """
        if self.size is not None and self.size > limit:
            raise self._too_big(self.size, limit)
        pieces: list[bytes] = []
        size = 0
        async with aclosing(self.__aiter__()) as arriving:
            async for piece in arriving:
                size += len(piece)
                if size > limit:
                    raise self._too_big(size, limit)
                pieces.append(piece)
        return b"".join(pieces)

    async def save(
        self, path: str | PathLike[str], *, progress: Progress | None = None, overwrite: bool = False
    ) -> Path:
        """Write the bytes to a file, which has all of them or is not there; gives its path.

        Raises:
            FileExistsError: there is such a file, and it was not to be overwritten.
            OSError: the disk can't take it.
            BlobDamaged: the bytes are not those that the org has.
        """
        target, done = Path(path), 0
        async with landing(target, overwrite=overwrite) as file, aclosing(self.__aiter__()) as arriving:
            async for piece in arriving:
                await file.write(piece)
                done += len(piece)
                if progress is not None:
                    progress(done, self.size)
        return target

    def _too_big(self, size: int, limit: int) -> BlobTooBig:
        hint = "Save it to a file, or read it piece by piece."
        return BlobTooBig(f"{self.name or 'the file'} is too big", size=size, limit=limit, hint=hint)
