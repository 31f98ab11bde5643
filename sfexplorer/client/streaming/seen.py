"""Which events of a channel have come already."""

from __future__ import annotations

_MOST = 8192


class Seen:
    """Remembers the last few thousand replay ids, and takes all below them for seen: ids rise in a channel.

    Args:
        floor: the replay id up to which all were seen before.
    """

    __slots__ = ("_floor", "_ids")

    def __init__(self, floor: int = 0) -> None:
        self._floor = floor
        self._ids: set[int] = set()

    def add(self, replay_id: int) -> bool:
        """Whether it is the first time that this one comes."""
        ids = self._ids
        if replay_id in ids or replay_id <= self._floor:
            return False
        ids.add(replay_id)
        if len(ids) > _MOST:
            ordered = sorted(ids)
            self._floor = ordered[_MOST // 2]
            self._ids = set(ordered[_MOST // 2 + 1 :])
        return True
