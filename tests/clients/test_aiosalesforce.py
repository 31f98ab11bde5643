"""aiosalesforce, unmodified, against the demo org."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest
from aiosalesforce import Salesforce
from aiosalesforce.auth import ClientCredentialsFlow, SoapLogin
from aiosalesforce.auth.base import Auth
from aiosalesforce.exceptions import (
    MoreThanOneRecordError,
    NotFoundError,
    SalesforceError,
)

from sfexplorer.demo.server import DemoServer

HOST = "https://acme.my.salesforce.com"


class Front(httpx.AsyncHTTPTransport):
    """Leads Salesforce's host names to the org, whose certificate is for them."""

    def __init__(self, org: DemoServer) -> None:
        super().__init__(verify=ssl.create_default_context(cafile=org.ca))
        self._port = urlsplit(org.tls_url or "").port

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions = {**request.extensions, "sni_hostname": request.url.host}
        request.url = request.url.copy_with(host="127.0.0.1", port=self._port)
        return await super().handle_async_request(request)


@pytest.fixture
async def client(org: DemoServer) -> AsyncIterator[Salesforce]:
    auth = SoapLogin(org.username, org.password, org.security_token)
    async with opened(org) as http:
        yield Salesforce(http, HOST, auth)


def opened(org: DemoServer) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=Front(org))


async def test_logs_in_by_soap_and_by_client_credentials(org: DemoServer) -> None:
    logins: list[Auth] = [
        SoapLogin(org.username, org.password, org.security_token),
        ClientCredentialsFlow(org.client_id, org.client_secret),
    ]
    for auth in logins:
        async with opened(org) as http:
            assert (await Salesforce(http, HOST, auth).get_limits())["DailyApiRequests"]["Max"] == 15000


async def test_reads_and_writes_records(client: Salesforce) -> None:
    made = await client.sobject.create("Account", {"Name": "By aiosalesforce"})
    await client.sobject.update("Account", made, {"Industry": "Energy"})
    assert (await client.sobject.get("Account", made, fields=["Industry"]))["Industry"] == "Energy"
    await client.sobject.delete("Account", made)
    with pytest.raises(NotFoundError):
        await client.sobject.get("Account", made)


async def test_upserts_by_external_id(client: Salesforce) -> None:
    first = await client.sobject.upsert("Account", "AS-1", "External_Id__c", {"Name": "First"})
    second = await client.sobject.upsert("Account", "AS-1", "External_Id__c", {"Name": "Second"})
    assert (first.created, second.created, first.id == second.id) == (True, False, True)


async def test_queries_over_all_pages(client: Salesforce) -> None:
    assert len([record async for record in client.query("SELECT Id FROM Contact")]) == 5000


async def test_batches_requests(client: Salesforce) -> None:
    async with client.composite.batch(halt_on_error=False) as batch:
        query = batch.query("SELECT Id, Name FROM Account LIMIT 3")
        made = batch.sobject.create("Account", {"Name": "Batched & <whole>"})
    assert len(query.records) == 3
    assert (await client.sobject.get("Account", made.id))["Name"] == "Batched & <whole>"


async def test_writes_in_bulk(client: Salesforce) -> None:
    done = await client.bulk_v2.insert("Account", [{"Name": "Bulk A"}, {"Name": "Bulk B"}])
    assert len(done.successful_results) == 2
    assert not done.failed_results


async def test_tells_the_errors_apart(client: Salesforce) -> None:
    with pytest.raises(SalesforceError, match="REQUIRED_FIELD_MISSING"):
        await client.sobject.create("Account", {})
    with pytest.raises(NotFoundError):
        await client.sobject.get("Account", "001000000000000AAA")
    with pytest.raises(SalesforceError, match="MALFORMED_QUERY"):
        [record async for record in client.query("SELECT FROM")]
    email = "twice@example.com"
    for name in ("One", "Two"):
        await client.sobject.create("Contact", {"LastName": name, "Email": email})
    with pytest.raises(MoreThanOneRecordError):
        await client.sobject.get("Contact", email, external_id_field="Email")
