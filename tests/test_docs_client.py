"""The page on the client: each of its examples runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from sfexplorer.api.testing import log_in
from sfexplorer.demo.server import DemoServer

PAGE = (Path(__file__).parents[1] / "docs" / "client.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def org_of_examples() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.strip().splitlines()[-1][:60])
async def test_an_example_of_the_page_runs(example: str, org_of_examples: DemoServer) -> None:
    demo_org = org_of_examples
    session = await log_in(demo_org)
    names: dict[str, Any] = {
        "org": session.org,
        "connection": session.connection,
        "login_url": demo_org.url,
        "client_id": demo_org.client_id,
        "client_secret": demo_org.client_secret,
        "username": demo_org.username,
        "password": demo_org.password,
        "security_token": demo_org.security_token,
        "refresh_token": demo_org.facts.refresh_token,
    }
    try:
        exec(f"async def example():\n{indent(example, '    ')}", names)
        await names["example"]()
    finally:
        await session.connection.aclose()


CALLS = """
    createConnection getAuthUri authenticate refreshToken revokeToken getIdentity getPasswordStatus
    updatePassword getVersions getResources getSObjects getMetadata getDescribe getLimits createSObject insert
    update upsert delete getRecord getBody getAttachmentBody getDocumentBody getContentVersionBody query
    queryAll search getUrl putUrl postUrl deleteUrl apexRest expressOAuth setExternalId hasChanged changed
    previous setAttachment
"""


@pytest.mark.parametrize("call", CALLS.split())
def test_a_call_of_nforce_has_its_equal_on_the_page(call: str) -> None:
    table = PAGE.split("## Every call of nforce", 1)[1].split("Logging in,", 1)[0]
    assert f"`{call}" in table
