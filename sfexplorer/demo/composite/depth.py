"""How deep a graph is: the longest way from a node to what it refers to, and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sfexplorer.demo.composite.shapes import Subrequest, content_of

_NAMED = re.compile(rb"@\{(\w+)")


def depth_of(nodes: Sequence[Subrequest]) -> int:
    """The number of levels; a reference to what isn't above counts for none."""
    levels: dict[str, int] = {}
    for node in nodes:
        names = {found.decode() for found in _NAMED.findall(content_of(node))}
        levels[node.reference_id] = 1 + max((levels.get(name, 0) for name in names), default=0)
    return max(levels.values(), default=0)
