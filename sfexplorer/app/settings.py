"""The settings of the plugins: frozen dataclasses, filled from the sections of `config.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from sfexplorer.app.config import KEYS, THEME, Config
from sfexplorer.soql.suggest import closest

Kind = TypeVar("Kind")

_SAID: Mapping[object, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
}


class Settings:
    """The settings of all plugins.

    Args:
        config: What the person's file says.
        defaults: Each plugin's own, by the plugin's name, which is its section's too.
    """

    def __init__(self, config: Config, defaults: Mapping[str, object]) -> None:
        self.problems: list[str] = []
        self._filled: dict[type, object] = {}
        for plugin, default in defaults.items():
            filled, problems = fill(default, plugin, config.section(plugin))
            self._filled[type(default)] = filled
            self.problems += problems
        for name in (*defaults, KEYS):
            if not isinstance(config.tables.get(name, {}), Mapping):
                self.problems.append(f"config.toml: {name} is a section. Write [{name}] and a line for each.")
        known = {*defaults, KEYS, THEME}
        self.problems += [_unknown(f"config.toml: {name}", name, known) for name in config.tables
                          if name not in known]  # fmt: skip

    def of(self, kind: type[Kind]) -> Kind:
        """The settings of this class; its defaults where no plugin that is loaded has them."""
        filled = self._filled.get(kind)
        return filled if isinstance(filled, kind) else kind()


def fill(default: Any, section: str, given: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """`default` with what is given in the place of its fields, and what is wrong with the rest of it."""
    hints = get_type_hints(type(default))
    names = {field.name for field in fields(default) if field.init}
    taken: dict[str, object] = {}
    problems: list[str] = []
    for name, value in given.items():
        where = f"config.toml [{section}] {name}"
        if name not in names:
            problems.append(_unknown(where, name, names))
            continue
        try:
            taken[name] = _fitted(value, hints[name])
        except ValueError:
            problems.append(f"{where}: write {_said(hints[name])}, not {value!r}. "
                            f"It stays {_shown(getattr(default, name))}.")  # fmt: skip
    try:
        return replace(default, **taken), problems
    except ValueError as error:  # what the plugin's own `__post_init__` refuses
        return default, [*problems, f"config.toml [{section}] is ignored: {error}"]


def _fitted(value: object, wanted: Any) -> object:
    """The value as the type wants it; raises ValueError where it isn't one."""
    match get_origin(wanted):
        case origin if origin is Literal:
            if value in get_args(wanted):
                return value
            raise ValueError
        case origin if origin in (tuple, list) and isinstance(value, list):
            return tuple(_fitted(each, get_args(wanted)[0]) for each in value)
        case origin if origin in (Union, UnionType):
            return _first_fitting(value, get_args(wanted))
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    # In Python true is a number; nobody means it by 1.
    if isinstance(wanted, type) and isinstance(value, wanted) and (wanted is bool) == isinstance(value, bool):
        return value
    raise ValueError


def _first_fitting(value: object, wanted: tuple[Any, ...]) -> object:
    for each in wanted:
        try:
            return _fitted(value, each)
        except ValueError:
            continue
    raise ValueError


def _said(wanted: Any) -> str:
    """What a value of the type is called: `a whole number`, `"utc" or "local"`."""
    origin, parts = get_origin(wanted), get_args(wanted)
    if origin is Literal:
        return " or ".join(_shown(part) for part in parts)
    if origin in (tuple, list):
        return f"a list, each {_said(parts[0])}"
    if origin in (Union, UnionType):
        return " or ".join(_said(part) for part in parts if part is not type(None))
    return _SAID.get(wanted, "something else")


def _shown(value: object) -> str:
    """The value as the file would have it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _unknown(where: str, name: str, names: set[str]) -> str:
    near = closest(name, sorted(names))
    return f"{where} is no setting." + (f" Did you mean {near}?" if near else "")
