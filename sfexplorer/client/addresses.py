"""Where requests may go: an org's origin, and paths on it.

A token is sent to its org's own origin only, by https, or by http on this machine (demo org, tests, tunnels).
"""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, quote, urlsplit

from sfexplorer.client.errors import ForeignUrl, InsecureUrl, MalformedUrl

PRODUCTION = "https://login.salesforce.com"
SANDBOX = "https://test.salesforce.com"

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LIGHTNING = ".lightning.force.com"


def origin_of(address: str) -> str:
    """The origin of an address as people write or paste it: `acme.my.salesforce.com/` gives it with https.

    The host of the Lightning pages doesn't serve the API; its org's own host is taken instead.

    Raises:
        MalformedUrl: it is no web address.
        InsecureUrl: plain http to another machine.
    """
    text = address.strip()
    parts = _split(text if "://" in text else f"https://{text}")
    host = parts.hostname or ""
    if host.endswith(_LIGHTNING):
        host = host.removesuffix(_LIGHTNING) + ".my.salesforce.com"
    if parts.scheme == "http" and not is_loopback(host):
        raise InsecureUrl(f"{host} would be reached by plain http")
    name = f"[{host}]" if ":" in host else host
    port = parts.port
    return f"{parts.scheme}://{name}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")


def is_path(text: str) -> bool:
    """Whether the text, put behind an origin, stays where it says: one slash first, and no `..` in it."""
    if not text.startswith("/") or text.startswith(("//", "/\\")):
        return False
    # As an id, `..` would turn the path of a record into that of something else.
    return "/." not in text or not {".", ".."} & set(text.partition("?")[0].split("/"))


def path_part(text: str) -> str:
    """The text as one part of a path, whatever it holds; half of a character, which none can hold, is `?`."""
    return quote(text, safe="", errors="replace")


def path_elsewhere(url: str) -> str:
    """The path of a URL whose host doesn't count: the same thing is to be had from the org itself.

    Raises:
        MalformedUrl: it is no web address, or without a path.
    """
    path = _printable(url) if is_path(url) else _split(url).path
    if not is_path(path):
        raise MalformedUrl("that address has no path to ask the org for")
    return path


def own_path(url: str, origin: str) -> str:
    """The path, with its query, of a URL that an org gave; nothing but the path is trusted.

    Raises:
        ForeignUrl: the URL leads to another origin.
        MalformedUrl: it is neither a URL nor an absolute path.
    """
    if is_path(url):
        return _printable(url)
    if "://" not in url and not url.startswith("//"):
        raise MalformedUrl("the org's answer leads to what is no path")
    target = origin_of(f"https:{url}" if url.startswith("//") else url)
    if target != origin:
        raise ForeignUrl(f"the org's answer leads to {target}, not to {origin}")
    parts = urlsplit(url)
    return _printable(parts.path + (f"?{parts.query}" if parts.query else ""))


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(origin: str) -> str:
    """The host and port of an origin, to name it in a message."""
    return origin.partition("://")[2]


def _split(text: str) -> SplitResult:
    _printable(text)
    try:
        parts = urlsplit(text)
        _ = parts.port
        (parts.hostname or "").encode("idna")
    except (ValueError, UnicodeError):
        parts = SplitResult("", "", "", "", "")
    # Credentials in a URL land in logs and shell histories; no org wants them there.
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        raise MalformedUrl("that is not the address of an org")
    return parts


def _printable(text: str) -> str:
    if not text.isprintable() or " " in text:
        raise MalformedUrl("the address contains blanks or control characters")
    return text
