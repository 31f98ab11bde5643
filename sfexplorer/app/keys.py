"""Keys as a person reads them, and the list of those that work right now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key, key_to_character
from textual.screen import Screen

_NAMES = {
    "escape": "Esc",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "comma": ",",
    "full_stop": ".",
    "minus": "-",
    "plus": "+",
}


@dataclass(frozen=True, slots=True)
class LiveKey:
    """A key that works now: how it reads, what it does, and where it comes from."""

    key: str
    title: str
    help: str
    action: str
    node: DOMNode
    shown: bool


def key_name(key: str) -> str:
    """How `key`, as Textual names it, reads: `ctrl+s` is `Ctrl+S`, `slash` is `/`."""
    *modifiers, last = key.split("+")
    if last in _NAMES:
        name = _NAMES[last]
    elif len(last) == 1:
        # A lone letter is told as it is typed; with a modifier the capital is what keyboards show.
        name = last.upper() if modifiers else last
    else:
        # The other signs have the names of Unicode: `vertical_line`.
        name = format_key(last) if "_" in last or last == "asterisk" else last[:1].upper() + last[1:]
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


def live_keys(screen: Screen[Any]) -> list[LiveKey]:
    """The keys that work now, those of the focused widget first."""
    found: dict[tuple[int, str], LiveKey] = {}
    keys: dict[tuple[int, str], list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not active.enabled or not binding.description or binding.system:
            continue
        same = (id(active.node), binding.action)
        keys.setdefault(same, []).append(key_name(binding.key))
        found.setdefault(
            same,
            LiveKey("", binding.description, binding.tooltip, binding.action, active.node, binding.show),
        )
    named = [replace(live, key=" ".join(keys[same])) for same, live in found.items()]
    return sorted(named, key=lambda live: -len(live.node.ancestors))


def keys_meant_for_letters(screen: Screen[Any]) -> list[LiveKey]:
    """The keys of the focused widget's surroundings that don't work now because letters are typed there."""
    focused = screen.focused
    if focused is None:
        return []
    bindings = [
        (node, binding)
        for node in focused.ancestors
        for binding in type(node).BINDINGS
        if isinstance(binding, Binding) and binding.description
    ]
    return [
        LiveKey(
            named_keys(binding.key), binding.description, binding.tooltip, binding.action, node, shown=False
        )
        for node, binding in bindings
        if any(focused.check_consume_key(key, key_to_character(key)) for key in binding.key.split(","))
        and node.check_action(*_parsed(binding.action))
    ]


def named_keys(keys: str) -> str:
    """How several keys, parted by commas, read; empty where there are none."""
    return " ".join(key_name(key.strip()) for key in keys.split(",") if key)


def _parsed(action: str) -> tuple[str, tuple[object, ...]]:
    _, name, parameters = parse(action)
    return name, parameters
