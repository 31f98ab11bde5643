"""What is wrong with a query, as Salesforce says it: the line, a caret under the place, and the text.

    SELECT Nmae FROM Account
           ^
    ERROR at Row:1:Column:8
    No such column 'Nmae' on entity 'Account'. If you are attempting to use ...

The layout and the texts follow section 4 of the query language reference.
"""

from __future__ import annotations

import re

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.soql.errors import SoqlError

_REFERENCE = "Please reference your WSDL or the describe call for the appropriate names."
_CUSTOM = "If you are attempting to use a custom {kind}, be sure to append the '{suffix}' after the {name}. "
FIELD_TAIL = _CUSTOM.format(kind="field", suffix="__c", name="custom field name") + _REFERENCE
RELATIONSHIP_TAIL = (
    _CUSTOM.format(kind="relationship", suffix="__r", name="custom relationship name") + _REFERENCE
)
OBJECT_TAIL = _CUSTOM.format(kind="object", suffix="__c", name="entity name") + _REFERENCE
# How much of a long line is shown on either side of the place.
_BEFORE, _AFTER = 31, 30


def block(text: str, offset: int, message: str, *, from_zero: bool = False) -> str:
    """A message with the place in the query that it is about.

    Args:
        text: the query.
        offset: where in the text, from 0.
        message: what is wrong.
        from_zero: count columns from 0, as syntax errors do and errors of meaning don't.
    """
    body = text.lstrip("\r\n")
    offset = max(0, min(len(body), offset - (len(text) - len(body))))
    row = body.count("\n", 0, offset) + 1
    line_start = body.rfind("\n", 0, offset) + 1
    line = body[line_start:].partition("\n")[0].rstrip("\r")
    column = offset - line_start + (0 if from_zero else 1)
    start, end = _window(line, column)
    spaces = " " * max(0, column - 1 - start)
    return f"\n{line[start:end]}\n{spaces}^\nERROR at Row:{row}:Column:{column}\n{message}"


def _window(line: str, column: int) -> tuple[int, int]:
    start, end = max(0, column - _BEFORE), min(len(line), column + _AFTER)
    while start > 0 and line[start - 1] not in " ,":
        start -= 1
    while end < len(line) and line[end] not in " ,":
        end += 1
    return start, end


def unreadable(text: str, error: SoqlError) -> Refusal:
    """A query that does not follow the grammar."""
    if not text.strip():
        return refusal(400, "MALFORMED_QUERY", "SOQL statements cannot be empty or null")
    offset, word = error.offset, text[error.offset : error.offset + error.length]
    stray_comma = re.match(r",\s*(\w+)", text[offset:])
    if stray_comma:
        # Our parser blames the comma, Salesforce what stands behind it.
        offset, word = offset + stray_comma.start(1), stray_comma[1]
    message = f"unexpected token: '{word or '<EOF>'}'"
    if word == "'":
        message = "mismatched character '<EOF>' expecting '''"
    return refusal(400, "MALFORMED_QUERY", block(text, offset, message, from_zero=True))


def no_such_column(text: str, offset: int, name: str, entity: str) -> Refusal:
    """A field that an sObject does not have."""
    message = f"No such column '{name}' on entity '{entity}'. {FIELD_TAIL}"
    return refusal(400, "INVALID_FIELD", block(text, offset, message))


def no_such_relationship(text: str, offset: int, name: str) -> Refusal:
    """A relationship that does not lead on in a field's path."""
    message = f"Didn't understand relationship '{name}' in field path. {RELATIONSHIP_TAIL}"
    return refusal(400, "INVALID_FIELD", block(text, offset, message))


def no_such_children(text: str, offset: int, name: str) -> Refusal:
    """A child relationship that there is none of."""
    message = f"Didn't understand relationship '{name}' in FROM part of query call. {RELATIONSHIP_TAIL}"
    return refusal(400, "INVALID_TYPE", block(text, offset, message))


def no_such_type(text: str, offset: int, name: str) -> Refusal:
    """An sObject that the org does not have."""
    return refusal(
        400, "INVALID_TYPE", block(text, offset, f"sObject type '{name}' is not supported. {OBJECT_TAIL}")
    )


def invalid_field(text: str, offset: int, message: str) -> Refusal:
    """A field that can't be used in this way."""
    return refusal(400, "INVALID_FIELD", block(text, offset, message))


def invalid_operator(text: str, offset: int, message: str) -> Refusal:
    """A comparison that does not fit its field."""
    return refusal(400, "INVALID_QUERY_FILTER_OPERATOR", block(text, offset, message))


def malformed(text: str, offset: int, message: str) -> Refusal:
    """A query that follows the grammar and breaks another rule, at a place."""
    return refusal(400, "MALFORMED_QUERY", block(text, offset, message))
