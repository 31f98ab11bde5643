"""Every statement of the language's corpus: answered if it is valid for the demo's schema, refused if not."""

from __future__ import annotations

import re

import httpx

from sfexplorer.soql import diagnose
from tests.demo.conftest import V
from tests.soql.corpora import QUERIES, WRONG_QUERIES
from tests.soql.describes import Describes

CODES = {
    "EXCEEDED_MAX_SEMIJOIN_SUBSELECTS",
    "INVALID_FIELD",
    "INVALID_QUERY_FILTER_OPERATOR",
    "INVALID_TYPE",
    "MALFORMED_QUERY",
    "NUMBER_OUTSIDE_VALID_RANGE",
}
# Diagnosis leaves alone what only the calling program or the place of an aggregate can tell.
BOUND = [text for text in QUERIES if re.search(r"[ (]:[\w(]", re.sub(r"'[^']*'", "''", text))]
LATE = ["SELECT Id FROM Account ORDER BY Owner.Name, COUNT(Id) DESC"]


def is_valid(text: str, schema: Describes) -> bool:
    return all(finding.severity != "error" for finding in diagnose(text, schema))


def refused_as(http: httpx.Client, text: str) -> str | None:
    """The code of a refusal; None for an answer."""
    small = {"Sforce-Query-Options": "batchSize=200"}
    response = http.get(f"{V}/query", params={"q": text}, headers=small)
    if response.status_code == 200:
        return None
    assert response.status_code == 400, (text, response.text)
    (error,) = response.json()
    assert set(error) == {"errorCode", "message"}
    return str(error["errorCode"])


def test_every_valid_statement_is_answered(http: httpx.Client) -> None:
    schema = Describes()
    valid = [text for text in QUERIES if text not in BOUND + LATE and is_valid(text, schema)]
    assert len(valid) > 150
    assert {text: code for text in valid if (code := refused_as(http, text))} == {}


def test_every_other_statement_is_refused_with_a_code_of_salesforce(http: httpx.Client) -> None:
    schema = Describes()
    wrong = [text for text in QUERIES if text in BOUND + LATE or not is_valid(text, schema)]
    wrong += [text for _, _, text in WRONG_QUERIES]
    assert len(wrong) > 250
    codes = {text: refused_as(http, text) for text in wrong}
    assert {text: code for text, code in codes.items() if code not in CODES} == {}


def test_variables_are_apexs_alone(http: httpx.Client) -> None:
    schema = Describes()
    known = [text for text in BOUND if is_valid(text, schema)]
    assert len(known) > 8
    for text in known:
        (error,) = http.get(f"{V}/query", params={"q": text}).json()
        assert error["message"] == "Bind variables only allowed in Apex code"
