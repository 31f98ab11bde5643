"""The token goes to its own origin: a second host, named in every place an answer has, hears nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from sfexplorer.client import (
    Connection,
    DescribeFiles,
    DescribeKey,
    ForeignUrl,
    InsecureUrl,
    KeptDescribe,
    MalformedUrl,
    OAuth,
    Org,
    PasswordGrant,
    Retry,
    SalesforceError,
    SObject,
)

from .calls import ID, VERBS
from .conftest import MakeHost, ScriptedHost, answer

Connect = Callable[..., Connection]
ONCE = Retry(tries=1)
PATH = "/services/data/v60.0/query/01g000000000001-2000"


def pointing_to(url: str) -> dict[str, Any]:
    """An answer with the URL in every place where Salesforce has one."""
    attributes = {"type": "Account", "url": url}
    child = {"totalSize": 9, "done": False, "nextRecordsUrl": url, "records": [{"attributes": attributes}]}
    record = {"attributes": attributes, "Id": ID, "Body": url, "VersionData": url, "Contacts": child}
    return {
        **record,
        "totalSize": 9,
        "done": False,
        "nextRecordsUrl": url,
        "records": [record],
        "searchRecords": [record],
        "sobjects": [],
        "fields": [],
        "name": "Account",
        "elements": [],
        "nextPageUrl": url,
        "instance_url": url,
        "user_id": ID,
        "organization_id": ID,
        "identity": url,
        "contentUrl": url,
        "id": ID,
        "success": True,
        "errors": [],
    }


def writings_of(host: ScriptedHost) -> list[str]:
    """The other host, in all the ways that a URL may name it."""
    name = host.url.removeprefix("http://")
    return [
        f"{host.url}{PATH}",
        f"//{name}{PATH}",
        f"/\\{name}{PATH}",
        f"@{name}{PATH}",
        f":80@{name}{PATH}",
        f"http://127.0.0.1@{name}{PATH}",
    ]


@pytest.mark.parametrize("way", range(6))
async def test_no_url_of_an_answer_leads_a_request_elsewhere(
    connect: Connect, make_host: MakeHost, way: int
) -> None:
    other = await make_host(answer(200, {}))
    host = await make_host(answer(200, pointing_to(writings_of(other)[way])))
    org = connect(api_version="60.0", retry=ONCE).org(OAuth("00Dxx!token-in-hand", host.url))
    for verb in VERBS.values():
        try:
            await verb(org)
        except SalesforceError:
            continue
    assert other.seen == []
    assert len(host.seen) >= len(VERBS)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_leads_a_request_elsewhere(
    connect: Connect, make_host: MakeHost, status: int
) -> None:
    other = await make_host(answer(200, {}))
    host = await make_host(answer(status, b"", Location=f"{other.url}/services/data"))
    org = connect(api_version="60.0", retry=ONCE).org(OAuth("00Dxx!token-in-hand", host.url))
    for name, verb in VERBS.items():
        try:
            # A list of records has an error for each.
            told = await verb(org)
            (refused,) = [each.error for each in told] if isinstance(told, list) else [None]
        except SalesforceError as error:
            refused = error
        assert isinstance(refused, ForeignUrl), name
    assert other.seen == []


async def read_on(org: Org) -> None:
    async for _ in org.query("SELECT Id FROM Account"):
        pass


async def read_children(org: Org) -> None:
    page = await org.query("SELECT Id, (SELECT Id FROM Contacts) FROM Account").first_page()
    async for _ in org.all_of(page.records[0]["Contacts"]):
        pass


FOLLOWED: dict[str, Callable[[Org], Awaitable[object]]] = {"pages": read_on, "children": read_children}


@pytest.mark.parametrize("followed", FOLLOWED)
async def test_the_next_page_elsewhere_is_refused_by_name(
    connect: Connect, make_host: MakeHost, followed: str
) -> None:
    other = await make_host(answer(200, {}))
    host = await make_host(answer(200, pointing_to(f"{other.url}{PATH}")))
    org = connect(api_version="60.0", retry=ONCE).org(OAuth("00Dxx!token-in-hand", host.url))
    with pytest.raises(ForeignUrl):
        await FOLLOWED[followed](org)
    assert other.seen == []


async def test_a_blob_is_asked_for_at_the_orgs_own_host(connect: Connect, make_host: MakeHost) -> None:
    other = await make_host(answer(200, b"stolen"))
    host = await make_host(answer(200, pointing_to(f"{other.url}{PATH}")))
    org = connect(api_version="60.0", retry=ONCE).org(OAuth("00Dxx!token-in-hand", host.url))
    record = SObject("Attachment", Id="00P000000000001AAA", Body=f"{other.url}{PATH}")
    for asking in (org.body(record), org.attachment_body(str(record.id))):
        try:
            await (await asking).read()
        except SalesforceError:
            continue
    assert other.seen == []


async def test_the_identity_is_asked_for_at_the_orgs_own_host(connect: Connect, make_host: MakeHost) -> None:
    other = await make_host(answer(200, {}))
    host = await make_host(answer(200, {"user_id": "005", "organization_id": "00D"}))
    identity = f"{other.url}/id/00Dxx0000001gPLEAY/005xx000001X8UzAAK"
    connection = connect(api_version="60.0")
    await connection.org(OAuth("00Dxx!token-in-hand", host.url, id=identity)).identity()
    assert other.seen == []
    assert host.seen[0].target.startswith("/id/00Dxx0000001gPLEAY/005xx000001X8UzAAK")


async def test_a_resource_elsewhere_is_refused(connect: Connect, make_host: MakeHost) -> None:
    other = await make_host(answer(200, {}))
    host = await make_host(answer(200, {"sobjects": f"{other.url}/services/data/v60.0/sobjects"}))
    with pytest.raises(ForeignUrl):
        await connect(api_version="60.0").org(OAuth("00Dxx!token-in-hand", host.url)).resources()
    assert other.seen == []


async def test_a_url_that_a_person_pastes_is_refused_elsewhere(connect: Connect, make_host: MakeHost) -> None:
    other, host = await make_host(answer(200, {})), await make_host(answer(200, {}))
    org = connect(api_version="60.0").org(OAuth("00Dxx!token-in-hand", host.url))
    for written in writings_of(other):
        for method in ("get_url", "delete_url", "post_url", "apex_rest"):
            try:
                await getattr(org, method)(written)
            except (ForeignUrl, MalformedUrl):
                continue
            except SalesforceError as error:
                raise AssertionError(f"{method} {written}") from error
    assert other.seen == []


@pytest.mark.parametrize(
    "url", ["http://acme.my.salesforce.com", "http://10.0.0.1", "http://localhost.evil.example"]
)
def test_a_token_is_good_for_https_alone_but_on_this_machine(url: str) -> None:
    with pytest.raises(InsecureUrl):
        OAuth("00Dxx!token-in-hand", url)


async def test_a_login_host_can_not_make_us_use_plain_http(connect: Connect, make_host: MakeHost) -> None:
    host = await make_host(
        answer(200, {"access_token": "x", "instance_url": "http://acme.my.salesforce.com"})
    )
    with pytest.raises(InsecureUrl):
        await connect(login_url=host.url).login(PasswordGrant("ada", "open-sesame"))


def test_no_cache_holds_a_token(tmp_path: Path) -> None:
    oauth = OAuth("00Dxx!token-in-hand", "https://acme.my.salesforce.com", refresh_token="half-a-token")
    key = DescribeKey(oauth.instance_url, "00D", "005", "60.0", "", "")
    DescribeFiles(tmp_path).store(key, KeptDescribe(b"{}", "", "60.0"))
    (kept,) = tmp_path.iterdir()
    assert b"token" not in kept.read_bytes()
