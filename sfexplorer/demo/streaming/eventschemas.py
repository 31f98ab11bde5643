"""The ids of the schemas that platform and change events name."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from sfexplorer.demo.fieldtypes import SObjectType


@lru_cache(maxsize=1_000)
def schema_id(name: str) -> str:
    """The id of an event's schema: 22 characters, always the same for the same event."""
    digest = hashlib.md5(name.encode(), usedforsecurity=False).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def change_event_name(type: SObjectType) -> str:
    """The name of an sObject's change events: AccountChangeEvent, Thing__ChangeEvent."""
    return f"{type.name.removesuffix('c') if type.custom else type.name}ChangeEvent"
