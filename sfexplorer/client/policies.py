"""How a connection behaves on the wire: what it waits for, sends again, packs, and whom it trusts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sfexplorer import __version__
from sfexplorer.client.retry import Retry
from sfexplorer.client.secret import Secret

if TYPE_CHECKING:
    import ssl

_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for each phase of a request. Salesforce itself ends a query after 120 seconds.

    `pool` is for waiting until fewer requests are under way.
    """

    connect: float = 10.0
    read: float = 130.0
    write: float = 60.0
    pool: float = 60.0


@dataclass(frozen=True, slots=True)
class Policies:
    """All that can be set of it.

    Attributes:
        timeouts: how long each phase may take.
        retry: what is sent again, and when.
        concurrency: how many requests are under way at once; the others wait. Files being read don't count.
        compress_from: bytes from which on a body is sent as gzip; None packs none.
        largest_body: bytes of an answer, unpacked, that are read at most.
        user_agent: what the org's own logs show of this client.
        proxy: the proxy for all hosts but this machine; None takes the environment's, an empty one none.
        verify: a file or folder of certificates to trust, or a context of one's own; None takes
            SSL_CERT_FILE, SSL_CERT_DIR, or those that come with the HTTP library.

    Raises:
        ValueError: a setting can't be followed.
    """

    timeouts: Timeouts = field(default_factory=Timeouts)
    retry: Retry = field(default_factory=Retry)
    concurrency: int = 100
    compress_from: int | None = 64 * 1024
    largest_body: int = 256 * 1024 * 1024
    user_agent: str = f"sfexplorer/{__version__}"
    proxy: Secret | None = None
    verify: Path | ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        if self.concurrency < 1:
            raise ValueError("at least one request must be under way at once")
        if not (self.user_agent.isascii() and self.user_agent.isprintable() and self.user_agent.strip()):
            raise ValueError("a user agent is a line of ASCII text")
        if self.proxy and not is_proxy(self.proxy):
            raise ValueError("a proxy is given like http://proxy.example.com:8080")
        if isinstance(self.verify, Path) and not self.verify.exists():
            raise ValueError(f"there are no certificates at {self.verify}")


def is_proxy(address: Secret) -> bool:
    """Whether it is the address of a proxy."""
    # Its own text is told to nobody: a proxy's address may hold a password.
    try:
        parts = urlsplit(address.reveal())
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in _PROXY_SCHEMES and bool(parts.hostname) and address.reveal().isprintable()
