"""A plugin that can't even be imported."""

raise RuntimeError("broken at import")
