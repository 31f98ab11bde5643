"""Which editor a field gets."""

from __future__ import annotations

from sfexplorer.client import FieldDescribe
from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.checks import ChecksEditor
from sfexplorer_record.editors.choice import ChoiceEditor
from sfexplorer_record.editors.line import LineEditor
from sfexplorer_record.editors.longtext import LongTextEditor
from sfexplorer_record.editors.lookup import LookupEditor


def editor_for(field: FieldDescribe, value: object, name: str = "") -> FieldEditor:
    """The editor that fits the field's type and its present value.

    Args:
        field: The field's describe.
        value: The value to begin with.
        name: The name of the record that a reference points to, where it is known.
    """
    if field.type in ("picklist", "combobox"):
        return ChoiceEditor(field, value)
    if field.type == "multipicklist":
        return ChecksEditor(field, value)
    if field.type == "textarea" or (isinstance(value, str) and "\n" in value):
        return LongTextEditor(field, value)
    if field.type == "reference" and field.reference_to:
        return LookupEditor(field, value, name)
    return LineEditor(field, value)
