"""One request and its answer in full: lines, headers, bodies; secrets masked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api.requestlog import LoggedRequest
from sfexplorer.api.ui import dialog_css, safe_lines, safe_text
from sfexplorer.api.ui.background import run_beside
from sfexplorer.client.tracing import Body
from sfexplorer_requests.rows import status_of

GONE = "(let go, to keep the log small)"
MOST_SHOWN = 20_000


class RequestDetail(ModalScreen[None]):
    """Shows a request and its answer."""

    DEFAULT_CSS = (
        dialog_css("RequestDetail")
        + """
    RequestDetail > .dialog { width: 100%; height: 90%; }
    RequestDetail VerticalScroll { height: 1fr; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Back", id="requests.leave", tooltip="Go back to the log"),
    ]

    def __init__(self, entry: LoggedRequest) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        """The text, as soon as it is made."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = f"{self._entry.sent.method} {status_of(self._entry)}"
            with VerticalScroll():
                yield Static("Reading…", id="request-text", markup=False)
            yield Static("Up/Down scroll     Esc goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Make the text beside the screen: a body may be large."""
        self.query_one(VerticalScroll).focus()
        run_beside(self, self._show, "detail")

    async def _show(self) -> None:
        text = await asyncio.to_thread(detail_text, self._entry)
        self.query_one("#request-text", Static).update(text)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)


def detail_text(entry: LoggedRequest) -> Text:
    """The request and its answer as a text."""
    sent, answer, text = entry.sent, entry.answer, Text()
    _line(text, f"{sent.method} {sent.url}", "bold")
    if sent.attempt > 1:
        _line(text, f"try {sent.attempt}: {sent.because}", "italic")
    _message(text, sent.headers, _shown(sent.body, entry))
    text.append("\n")
    if answer is None:
        _line(text, "no answer yet", "italic")
    elif answer.error:
        _line(text, f"! no answer after {answer.seconds:.1f} s: {answer.error}", "bold")
    else:
        _line(text, f"{answer.status} after {answer.seconds * 1000:,.0f} ms", "bold")
        _message(text, answer.headers, _shown(answer.body, entry))
    return text


def _message(text: Text, headers: Mapping[str, str], body: str) -> None:
    for name, value in headers.items():
        text.append(safe_text(f"{name}: "), "dim")
        _line(text, value)
    if body:
        text.append("\n")
        _line(text, body)


def _line(text: Text, told: str, style: str = "") -> None:
    text.append(safe_lines(told), style)
    text.append("\n")


def _shown(body: Body, entry: LoggedRequest) -> str:
    if not entry.kept:
        return GONE
    text = body.text()
    # What is no JSON, or only the beginning of one, stays as it came.
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    more = f"\n… and {len(text) - MOST_SHOWN:,} characters more" if len(text) > MOST_SHOWN else ""
    return text[:MOST_SHOWN] + more
