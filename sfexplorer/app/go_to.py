"""Going to whatever a person names: an sObject, a record, a query; other texts search records by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sfexplorer.api.explorer import Explorer
from sfexplorer.api.fuzzy import fuzzy_score
from sfexplorer.api.references import NotAReference, ObjectRef, Reference, parse_reference
from sfexplorer.api.ui.background import run_beside
from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import fit, safe_lines, safe_text
from sfexplorer.app.record_search import search_for_name, search_records
from sfexplorer.client.errors import SalesforceError
from sfexplorer.soql.suggest import closest

HINT = """An sObject, a record's Id or address, SELECT …, or a record's name
Enter opens or searches     Down goes into the list     Esc goes back"""
MOST_OFFERED = 8
NAME_WIDTH, KIND_WIDTH = 34, 20


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be gone to, as a line of the list."""

    reference: Reference
    name: str
    kind: str


class GoTo(ModalScreen[Reference | None]):
    """Asks where to go; objects are offered while typing, records once they were searched for."""

    DEFAULT_CSS = (
        dialog_css("GoTo")
        + """
    GoTo OptionList, GoTo OptionList:focus { height: 8; max-height: 8; margin-bottom: 1; }
    GoTo #told { height: auto; min-height: 2; color: $text-muted; }
    GoTo #told.-problem { color: $text-error; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="go_to.leave", tooltip="Stop searching, or go back"),
        Binding("down", "into_list", "List", show=False, id="go_to.list", tooltip="Go into the list"),
        Binding("slash", "into_text", "Text", show=False, id="go_to.text", tooltip="Go back into the text"),
    ]

    def __init__(self, explorer: Explorer) -> None:
        super().__init__()
        self._explorer = explorer
        self._offers: Sequence[Offer] = ()

    def compose(self) -> ComposeResult:
        """The text, a place for what is wrong with it, what can be gone to."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Go to"
            yield Input(compact=True)
            yield Static("", id="told", markup=False)
            yield OptionList()
            yield Static(HINT, classes="hint", markup=False)

    # What is offered.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer the objects that are called like what is typed."""
        event.stop()
        self._tell("")
        run_beside(self, partial(self._offer_objects, event.value), "go to")

    async def _offer_objects(self, text: str) -> None:
        if len(text.strip()) < 2:
            self._show(())
            return
        try:
            infos = await self._explorer.org.sobjects()
        except SalesforceError:
            return  # Only offers; whatever is opened tells what the org says.
        scored = [
            (score, info)
            for info in infos
            if (score := max(fuzzy_score(text, info.label) or 0, fuzzy_score(text, info.name) or 0)) > 0
        ]
        scored.sort(key=lambda pair: (-pair[0], len(pair[1].name), pair[1].name))
        self._show(
            [
                Offer(ObjectRef(info.name), info.label, f"sObject {info.name}")
                for _, info in scored[:MOST_OFFERED]
            ]
        )

    def _show(self, offers: Sequence[Offer]) -> None:
        self._offers = offers
        options = self.query_one(OptionList)
        options.clear_options()
        for offer in offers:
            line = Text(fit(safe_text(offer.name), NAME_WIDTH))
            line.append(f"  {fit(safe_text(offer.kind), KIND_WIDTH)}", "dim")
            options.add_option(Option(line))

    # What is chosen.

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open what is named, or search for it; the text stays until it is good."""
        event.stop()
        run_beside(self, partial(self._resolve, event.value), "go to")

    async def _resolve(self, text: str) -> None:
        try:
            reference = parse_reference(text)
        except NotAReference as problem:
            await self._search(text, str(problem))
            return
        unknown = await self._unknown(reference.name) if isinstance(reference, ObjectRef) else None
        if unknown is None:
            self.dismiss(reference)
        else:
            await self._search(text, unknown)

    async def _unknown(self, name: str) -> str | None:
        """What is wrong with an object of this name; None where nothing is known to be."""
        try:
            names = [info.name for info in await self._explorer.org.sobjects()]
        except SalesforceError:
            return None  # The pane that opens it tells what the org says.
        if name.casefold() in map(str.casefold, names):
            return None
        near = closest(name, names)
        return f"This org has no sObject {name!r}." + (f" Did you mean {near}?" if near else "")

    async def _search(self, text: str, otherwise: str) -> None:
        """List the records that are called like `text`; where there are none, tell what else is wrong."""
        if search_for_name(text) is None:
            self._tell(f"! {otherwise}")
            return
        self._tell(f"Searching records called {text.strip()}…")
        try:
            found = await search_records(self._explorer.org, text)
        except SalesforceError as error:
            self._tell(f"! {otherwise}\n  Records can't be searched: {error.message}")
            return
        if not found:
            self._tell(f"! {otherwise}\n  No record is called so either.")
            return
        self._show([Offer(each.reference, each.name, each.kind) for each in found])
        self._tell(f"{len(found)} {'record is' if len(found) == 1 else 'records are'} called so.")
        self.action_into_list()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to what is chosen."""
        event.stop()
        self.dismiss(self._offers[event.option_index].reference)

    # Keys.

    def action_into_list(self) -> None:
        """Go into the list, where there is something in it."""
        options = self.query_one(OptionList)
        if self._offers and not options.has_focus:
            options.focus()
            options.highlighted = 0

    def action_into_text(self) -> None:
        """Go back into the text."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Close without going anywhere."""
        self.dismiss(None)

    def _tell(self, text: str) -> None:
        told = self.query_one("#told", Static)
        told.set_class(text.startswith("!"), "-problem")
        told.update(safe_lines(text))
