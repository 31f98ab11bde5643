"""What a person can set of the request log, in `[requests]` of config.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class RequestsSettings:
    """The settings.

    Attributes:
        times: The time zone of the first column.
    """

    times: Literal["local", "utc"] = "local"
