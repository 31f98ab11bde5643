"""simple-salesforce, unmodified, against the demo org."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceResourceNotFound,
)

from sfexplorer.demo.server import DemoServer


@pytest.fixture
def session(org: DemoServer) -> Iterator[requests.Session]:
    with requests.Session() as opened:
        opened.verify = org.ca or ""
        opened.trust_env = False
        yield opened


@pytest.fixture
def client(org: DemoServer, session: requests.Session) -> Any:
    return Salesforce(instance_url=org.tls_url, session_id=org.access_token, version="60.0", session=session)


@pytest.mark.usefixtures("salesforce_hosts")
def test_logs_in_by_soap_and_by_client_credentials(org: DemoServer, session: requests.Session) -> None:
    by_soap = Salesforce(org.username, org.password, org.security_token, session=session)
    assert by_soap.query("SELECT COUNT() FROM Account")["totalSize"] > 1000
    with pytest.raises(SalesforceAuthenticationFailed, match="INVALID_LOGIN"):
        Salesforce(org.username, "wrong", org.security_token, session=session)
    by_app = Salesforce(
        consumer_key=org.client_id, consumer_secret=org.client_secret, domain="acme.my", session=session
    )
    assert by_app.query("SELECT COUNT() FROM Account")["totalSize"] > 1000


def test_reads_and_writes_records(client: Any) -> None:
    made = client.Account.create({"Name": "By simple-salesforce"})
    assert made["success"]
    assert client.Account.update(made["id"], {"Industry": "Energy"}) == 204
    assert client.Account.get(made["id"])["Industry"] == "Energy"
    assert client.Account.delete(made["id"]) == 204
    with pytest.raises(SalesforceResourceNotFound):
        client.Account.get(made["id"])


def test_upserts_by_external_id(client: Any) -> None:
    first = client.Account.upsert("External_Id__c/SS-1", {"Name": "First"})
    second = client.Account.upsert("External_Id__c/SS-1", {"Name": "Second"})
    assert (first, second) == (201, 200)
    assert client.Account.get_by_custom_id("External_Id__c", "SS-1")["Name"] == "Second"


def test_describes(client: Any) -> None:
    names = [each["name"] for each in client.describe()["sobjects"]]
    assert {"Account", "Contact", "Opportunity"} <= set(names)
    assert client.Account.describe()["keyPrefix"] == "001"
    assert client.Account.metadata()["objectDescribe"]["name"] == "Account"


def test_queries_over_all_pages(client: Any) -> None:
    found = client.query_all("SELECT Id FROM Contact")
    assert len(found["records"]) == found["totalSize"] == 5000


def test_searches(client: Any) -> None:
    found = client.search("FIND {Lovelace} RETURNING Contact(Id, Name)")
    assert "Ada Lovelace" in [each["Name"] for each in found["searchRecords"]]


def test_queries_and_writes_in_bulk(client: Any) -> None:
    pages = list(client.bulk2.Contact.query("SELECT Id, LastName FROM Contact", max_records=2000))
    assert [len(page.splitlines()) - 1 for page in pages] == [2000, 2000, 1000]
    (done,) = client.bulk2.Account.insert(records=[{"Name": "Bulk A"}, {"Name": "Bulk B"}])
    assert (done["numberRecordsProcessed"], done["numberRecordsFailed"]) == (2, 0)
    assert client.bulk2.Account.get_successful_records(done["job_id"]).count("\n") == 3


def test_carries_blobs_there_and_back(client: Any, tmp_path: Path) -> None:
    account = client.Account.create({"Name": "With a file"})
    bytes_sent = bytes(range(256)) * 8
    file = tmp_path / "bytes.bin"
    file.write_bytes(bytes_sent)
    attachment = client.Attachment.create({"Name": "x", "ParentId": account["id"], "Body": "eA=="})
    client.Attachment.update_base64(attachment["id"], str(file), base64_field="Body")
    assert client.Attachment.get_base64(attachment["id"]) == bytes_sent


def test_calls_apex_rest_limits_and_tooling(client: Any) -> None:
    assert client.apexecute("echo", method="POST", data={"a": 1})["body"] == {"a": 1}
    assert client.limits()["DailyApiRequests"]["Max"] == 15000
    assert client.toolingexecute("query/?q=SELECT+Id+FROM+ApexClass")["done"]
    assert client.api_usage["api-usage"].total == 15000


def test_tells_deleted_and_updated_records(client: Any) -> None:
    made = client.Account.create({"Name": "Soon gone"})["id"]
    client.Account.delete(made)
    now = datetime.now(UTC)
    gone = client.Account.deleted(now - timedelta(minutes=5), now + timedelta(minutes=2))
    assert made in [each["id"] for each in gone["deletedRecords"]]
    assert client.Contact.updated(now - timedelta(days=2), now + timedelta(minutes=2))["ids"] is not None


def test_tells_the_errors_apart(org: DemoServer, client: Any) -> None:
    with pytest.raises(SalesforceMalformedRequest, match="INVALID_FIELD"):
        client.query("SELECT Nothing FROM Account")
    with pytest.raises(SalesforceMalformedRequest, match="MALFORMED_QUERY"):
        client.query("SELECT FROM")
    with pytest.raises(SalesforceMalformedRequest, match="REQUIRED_FIELD_MISSING"):
        client.Account.create({})
    stale = Salesforce(
        instance_url=org.tls_url, session_id="00D000000000001!x", version="60.0", session=client.session
    )
    with pytest.raises(SalesforceExpiredSession, match="INVALID_SESSION_ID"):
        stale.limits()
