"""What can be chosen about a demo org when it is started."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

LOOPBACK = "127.0.0.1"
# How many contacts an org has if nothing else is asked for.
CONTACTS = 5000


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one start; as they stand, an org on a free port of loopback.

    Attributes:
        host: the address to listen on.
        port: the port; 0 takes any that is free.
        keep: a file that holds the records, and keeps them; without it they last as long as the org.
        latency_ms: how long each request waits before it is answered.
        schema: a folder of schema files to add, see `schemafile`.
        data: a folder of records to add to a new org, see `datafiles`.
        rows: how many contacts a new org has; None for the usual number.
        tls: whether to serve over HTTPS too.
        hold_seconds: how long a connect of a streaming client is held when there is nothing to tell.
    """

    host: str = LOOPBACK
    port: int = 0
    keep: Path | None = None
    latency_ms: float = 0
    schema: Path | None = None
    data: Path | None = None
    rows: int | None = None
    tls: bool = False
    hold_seconds: float = 110


def is_loopback(host: str) -> bool:
    """Whether an address leads to this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
