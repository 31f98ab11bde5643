"""What a plugin author imports: the hooks, what they return, references and the shell's protocol.

Nothing here imports Textual; widgets are in `sfexplorer.api.ui`. Names are looked up when first used, so that
a manifest costs what it names.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

HOMES = {
    name: module
    for module, names in {
        "api.contributions": "Change Command Environment ExportTable Exporter Formatter "
        "Login LoginField Pane RecordAction Session Subcommand",
        "api.explorer": "Check Explorer NotConnected RecordHooks Report Work",
        "api.hooks": "hookimpl",
        "api.references": "BlobRef FilesRef NewRecordRef NotAReference "
        "ObjectRef QueryRef RecordRef Reference parse_reference",
        "client.errors": "SalesforceError",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> object:
    """A public name of a module that was not needed so far."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"sfexplorer.{HOMES[name]}"), name)
    globals()[name] = found
    return found
