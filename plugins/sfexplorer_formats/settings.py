"""What a person can set of the look of values, in `[formats]` of config.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Times = Literal["local", "utc", "org"]


@dataclass(frozen=True, slots=True)
class FormatsSettings:
    """The settings.

    Attributes:
        times: The time zone of times: the computer's, UTC, or that of the user in the org.
        seconds: Whether times have seconds.
        numbers: How a number is written; `locale` takes it from the environment (`LC_ALL`, `LC_NUMERIC`,
            `LANG`).
        picklists: Whether the value of a picklist is shown, which queries need, or its label.
    """

    times: Times = "local"
    seconds: bool = False
    numbers: Literal["1,234.5", "1.234,5", "1 234,5", "1'234.5", "1234.5", "locale"] = "1,234.5"
    picklists: Literal["value", "label"] = "value"
