"""Tabs, their colours, quick actions, and the list of a version's resources."""

from __future__ import annotations

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V


def test_tabs_name_sobjects(http: httpx.Client) -> None:
    tabs = {each["name"]: each for each in http.get(f"{V}/tabs").json()}
    account = tabs["standard-Account"]
    assert (account["label"], account["sobjectName"], account["custom"]) == ("Accounts", "Account", False)
    assert account["url"].endswith("/001/o")


def test_the_theme_has_a_colour_for_every_tab(http: httpx.Client) -> None:
    items = {each["name"]: each for each in http.get(f"{V}/theme").json()["themeItems"]}
    assert {each["sobjectName"] for each in http.get(f"{V}/tabs").json()} == set(items)
    assert all(len(each["colors"][0]["color"]) == 6 for each in items.values())


def test_quick_actions_lead_to_themselves(http: httpx.Client) -> None:
    for each in http.get(f"{V}/quickActions").json():
        action = http.get(each["urls"]["quickAction"]).json()
        assert (action["name"], action["type"]) == (each["name"], "Create")
        assert http.get(f"{V}/sobjects/{action['targetSobjectType']}").status_code == 200
    assert http.get(f"{V}/sobjects/Account/quickActions").json()[0]["name"]
    assert http.get(f"{V}/quickActions/Nothing").status_code == 404


def test_the_newest_version_has_every_resource(server: DemoServer, http: httpx.Client) -> None:
    body = http.get(f"{V}/").json()
    expected = """
    tooling metadata folders chatter tabs appMenu quickActions queryAll wave analytics search identity
    composite
    parameterizedSearch theme recent connect limits process jobs dedupe query sobjects actions support event
    """
    assert set(expected.split()) <= set(body)
    assert body.pop("identity").startswith(f"{server.url}/id/00D")
    assert all(path == f"{V}/{name}" for name, path in body.items())


@pytest.mark.parametrize(
    ("version", "has", "lacks"),
    [("20.0", "sobjects", "chatter"), ("30.0", "tooling", "composite"), ("40.0", "composite", "jobs")],
)
def test_an_older_version_has_fewer(http: httpx.Client, version: str, has: str, lacks: str) -> None:
    body = http.get(f"/services/data/v{version}").json()
    assert has in body
    assert lacks not in body


@pytest.mark.parametrize(
    "path", ["analytics/reports", "ui-api/object-info/Account", "wave", "folders", "metadata"]
)
def test_what_the_org_has_not_is_not_found(http: httpx.Client, path: str) -> None:
    response = http.get(f"{V}/{path}")
    assert response.status_code == 404
    assert response.json() == [{"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"}]


def test_tabs_came_with_a_version(http: httpx.Client) -> None:
    for name in ("tabs", "theme", "quickActions"):
        assert http.get(f"/services/data/v27.0/{name}").status_code == 404
