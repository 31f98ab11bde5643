"""All bindings that there are: what can be remapped, what `docs/keys.md` lists.

It imports one module after the other, which takes its time: never before the first frame.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from textual.binding import Binding
from textual.dom import DOMNode

OURS = ("sfexplorer.app", "sfexplorer.api.ui")


@dataclass(frozen=True, slots=True)
class Bound:
    """A binding, and the class that has it."""

    binding: Binding
    owner: type[DOMNode]


def all_bindings(packages: Iterable[str]) -> Iterator[Bound]:
    """The bindings of the shell, its widgets, and these packages of plugins, as far as they are asked for."""
    for package in (*OURS, *packages):
        yield from _of_package(package)


def binding_ids(packages: Iterable[str]) -> Iterator[str]:
    """The ids of all bindings, as far as they are asked for."""
    return (bound.binding.id for bound in all_bindings(packages) if bound.binding.id)


def _of_package(name: str) -> Iterator[Bound]:
    for module in _modules(name):
        for _, owner in inspect.getmembers(module, inspect.isclass):
            if owner.__module__ == module.__name__ and issubclass(owner, DOMNode):
                for binding in owner.__dict__.get("BINDINGS", ()):
                    if isinstance(binding, Binding):
                        yield Bound(binding, owner)


def _modules(name: str) -> Iterator[ModuleType]:
    package = importlib.import_module(name)
    yield package
    for found in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{name}."):
        try:
            yield importlib.import_module(found.name)
        except Exception:  # noqa: BLE001, S112  # a plugin's own fault, told where it is used
            continue
