"""Makes events of what a transaction has done, within it, and has them told once it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from sfexplorer.demo.journal import Note, Posted, Touched
from sfexplorer.demo.storage import Store
from sfexplorer.demo.streaming.changeevents import Told, change_drafts
from sfexplorer.demo.streaming.changes import record_changes
from sfexplorer.demo.streaming.events import Draft, Event
from sfexplorer.demo.streaming.eventstore import EventStore
from sfexplorer.demo.streaming.pushtopics import topic_drafts


@dataclass(frozen=True, slots=True)
class Capture:
    """Listens to the journal of the org's records.

    Attributes:
        zone: the time zone in which the days of a topic's condition begin.
        publish: takes the events of a transaction that holds.
    """

    store: Store
    events: EventStore
    zone: tzinfo
    publish: Callable[[Sequence[Event]], None]
    _told: Told = field(default_factory=dict)

    def __call__(self, notes: list[Note]) -> Callable[[], None] | None:
        """Keep the events of a transaction that is about to end."""
        moment = datetime.fromtimestamp(self.events.now(), UTC)
        changes = list(record_changes(self.store, (each for each in notes if isinstance(each, Touched))))
        drafts = [Draft(each.channel, each.body, each.users) for each in notes if isinstance(each, Posted)]
        drafts += topic_drafts(self.store, self.zone, changes, moment)
        drafts += change_drafts(changes, moment, self._told)
        if not drafts:
            return None
        events = self.events.append(drafts)
        return lambda: self.publish(events)
