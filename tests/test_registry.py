"""Plugins are found, left out, and kept from taking each other down."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sfexplorer.registry import Registry, UnknownPlugin
from sfexplorer_requests.settings import RequestsSettings

BUNDLED = ["demo", "export", "files", "formats", "objects", "query", "record", "requests"]


def test_the_bundled_plugins_come_in_through_entry_points() -> None:
    registry = Registry()
    assert [plugin.name for plugin in registry.plugins] == BUNDLED
    assert [pane.id for pane in registry.panes()][:2] == ["objects.objects", "query.query"]
    assert {"record.record", "requests.log"} <= {pane.id for pane in registry.panes()}
    assert registry.settings()["requests"] == RequestsSettings(times="local")
    assert [login.id for login in registry.connections()] == ["demo.open"]
    assert [subcommand.id for subcommand in registry.subcommands()] == ["demo"]
    assert "objects.show" in [command.id for command in registry.commands()]
    assert registry.faults == []


@pytest.mark.parametrize("name", BUNDLED)
def test_a_plugin_that_is_left_out_is_not_loaded(name: str) -> None:
    registry = Registry([name])
    assert name not in [plugin.name for plugin in registry.plugins]
    assert not [pane for pane in registry.panes() if pane.id.startswith(f"{name}.")]


def test_leaving_out_a_plugin_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(UnknownPlugin, match=rf"'quary'.*{', '.join(BUNDLED)}"):
        Registry(["quary"])


def test_a_stranger_adds_a_pane_and_a_command(install_stranger: Callable[[str], None]) -> None:
    install_stranger("good")
    registry = Registry()
    assert "greeter.hello" in [pane.id for pane in registry.panes()]
    assert "greeter.greet" in [command.id for command in registry.commands()]


def test_a_plugin_that_cannot_be_imported_is_one_fault(install_stranger: Callable[[str], None]) -> None:
    install_stranger("broken_import")
    registry = Registry()
    assert len(registry.panes()) >= 4
    assert [str(fault) for fault in registry.faults] == [
        "Plugin broken-import failed in import: RuntimeError: broken at import"
    ]


def test_a_hook_that_raises_is_one_fault(install_stranger: Callable[[str], None]) -> None:
    install_stranger("broken_panes")
    registry = Registry()
    assert len(registry.panes()) >= 4
    assert len(registry.panes()) >= 4
    assert [(fault.plugin, fault.place) for fault in registry.faults] == [("broken-panes", "panes")]
