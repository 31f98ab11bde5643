"""The clock that all times on the screen go by: one for all orgs, as a person has one idea of the time."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import get_args
from zoneinfo import ZoneInfo

from sfexplorer.api import Explorer, SalesforceError
from sfexplorer_formats.settings import FormatsSettings, Times

_TOLD = {"local": "Times are local time now.", "utc": "Times are UTC now."}


class Clock:
    """Which time zone times are told in; as set, until the person asks for another."""

    def __init__(self) -> None:
        self._chosen: Times | None = None
        self._org: tzinfo | None = None

    def zone(self, settings: FormatsSettings) -> tzinfo | None:
        """The time zone; None is the computer's own, also while that of the org isn't known."""
        times = self._chosen or settings.times
        return {"utc": UTC, "org": self._org}.get(times)

    def needs_org(self, settings: FormatsSettings) -> bool:
        """Whether the org's zone is wanted and not known."""
        return (self._chosen or settings.times) == "org" and self._org is None

    async def learn(self, explorer: Explorer) -> str:
        """Ask the org for the time zone of its user; gives what it is called, empty where it isn't known."""
        session = await explorer.connected()
        name = (await session.org.identity()).timezone or ""
        try:
            self._org = ZoneInfo(name) if name else None
        except (ValueError, OSError, KeyError):  # A zone that this computer doesn't know.
            self._org = None
        return name if self._org else ""

    async def turn(self, explorer: Explorer) -> str:
        """Go by the next clock; gives what the person is told."""
        clocks: tuple[Times, ...] = get_args(Times)
        now = self._chosen or explorer.settings(FormatsSettings).times
        self._chosen = chosen = clocks[(clocks.index(now) + 1) % len(clocks)]
        if chosen != "org":
            return _TOLD[chosen]
        try:
            name = await self.learn(explorer)
        except SalesforceError as error:
            self._chosen = "local"
            return f"The org doesn't tell its time zone: {error.message} Times are local time."
        if not name:
            self._chosen = "local"
            return "The org's time zone is not known here. Times are local time."
        return f"Times are the org's now: {name}."


CLOCK = Clock()
