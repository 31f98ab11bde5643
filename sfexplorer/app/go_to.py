"""Going to whatever a person names: an sObject, a record, a query."""

from __future__ import annotations

from sfexplorer.api.explorer import Explorer
from sfexplorer.api.references import NotAReference, ObjectRef, parse_reference
from sfexplorer.app.dialogs import Prompt
from sfexplorer.client.errors import SalesforceError
from sfexplorer.soql.suggest import closest

HINT = "An sObject (Account), a record Id or address, or SELECT …\nEnter opens it     Esc goes back"


class GoTo(Prompt):
    """Asks for a reference; what can't be opened is told while its text still stands."""

    DEFAULT_CSS = Prompt.DEFAULT_CSS.replace("Prompt", "GoTo")

    def __init__(self, explorer: Explorer) -> None:
        super().__init__("Go to", HINT, self._problem)
        self._explorer = explorer

    async def _problem(self, text: str) -> str | None:
        try:
            reference = parse_reference(text)
        except NotAReference as problem:
            return str(problem)
        return await self._unknown(reference.name) if isinstance(reference, ObjectRef) else None

    async def _unknown(self, name: str) -> str | None:
        try:
            names = [info.name for info in await self._explorer.org.sobjects()]
        except SalesforceError:
            return None  # The pane that opens it tells what the org says.
        if name.casefold() in map(str.casefold, names):
            return None
        near = closest(name, names)
        return f"This org has no sObject {name!r}." + (f" Did you mean {near}?" if near else "")
