"""What a person can set of the query pane, in `[query]` of config.toml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuerySettings:
    """The settings.

    Attributes:
        folder: Where queries are saved, as plain files; empty is `queries` beside config.toml.
        page_size: Rows that the org sends at once, 200 to 2,000; 0 leaves it to the org.
        keeps_history: Whether what is run is kept for the list of F8.
    """

    folder: str = ""
    page_size: int = 0
    keeps_history: bool = True
