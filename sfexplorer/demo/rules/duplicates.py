"""Duplicate rules: no two contacts with the same name and address, unless the client insists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sfexplorer.demo.describes import DEFAULT_VERSION
from sfexplorer.demo.errors import Fault
from sfexplorer.demo.fieldtypes import DuplicateRule, SObjectType
from sfexplorer.demo.storage import Store, Stored, quoted

_ALLOWED = re.compile(r"\ballowSave\s*=\s*true\b", re.IGNORECASE)
_MOST_SHOWN = 10


def allows_duplicates(header: str) -> bool:
    """Whether a `Sforce-Duplicate-Rule-Header` lets a duplicate be saved."""
    return _ALLOWED.search(header) is not None


def similar_record_faults(
    store: Store,
    type: SObjectType,
    values: Mapping[str, Stored],
    before: Mapping[str, Stored] | None,
    *,
    allowed: bool,
) -> Iterator[Fault]:
    """The duplicate rules that a new or changed record breaks.

    Args:
        store: the records.
        type: the sObject.
        values: what is written.
        before: the record as it was; None for a new one.
        allowed: whether the client saves duplicates where a rule lets it.
    """
    row = {**(before or {}), **values}
    for rule in type.duplicate_rules:
        if (allowed and rule.allow_save) or not any(name in values for name in rule.match):
            continue
        found = _alike(store, type, rule, row)
        if found:
            yield Fault(
                "DUPLICATES_DETECTED", rule.message, (), {"duplicateResult": _result(type, rule, found)}
            )


def _alike(store: Store, type: SObjectType, rule: DuplicateRule, row: Mapping[str, Stored]) -> list[str]:
    """The ids of other records that have all of a rule's values; an empty one is like nothing."""
    wanted = [row.get(name) for name in rule.match]
    if any(value is None for value in wanted):
        return []
    same = " AND ".join(f"{quoted(name)} = ?" for name in rule.match)
    live = 'AND "IsDeleted" = 0' if type.field("IsDeleted") else ""
    query = f'SELECT "Id" FROM {quoted(type.name)} WHERE {same} {live} AND "Id" IS NOT ? LIMIT {_MOST_SHOWN}'  # noqa: S608
    return [str(each[0]) for each in store.select(query, (*wanted, row.get("Id")))]


def _result(type: SObjectType, rule: DuplicateRule, found: list[str]) -> dict[str, object]:
    records = f"/services/data/v{DEFAULT_VERSION}/sobjects/{type.name}"
    matches = [
        {
            "additionalInformation": [],
            "fieldDiffs": [],
            "matchConfidence": 100.0,
            "record": {"attributes": {"type": type.name, "url": f"{records}/{each}"}, "Id": each},
        }
        for each in found
    ]
    return {
        "allowSave": rule.allow_save,
        "duplicateRule": rule.name,
        "duplicateRuleEntityType": type.name,
        "errorMessage": rule.message,
        "matchResults": [
            {
                "entityType": type.name,
                "errors": [],
                "matchEngine": "ExactMatchEngine",
                "matchRecords": matches,
                "rule": rule.name.replace("Duplicate", "Match"),
                "size": len(matches),
                "success": True,
            }
        ],
    }
