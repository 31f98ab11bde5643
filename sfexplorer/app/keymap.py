"""The keys that a person has given to actions, by the ids of their bindings.

[keys]
shell.back = "h"                    one key
query.run = ["f5", "ctrl+j"]        several
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.keys import Keys, _character_to_key

from sfexplorer.app.keys import key_name
from sfexplorer.soql.suggest import closest

_MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")
_SAID = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "return": "enter"}
_NAMED = {key.value for key in Keys} | {"space", "question_mark", "full_stop"}


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys by the ids of bindings and commands.

    Attributes:
        keys: As Textual names them, several parted by commas.
        problems: What is wrong with the rest, in sentences.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def key_of(self, id: str, otherwise: str) -> str:
        """The keys of this id; `otherwise` where the person has given none."""
        return self.keys.get(id, otherwise)


def keymap_of(section: Mapping[str, Any]) -> Keymap:
    """The keys that the section gives."""
    keys: dict[str, str] = {}
    problems: list[str] = []
    for id, given in _flat(section):
        wanted = [given] if isinstance(given, str) else given
        if not isinstance(wanted, list) or not wanted or not all(isinstance(key, str) for key in wanted):
            problems.append(f"[keys] {id}: write a key, or a list of keys, not {given!r}.")
            continue
        named = {key: textual_key(key) for key in wanted}
        problems += [f"[keys] {id}: there is no key {key!r}." for key, known in named.items() if not known]
        if known := ",".join(known for known in named.values() if known):
            keys[id] = known
    return Keymap(keys, tuple(problems))


def textual_key(said: str) -> str | None:
    """How Textual calls the key that a person calls `Ctrl+S`, `?` or `PgUp`; None where it knows none."""
    if len(said) == 1:
        return _character_to_key(said)
    *modifiers, last = said.strip().replace(" ", "").split("+")
    last = _character_to_key(last) if len(last) == 1 else _SAID.get(last.lower(), last.lower())
    modifiers = [modifier.lower() for modifier in modifiers]
    known = last in _NAMED or (len(last) == 1 and last.isprintable()) or _is_sign(last)
    if not known or not all(modifier in _MODIFIERS for modifier in modifiers):
        return None
    if modifiers == ["shift"] and len(last) == 1:
        return last.upper()  # So it is told by terminals.
    return "+".join([*sorted(modifiers), last.lower() if modifiers else last])


def _is_sign(name: str) -> bool:
    return name in {_character_to_key(sign) for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}


def twice(key: str, one: str, other: str) -> str:
    """What is told of a key that two actions have in one place."""
    return f"[keys] {key_name(key)} is the key of {one} and of {other}: only one works."


@dataclass(frozen=True, slots=True)
class Keyed:
    """An action with its keys as they are without a keymap, and the place where they work."""

    id: str
    keys: str
    place: object


def complaints(keymap: Keymap, actions: Iterable[Keyed]) -> list[str]:
    """What is wrong with the keymap as a whole; of all actions no more are looked at than needed.

    Args:
        keymap: The keymap.
        actions: All that there are, those of a place beside each other.
    """
    missing, seen = set(keymap.keys), set[str]()
    places: dict[object, list[Keyed]] = {}
    for action in actions:
        if not missing and action.place not in places:
            break
        missing.discard(action.id)
        seen.add(action.id)
        places.setdefault(action.place, []).append(action)
    unknown = [_nothing_is_called(id, closest(id, sorted(seen))) for id in sorted(missing)]
    clashes = dict.fromkeys(told for place in places.values() for told in _clashes(keymap, place))
    return [*unknown, *clashes]


def _clashes(keymap: Keymap, place: Iterable[Keyed]) -> Iterator[str]:
    taken: dict[str, str] = {}
    for action in place:
        for key in keymap.key_of(action.id, action.keys).split(","):
            other = taken.setdefault(key, action.id)
            if other != action.id and {other, action.id} & keymap.keys.keys():
                yield twice(key, other, action.id)


def _nothing_is_called(id: str, near: str | None) -> str:
    return f"[keys] {id}: no action is called so." + (f" Did you mean {near}?" if near else "")


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The entries by their whole ids: TOML takes `shell.back` for a table in a table."""
    for name, value in table.items():
        id = f"{before}{name}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{id}.")
        else:
            yield id, value
