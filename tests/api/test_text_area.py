"""The text area knows its width, whatever the screen forgets to tell it."""

from __future__ import annotations

from textual.app import App

from sfexplorer.api.ui.text_area import WrappedTextArea

LONG = "SELECT Id FROM Contact WHERE " + "Name = null OR " * 10


class AskedForItsPlace(WrappedTextArea):
    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name == "_is_mounted" and value:
            # What a frame and a cursor do when they come just then: the screen takes it for shown already.
            self.screen._compositor.update_widgets({self})
            assert self.screen.find_widget(self)


async def test_lines_are_wrapped_also_where_somebody_asked_for_a_place_before_the_first_layout() -> None:
    async with App[None]().run_test(size=(60, 10)) as pilot:
        area = AskedForItsPlace(LONG, soft_wrap=True)
        await pilot.app.mount(area)
        await pilot.pause()
        assert area.wrap_width == area.scrollable_content_region.width - 1
        assert area.wrapped_document.height > 2


async def test_a_text_that_comes_while_nothing_is_shown_is_wrapped() -> None:
    async with App[None]().run_test(size=(60, 10)) as pilot:
        area = WrappedTextArea("", soft_wrap=True)
        await pilot.app.mount(area)
        await pilot.pause()
        area.display = False
        await pilot.pause()
        assert not area.scrollable_content_region.width
        area.load_text(LONG)
        assert area.wrapped_document.height > 2
