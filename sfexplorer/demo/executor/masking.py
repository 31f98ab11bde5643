"""Encrypted fields as those see them who lack the permission to View Encrypted Data: everybody here."""

from __future__ import annotations

from sfexplorer.demo.executor.sql import Sql, template
from sfexplorer.demo.fieldtypes import FieldType

# How many characters at the end a mask leaves clear.
_CLEAR = {"creditCard": 4, "lastFour": 4, "ssn": 4, "sin": 3}


def masked(field: FieldType, value: Sql) -> Sql:
    """The SQL of a value of which the mask leaves as much as its type says: `*****5678`."""
    mask = "".join(each for each in field.mask or "*" if each != "'")
    clear = _CLEAR.get(field.mask_type or "", 0)
    hidden = f"replace(hex(zeroblob(max(length({{}}) - {clear}, 0))), '00', '{mask}')"
    if not clear:
        return template(f"CASE WHEN {{}} IS NOT NULL THEN {hidden} END", value, value)
    shown = f"{hidden} || substr({{}}, -{clear})"
    return template(f"CASE WHEN {{}} IS NOT NULL THEN {shown} END", value, value, value)
