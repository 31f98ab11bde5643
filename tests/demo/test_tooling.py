"""The Tooling API: code as records, and code that runs."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

TOOLING = f"{V}/tooling"
SUCCESS = {
    "line": -1,
    "column": -1,
    "compiled": True,
    "success": True,
    "compileProblem": None,
    "exceptionStackTrace": None,
    "exceptionMessage": None,
}


def run(http: httpx.Client, code: str) -> dict[str, Any]:
    response = http.get(f"{TOOLING}/executeAnonymous/", params={"anonymousBody": code})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    assert list(body) == list(SUCCESS)
    return body


def code_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()[0]["errorCode"]


def test_a_query_tells_what_it_is_about(http: httpx.Client) -> None:
    query = {"q": "SELECT Id, Name FROM apexclass ORDER BY Name"}
    body = http.get(f"{TOOLING}/query/", params=query).json()
    assert list(body) == ["size", "totalSize", "done", "queryLocator", "entityTypeName", "records"]
    assert (body["size"], body["totalSize"], body["done"], body["queryLocator"]) == (3, 3, True, None)
    assert body["entityTypeName"] == "ApexClass"
    assert [each["Name"] for each in body["records"]] == ["Echo", "Money", "Throwing"]
    url = body["records"][0]["attributes"]["url"]
    assert url.startswith(f"{TOOLING}/sobjects/ApexClass/01p")
    assert "RestResource" in http.get(url).json()["Body"]


def test_pages_of_a_query_stay_with_the_api(http: httpx.Client, server: DemoServer) -> None:
    store = server.org.store
    classes = store.schema["ApexClass"]
    with store.transaction():
        rows = [{"Id": store.new_id(classes), "Name": "Page", "Body": "class Page {}"} for _ in range(200)]
        store.insert_many(classes, [store.with_defaults(classes, row) for row in rows])
    batch = {"Sforce-Query-Options": "batchSize=200"}
    query = {"q": "SELECT Name FROM ApexClass"}
    first = http.get(f"{TOOLING}/query", params=query, headers=batch).json()
    assert (first["size"], first["totalSize"], first["done"]) == (200, 203, False)
    assert first["nextRecordsUrl"] == f"{TOOLING}/query/{first['queryLocator']}"
    last = http.get(first["nextRecordsUrl"], headers=batch).json()
    assert (last["size"], last["done"], last["entityTypeName"]) == (3, True, "ApexClass")


def test_code_is_records(http: httpx.Client) -> None:
    made = http.post(f"{TOOLING}/sobjects/ApexClass", json={"Name": "New", "Body": "class New {}"})
    path = made.headers["Location"]
    assert path == f"{TOOLING}/sobjects/ApexClass/{made.json()['id']}"
    assert http.patch(path, json={"Body": "class New { }"}).status_code == 204
    assert http.get(path, params={"fields": "Body"}).json()["Body"] == "class New { }"
    assert http.delete(path).status_code == 204
    assert http.get(path).status_code == 404


def test_the_sobjects_of_the_tooling_api_are_described(http: httpx.Client) -> None:
    names = {each["name"] for each in http.get(f"{TOOLING}/sobjects").json()["sobjects"]}
    assert {"ApexClass", "ApexTrigger", "User"} <= names
    assert "Account" not in names
    assert http.get(f"{TOOLING}/sobjects/ApexTrigger").json()["objectDescribe"]["keyPrefix"] == "01q"
    assert http.get(f"{TOOLING}/sobjects/ApexTrigger/describe").json()["name"] == "ApexTrigger"
    assert set(http.get(TOOLING).json()) >= {"query", "sobjects", "executeAnonymous", "completions"}


def test_other_sobjects_are_not_of_the_tooling_api(http: httpx.Client) -> None:
    refused = http.get(f"{TOOLING}/query", params={"q": "SELECT Id FROM Account"})
    assert code_of(refused) == (400, "INVALID_TYPE")
    assert code_of(http.get(f"{TOOLING}/sobjects/Account")) == (404, "NOT_FOUND")
    assert code_of(http.post(f"{TOOLING}/sobjects/Account", json={"Name": "x"})) == (404, "NOT_FOUND")
    for query in ({}, {"q": "nonsense"}, {"q": "SELECT Nope FROM ApexClass"}):
        assert http.get(f"{TOOLING}/query", params=query).status_code == 400


@pytest.mark.parametrize(
    "code",
    [
        "",
        " ; // nothing\n;",
        "System.debug('x');",
        "system.DEBUG('It\\'s ' + 1 + null);",
        "Integer a = 7; Integer b = (a + 1) * 2 / 3 - -1; System.assertEquals(6, b);",
        "String s = ' Abc '; System.assert(s.trim().length() == 3 && s != null, 'why');",
        "Decimal d = 1; d = d / 4; System.assertEquals(0.25, d); Boolean t = !false || d > 1;",
        "Integer wide = 2147483647; System.assertEquals(-2147483647 - 1, wide + 1);",
        "String s; /* two\nlines */ s = 'x'; System.assertEquals('X', s.toUpperCase());",
    ],
)
def test_good_code_runs(http: httpx.Client, code: str) -> None:
    assert run(http, code) == SUCCESS


@pytest.mark.parametrize(
    ("code", "line", "column", "problem"),
    [
        ("System.debug('x')", 1, 18, "Missing ';' at '<EOF>'"),
        ("Integer a = 1;\nSystem.debug(b);", 2, 14, "Variable does not exist: b"),
        ("Integer a = a;", 1, 13, "Variable does not exist: a"),
        ("Integer a = 'x';", 1, 13, "Illegal assignment from String to Integer"),
        ("Integer a; String A;", 1, 19, "Duplicate variable: A"),
        ("Account a;", 1, 1, "Invalid type: Account"),
        ("System.debug(1 + );", 1, 18, "Unexpected token ')'."),
        ("Integer # = 1;", 1, 9, "Unrecognized symbol '#', which is not a valid Apex identifier."),
        ("throw new Nothing();", 1, 11, "Invalid type: Nothing"),
        ("1 + 1;", 1, 6, "Expression cannot be a statement."),
        ("Integer a = 9999999999;", 1, 13, "Illegal integer: 9999999999"),
        (
            "System.fly();",
            1,
            12,
            "Unexpected token ')'.",
        ),
        (
            "System.fly(1);",
            1,
            8,
            "Method does not exist or incorrect signature: void fly(Integer) from the type System",
        ),
    ],
)
def test_wrong_code_is_told_at_its_place(
    http: httpx.Client, code: str, line: int, column: int, problem: str
) -> None:
    outcome = run(http, code)
    wrong = {"line": line, "column": column, "compiled": False, "success": False, "compileProblem": problem}
    assert outcome == SUCCESS | wrong


@pytest.mark.parametrize(
    ("code", "message", "column"),
    [
        ("Integer a = 1 / 0;", "System.MathException: Divide by 0", 13),
        ("String s; System.debug(s.length());", "System.NullPointerException: Attempt to de-reference", 24),
        ("System.assert(1 > 2, 'small');", "System.AssertException: Assertion Failed: small", 1),
        ("System.assertEquals(1, 2);", "System.AssertException: Assertion Failed: Expected: 1, Actual: 2", 1),
        ("throw new TypeException('mine');", "System.TypeException: mine", 1),
        ("throw new DmlException();", "System.DmlException: Script-thrown exception", 1),
    ],
)
def test_code_may_fail_while_it_runs(http: httpx.Client, code: str, message: str, column: int) -> None:
    outcome = run(http, f"Integer before = 1;\n{code}")
    assert (outcome["compiled"], outcome["success"], outcome["compileProblem"]) == (True, False, None)
    assert outcome["exceptionMessage"].startswith(message)
    assert outcome["exceptionStackTrace"] == f"AnonymousBlock: line 2, column {column}"
    assert (outcome["line"], outcome["column"]) == (2, column)


@pytest.mark.parametrize(
    "code",
    [
        "(" * 3000,
        "-" * 3000 + "1;",
        "!" * 3000,
        "Integer a = " + "(" * 90 + "1" + ")" * 90 + ";" * 50,
        "Decimal a = " + "9" * 4000 + ".0; " + "a = a * a; " * 40,
        "Integer a = 1" + " + 1" * 2000 + ";",
        "'",
        "/*",
        "\x00",
        "String s = '\ud7ff😀';",
        "x.y.z();",
        "System.",
        "System",
    ],
    ids=range(13),
)
def test_hostile_code_is_answered(http: httpx.Client, code: str) -> None:
    run(http, code)


def test_running_needs_code(http: httpx.Client) -> None:
    assert code_of(http.get(f"{TOOLING}/executeAnonymous")) == (400, "MISSING_ARGUMENT")


def test_completions_know_the_classes_that_run(http: httpx.Client) -> None:
    body = http.get(f"{TOOLING}/completions", params={"type": "apex"}).json()
    methods = body["publicDeclarations"]["System"]["System"]["methods"]
    assert "debug" in [each["name"] for each in methods]
    assert http.get(f"{TOOLING}/completions", params={"type": "visualforce"}).status_code == 200
    for wrong in ({}, {"type": "cobol"}):
        assert code_of(http.get(f"{TOOLING}/completions", params=wrong))[0] == 400
