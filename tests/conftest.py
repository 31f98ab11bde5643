"""What all tests share: strangers' plugins, found through real entry points."""

from __future__ import annotations

import atexit
import gc
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

# What one worker has compiled the others read, whatever the environment says of bytecode.
sys.dont_write_bytecode = False

TESTS = Path(__file__).parent
STRANGERS = TESTS / "strangers"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin with another part of the tests in each worker: all at once would compile the same ones."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and session.config.args_source is not pytest.Config.ArgsSource.ARGS:
        workers = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        for path in sorted(TESTS.rglob("test_*.py"))[int(worker.removeprefix("gw")) :: workers]:
            parts = path.relative_to(TESTS.parent).with_suffix("").parts
            importlib.import_module(".".join(parts))


def pytest_collection_finish() -> None:
    """Keep thousands of tests that stay anyway out of each round of the garbage collector."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


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
