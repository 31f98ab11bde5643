"""The editors of picklists by themselves: kinds of list that the demo org's objects don't have."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from sfexplorer.client import FieldDescribe, PicklistValue
from sfexplorer_record.editors import FieldEditor, editor_for
from sfexplorer_record.editors.checks import CheckList

VALUES = (
    PicklistValue(value="en", label="English"),
    PicklistValue(value="fr", label="French"),
    PicklistValue(value="de", label="German"),
    PicklistValue(value="la", label="Latin", active=False),
)
LANGUAGES = FieldDescribe(name="Languages__c", type="multipicklist", picklist_values=VALUES)
LANGUAGE = FieldDescribe(
    name="Language__c", type="picklist", picklist_values=VALUES, nillable=False, restricted_picklist=True
)
SUBJECT = FieldDescribe(name="Subject", type="combobox", picklist_values=(PicklistValue(value="Call"),))


class OneEditor(App[None]):
    """An editor and what it gave."""

    CSS = "Screen { layers: editor; }"

    def __init__(self, field: FieldDescribe, value: object) -> None:
        super().__init__()
        self._field = field
        self._value = value
        self.given: list[Any] = []

    def compose(self) -> ComposeResult:
        yield editor_for(self._field, self._value)

    def on_field_editor_accepted(self, event: FieldEditor.Accepted) -> None:
        self.given.append(event.value)


def prompts(pilot: Pilot[Any]) -> list[str]:
    options = pilot.app.query_one(OptionList)
    return [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]


async def test_a_multi_select_picklist_is_a_list_of_checks() -> None:
    app = OneEditor(LANGUAGES, "fr;la")
    async with app.run_test() as pilot:
        app.query_one(CheckList).focus()
        assert prompts(pilot) == ["[ ] English", "[x] French", "[ ] German", "[x] la (no longer offered)"]
        await pilot.press("g", "space", "e", "space", "f", "space", "enter")
        assert app.given == ["en;de;la"]


async def test_a_multi_select_picklist_left_alone_keeps_its_value_as_it_was() -> None:
    app = OneEditor(LANGUAGES, "la;fr")
    async with app.run_test() as pilot:
        app.query_one(CheckList).focus()
        await pilot.press("space", "space", "enter")
        assert app.given == ["la;fr"]


async def test_unchecking_all_gives_null() -> None:
    app = OneEditor(LANGUAGES, "fr")
    async with app.run_test() as pilot:
        app.query_one(CheckList).focus()
        await pilot.press("space", "enter")
        assert app.given == [None]


async def test_a_restricted_picklist_takes_nothing_but_its_values() -> None:
    app = OneEditor(LANGUAGE, "la")
    async with app.run_test() as pilot:
        app.query_one(Input).focus()
        assert prompts(pilot) == ["English", "French", "German", "Latin (no longer offered)"]
        await pilot.press("x", "enter")
        assert app.given == []
        await pilot.press("backspace", "enter")
        assert app.given == ["la"]


async def test_a_combobox_goes_on_from_its_text_and_suggests_values() -> None:
    app = OneEditor(SUBJECT, "Call Ada")
    async with app.run_test() as pilot:
        app.query_one(Input).focus()
        assert prompts(pilot) == ["∅ no value", "Call", "Call Ada"]
        await pilot.press("!", "enter")
        assert app.given == ["Call Ada!"]
