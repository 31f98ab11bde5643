"""What a person does in the record pane, and what is to be seen there."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from sfexplorer.api.testing import settled
from sfexplorer_record.dialogs.frame import Rows
from sfexplorer_record.editors import FieldEditor
from sfexplorer_record.fieldlist import FieldList
from sfexplorer_record.pane import RecordPane


def pane_of(pilot: Pilot[Any]) -> RecordPane:
    """The record pane that is shown."""
    return next(pane for pane in pilot.app.screen_stack[1].query(RecordPane) if pane.is_on_screen)


def field_lines(pilot: Pilot[Any]) -> list[str]:
    """The lines of the fields that are in view."""
    fields = pane_of(pilot).query_one(FieldList)
    return [fields.render_line(line).text for line in range(fields.size.height)]


def line_of(pilot: Pilot[Any], field: str) -> str:
    """The line of a field that is in view, with what stands below it."""
    lines = field_lines(pilot)
    at = next(place for place, line in enumerate(lines) if line[2:].startswith(f"{field} "))
    below = lines[at + 1] if at + 1 < len(lines) and lines[at + 1].lstrip().startswith("!") else ""
    return f"{lines[at]}\n{below}" if below and below[:2] == "  " else lines[at]


def dialog_lines(pilot: Pilot[Any]) -> list[str]:
    """The lines of the table in the dialog that is open."""
    return str(pilot.app.screen.query_one(Rows).render()).splitlines()


def dialog_title(pilot: Pilot[Any]) -> str:
    """The title of the dialog that is open."""
    return str(pilot.app.screen.query_one(".dialog").border_title)


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Paste a text where the focus is, as a terminal does: in one go."""
    assert pilot.app.focused is not None
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def find(pilot: Pilot[Any], field: str) -> None:
    """Put the cursor on a field by the filter, and show all fields again."""
    await pilot.press("slash")
    await paste(pilot, field)
    await pilot.press("enter")
    await pilot.press("escape")


async def go_to(pilot: Pilot[Any], field: str) -> None:
    """Put the cursor on a field; the way by keys is `find`, which takes longer."""
    pane_of(pilot).view.fields.move_to(field)
    await pilot.pause()


async def open_editor(pilot: Pilot[Any], field: str) -> None:
    """Open the editor of a field."""
    await go_to(pilot, field)
    await pilot.press("e")
    await settled(pilot)


async def edit(pilot: Pilot[Any], field: str, text: str) -> None:
    """Put a text in the place of what a field holds, and take it by Enter."""
    await open_editor(pilot, field)
    await pilot.press("ctrl+u")
    if text:
        await paste(pilot, text)
    await pilot.press("enter")
    await settled(pilot)


async def save(pilot: Pilot[Any]) -> None:
    """Save what is changed, and agree to it."""
    await pilot.press("ctrl+s")
    await settled(pilot)
    await pilot.press("enter")
    await settled(pilot)


async def choose(pilot: Pilot[Any], words: str) -> None:
    """Choose from the list that is asked for the line with these words."""
    options = pilot.app.screen.query_one(OptionList)
    prompts = [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]
    options.highlighted = next(at for at, prompt in enumerate(prompts) if words in prompt)
    await pilot.press("enter")
    await settled(pilot)


async def burst(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys as a fast typist over a slow line does: all of them before the first one is served."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await settled(pilot)


def status_line(pilot: Pilot[Any]) -> str:
    """What stands below the pane, with the keys."""
    return str(pilot.app.screen_stack[1].query_one("StatusLine").render())


def card_text(pilot: Pilot[Any]) -> str:
    """What the message in the pane says."""
    card = pane_of(pilot).card
    return str(card.render()) if card.display else ""


def notes(pilot: Pilot[Any]) -> list[str]:
    """What was told beside the screen, the latest last."""
    return [note.message for note in pilot.app._notifications]


def changes_of(pilot: Pilot[Any]) -> dict[str, Any]:
    """What would be saved."""
    state = pane_of(pilot).state
    assert state is not None
    return state.record.changes


def hint_of(pilot: Pilot[Any]) -> str:
    """What stands below the text in the editor that is open."""
    return str(pane_of(pilot).query_one(FieldEditor).query_one(".hint", Static).render())
