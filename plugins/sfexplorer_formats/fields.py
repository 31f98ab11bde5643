"""The look of a field's values, made once for a column from what the describe says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial

from sfexplorer.api import Explorer, Formatter, SalesforceError
from sfexplorer.api.ui.display import NUMBER_TYPES, display_value
from sfexplorer.client import FieldDescribe
from sfexplorer_formats.clock import CLOCK
from sfexplorer_formats.numbers import Signs, number_text, signs_of
from sfexplorer_formats.settings import FormatsSettings

_ASKING: set[asyncio.Task[None]] = set()
"""The loop holds tasks weakly; one that nobody holds may be gone before it is done."""


def formatter_of(field: FieldDescribe, explorer: Explorer) -> Formatter | None:
    """The look of a field's values; None where they look as everywhere."""
    settings = explorer.settings(FormatsSettings)
    if field.type in NUMBER_TYPES:
        return Formatter(partial(_number, field.type, signs_of(settings.numbers), _decimals(field)), "right")
    if field.type == "datetime":
        if CLOCK.needs_org(settings):
            _ask_zone(explorer)
        return Formatter(partial(_moment, settings))
    if field.type in ("picklist", "multipicklist") and settings.picklists == "label":
        return Formatter(_labels(field))
    return None


def _decimals(field: FieldDescribe) -> int:
    """How many decimals values have at the least: for money those that the field has, else as they come."""
    return field.scale if field.type == "currency" else 0


def _number(field_type: str, signs: Signs, decimals: int, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return display_value(value, field_type)
    text = number_text(value, signs, decimals)
    return f"{text}%" if field_type == "percent" else text


def _moment(settings: FormatsSettings, value: object) -> str:
    zone = CLOCK.zone(settings)
    if isinstance(value, str) and settings.seconds:
        try:
            return f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M:%S}"
        except (ValueError, OverflowError):
            return value
    return display_value(value, "datetime", zone=zone)


def _labels(field: FieldDescribe) -> Callable[[object], str]:
    labels = {choice.value: choice.label or choice.value for choice in field.picklist_values}

    def text(value: object) -> str:
        if not isinstance(value, str) or not value:
            return display_value(value, field.type)
        return "; ".join(labels.get(part, part) for part in value.split(";"))

    return text


def _ask_zone(explorer: Explorer) -> None:
    """Ask once for the org's time zone, and draw again when it is known."""

    async def ask() -> None:
        try:
            known = await CLOCK.learn(explorer)
        except SalesforceError:
            return  # Times stay local; who turns the clock is told why.
        if known:
            explorer.redraw()

    if not _ASKING:
        task = asyncio.get_running_loop().create_task(ask())
        _ASKING.add(task)
        task.add_done_callback(_ASKING.discard)
