"""Each hook is documented with its exact arguments, has a bundled implementer, and has a test."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from sfexplorer.api import hooks
from sfexplorer.registry import Registry

ROOT = Path(__file__).parents[2]
HOOKS = sorted(name for name, value in vars(hooks).items() if hasattr(value, "sfexplorer_spec"))


def test_there_are_hooks() -> None:
    assert {"connections", "panes", "commands", "subcommands"} <= set(HOOKS)


@pytest.mark.parametrize("hook", HOOKS)
def test_the_documentation_has_the_hook_with_its_arguments(hook: str) -> None:
    arguments = ", ".join(inspect.signature(getattr(hooks, hook)).parameters)
    assert f"`{hook}({arguments})`" in (ROOT / "docs" / "plugins.md").read_text()


@pytest.mark.parametrize("hook", HOOKS)
def test_a_bundled_plugin_implements_the_hook(hook: str) -> None:
    assert any(
        hasattr(getattr(plugin.module, hook, None), "sfexplorer_impl") for plugin in Registry().plugins
    )


@pytest.mark.parametrize("hook", HOOKS)
def test_a_test_uses_the_hook(hook: str) -> None:
    texts = [path.read_text() for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    assert any(f"def {hook}(" in text or f".{hook}()" in text for text in texts)


def test_every_hook_says_since_when_it_is_there() -> None:
    for hook in HOOKS:
        assert "Added in" in (getattr(hooks, hook).__doc__ or "")
