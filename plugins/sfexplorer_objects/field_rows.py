"""The fields of an object as rows of a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sfexplorer.api.ui import Column
from sfexplorer.client import FieldDescribe
from sfexplorer_objects.usage import Filled

_COLUMNS = (
    Column("name", "API name", max_width=24),
    Column("label", "Label", max_width=18),
    Column("type", "Type", max_width=12),
    Column("length", "Len", align="right", min_width=4),
    Column("flags", "Flags", max_width=16),
    Column("refers", "Refers to", max_width=24, link=True),
    Column("values", "Values", max_width=60),
)
_FILLED = Column("filled", "Filled", align="right", min_width=12)


class FieldRows:
    """The fields in the org's order.

    Args:
        fields: The fields.
        filled: How filled some of them are; a column of its own, once that was asked.
    """

    def __init__(
        self, fields: Sequence[FieldDescribe] = (), filled: Mapping[str, Filled] | None = None
    ) -> None:
        self.fields = fields
        self._filled = filled or {}
        self.columns: Sequence[Column] = (*_COLUMNS[:2], _FILLED, *_COLUMNS[2:]) if filled else _COLUMNS

    @property
    def row_count(self) -> int:
        """The number of fields."""
        return len(self.fields)

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of a field."""
        return [self._text(self.fields[row], column.key) for column in self.columns]

    def value(self, row: int, column: int) -> object:
        """What sorts and copies: lengths as numbers, and how filled a field is as a share."""
        field, key = self.fields[row], self.columns[column].key
        match key:
            case "length":
                return field.precision or field.length or field.digits or None
            case "filled":
                return filled.share if (filled := self._filled.get(field.name)) else None
        return self._text(field, key)

    def row_key(self, row: int) -> str:
        """The field's API name."""
        return self.fields[row].name

    def copies(self, row: int, column: int) -> Sequence[tuple[str, str]]:
        """What is wanted most of a field, whatever column the cursor is on."""
        field = self.fields[row]
        values = "\n".join(choice.value for choice in field.picklist_values)
        return [
            ("API name", field.name),
            *([("Picklist values", values)] if values else []),
            *([("Formula", field.calculated_formula)] if field.calculated_formula else []),
        ]

    def _text(self, field: FieldDescribe, key: str) -> str:
        match key:
            case "name":
                return field.name
            case "label":
                return field.label
            case "type":
                return field.type
            case "length":
                return length(field)
            case "flags":
                return ", ".join(flags(field))
            case "refers":
                return ", ".join(field.reference_to)
            case "filled":
                return filled.text if (filled := self._filled.get(field.name)) else ""
        return _values(field)


def _values(field: FieldDescribe) -> str:
    active = [choice.label or choice.value for choice in field.picklist_values if choice.active]
    idle = len(field.picklist_values) - len(active)
    told = f"{len(active)}, {idle} inactive" if idle else str(len(active))
    return f"{told}: {', '.join(active)}" if field.picklist_values else ""


def length(field: FieldDescribe) -> str:
    """`255` for text, `18,2` for numbers (digits in all, behind the point), empty where neither counts."""
    if field.precision:
        return f"{field.precision},{field.scale}"
    return str(field.length or field.digits or "")


def flags(field: FieldDescribe) -> list[str]:
    """What else a person should know of a field, in a word each."""
    required = field.createable and not field.nillable and not field.defaulted_on_create
    return [
        word
        for word, holds in (
            ("name", field.name_field),
            ("required", required),
            ("unique", field.unique),
            ("external id", field.external_id),
            ("formula", field.calculated),
            ("auto number", field.auto_number),
            ("dependent", field.dependent_picklist),
            ("restricted", field.restricted_picklist),
            ("encrypted", field.encrypted),
            ("read only", not field.createable and not field.updateable and not field.calculated),
        )
        if holds
    ]
