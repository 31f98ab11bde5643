"""A line that changes often is drawn where it differs, and is always right."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widgets import Static

from sfexplorer.api.ui.told import Told


class Watched(Told):
    """Remembers how much of it was laid out or drawn anew."""

    drawn = 0

    def render_line(self, y: int) -> Strip:
        self.drawn += 1
        return super().render_line(y)


class ToldApp(App[None]):
    CSS = "Watched { width: auto; }"

    def compose(self) -> ComposeResult:
        yield Watched("row 103 of 200")
        yield Static("below")


async def test_the_line_reads_right_whatever_part_of_it_changes_and_the_same_is_not_drawn_again() -> None:
    app = ToldApp()
    async with app.run_test(size=(40, 4)) as pilot:
        line = app.query_one(Watched)
        for text in ("row 104 of 200", "row 204 of 300", "row 1,204 of 3,000", "row 1,204 of 3,00ü", "row 1"):
            line.update(text)
            await pilot.pause()
            assert app.screen._compositor.render_strips()[0].text.rstrip() == text
        line.drawn = 0
        line.update("row 1")
        await pilot.pause()
        assert line.drawn == 0
