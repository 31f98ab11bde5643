"""A demo org for the tests of a module, which only read its files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sfexplorer.demo.server import DemoServer


@pytest.fixture(scope="module")
def org_of_files() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server
