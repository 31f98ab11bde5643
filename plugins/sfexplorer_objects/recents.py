"""The objects that a person used last in an org, kept over restarts.

recent-objects.json    {"00D...": ["Account", "Contact"], ...}
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from sfexplorer.api.places import data_folder, read_file, write_file

SHOWN = 8
_ORGS = 50
_FILE = "recent-objects.json"

Kept = dict[str, list[str]]


def recent_objects(org_id: str) -> list[str]:
    """The names of the objects used last, the latest first."""
    return _kept().get(org_id, [])[:SHOWN]


def note_used(org_id: str, name: str) -> list[str]:
    """Put the object first, and give the names as they are now; where nothing can be kept, nothing is."""
    kept = _kept()
    names = with_first(kept.pop(org_id, []), name)
    # The org in use is the last one to be forgotten.
    orgs = dict([*kept.items(), (org_id, names)][-_ORGS:])
    with suppress(OSError):
        write_file(data_folder() / _FILE, msgspec.json.encode(orgs))
    return names


def with_first(names: Sequence[str], name: str) -> list[str]:
    """The names with this one first, and each once."""
    return [name, *(other for other in names if other != name)][:SHOWN]


def _kept() -> Kept:
    content = read_file(data_folder() / _FILE)
    if content is None:
        return {}
    try:
        return msgspec.json.decode(content, type=Kept)
    except (ValueError, RecursionError):
        return {}
