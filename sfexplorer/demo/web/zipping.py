"""Answers in gzip for clients that take it; but blobs as they are, so that their length can be told."""

from __future__ import annotations

import re

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_BLOB = re.compile(
    r"/services/data/[^/]+(?:/tooling)?/sobjects/[^/]+/[^/]+/(?:Body|VersionData)", re.IGNORECASE
)
# A fast level: over loopback, time counts more than bytes.
_LEVEL = 1
_SHORTEST = 1_000


class Zipping:
    """The ASGI application that zips what an inner one answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._zipped = GZipMiddleware(app, minimum_size=_SHORTEST, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self._plain if _BLOB.fullmatch(scope.get("path", "")) else self._zipped
        await app(scope, receive, send)
