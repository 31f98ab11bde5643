"""What all tests share: strangers' plugins, found through real entry points."""

from __future__ import annotations

import atexit
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# What one test's org told of its objects is no matter of another's, nor of the user's own cache.
os.environ["SFEXPLORER_NO_CACHE"] = "1"

# Nor may a test find, or leave, anything in the user's own folders.
os.environ["SFEXPLORER_HOME"] = tempfile.mkdtemp(prefix="sfexplorer-tests-")
atexit.register(shutil.rmtree, os.environ["SFEXPLORER_HOME"], ignore_errors=True)

STRANGERS = Path(__file__).parent / "strangers"


@pytest.fixture
def install_stranger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts a stranger's package, with its metadata, where Python finds installed packages."""
    names: list[str] = []

    def install(name: str) -> None:
        names.append(f"stranger_{name}")
        monkeypatch.syspath_prepend(str(STRANGERS / name))
        importlib.invalidate_caches()

    yield install
    for name in names:
        sys.modules.pop(name, None)
