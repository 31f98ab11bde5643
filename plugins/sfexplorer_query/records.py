"""Which record a row of results stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sfexplorer.api import RecordRef
from sfexplorer.client import is_id


def reference_of(record: Mapping[str, Any]) -> RecordRef | None:
    """The record behind a row: by its Id, else by the address that came with it; None for totals."""
    attributes = record.get("attributes")
    if not isinstance(attributes, Mapping):
        attributes = {}
    type_name = attributes.get("type")
    known = type_name if isinstance(type_name, str) and type_name != "AggregateResult" else None
    for candidate in (record.get("Id"), str(attributes.get("url") or "").rpartition("/")[2]):
        if isinstance(candidate, str) and is_id(candidate):
            return RecordRef(candidate, known)
    return None


def page_address(origin: str, reference: RecordRef) -> str:
    """Where the record's page of the org is.

    Args:
        origin: What the org's addresses begin with.
        reference: The record.
    """
    kind = f"{reference.type}/" if reference.type else ""
    return f"{origin}/lightning/r/{kind}{reference.id}/view"
