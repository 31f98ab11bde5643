"""The tables of docs/reliability.md, made of what the tests hold.

`python -m tests.client.reliability.page` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .expected import outcomes_of
from .faults import ANSWERS, NETWORK, REFUSALS, Fault
from .operations import OPERATIONS

PAGE = Path(__file__).parents[3] / "docs" / "reliability.md"
_GROUPS = {"network": NETWORK, "refusals": REFUSALS, "answers": ANSWERS}


def with_tables(text: str) -> str:
    """The page's text with each table between its marks made anew."""
    for name, faults in _GROUPS.items():
        begin, end = f"<!-- table: {name} -->", "<!-- end -->"
        pattern = f"{re.escape(begin)}.*?{re.escape(end)}"
        text, count = re.subn(pattern, f"{begin}\n{_table(faults)}\n{end}", text, flags=re.DOTALL)
        assert count == 1, f"the page has no place for the table of {name}"
    return text


def _table(faults: Sequence[Fault]) -> str:
    columns = [outcomes_of(fault.title) for fault in faults]
    rows = [["", *(fault.title for fault in faults)], ["---"] * (len(faults) + 1)]
    rows += [[f"`{each.call}`", *(column[each.name] for column in columns)] for each in OPERATIONS]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
