"""What config.toml can set of the query pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfexplorer_query.history import history_file
from sfexplorer_query.saved import queries_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.query.conftest import OpenQuery


async def test_page_size_folder_and_history_are_as_set(open_query: OpenQuery, explorer_home: Path) -> None:
    folder = explorer_home / "shared"
    config = explorer_home / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'[query]\npage_size = 500\nkeeps_history = false\nfolder = "{folder}"\n')
    async with open_query("SELECT Id FROM Contact ORDER BY Id") as querying:
        assert querying.status.startswith("500 of 5,000")
        assert not history_file().exists()
        await querying.reach("Prompt", "ctrl+s")
        await querying.press(*"all", "enter")
        assert (folder / "all.soql").read_text() == "SELECT Id FROM Contact ORDER BY Id\n"


def test_a_folder_may_be_named_from_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert queries_folder("~/queries") == tmp_path / "queries"
