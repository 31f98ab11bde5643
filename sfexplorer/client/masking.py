"""What may be shown of a request or an answer: everything but tokens, passwords and codes.

Whatever is called like a secret is masked, in headers, forms, URLs, JSON and XML alike, and whatever looks
like a session id. Broken and truncated texts are masked as well as whole ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote_plus

MASK = "***"
# Bytes of a body that are shown at most.
SHOWN = 100_000

_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "x-sfdc-session"})
_SECRET = re.compile(
    r"password|passwd|passphrase|secret|token|assertion|samlresponse|sessionid|privatekey|verifier"
    r"|devicecode|usercode|authorization|\Acode\Z|\Asid\Z|\Asignature\Z|\Apw\Z"
)
# All of these take a text in one pass, whatever it is: none begins again within what it has looked through.
_PAIR = re.compile(r"(?<![^&=?#\s])([^&=?#\s]++)=([^&#\s]*+)")
_JSON = re.compile(
    r'"((?:[^"\\]|\\.)*+)"?(?:(?<=")(\s*+:\s*+)("(?:[^"\\]|\\.)*+"?|\[[^\]\[{}]*+\]?))?', re.DOTALL
)
_XML = re.compile(
    r"(<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?>)((?:[^<]|<!\[CDATA\[.*?(?:\]\]>|\Z))*+)", re.DOTALL
)
_SESSION_ID = re.compile(r"00D\w{9,15}(?:!|%21)[\w.%-]+")
_BEARER = re.compile(r"\b(Bearer|OAuth|Basic) ++[\w.!~+/=%-]++")


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers by lower-case names."""
    told = {name.lower(): value for name, value in headers.items()}
    return {name: MASK if name in _HEADERS else masked_url(value) for name, value in told.items()}


def masked_url(url: str) -> str:
    """A URL, or any text with `name=value` in it."""
    return _anywhere(_PAIR.sub(_masked_pair, url))


def masked_body(content: bytes, content_type: str, *secrets: str) -> str:
    """A body as a text; of one that is none, its size and kind. The given secrets are masked everywhere."""
    kind = content_type.partition(";")[0].strip().lower()
    if not content:
        return ""
    if not _is_text(kind, content):
        return f"<{len(content)} bytes of {kind or 'something'}>"
    text = content[:SHOWN].decode(errors="replace")
    for secret in secrets:
        text = text.replace(secret, MASK) if secret else text
    if kind == "application/x-www-form-urlencoded":
        text = _PAIR.sub(_masked_pair, text)
    text = _XML.sub(_masked_element, _JSON.sub(_masked_member, text))
    left = len(content) - SHOWN
    return _anywhere(text) + (f"\n... and {left} bytes more" if left > 0 else "")


def is_secret_name(name: str) -> bool:
    """Whether a field of that name holds what nobody should see."""
    return bool(_SECRET.search(re.sub(r"[^a-z0-9]", "", name.lower())))


def _masked_pair(found: re.Match[str]) -> str:
    return f"{found[1]}={MASK}" if is_secret_name(unquote_plus(found[1])) else found[0]


def _masked_member(found: re.Match[str]) -> str:
    name, colon, value = found.groups()
    # `code` is a secret of forms alone; in JSON it names errors, languages and countries.
    plain = value is None or name.lower() in ("code", "signature") or not is_secret_name(name)
    return found[0] if plain else f'"{name}"{colon}"{MASK}"'


def _masked_element(found: re.Match[str]) -> str:
    return found[1] + MASK if is_secret_name(found[2]) else found[0]


def _anywhere(text: str) -> str:
    return _BEARER.sub(rf"\1 {MASK}", _SESSION_ID.sub(MASK, text))


def _is_text(kind: str, content: bytes) -> bool:
    if kind.startswith("text/") or kind.endswith(("json", "xml", "x-www-form-urlencoded", "javascript")):
        return True
    return not kind and b"\0" not in content[:SHOWN]
