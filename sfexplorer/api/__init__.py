"""What a plugin author imports: the hooks, what they return, references and the shell's protocol.

Nothing here imports Textual; widgets are in `sfexplorer.api.ui`.
"""

from sfexplorer.api.contributions import (
    Command,
    Environment,
    Login,
    LoginField,
    Pane,
    Session,
    Subcommand,
)
from sfexplorer.api.explorer import Explorer, NotConnected
from sfexplorer.api.hooks import hookimpl
from sfexplorer.api.references import (
    BlobRef,
    FilesRef,
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
    "Command",
    "Environment",
    "Explorer",
    "FilesRef",
    "Login",
    "LoginField",
    "NotAReference",
    "NotConnected",
    "ObjectRef",
    "Pane",
    "QueryRef",
    "RecordRef",
    "Reference",
    "SalesforceError",
    "Session",
    "Subcommand",
    "hookimpl",
    "parse_reference",
]
