"""Every fault against every operation: right or an error of ours, and nothing doubled, lost or left over."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

import pytest

from sfexplorer.client import Connection, OAuth

from .expected import outcomes_of
from .faults import FAULTS, Fault
from .line import VERSION
from .page import PAGE, with_tables
from .trial import Bench

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer


@pytest.fixture(scope="module")
def known() -> dict[str, object]:
    """The right answers, asked for once."""
    return {}


@pytest.fixture
def bench(
    demo_org: DemoServer, connect: Callable[..., Connection], tmp_path: Path, known: dict[str, object]
) -> Bench:
    """Where the operations are tried."""
    undisturbed = connect(api_version=VERSION).org(OAuth(demo_org.access_token, demo_org.url))
    return Bench(demo_org, undisturbed, tmp_path, known)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.title)
async def test_what_comes_of_a_fault_is_what_the_page_says(fault: Fault, bench: Bench) -> None:
    assert await bench.outcomes(fault) == outcomes_of(fault.title)


async def test_the_example_of_the_page_makes_one_record_though_an_answer_is_lost(bench: Bench) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    bench.demo.faults({"path": "/External_Id__c/", "fault": "half"})
    names: dict[str, Any] = {"org": bench.undisturbed}
    exec(f"async def example():\n{indent(example, '    ')}", names)
    await names["example"]()
    made = await bench.undisturbed.query("SELECT Id FROM Account WHERE External_Id__c = 'A-17'").first_page()
    assert made.total_size == 1
    assert [each["method"] for each in bench.demo.log()].count("PATCH") == 2


def test_the_page_shows_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == with_tables(text), "run: python -m tests.client.reliability.page"
