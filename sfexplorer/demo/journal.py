"""What the running transaction has touched, for those who tell of changes.

A record is noted with its values before its first change; whatever happens to it afterwards, the difference
between these and its values at the end is what the transaction has done. So a step that is taken back leaves
nothing to tell.

    store.update(...)   notes the record
    end of transaction  `Listener` sees all notes, may still read and write, and gives what to do afterwards
    after the commit    that is done
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.values import Stored

# What asked for the changes, as change events tell it; each request says it for itself.
ORIGIN: ContextVar[str] = ContextVar("origin", default="")

Row = Mapping[str, Stored]


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that a transaction has touched, and its values before; None where it was not there."""

    type: SObjectType
    id: str
    before: Row | None


@dataclass(frozen=True, slots=True)
class Posted:
    """Something that a transaction wants said on a channel.

    Attributes:
        body: the event's data.
        users: whom it is for; nobody stands for all.
    """

    channel: str
    body: Mapping[str, Any]
    users: tuple[str, ...] = ()


Note = Touched | Posted
Listener = Callable[[list[Note]], Callable[[], None] | None]


@dataclass(slots=True)
class Journal:
    """The notes of the running transaction; without a listener none are taken."""

    listener: Listener | None = None
    _notes: list[Note] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)

    def wants(self, type: SObjectType, id: str) -> bool:
        """Whether a record that is about to change is to be noted."""
        return self.listener is not None and type.flags["triggerable"] and id not in self._known

    def touch(self, type: SObjectType, id: str, before: Row | None) -> None:
        """Note a record that is about to change."""
        self._known.add(id)
        self._notes.append(Touched(type, id, before))

    def post(self, posted: Posted) -> None:
        """Note something to be said."""
        if self.listener is not None:
            self._notes.append(posted)

    @property
    def mark(self) -> int:
        """A place to come back to."""
        return len(self._notes)

    def forget(self, mark: int) -> None:
        """Come back to a place, because what was done since has been taken back."""
        for note in self._notes[mark:]:
            if isinstance(note, Touched):
                self._known.discard(note.id)
        del self._notes[mark:]

    def end(self) -> Callable[[], None] | None:
        """Have the listener see what the transaction did; gives what to do once that holds for good."""
        notes, self._notes = self._notes, []
        self._known.clear()
        return self.listener(notes) if notes and self.listener is not None else None
