"""Actions without a key of their own: they stand in the list of `o` and in the palette.

A person can give them keys in `config.toml`, as `query.NAME`.
"""

from __future__ import annotations

from collections.abc import Mapping

KEYLESS: Mapping[str, tuple[str, str]] = {
    "all_rows": ("Run with deleted rows", "Deleted and archived rows too"),
    "count": ("Count only", "How many rows the query finds, without them"),
    "plan": ("Query plan", "How the org would run the query"),
    "page_size": ("Rows a page", "How many rows the org sends at once"),
    "export_marked": ("Export marked rows", "Write them to a file"),
    "open_marked": ("Open marked records", "Each in a pane"),
    "compare": ("Compare two marked", "Field by field"),
    "compare_runs": ("Compare with the last run", "What came, went and changed"),
}
"""For each action's name its title, and one sentence more."""
