"""A plugin that has a look for some fields, and is broken for others."""

from __future__ import annotations

from sfexplorer.api import Formatter, hookimpl
from sfexplorer.client import FieldDescribe


def _broken(value: object) -> str:
    raise RuntimeError(f"broken for {value}")


@hookimpl
def formatter_for(field: FieldDescribe) -> Formatter | None:
    match field.type:
        case "boolean":
            raise RuntimeError("broken when asked")
        case "email":
            return Formatter(_broken)
        case "phone":
            return Formatter(lambda value: f"call {value}", "right")
    return None
