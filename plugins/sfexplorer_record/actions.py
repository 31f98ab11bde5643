"""What can be done with any record: copy its Id or address, open its page, note what was saved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from sfexplorer.api import Change, Explorer
from sfexplorer.client import SObject
from sfexplorer_record.addresses import page_of
from sfexplorer_record.dependent import contradiction
from sfexplorer_record.journal import entry_of, note
from sfexplorer_record.shelf import file_of


async def copy_id(explorer: Explorer, record: SObject) -> None:
    """Copy the record's Id."""
    explorer.copy(record.id or "", f"the Id {record.id}")


async def copy_address(explorer: Explorer, record: SObject) -> None:
    """Copy the address of the record's page."""
    address = page_of(explorer.org, record)
    explorer.copy(address, address)


async def open_page(explorer: Explorer, record: SObject) -> None:
    """Open the record's page in the browser; over SSH its address is copied."""
    explorer.browse(page_of(explorer.org, record))


async def check(record: SObject, changes: Mapping[str, Change], explorer: Explorer) -> str | None:
    """What the org would let pass though its own pages never would: values that don't go together."""
    describe = await explorer.org.describe(record.type)
    return contradiction(describe, record, changes)


async def remember(record: SObject, changes: Mapping[str, Change], explorer: Explorer) -> None:
    """Note in the record's journal what was saved, so that it can be taken back."""
    entry = entry_of(changes, datetime.now(UTC))
    if record.id and (entry.changes or entry.made):
        await asyncio.to_thread(note, file_of(explorer.org, "journal", record.id), entry)
