"""How well a few typed letters fit a name, as for filters and go-to."""

from sfexplorer.soql.fuzzy import fuzzy_score

__all__ = ["fuzzy_score"]
