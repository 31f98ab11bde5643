"""The origin that a client knows the org by: what the URLs in its answers begin with."""

from __future__ import annotations

import re

from starlette.requests import Request

# The names of the org's certificate. Any other host would lead a client to whom it doesn't mean.
_HOST = re.compile(
    r"(localhost|127(\.[0-9]{1,3}){3}|\[::1\]|(login|test)\.salesforce\.com|[a-z0-9.-]+\.my\.salesforce\.com)"
    r"(:[0-9]{1,5})?",
    re.IGNORECASE | re.ASCII,
)


def is_own_host(host: str) -> bool:
    """Whether a `Host` header names the org as it is known on this machine."""
    return _HOST.fullmatch(host) is not None


def origin_of(request: Request) -> str:
    """The org's URL or, for who comes by https, the host that they came to; without a slash at its end."""
    host = request.headers.get("host", "")
    if request.scope["scheme"] == "https" and is_own_host(host):
        return f"https://{host}"
    return str(request.app.state.org.url)
