"""HTTPS beside HTTP: the same org, a certificate authority of its own, Salesforce's host names."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sfexplorer.demo.server import DemoServer


@pytest.fixture(scope="module")
def org() -> Iterator[DemoServer]:
    with DemoServer(tls=True) as running:
        yield running


@pytest.fixture
def https(org: DemoServer) -> Iterator[httpx.Client]:
    assert org.ca is not None
    trusting = ssl.create_default_context(cafile=org.ca)
    with httpx.Client(verify=trusting) as client:
        yield client


def test_both_listeners_serve_the_same_org(org: DemoServer, https: httpx.Client) -> None:
    headers = {"Authorization": f"Bearer {org.access_token}"}
    path = "/services/data/v60.0/sobjects/Contact"
    made = https.post(f"{org.tls_url}{path}", json={"LastName": "Secure"}, headers=headers)
    assert made.status_code == 201
    read = httpx.get(org.url + made.headers["Location"], headers=headers)
    assert read.json()["LastName"] == "Secure"
    assert {"tls_url", "ca"} <= set(org.facts.as_dict())


@pytest.mark.parametrize(
    "name", ["localhost", "login.salesforce.com", "test.salesforce.com", "acme.my.salesforce.com"]
)
def test_the_certificate_is_good_for_the_names_of_salesforce(
    org: DemoServer, https: httpx.Client, name: str
) -> None:
    answer = https.get(f"{org.tls_url}/services/data", extensions={"sni_hostname": name})
    assert answer.status_code == 200


def test_other_names_and_other_trust_are_refused(org: DemoServer, https: httpx.Client) -> None:
    with pytest.raises(httpx.ConnectError, match="not valid for"):
        https.get(f"{org.tls_url}/services/data", extensions={"sni_hostname": "example.com"})
    with pytest.raises(httpx.ConnectError, match="local issuer"):
        httpx.get(f"{org.tls_url}/services/data")


def test_only_its_owner_may_read_the_authority_and_it_goes_with_the_org() -> None:
    with DemoServer(tls=True) as org:
        ca = Path(org.ca or "")
        assert ca.stat().st_mode & 0o777 == 0o600
        assert ca.parent.stat().st_mode & 0o777 == 0o700
        assert "PRIVATE KEY" not in ca.read_text()
    assert not ca.exists()


def test_a_dropped_connection_is_dropped_over_https_too(org: DemoServer, https: httpx.Client) -> None:
    org.faults({"path": "/services/data", "drop": True, "count": 1})
    with pytest.raises(httpx.TransportError):
        https.get(f"{org.tls_url}/services/data")


def test_nothing_of_it_is_loaded_without_the_option() -> None:
    script = (
        "import sys, json\n"
        "from sfexplorer.demo.server import DemoServer\n"
        "with DemoServer() as org:\n"
        "    print(json.dumps(sorted({'trustme', 'cryptography'} & set(sys.modules))))\n"
        "    assert 'ca' not in org.facts.as_dict()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
