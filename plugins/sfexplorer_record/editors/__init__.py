"""Editors of a field, one for each kind of value."""

from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.kinds import editor_for

__all__ = ["FieldEditor", "editor_for"]
