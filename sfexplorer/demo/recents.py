"""Which records each user has seen or changed last."""

from __future__ import annotations

import threading
from collections import OrderedDict

MOST = 200


class Recents:
    """The ids of each user's recent records. They may have been deleted since, or never have come to be."""

    def __init__(self) -> None:
        self._by_user: dict[str, OrderedDict[str, None]] = {}
        # Reads are noted by the event loop, writes by the threads that do them.
        self._lock = threading.Lock()

    def note(self, user_id: str, record_id: str) -> None:
        """Remember that a user has seen or changed a record just now."""
        with self._lock:
            ids = self._by_user.setdefault(user_id, OrderedDict())
            ids[record_id] = None
            ids.move_to_end(record_id)
            if len(ids) > MOST:
                ids.popitem(last=False)

    def of(self, user_id: str, prefix: str = "") -> list[str]:
        """The records that a user has seen or changed, the last one first; of one key prefix, or of all."""
        with self._lock:
            ids = self._by_user.get(user_id, OrderedDict())
            return [each for each in reversed(ids) if each.startswith(prefix)]
