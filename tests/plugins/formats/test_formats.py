"""The look of values in the running app: by settings, by the clock, and whatever a broken plugin does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sfexplorer.api import Formatter
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui.display import display_value
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.client import FieldDescribe, PicklistValue

MOMENT = "2026-03-01T09:14:05.000+0000"


async def test_values_look_as_they_are_set_go_by_the_clock_that_is_chosen_and_survive_a_broken_plugin(
    explorer_app: ExplorerApp,
    install_stranger: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SFEXPLORER_HOME", str(tmp_path))
    config = tmp_path / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text('[formats]\nnumbers = "1.234,5"\npicklists = "label"\nseconds = true\n')
    install_stranger("broken_formats")
    async with explorer_app() as pilot:
        assert isinstance(pilot.app, App)
        explorer = pilot.app.workspace.explorer

        def look(type: str, **more: object) -> Formatter:
            return explorer.formatter_for(FieldDescribe(name="X", type=type, **more))  # type: ignore[arg-type]

        money, moment = look("currency", scale=2), look("datetime")
        assert (money.text(1234.5), money.align) == ("1.234,50", "right")
        assert look("percent").text(12.5) == "12,5%"
        assert (money.text(None), money.text("")) == ("∅", '""')
        choices = (PicklistValue(value="H", label="Hot"), PicklistValue(value="C", label="Cold"))
        assert look("multipicklist", picklist_values=choices).text("H;C;X") == "Hot; Cold; X"
        assert (look("phone").text("1"), look("phone").align) == ("call 1", "right")
        assert look("email").text("ada@example.com") == "ada@example.com"
        assert look("boolean").text(True) == "true"
        local = datetime(2026, 3, 1, 9, 14, 5, tzinfo=UTC).astimezone()
        seen = [moment.text(MOMENT)]
        for _ in range(3):
            pilot.app.workspace.action_run_command("formats.times")
            await settled(pilot)
            seen.append(moment.text(MOMENT))
        assert seen[:2] == [f"{local:%Y-%m-%d %H:%M:%S}", "2026-03-01 09:14:05"]
        assert seen[3] == seen[0]
        told = [note.message for note in pilot.app._notifications]
        assert "Times are UTC now." in told
        assert sum("broken-formats" in message for message in told) == 1
        assert any(message.startswith("Times are the org's now: ") for message in told)
        assert moment.text("no moment") == display_value("no moment")
