"""What a plugin author imports: the hooks, what they return, references and the shell's protocol.

Nothing here imports Textual; widgets are in `sfexplorer.api.ui`.
"""

from sfexplorer.api.contributions import (
    Change,
    Command,
    Environment,
    Exporter,
    ExportTable,
    Formatter,
    Login,
    LoginField,
    Pane,
    RecordAction,
    Session,
    Subcommand,
)
from sfexplorer.api.explorer import Check, Explorer, NotConnected, RecordHooks, Report, Work
from sfexplorer.api.hooks import hookimpl
from sfexplorer.api.references import (
    BlobRef,
    FilesRef,
    NewRecordRef,
    NotAReference,
    ObjectRef,
    QueryRef,
    RecordRef,
    Reference,
    parse_reference,
)
from sfexplorer.client.errors import SalesforceError

__all__ = [
    "BlobRef",
    "Change",
    "Check",
    "Command",
    "Environment",
    "Explorer",
    "ExportTable",
    "Exporter",
    "FilesRef",
    "Formatter",
    "Login",
    "LoginField",
    "NewRecordRef",
    "NotAReference",
    "NotConnected",
    "ObjectRef",
    "Pane",
    "QueryRef",
    "RecordAction",
    "RecordHooks",
    "RecordRef",
    "Reference",
    "Report",
    "SalesforceError",
    "Session",
    "Subcommand",
    "Work",
    "hookimpl",
    "parse_reference",
]
