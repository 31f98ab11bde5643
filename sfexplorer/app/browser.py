"""The person's own browser, where there is one."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping


async def browse(url: str, copy: Callable[[str, str], None]) -> None:
    """Open the address in the person's browser, or copy it where no browser would be seen."""
    if not has_browser():
        copy(url, "the address: there is no browser here")
    elif not await asyncio.to_thread(open_browser, url):
        copy(url, "the address: no browser could be opened")


def has_browser(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a browser opened from here would show on the person's own screen: never over SSH."""
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def open_browser(url: str) -> bool:
    """Open the address; whether that was possible. It may take a second, so it belongs into a thread."""
    import webbrowser

    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
