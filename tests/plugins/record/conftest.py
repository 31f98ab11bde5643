"""A contact of the demo org, and the keys that a person presses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

from sfexplorer.api.testing import log_in
from sfexplorer.client import Org, SObject

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer


@pytest.fixture
async def org(demo_org: DemoServer) -> AsyncIterator[Org]:
    """The demo org as another client sees it."""
    session = await log_in(demo_org)
    yield session.org
    await session.close()


@pytest.fixture
async def contact(org: Org, demo_org: DemoServer) -> SObject:
    """A contact with an account, a title and a mail address; its Id is what tests open."""
    found = await org.query(
        "SELECT Id FROM Contact WHERE AccountId != null AND Title != null AND Email != null "
        "AND LeadSource != null ORDER BY Id LIMIT 1"
    ).first_page()
    record = await org.retrieve("Contact", str(found.records[0].id))
    demo_org.clear_log()
    return record


@pytest.fixture
def patches(demo_org: DemoServer) -> Any:
    """Gives the bodies of the PATCH requests so far."""

    def bodies() -> list[Any]:
        return [request["body"] for request in demo_org.log() if request["method"] == "PATCH"]

    return bodies
