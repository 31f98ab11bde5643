"""What is known of the org's objects, for completion and diagnosis: fetched when they miss something."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Protocol

from sfexplorer.api import NotConnected, SalesforceError
from sfexplorer.client import Org, SObjectDescribe, SObjectInfo


class HasOrg(Protocol):
    """What is needed of the shell."""

    @property
    def org(self) -> Org:
        """The org that is connected; raises `NotConnected` while there is none."""


class KnownObjects:
    """A `Schema` of the describes that have come so far.

    Args:
        explorer: The shell, which knows the org.
    """

    def __init__(self, explorer: HasOrg) -> None:
        self.version = 0
        self._explorer = explorer
        self._org: Org | None = None
        self._names: Sequence[SObjectInfo] = ()
        self._describes: dict[str, SObjectDescribe] = {}
        self._refused: set[str] = set()
        self._asking: dict[str, asyncio.Task[bool]] = {}

    def objects(self) -> Sequence[SObjectInfo]:
        """All objects of the org; none before they have come."""
        return self._names

    def object(self, name: str) -> SObjectDescribe | None:
        """The describe of that name, if it has come."""
        return self._describes.get(name.lower())

    async def learn_names(self) -> bool:
        """Fetch the list of all objects; whether it is another one by now.

        What the org refuses is not asked for again, until `ask_again`: it would be refused at each key.
        """
        try:
            org = self._explorer.org
        except NotConnected:
            return False
        if org is not self._org:
            self._org, self._names, self._describes = org, (), {}
            self.ask_again()
        if self._names or "" in self._refused:
            return False
        try:
            self._names = await org.sobjects()
        except SalesforceError:
            # Without it there is less to offer; what the person asked for tells errors at its own place.
            self._refused.add("")
            return False
        self.version += 1
        return True

    async def learn(self, names: Iterable[str]) -> bool:
        """Fetch the describes of objects; whether any came."""
        org = self._org
        wanted = [name for name in names if name.lower() not in self._refused | self._describes.keys()]
        if org is None or not wanted:
            return False
        came = await asyncio.gather(*(self._asked(org, name) for name in wanted))
        self.version += any(came)
        return any(came)

    def ask_again(self) -> None:
        """Let what was refused be asked for once more."""
        self._refused = set()

    async def _asked(self, org: Org, name: str) -> bool:
        """The answer about one object; it comes for the next key too when the one before no longer waits."""
        key = name.lower()
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._fetch(org, name))
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(task)

    async def _fetch(self, org: Org, name: str) -> bool:
        try:
            described = await org.describe(name)
        except SalesforceError:
            self._refused.add(name.lower())
            return False
        self._describes[name.lower()] = described
        return True
