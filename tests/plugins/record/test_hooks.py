"""Plugins check, follow and act on records; one that breaks costs as little as it can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sfexplorer.api import Change
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import SObject
from sfexplorer.registry import Registry
from tests.plugins.record.driving import card_text, choose, edit, notes, pane_of, save


async def test_a_plugin_refuses_a_save_follows_one_and_offers_what_it_does(
    explorer_app: ExplorerApp, contact: SObject, patches: Any, install_stranger: Callable[[str], None]
) -> None:
    install_stranger("guard")
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Pirate")
        await save(pilot)
        assert "Contacts have no such title as Pirate." in card_text(pilot)
        assert "Nothing was sent, and your edits are kept." in card_text(pilot)
        # The same values would be refused again: there is no key to try it.
        assert "Try again" not in card_text(pilot)
        await edit(pilot, "Title", "boom")
        await save(pilot)
        assert "the guard fell over" in card_text(pilot)
        assert (patches(), pane_of(pilot).unsaved) == ([], 1)
        await edit(pilot, "Title", "late")
        await save(pilot)
        assert patches() == [{"Title": "late"}]
        assert any("plugin guard failed: RuntimeError: too late" in note for note in notes(pilot))
        assert pane_of(pilot).unsaved == 0
        for action, told in (("Greet it", f"Hello, {contact.id}"), ("Break it", "ValueError: broken")):
            await pilot.press("o")
            await choose(pilot, action)
            assert told in notes(pilot)[-1]
        offered = pilot.app.workspace.explorer.records.actions(contact)  # type: ignore[attr-defined]  # our app
        ids = [action.id for action in offered]
        assert ids[:2] == ["guard.greet", "guard.break"]
        assert {"guard.unsure", "guard.account"}.isdisjoint(ids)
        await pilot.press("o")
        await choose(pilot, "Copy the address")
        assert pilot.app.clipboard.endswith(f"/lightning/r/Contact/{contact.id}/view")
        await settled(pilot)


def test_the_bundled_plugin_implements_the_hooks_of_records() -> None:
    registry = Registry()
    assert {"record.copy_id", "record.open_page"} <= {action.id for action in registry.record_actions()}
    for event in ("before_save", "after_save"):
        assert "record" in [each.plugin for each in registry.listeners(event)]
    listener = next(each for each in registry.listeners("before_save") if each.plugin == "record")
    assert listener.arguments == ("record", "changes", "explorer")
    assert Change("a", "b") == Change(before="a", after="b")
