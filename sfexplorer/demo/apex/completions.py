"""What an editor may offer while somebody writes code: a part of the declarations of Apex."""

from __future__ import annotations

from typing import Any

_STRING = "String"
# Class by class, each method's name, what it gives, and what it takes.
_CLASSES: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "String": (
        ("length", "Integer", ()),
        ("toLowerCase", _STRING, ()),
        ("toUpperCase", _STRING, ()),
        ("trim", _STRING, ()),
    ),
    "System": (
        ("assert", "void", ("Boolean condition", "Object msg")),
        ("assertEquals", "void", ("Object expected", "Object actual")),
        ("debug", "void", ("Object o",)),
    ),
}


def completions(kind: str) -> dict[str, Any] | None:
    """The declarations of a language, `apex` or `visualforce`; None where there is no such language."""
    match kind.lower():
        case "apex":
            return {"publicDeclarations": {"System": {name: _declared(name) for name in _CLASSES}}}
        case "visualforce":
            return {"publicDeclarations": {}}
    return None


def _declared(name: str) -> dict[str, Any]:
    return {
        "constructors": [],
        "methods": [_method(name, *each) for each in _CLASSES[name]],
        "properties": [],
    }


def _method(owner: str, name: str, gives: str, takes: tuple[str, ...]) -> dict[str, Any]:
    parameters = [dict(zip(("type", "name"), each.split(), strict=True)) for each in takes]
    return {
        "argTypes": [each["type"] for each in parameters],
        "isStatic": owner == "System",
        "methodDoc": None,
        "name": name,
        "parameters": parameters,
        "references": [],
        "returnType": gives,
    }
