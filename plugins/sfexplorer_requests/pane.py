"""The pane: the requests as a list that follows what goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from sfexplorer.api import Explorer
from sfexplorer.api.requestlog import LoggedRequest
from sfexplorer.api.ui import Grid, GridBox, PaneWidget, RowChosen
from sfexplorer_requests.curl import TOKEN, as_curl
from sfexplorer_requests.rows import request_rows, status_of
from sfexplorer_requests.settings import RequestsSettings

# Requests come in bursts; the list is made anew at most so often.
FOLLOW_SECONDS = 0.2
EMPTY = "Nothing was sent yet. Whatever is asked of the org stands here, with its answer."


class RequestsPane(PaneWidget):
    """Lists the requests of this run, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "curl", "curl", id="requests.curl", tooltip="Copy the request for curl, without token"),
        Binding("o", "more", "More", id="requests.more", tooltip="Copy address or answer, empty the log"),
        Binding("r", "refresh", "Refresh", show=False, id="requests.refresh", tooltip="Read the log again"),
    ]

    def __init__(self, explorer: Explorer) -> None:
        super().__init__(explorer)
        self.title = "Requests"
        self.grid = Grid(empty_message=EMPTY, id="requests")
        self._entries: list[LoggedRequest] = []
        self._stale = False
        self._stop_listening: Callable[[], None] = lambda: None

    def compose_pane(self) -> Iterable[Widget]:
        """The list with its filter."""
        yield GridBox(self.grid, "Requests")

    def focus_content(self) -> None:
        """Go on in the list."""
        self.grid.focus()

    def on_mount(self) -> None:
        """Follow the log from now on."""
        self._stop_listening = self.explorer.requests.listen(self._follow)
        self._list()

    def on_unmount(self) -> None:
        """Follow it no longer."""
        self._stop_listening()

    def on_show(self) -> None:
        """Catch up with what was sent while another pane was shown."""
        self._list()

    def _follow(self) -> None:
        if not self._stale and self.is_mounted and self.display:
            self._stale = True
            self.set_timer(FOLLOW_SECONDS, self._list)

    def _list(self) -> None:
        self._stale = False
        before = self._chosen
        at_newest = self.grid.cursor_row == 0
        self._entries = self.explorer.requests.entries
        self.grid.source = request_rows(self._entries, self.explorer.settings(RequestsSettings))
        if before is not None and not at_newest:
            self._go_to(before)

    def _go_to(self, before: LoggedRequest) -> None:
        """Stay on the request that the cursor was on, also when its answer has come."""
        for row, entry in enumerate(reversed(self._entries)):
            if entry.began == before.began and entry.sent.number == before.sent.number:
                self.grid.move_to(row)
                return

    @property
    def _chosen(self) -> LoggedRequest | None:
        if not self._entries or not self.grid.has_cursor:
            return None
        return self._entries[-1 - self.grid.cursor_row]

    # Keys.

    @on(RowChosen)
    def _show_detail(self) -> None:
        from sfexplorer_requests.detail import RequestDetail

        if (entry := self._chosen) is not None:
            self.app.push_screen(RequestDetail(entry))

    def action_curl(self) -> None:
        """Copy the request as a command of curl."""
        if (entry := self._chosen) is not None:
            self.explorer.copy(as_curl(entry.sent), f"as curl; put the token into {TOKEN}")

    def action_more(self) -> None:
        """Offer what else can be done."""
        if (entry := self._chosen) is not None:
            self.work(lambda: self._offer(entry), "more")

    async def _offer(self, entry: LoggedRequest) -> None:
        explorer = self.explorer
        offers: list[tuple[str, Callable[[], None]]] = [
            ("Copy as curl, without token", self.action_curl),
            ("Copy the address", lambda: explorer.copy(entry.sent.url, "the address")),
            ("Copy what was sent", lambda: explorer.copy(entry.sent.body.text(), "what was sent")),
            ("Copy the answer", lambda: explorer.copy(_answer(entry), "the answer")),
            ("Empty the log", self._empty),
        ]
        title = f"{entry.sent.method} {status_of(entry)}"
        place = await explorer.choose(title, [offered for offered, _ in offers])
        if place is not None:
            offers[place][1]()

    def _empty(self) -> None:
        self.explorer.requests.clear()
        self._list()

    def action_refresh(self) -> None:
        """Read the log again."""
        self._list()


def _answer(entry: LoggedRequest) -> str:
    return entry.answer.body.text() if entry.answer else ""
