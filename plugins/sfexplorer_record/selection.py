"""Which fields of a record are shown, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sfexplorer.client import FieldDescribe
from sfexplorer_record.state import RecordState

View = Literal["all", "filled", "changed", "required"]

VIEWS: tuple[View, ...] = ("all", "filled", "changed", "required")

Order = Literal["org", "layout", "A-Z"]

ORDERS: tuple[Order, ...] = ("org", "layout", "A-Z")


@dataclass(slots=True)
class Selection:
    """What is asked for.

    Attributes:
        view: All fields, or those that are filled, changed, required.
        order: The org's own order, that of the page layout, or by the alphabet.
        layout: The names of the fields on the page layout, in its order.
        parts: The names of a compound field's parts where these alone are shown.
    """

    view: View = "all"
    order: Order = "org"
    layout: Sequence[str] = ()
    parts: Sequence[str] = field(default=())

    def visible(self, state: RecordState, words: str) -> list[FieldDescribe]:
        """The fields that are asked for, whose name or label has each of the words."""
        wanted = words.lower().split()
        return [
            one
            for one in self._ordered(state)
            if (not self.parts or one.name in self.parts)
            and self._is_in(state, one)
            and all(word in f"{one.name} {one.label}".lower() for word in wanted)
        ]

    def _ordered(self, state: RecordState) -> Sequence[FieldDescribe]:
        fields = state.describe.fields
        if self.order == "A-Z":
            return sorted(fields, key=lambda one: one.name.lower())
        if self.order == "layout":
            place = {name: at for at, name in enumerate(self.layout)}
            # What is on no layout comes behind it, in the org's order.
            return sorted(fields, key=lambda one: place.get(one.name, len(place)))
        return fields

    def _is_in(self, state: RecordState, one: FieldDescribe) -> bool:
        match self.view:
            case "changed":
                return (
                    state.record.is_changed(one.name) or one.name in state.errors or one.name in state.theirs
                )
            case "filled":
                return state.record.get(one.name) not in (None, "") or state.record.is_changed(one.name)
            case "required":
                return state.is_required(one)
        # Of a record to be made only what it can be given: the rest is the org's.
        return not state.is_new or state.is_editable(one) or bool(state.record.get(one.name))


def best_of(fields: Sequence[FieldDescribe], words: str) -> FieldDescribe | None:
    """The one of `fields` that is most likely meant by the words: its name, or how its name begins."""
    wanted = words.strip().lower()

    def rank(one: FieldDescribe) -> int:
        names = (one.name.lower(), one.label.lower())
        return 0 if wanted in names else 1 if any(name.startswith(wanted) for name in names) else 2

    return min(fields, key=rank, default=None) if wanted else None


def layout_fields(layout: Mapping[str, Any]) -> list[str]:
    """The names of the fields on a page layout as the org tells it (WIRE rest.md), in reading order."""
    components = [
        component
        for section in _list(layout, "detailLayoutSections")
        for row in _list(section, "layoutRows")
        for item in _list(row, "layoutItems")
        for whole in _list(item, "layoutComponents")
        for component in (whole, *_list(whole, "components"))
    ]
    names = [str(each.get("value")) for each in components if each.get("type") == "Field"]
    return list(dict.fromkeys(names))


def _list(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The members of that name that are mappings: what comes from an org may lack anything."""
    found = value.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
