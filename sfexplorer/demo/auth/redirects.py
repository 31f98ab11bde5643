"""Where an authorization may lead: loopback, and what an app has registered; never anywhere else."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlencode

# One strict pattern, no parser: whatever a browser would read differently (`\`, `@`, spaces, line ends) is
# not in it in the host's place, and so can't lead elsewhere than it seems to.
_LOOPBACK = re.compile(
    r"https?://(localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]{1,5})?"
    r"([/?][A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST = 2_000


def accepts(uri: str, registered: Collection[str]) -> bool:
    """Whether an authorization may lead to this URI: any port and path of this machine, or one registered."""
    return uri in registered or (len(uri) <= _LONGEST and _LOOPBACK.fullmatch(uri) is not None)


def with_query(uri: str, answer: dict[str, str]) -> str:
    """A redirect URI with an answer in its query."""
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(answer)}"


def with_fragment(uri: str, answer: dict[str, str]) -> str:
    """A redirect URI with an answer in its fragment, which the browser keeps to itself."""
    return f"{uri}#{urlencode(answer)}"
