"""Records found by some letters of their names, and the editor that offers them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from sfexplorer.client import NotFound, Org
from sfexplorer.soql import parse, parse_sosl
from sfexplorer_record.editors import FieldEditor, editor_for
from sfexplorer_record.editors.lookup import LookupEditor
from sfexplorer_record.lookups import Hit, find_records, pattern, search_words
from tests.plugins.record.samples import field

ACCOUNT, CONTACT = "0015g0000000001AAA", "0035g0000000001AAA"
HOSTILE = (
    "' OR Name != '",
    "\\",
    "\\'",
    "100%_",
    "} RETURNING User(Id",
    'a" AND "b',
    "?*~^&|!()[]{}:+-",
    "AND OR NOT",
    "\x00\n\u2028",
)


@pytest.mark.parametrize("letters", HOSTILE)
def test_whatever_is_typed_is_looked_for_and_never_obeyed(letters: str) -> None:
    query = parse(f"SELECT Id FROM Account WHERE Name LIKE {pattern(letters)} LIMIT 2")
    assert query.limit == 2
    assert query.where is not None
    if words := search_words(letters):
        assert len(parse_sosl(f"FIND {{{words}}} RETURNING Account(Id)").returning) == 1


async def test_names_are_found_from_their_beginning_and_within(org: Org) -> None:
    found = await find_records(org, "Account", "analyt")
    assert found[0] == Hit(ACCOUNT, "Analytical Engines")
    assert [hit.name for hit in await find_records(org, "Account", "engines")][:1] == ["Analytical Engines"]
    for letters in ("%", "_", "' OR Name != '", "no such name at all"):
        assert await find_records(org, "Account", letters) == []
    assert 0 < len(await find_records(org, "Account", "")) <= 20
    # An object whose records are named by another field.
    assert (await find_records(org, "Case", "0000"))[0].name.startswith("0000")
    with pytest.raises(NotFound):
        await find_records(org, "Nothing__c", "a")


class OneLookup(App[None]):
    """A lookup, with records in the place of an org."""

    CSS = "Screen { layers: editor; }"

    def __init__(self, targets: Sequence[str], value: object, hits: Sequence[Hit]) -> None:
        super().__init__()
        one = field("Parent__c", "reference", reference_to=tuple(targets))
        self.editor = editor_for(one, value, "Now")
        self.hits = hits
        self.asked: list[tuple[str, str]] = []
        self.given: list[Any] = []

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_lookup_editor_wanted(self, event: LookupEditor.Wanted) -> None:
        self.asked.append((event.type, event.letters))
        wanted = event.letters.lower()
        event.editor.offer(event.letters, [hit for hit in self.hits if wanted in hit.name.lower()])

    def on_field_editor_accepted(self, event: FieldEditor.Accepted) -> None:
        self.given.append((event.value, event.editor.name_of(event.value)))


def prompts(pilot: Pilot[Any]) -> list[str]:
    options = pilot.app.query_one(OptionList)
    return [
        " ".join(str(options.get_option_at_index(at).prompt).split()) for at in range(options.option_count)
    ]


async def test_a_reference_is_chosen_by_letters_of_a_name_and_left_alone_stays() -> None:
    hits = [Hit("0015g0000000002AAA", "Compilers"), Hit("0015g0000000003AAA", "Compass\x1b[2J")]
    app = OneLookup(["Account"], ACCOUNT, hits)
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert app.given == [(ACCOUNT, "")]
        assert prompts(pilot)[:2] == [f"Now {ACCOUNT}", "∅ no value"]
        await pilot.press(*"comp")
        assert prompts(pilot) == ["Compilers 0015g0000000002AAA", "Compass\\x1b[2J 0015g0000000003AAA"]
        await pilot.press("down", "up", "enter", "ctrl+u", "down", "enter")
        assert app.given[1:] == [("0015g0000000002AAA", "Compilers"), (None, "")]
        await pilot.press(*"nobody", "enter")
        assert "No Account has a name like this" in str(app.editor.query_one(".hint", Static).render())
        assert app.asked[-1] == ("Account", "nobody")


async def test_of_several_sobjects_one_is_chosen_first_and_an_id_needs_none() -> None:
    app = OneLookup(["Account", "Contact"], None, [Hit(CONTACT, "Ada")])
    async with app.run_test() as pilot:
        assert prompts(pilot) == ["∅ no value", "Account >", "Contact >"]
        assert app.asked == []
        await pilot.press("c", "o", "enter")
        assert app.asked == [("Contact", "")]
        await pilot.press("a", "enter")
        assert app.given == [(CONTACT, "Ada")]
        await pilot.press("backspace", "backspace")
        assert prompts(pilot) == ["∅ no value", "Account >", "Contact >"]
        app.query_one(Input).value = ACCOUNT[:15]
        await pilot.press("enter")
        assert app.given[1:] == [(ACCOUNT, "")]
