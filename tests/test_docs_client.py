"""The pages on the client: each of their examples runs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from sfexplorer.client import Connection, PasswordGrant
from sfexplorer.demo.credentials import JWT_KEY
from sfexplorer.demo.server import DemoServer
from tests.demo.browser import REDIRECT, walked

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "client.md").read_text(encoding="utf-8")
OTHER_PAGE = (DOCS / "coming-from-simple-salesforce.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE + OTHER_PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def org_of_examples() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.strip().splitlines()[-1][:60])
async def test_an_example_of_the_pages_runs(
    example: str, org_of_examples: DemoServer, tmp_path: Path
) -> None:
    demo_org = org_of_examples

    async def in_a_browser(url: str) -> str:
        return await asyncio.to_thread(walked, demo_org, url)

    async with Connection(
        client_id=demo_org.client_id,
        client_secret=demo_org.client_secret,
        login_url=demo_org.url,
        redirect_uri=REDIRECT,
    ) as connection:
        names: dict[str, Any] = {
            "org": await connection.login(
                PasswordGrant(demo_org.username, demo_org.password, demo_org.security_token)
            ),
            "connection": connection,
            "login_url": demo_org.url,
            "client_id": demo_org.client_id,
            "client_secret": demo_org.client_secret,
            "username": demo_org.username,
            "password": demo_org.password,
            "security_token": demo_org.security_token,
            "refresh_token": demo_org.facts.refresh_token,
            "private_key": JWT_KEY.read_text(),
            "assertion": "PHNhbWxwOlJlc3BvbnNlPg==",
            "in_a_browser": in_a_browser,
            "folder": tmp_path,
        }
        exec(f"async def example():\n{indent(example, '    ')}", names)
        await names["example"]()


CALLS = """
    createConnection getAuthUri authenticate refreshToken revokeToken getIdentity getPasswordStatus
    updatePassword getVersions getResources getSObjects getMetadata getDescribe getLimits createSObject insert
    update upsert delete getRecord getBody getAttachmentBody getDocumentBody getContentVersionBody query
    queryAll search getUrl putUrl postUrl deleteUrl apexRest expressOAuth setExternalId hasChanged changed
    previous setAttachment createStreamClient stream subscribe cancel disconnect addReplayId
"""
# Made once at the top of the page, and by an example app of its own.
SHOWN_ELSEWHERE = {"createConnection", "expressOAuth"}


@pytest.mark.parametrize("call", CALLS.split())
def test_a_call_of_nforce_has_its_equal_and_an_example_on_the_page(call: str) -> None:
    table, _, examples = PAGE.split("## Every call of nforce", 1)[1].partition("Logging in,")
    assert f"`{call}" in table
    assert call in SHOWN_ELSEWHERE or re.search(rf"# nforce: .*\b{call}\(", examples)
