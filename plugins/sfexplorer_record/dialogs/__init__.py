"""The questions of the record pane."""

from sfexplorer_record.dialogs.conflict import ConflictDialog
from sfexplorer_record.dialogs.history import HistoryDialog
from sfexplorer_record.dialogs.save import SaveDialog

__all__ = ["ConflictDialog", "HistoryDialog", "SaveDialog"]
