"""A page is opened where the person sees it, and nowhere else."""

from __future__ import annotations

import sys

import pytest

from sfexplorer.app.browser import has_browser


def test_over_ssh_and_without_a_screen_there_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert has_browser({"DISPLAY": ":0"})
    assert has_browser({"WAYLAND_DISPLAY": "wayland-0"})
    assert not has_browser({})
    assert not has_browser({"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"})
    monkeypatch.setattr(sys, "platform", "darwin")
    assert has_browser({})
    assert not has_browser({"SSH_TTY": "/dev/ttys001"})
