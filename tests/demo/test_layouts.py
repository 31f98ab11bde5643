"""The layouts of an sObject's pages."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.demo.conftest import V

MASTER = "012000000000000AAA"
DESCRIBE = f"{V}/sobjects/Account/describe"


def items(layout: dict[str, Any], part: str = "detailLayoutSections") -> list[dict[str, Any]]:
    return [item for each in layout[part] for row in each["layoutRows"] for item in row["layoutItems"]]


def test_a_layout_shows_fields_that_the_describe_has(http: httpx.Client) -> None:
    body = http.get(f"{DESCRIBE}/layouts/").json()
    (layout,) = body["layouts"]
    described = {each["name"]: each for each in http.get(DESCRIBE).json()["fields"]}
    shown = [component for item in items(layout) for component in item["layoutComponents"]]
    assert {"Name", "Phone", "BillingAddress", "CreatedById"} <= {each["value"] for each in shown}
    assert all(described[each["value"]]["label"] == each["details"]["label"] for each in shown)
    required = [item["label"] for item in items(layout, "editLayoutSections") if item["required"]]
    assert "Account Name" in required
    assert {"Contacts", "Opportunities"} <= {each["name"] for each in layout["relatedLists"]}


def test_every_record_type_leads_to_its_layout(http: httpx.Client) -> None:
    types = {each["recordTypeId"] for each in http.get(DESCRIBE).json()["recordTypeInfos"]}
    body = http.get(f"{DESCRIBE}/layouts").json()
    assert {each["recordTypeId"] for each in body["recordTypeMappings"]} == types
    for each in body["recordTypeMappings"]:
        layout = http.get(each["urls"]["layout"]).json()
        assert layout["id"] == each["layoutId"] == body["layouts"][0]["id"]


def test_compact_layouts_name_a_few_fields(http: httpx.Client) -> None:
    body = http.get(f"{DESCRIBE}/compactLayouts").json()
    (layout,) = body["compactLayouts"]
    assert 1 <= len(layout["fieldItems"]) <= 4
    assert layout["id"] == body["defaultCompactLayoutId"]
    assert http.get(body["urls"]["primary"]).json() == layout
    assert http.get(f"{DESCRIBE}/compactLayouts/{MASTER[:15]}").json() == layout


def test_there_are_no_approval_layouts(http: httpx.Client) -> None:
    assert http.get(f"{DESCRIBE}/approvalLayouts").json() == {"approvalLayouts": []}
    assert http.get(f"{DESCRIBE}/approvalLayouts/Any").status_code == 404


def test_the_urls_of_a_describe_lead_somewhere(http: httpx.Client) -> None:
    # One of each five is enough: all come from the same few lines.
    for each in http.get(f"{V}/sobjects").json()["sobjects"][::5]:
        for name, url in each["urls"].items():
            if name != "rowTemplate":
                assert http.get(url).status_code == 200, url


@pytest.mark.parametrize(
    "path",
    [
        f"{DESCRIBE}/layouts/0125g00000zzzzz",
        f"{DESCRIBE}/layouts/nonsense",
        f"{DESCRIBE}/compactLayouts/nonsense",
        f"{V}/sobjects/Attachment/describe/layouts",
        f"{V}/sobjects/Nothing/describe/layouts",
        f"{DESCRIBE.replace('60', '28')}/compactLayouts",
    ],
)
def test_layouts_that_are_not_there_are_not_found(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert (response.status_code, response.json()[0]["errorCode"]) == (404, "NOT_FOUND")
