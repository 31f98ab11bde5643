"""The cookies of one Bayeux session: Salesforce leads by them to the server that knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Several headers come as one; the comma of a date is followed by no name.
_NEXT = re.compile(r",\s*(?=[^;,=\s]+=)")
_MOST = 50
_LONGEST = 4096
_ENDED = re.compile(r"max-age\s*=\s*(?:0|-\d+)", re.IGNORECASE)


class Cookies:
    """Keeps what the one origin sets that a session talks to, for as long as the session lasts."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def keep(self, headers: Mapping[str, str]) -> None:
        """Take note of what an answer sets."""
        for text in _NEXT.split(headers.get("set-cookie", "")):
            pair, _, attributes = text.partition(";")
            name, mark, value = (part.strip() for part in pair.partition("="))
            if not mark or not name or len(pair) > _LONGEST or not pair.isascii() or not pair.isprintable():
                continue
            if not value or _ENDED.search(attributes):
                self._values.pop(name, None)
            elif name in self._values or len(self._values) < _MOST:
                self._values[name] = value

    @property
    def header(self) -> Mapping[str, str]:
        """The header to send them with; nothing where there are none."""
        told = "; ".join(f"{name}={value}" for name, value in self._values.items())
        return {"Cookie": told} if told else {}

    def __repr__(self) -> str:
        return f"<Cookies {', '.join(self._values)}>"
