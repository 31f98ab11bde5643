"""Whether somebody else changed a field that is edited here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.client.values import is_number, is_rounding, is_trimming, same

if TYPE_CHECKING:
    from sfexplorer_record.state import RecordState


def moved(state: RecordState, name: str, now: object) -> bool:
    """Whether `now`, what the org has, is neither what the edit began with nor what it made of it."""
    record = state.record
    if name not in record.original or same(record[name], now):
        return False
    began = record.original[name]
    if same(began, now):
        return False
    return not (name in record.unconfirmed and kept_as(state, name, began, now))


def kept_as(state: RecordState, name: str, sent: object, stored: object) -> bool:
    """Whether the org may have made `stored` of what we sent: it trims texts and rounds numbers."""
    field = state.describe.field(name)
    if field is not None and is_number(sent) and is_number(stored):
        return is_rounding(sent, stored, field.scale)
    return is_trimming(sent, stored)
