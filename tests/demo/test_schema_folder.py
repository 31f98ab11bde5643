"""A user's own schema files: what they add, and what is said of those that don't fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from click.testing import CliRunner

from sfexplorer.demo.command import demo
from sfexplorer.demo.objects import BUNDLED, load_schema
from sfexplorer.demo.schemacheck import check_schema
from sfexplorer.demo.schemaentries import (
    DuplicateRuleEntry,
    FieldEntry,
    ObjectEntry,
    RecordTypeEntry,
    RuleEntry,
)
from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

ENGINE = {
    "name": "Engine__c",
    "fields": [
        {"name": "Account__c", "type": "reference", "to": "Account", "children": "Engines__r"},
        {"name": "Power__c", "type": "double(8,1)"},
        {"name": "Horsepower__c", "type": "double(8,1)", "sql": "round(Power__c * 1.34, 1)", "formula": "x"},
    ],
    "rules": [{"name": "Power", "when": "Power__c <= 0", "message": "More power", "field": "Power__c"}],
}
PART = {
    "name": "Part__c",
    "fields": [
        {
            "name": "Engine__c", "type": "reference", "to": "Engine__c", "children": "Parts__r",
            "flags": "required cascadeDelete",
        }
    ],
}  # fmt: skip
MORE = {
    "extends": "Account",
    "fields": [
        {"name": "Engines__c", "type": "double(18,0)", "flags": "readonly", "rollUp": "count(Engines__r)"},
        {"name": "Motto__c", "label": "Motto", "default": "Excelsior"},
    ],
}


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("schema")
    for number, content in enumerate((ENGINE, PART, MORE)):
        (folder / f"{number}.json").write_text(json.dumps(content))
    with DemoServer(schema=folder) as org:
        headers = {"Authorization": f"Bearer {org.access_token}"}
        with httpx.Client(base_url=org.url, headers=headers) as client:
            yield client


def test_a_new_object_gets_what_goes_without_saying(http: httpx.Client) -> None:
    described = http.get(f"{V}/sobjects/Engine__c/describe").json()
    names = [each["name"] for each in described["fields"]]
    assert names == [
        "Id", "OwnerId", "IsDeleted", "Name", "CreatedDate", "CreatedById", "LastModifiedDate",
        "LastModifiedById", "SystemModstamp", "Account__c", "Power__c", "Horsepower__c",
    ]  # fmt: skip
    assert (described["label"], described["labelPlural"], described["keyPrefix"]) == (
        "Engine",
        "Engines",
        "a00",
    )
    detail = http.get(f"{V}/sobjects/Part__c/describe").json()
    assert "OwnerId" not in [each["name"] for each in detail["fields"]]
    assert detail["keyPrefix"] == "a01"


def test_new_objects_and_fields_work_like_the_others(http: httpx.Client) -> None:
    account = http.post(f"{V}/sobjects/Account", json={"Name": "Works"}).json()["id"]
    body = {"Name": "No. 1", "Account__c": account, "Power__c": 10}
    engine = http.post(f"{V}/sobjects/Engine__c", json=body).headers["Location"]
    assert http.get(engine).json()["Horsepower__c"] == 13.4
    query = "SELECT Account__r.Motto__c, Account__r.Engines__c FROM Engine__c"
    (record,) = http.get(f"{V}/query", params={"q": query}).json()["records"]
    assert record["Account__r"]["Motto__c"] == "Excelsior"
    assert record["Account__r"]["Engines__c"] == 1.0
    (refused,) = http.patch(engine, json={"Power__c": 0}).json()
    assert (refused["message"], refused["fields"]) == ("More power", ["Power__c"])
    http.post(f"{V}/sobjects/Part__c", json={"Engine__c": engine[-18:]})
    assert http.delete(engine).status_code == 204
    assert http.get(f"{V}/query", params={"q": "SELECT Id FROM Part__c"}).json()["totalSize"] == 0


def test_the_records_of_the_bundled_objects_are_there_too(http: httpx.Client) -> None:
    count = http.get(f"{V}/query", params={"q": "SELECT COUNT() FROM Contact"}).json()["totalSize"]
    assert count == 5000


def _field(**facts: Any) -> dict[str, Any]:
    return {"name": "Bad__c", "fields": [{"name": "A__c", **facts}]}


MISTAKES: list[tuple[str, str]] = [
    ("{", "Bad.json: Input data was truncated"),
    ("[]", "Bad.json: Expected object, got array"),
    ("{}", "Bad.json: name or extends must say which sObject this is"),
    ('{"name": "Bad__c", "shape": 1}', "Bad.json: Object contains unknown field shape"),
    ('{"extends": "Nope"}', "Bad.json: extends: there is no sObject Nope"),
    ('{"name": "Bad__c", "keyPrefix": "001"}', "Bad.json: keyPrefix: 001 is that of Account"),
    ('{"name": "Bad__c", "flags": "-shiny"}', "Bad.json: flags: 'shiny' is no flag of an sObject"),
    ('{"name": "Bad__c", "fields": ["Nonsense"]}', "Bad.json: Nonsense: common.json has no field Nonsense"),
]
WRONG_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"lenght": 3}, "Bad.json: Object contains unknown field lenght - at $.fields[0]"),
    ({"type": 3}, "Bad.json: Expected str, got int - at $.fields[0].type"),
    ({"type": "string(x)"}, "Bad.json: A__c: type: 'string(x)' is no field type"),
    ({"type": "strng"}, "Bad.json: A__c: type: 'strng' is no field type"),
    ({"flags": "shiny"}, "Bad.json: A__c: flags: 'shiny' is no flag of a field"),
    ({"type": "picklist", "values": "Colours"}, "Bad.json: A__c: common.json has no picklist Colours"),
    ({"type": "reference", "to": "Nowhere"}, "Bad.json: A__c: points to Nowhere, which has no file"),
    ({"type": "reference", "to": "account"}, "Bad.json: A__c: points to account, which is written Account"),
    ({"copies": "B.C"}, "Bad.json: A__c: copies: B.C leads nowhere"),
    ({"copies": "B"}, "Bad.json: A__c: copies: 'B' is not of the form ReferenceId.Field"),
    ({"rollUp": "sum(Nopes)"}, "Bad.json: A__c: rollUp: 'sum(Nopes)' is not of the form"),
    ({"rollUp": "count(Nopes)"}, "Bad.json: A__c: rollUp: Nopes is no child relationship"),
    ({"stampedBy": "B"}, "Bad.json: A__c: stampedBy: there is no field B"),
    ({"controller": "B"}, "Bad.json: A__c: controller: there is no field B"),
    ({"sql": "B + 1"}, "Bad.json: A__c: sql: no such column: B"),
    ({"sql": "); DROP TABLE"}, "Bad.json: A__c: sql: near"),
]


def _said(folder: Path, text: str) -> str:
    (folder / "Bad.json").write_text(text)
    result = CliRunner().invoke(demo, ["--schema", str(folder)])
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line.removeprefix("sfexplorer demo: ")


@pytest.mark.parametrize(("text", "line"), MISTAKES)
def test_a_file_that_does_not_fit_is_told_in_one_line(tmp_path: Path, text: str, line: str) -> None:
    assert _said(tmp_path, text).startswith(line)


@pytest.mark.parametrize(("field", "line"), WRONG_FIELDS)
def test_a_field_that_does_not_fit_is_told_in_one_line(
    tmp_path: Path, field: dict[str, Any], line: str
) -> None:
    assert _said(tmp_path, json.dumps(_field(**field))).startswith(line)


@pytest.mark.parametrize(
    ("addition", "line"),
    [
        (
            {"rules": [{"name": "R", "when": "Nope = 1", "message": "m"}]},
            "rules: R: when: No such column 'Nope'",
        ),
        ({"rules": [{"name": "R", "when": "Name =", "message": "m"}]}, "rules: R: when: "),
        (
            {"rules": [{"name": "R", "when": "Name = 'x'", "message": "m", "field": "B"}]},
            "rules: R: there is no field B",
        ),
        ({"duplicateRules": [{"name": "D", "match": ["B"]}]}, "duplicateRules: D: there is no field B"),
        (
            {"recordTypes": [{"name": "T", "developerName": "T", "defaults": {"B": 1}}]},
            "recordTypes: T: there is no field B",
        ),
    ],
)
def test_a_rule_that_does_not_fit_is_told_in_one_line(
    tmp_path: Path, addition: dict[str, Any], line: str
) -> None:
    assert _said(tmp_path, json.dumps({"name": "Bad__c", **addition})).startswith(f"Bad.json: {line}")


README = (BUNDLED / "README.md").read_text(encoding="utf-8")


def test_the_examples_of_the_documentation_fit(tmp_path: Path) -> None:
    for number, example in enumerate(re.findall(r"```json\n(.*?)```", README, re.DOTALL)):
        (tmp_path / f"{number}.json").write_text(example)
    schema = load_schema(tmp_path)
    check_schema(schema)
    assert schema["Account"].field("Engines__c") is not None


@pytest.mark.parametrize("entry", [ObjectEntry, FieldEntry, RuleEntry, DuplicateRuleEntry, RecordTypeEntry])
def test_every_key_is_documented(entry: type[msgspec.Struct]) -> None:
    told = set(re.findall(r"`(\w+)`", README)) | {"active", "address"}
    assert {field.encode_name for field in msgspec.structs.fields(entry)} <= told
