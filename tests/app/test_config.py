"""The person's config.toml: it moves keys and fills settings; what is wrong in it is told, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.app.config import Config, read_config
from sfexplorer.app.dialogs import Choice
from sfexplorer.app.keymap import Keyed, complaints, keymap_of, textual_key
from sfexplorer.app.settings import Settings, fill
from sfexplorer.registry import Registry


@dataclass(frozen=True, slots=True)
class Example:
    page_size: int = 2000
    ratio: float = 0.5
    follow: bool = True
    times: Literal["local", "utc"] = "local"
    folders: tuple[str, ...] = ("~/queries",)
    editor: str | None = None

    def __post_init__(self) -> None:
        if self.page_size < 1:
            raise ValueError("page_size is 1 at least.")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Ctrl+S", "ctrl+s"), ("ctrl+X", "ctrl+x"), ("?", "question_mark"), ("[", "left_square_bracket"),
        ("Esc", "escape"), ("PgUp", "pageup"), ("F5", "f5"), ("y", "y"), ("Y", "Y"), ("shift+y", "Y"),
        ("shift+ctrl+a", "ctrl+shift+a"), ("space", "space"), ("cntrl+x", None), ("foo", None), ("", None),
    ],
)  # fmt: skip
def test_keys_are_written_as_people_say_them(said: str, key: str | None) -> None:
    assert textual_key(said) == key


def test_a_keymap_tells_what_it_cannot_take_and_takes_the_rest() -> None:
    keymap = keymap_of(
        {"shell": {"back": "h", "keys": ["F1", "Ctrl+?!"]}, "query.run": ["f5", "ctrl+j"], "grid.copy": 3}
    )
    assert keymap.keys == {"shell.back": "h", "shell.keys": "f1", "query.run": "f5,ctrl+j"}
    assert keymap.problems == (
        "[keys] shell.keys: there is no key 'Ctrl+?!'.",
        "[keys] grid.copy: write a key, or a list of keys, not 3.",
    )


ALL = [Keyed("shell.back", "backspace", "everywhere"), Keyed("grid.copy", "y", "grid")]


def test_unknown_ids_and_keys_given_twice_are_told_without_looking_at_more_than_needed() -> None:
    def actions() -> Iterator[Keyed]:
        yield Keyed("shell.back", "backspace", "everywhere")
        yield Keyed("shell.close", "x,f10", "everywhere")
        yield Keyed("grid.copy", "y", "grid")
        raise AssertionError("looked too far")

    twice = keymap_of({"shell.back": "x"})
    assert complaints(twice, actions()) == [
        "[keys] x is the key of shell.back and of shell.close: only one works."
    ]
    assert complaints(keymap_of({"shell.back": "x", "shell.close": "f10"}), actions()) == []
    assert complaints(keymap_of({"shell.bakc": "h"}), ALL) == [
        "[keys] shell.bakc: no action is called so. Did you mean shell.back?"
    ]


def test_settings_are_filled_and_wrong_ones_stay_at_their_defaults_with_a_sentence() -> None:
    good = {"page_size": 500, "ratio": 1, "times": "utc", "folders": ["a", "b"], "editor": "vi"}
    assert fill(Example(), "example", good) == (Example(500, 1.0, True, "utc", ("a", "b"), "vi"), [])
    filled, problems = fill(
        Example(),
        "example",
        {"page_size": "many", "follow": 1, "times": "gmt", "folders": [1], "pagesize": 1},
    )
    assert filled == Example()
    assert problems == [
        "config.toml [example] page_size: write a whole number, not 'many'. It stays 2000.",
        "config.toml [example] follow: write true or false, not 1. It stays true.",
        'config.toml [example] times: write "local" or "utc", not \'gmt\'. It stays "local".',
        "config.toml [example] folders: write a list, each a text, not [1]. It stays ('~/queries',).",
        "config.toml [example] pagesize is no setting. Did you mean page_size?",
    ]
    assert fill(Example(), "example", {"page_size": 0})[1] == [
        "config.toml [example] is ignored: page_size is 1 at least."
    ]
    settings = Settings(Config({"exampel": {}, "example": {"page_size": 7}}), {"example": Example()})
    assert settings.of(Example).page_size == 7
    assert settings.problems == ["config.toml: exampel is no setting. Did you mean example?"]
    assert Settings(Config({"example": 5}), {"example": Example()}).problems == [
        "config.toml: example is a section. Write [example] and a line for each."
    ]


def test_a_file_that_is_no_toml_is_told(explorer_home: Path) -> None:
    assert read_config() == Config()
    (explorer_home / "config").mkdir(parents=True)
    (explorer_home / "config" / "config.toml").write_bytes(b"\xff\x00[")
    (problem,) = read_config().problems
    assert "is ignored, it is no TOML" in problem


async def test_the_app_takes_keys_and_theme_and_tells_what_is_wrong(
    explorer_app: ExplorerApp, explorer_home: Path
) -> None:
    (explorer_home / "config").mkdir(parents=True)
    (explorer_home / "config" / "config.toml").write_text(
        'theme = "textual-light"\n[keys]\nshell.panes = "f8"\nshell.left = "x"\nquery.new = "f9"\n'
        'shell.bakc = "h"\n[requests]\ntimes = 5\n'
    )
    async with explorer_app() as pilot:
        app = pilot.app
        assert isinstance(app, App)
        assert app.theme == "textual-light"
        told = "\n".join(notification.message for notification in app._notifications)
        assert 'config.toml [requests] times: write "local" or "utc", not 5.' in told
        assert "[keys] shell.bakc: no action is called so. Did you mean shell.back?" in told
        assert "[keys] x is the key of shell.left and of shell.close_pane: only one works." in told
        assert str(explorer_home) in told
        await pilot.press("f2")
        assert not isinstance(app.screen, Choice)
        await pilot.press("f8")
        assert isinstance(app.screen, Choice)
        await pilot.press("escape", "f9")
        await settled(pilot)
        assert len(app.workspace.stack.opened) == 2


def test_a_theme_that_there_is_not_is_told(explorer_home: Path) -> None:
    (explorer_home / "config").mkdir(parents=True)
    (explorer_home / "config" / "config.toml").write_text('theme = "solar"')
    app = App(Registry(), None)
    assert app.theme == "sfexplorer"
    assert app.workspace.problems[0].startswith(
        "config.toml theme: there is none called 'solar'. There are: "
    )
