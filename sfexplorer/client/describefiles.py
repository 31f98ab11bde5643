"""Describes kept as files, for any number of processes at once.

    FOLDER/4f0c...e1.describe    a line of JSON: whose it is, its date, its digest; then the describe in gzip

A file appears whole or not at all: it is written under another name and renamed. Names are digests, so that
nothing of what an org calls its objects becomes a path. Whatever can't be read counts as absent, and where
nothing can be written, nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from sfexplorer.client.describecache import DescribeKey, KeptDescribe, http_date

_SUFFIX = ".describe"
_UNFINISHED = ".unfinished"
_FORMAT = 1
# A describe of 800 fields has 1.5 MB, and 60 kB packed.
_LARGEST_FILE = 4 * 1024 * 1024
# What a process that was killed left behind; no writing takes that long.
_FORGOTTEN_SECONDS = 3600.0
# Never through a link to what isn't ours, and never waiting for the other end of a pipe.
_CAREFULLY = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _CAREFULLY |= getattr(os, _name, 0)  # no system has all of them


class _Head(msgspec.Struct, frozen=True):
    format: int
    key: DescribeKey
    api_version: str
    modified: str
    digest: str


class DescribeFiles:
    """A `DescribeCache` in a folder, which is made when first needed; only its owner may look into it.

    Args:
        folder: where the files are; it should hold nothing else.
        capacity: bytes of all files together; beyond that the oldest go.
        largest: bytes of one describe, unpacked.
        known_as: stands for the org's address, for an org that has another one at each start.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        capacity: int = 64 * 1024 * 1024,
        largest: int = 64 * 1024 * 1024,
        known_as: str | None = None,
    ) -> None:
        self.folder = Path(folder)
        self._capacity = capacity
        self._largest = largest
        self._known_as = known_as
        self._counting = threading.Lock()
        self._room: int | None = None

    def load(self, key: DescribeKey) -> KeptDescribe | None:
        """What was stored under the key, by this process or another one."""
        key = self._known(key)
        try:
            head_line, _, packed = _read(self._path(key)).partition(b"\n")
            head = msgspec.json.decode(head_line, type=_Head)
            unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
            body = unpacking.decompress(packed, self._largest)
        except (OSError, ValueError, zlib.error, RecursionError):
            return None
        whole = unpacking.eof and hashlib.sha256(body).hexdigest() == head.digest
        if not whole or head.format != _FORMAT or head.key != key:
            return None
        return KeptDescribe(body, http_date(head.modified), head.api_version)

    def store(self, key: DescribeKey, kept: KeptDescribe) -> None:
        """Keep it; an older one of the same key goes."""
        key = self._known(key)
        digest = hashlib.sha256(kept.body).hexdigest()
        head = _Head(_FORMAT, key, kept.api_version, http_date(kept.modified), digest)
        packing = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        content = msgspec.json.encode(head) + b"\n" + packing.compress(kept.body) + packing.flush()
        if len(content) > min(_LARGEST_FILE, self._capacity) or len(kept.body) > self._largest:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self._path(key), content)
            self._make_room(len(content))

    def drop(self, key: DescribeKey) -> None:
        """Keep it no longer."""
        with suppress(OSError):
            self._path(self._known(key)).unlink(missing_ok=True)

    def _known(self, key: DescribeKey) -> DescribeKey:
        return key if self._known_as is None else msgspec.structs.replace(key, origin=self._known_as)

    def _path(self, key: DescribeKey) -> Path:
        return self.folder / (hashlib.sha256(msgspec.json.encode(key)).hexdigest()[:40] + _SUFFIX)

    def _make_room(self, added: int) -> None:
        """Let the oldest files go when all together are too big; the folder is not counted at each file."""
        with self._counting:
            if self._room is not None and added <= self._room:
                self._room -= added
                return
            files = sorted(_files(self.folder), reverse=True)
            total = sum(size for _, size, _ in files)
            # Somewhat more than must, so that the next one doesn't begin anew.
            limit = self._capacity if total <= self._capacity else self._capacity * 3 // 4
            used = 0
            for changed, size, path in files:
                forgotten = path.suffix == _UNFINISHED and changed < time.time() - _FORGOTTEN_SECONDS
                used += 0 if forgotten else size
                if forgotten or used > limit:
                    with suppress(OSError):
                        path.unlink()
            # Others write here too: what is free now is believed for a part only.
            self._room = (self._capacity - min(used, limit)) // 4


def kept_by_user(known_as: str | None = None) -> DescribeFiles | None:
    """The describes kept in the user's own cache folder, below SFEXPLORER_CACHE_DIR or SFEXPLORER_HOME.

    None where SFEXPLORER_NO_CACHE says so.
    """
    import platformdirs

    if os.environ.get("SFEXPLORER_NO_CACHE"):
        return None
    home = os.environ.get("SFEXPLORER_HOME")
    named = os.environ.get("SFEXPLORER_CACHE_DIR") or (home and os.path.join(home, "cache"))
    folder = Path(named) if named else platformdirs.user_cache_path("sfexplorer")
    return DescribeFiles(folder / "describes", known_as=known_as)


def _read(path: Path) -> bytes:
    descriptor = os.open(path, _CAREFULLY)
    with open(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > _LARGEST_FILE:
            raise ValueError("that is no file of ours")
        return file.read(_LARGEST_FILE)


def _write(path: Path, content: bytes) -> None:
    # `mkstemp` makes a name that nobody else uses, and lets nobody else read the file.
    descriptor, unfinished = tempfile.mkstemp(suffix=_UNFINISHED, dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        os.replace(unfinished, path)
    except OSError:
        with suppress(OSError):
            os.unlink(unfinished)
        raise


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """When each of our files was changed, its size and its path; what goes meanwhile is passed over."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((_SUFFIX, _UNFINISHED)):
                with suppress(OSError):
                    facts = entry.stat(follow_symlinks=False)
                    yield facts.st_mtime, facts.st_size, Path(entry.path)
