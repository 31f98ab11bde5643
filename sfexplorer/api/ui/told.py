"""A line that tells something, of which only what changes is drawn: a slow line carries each byte."""

from __future__ import annotations

from rich.cells import cell_len
from textual.geometry import Region
from textual.visual import VisualType
from textual.widgets import Static


class Told(Static):
    """One line of plain text that changes often.

    Args:
        text: The text, safe to be shown.
        classes: The widget's CSS classes.
    """

    def __init__(self, text: str = "", *, classes: str | None = None) -> None:
        super().__init__(text, classes=classes, markup=False)
        self._told = text
        self._part: Region | None = None

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Tell another text; the same is not drawn again, and one as long leaves the layout alone."""
        before, self._told = self._told, str(content)
        if before == self._told:
            return
        is_as_long = cell_len(before) == cell_len(self._told)
        self._part = _differing(before, self._told) if is_as_long else None
        super().update(content, layout=layout and not is_as_long)
        self._part = None

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Told:
        """Have drawn what differs from the text before."""
        if self._part is not None and not regions and not layout:
            regions = (self._part,)
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self


def _differing(before: str, now: str) -> Region | None:
    """The part of a line in which two texts differ; None where it can't be told by counting."""
    if not (before.isascii() and now.isascii()):
        return None
    places = [place for place, (one, other) in enumerate(zip(before, now, strict=True)) if one != other]
    return Region(places[0], 0, places[-1] - places[0] + 1, 1)
