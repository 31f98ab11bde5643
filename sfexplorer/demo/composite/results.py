"""What became of a record: the entries of the answers of collections and trees, `statusCode` and all."""

from __future__ import annotations

from typing import Any

from sfexplorer.demo.errors import Refusal, refusal

Result = dict[str, Any]
_ROLLED_BACK = (
    "Record rolled back because not all records were valid and the request was using AllOrNone header"
)


def errors_of(refused: Refusal) -> list[dict[str, Any]]:
    """Why a record was refused, in the form of DML."""
    return [
        {"statusCode": fault.code, "message": fault.message, "fields": list(fault.fields or ())}
        for fault in refused.faults
    ]


def failure(refused: Refusal) -> Result:
    """The result of a record that was refused."""
    return {"success": False, "errors": errors_of(refused)}


def rolled_back() -> Result:
    """The result of a record that was good, but not done since another wasn't."""
    return failure(refusal(400, "ALL_OR_NONE_OPERATION_ROLLED_BACK", _ROLLED_BACK, []))
