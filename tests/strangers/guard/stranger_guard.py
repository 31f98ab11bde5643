"""A stranger's plugin that watches over records, and breaks at some words."""

from __future__ import annotations

from collections.abc import Mapping

from sfexplorer.api import Change, Explorer, RecordAction, hookimpl
from sfexplorer.client import SObject


@hookimpl
async def before_save(record: SObject, changes: Mapping[str, Change]) -> str | None:
    """Takes fewer arguments than there are; raises at `boom`."""
    titles = [change.after for name, change in changes.items() if name == "Title"]
    if "boom" in titles:
        raise RuntimeError("the guard fell over")
    return f"{record.type}s have no such title as {titles[0]}." if "Pirate" in titles else None


@hookimpl
async def after_save(changes: Mapping[str, Change]) -> None:
    """Raises after a save of `late`."""
    if any(change.after == "late" for change in changes.values()):
        raise RuntimeError("too late")


@hookimpl
def record_actions() -> list[RecordAction]:
    """One that works, one that raises, one that can't say whether it applies, one for accounts alone."""
    return [
        RecordAction("guard.greet", "Greet it", _greet, order=1),
        RecordAction("guard.break", "Break it", _break, order=2),
        RecordAction("guard.unsure", "Unsure", _greet, _unsure),
        RecordAction("guard.account", "For accounts", _greet, lambda record: record.type == "Account"),
    ]


async def _greet(explorer: Explorer, record: SObject) -> None:
    explorer.tell(f"Hello, {record.id}")


async def _break(explorer: Explorer, record: SObject) -> None:
    raise ValueError("broken")


def _unsure(record: SObject) -> bool:
    raise KeyError("unsure")
