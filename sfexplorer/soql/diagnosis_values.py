"""Values that do not fit the field they are compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sfexplorer.soql.diagnosis_report import Report
from sfexplorer.soql.diagnosis_walk import Select, comparisons
from sfexplorer.soql.literals import literal_value
from sfexplorer.soql.quoting import quote
from sfexplorer.soql.schema import FieldDescription
from sfexplorer.soql.schema_types import IDS, NUMERIC, PICKLISTS, TEXTS
from sfexplorer.soql.suggest import closest
from sfexplorer.soql.tree import Comparison, Function, Literal, Path, SemiJoin, ValueList
from sfexplorer.soql.words import DATE_FUNCTIONS

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
ID = re.compile(r"[A-Za-z0-9]{15}([A-Za-z0-9]{3})?")
# Functions that give numbers, whatever they are of.
NUMBERS = DATE_FUNCTIONS | {"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "GROUPING", "DISTANCE"}
LIKABLE = TEXTS - {"encryptedstring"}
# What fits each kind of field; null and variables fit all.
FITTING: dict[str, tuple[str, ...]] = {
    "text": ("string",),
    "boolean": ("boolean",),
    "number": ("number", "currency"),
    "date": ("date", "date literal"),
    "datetime": ("datetime", "date literal"),
    "time": ("time",),
}
WANTED = {
    "text": "a text in quotes",
    "boolean": "TRUE or FALSE",
    "number": "a number",
    "date": "a date such as 2026-01-31",
    "datetime": "a datetime such as 2026-01-31T10:00:00Z",
    "time": "a time such as 10:00:00.000Z",
}


def check_values(select: Select, report: Report) -> None:
    """Tell of values and operators that do not fit what is compared."""
    for condition in (select.query.where, select.query.having):
        for placed in comparisons(condition):
            _check(select, placed.comparison, report)


def _check(select: Select, comparison: Comparison, report: Report) -> None:
    left = comparison.left
    if isinstance(left, Function):
        _check_function(select, left, comparison, report)
        return
    field = select.scope.field(left.parts)
    if field is None or not field.filterable:
        return
    if not _check_operator(left, field, comparison, report):
        return
    kind = _kind(field)
    for literal in _literals(comparison):
        if kind is not None and _check_kind(left.text, kind, literal, report):
            _check_content(field, comparison.operator, literal, report)


def _kind(field: FieldDescription) -> str | None:
    if field.type in TEXTS or field.type in IDS or field.type == "multipicklist":
        return "text"
    if field.type in NUMERIC:
        return "number"
    return field.type if field.type in FITTING else None


def _literals(comparison: Comparison) -> Iterable[Literal]:
    match comparison.right:
        case Literal():
            return (comparison.right,)
        case ValueList():
            return comparison.right.values
        case SemiJoin():
            return ()


def _check_operator(left: Path, field: FieldDescription, comparison: Comparison, report: Report) -> bool:
    operator = comparison.operator
    span = left.span
    if operator in ("INCLUDES", "EXCLUDES") and field.type != "multipicklist":
        listing = "IN" if operator == "INCLUDES" else "NOT IN"
        report.add(span, f"{left.text} has one value: {operator} is for several.", f"Write {listing}.")
    elif operator == "LIKE" and field.type in IDS:
        report.add(span, f"{left.text} is an Id: LIKE can't compare it.", "Compare by = or IN.")
    elif operator == "LIKE" and field.type not in LIKABLE:
        report.add(span, f"{left.text} is no text: LIKE can't compare it.", "Compare by = or >=.")
    elif operator in ("<", "<=", ">", ">=") and field.type == "boolean":
        report.add(span, f"{left.text} is TRUE or FALSE: {operator} can't compare it.", "Compare by =.")
    else:
        return True
    return False


def _check_kind(name: str, kind: str, literal: Literal, report: Report) -> bool:
    """Whether a constant is of the kind; what is wrong is told."""
    if literal.kind in ("null", "bind") or literal.kind in FITTING[kind]:
        return True
    mended = _mended(kind, literal)
    hint = f"Write {mended}." if mended else None
    message = f"{name} is compared with {WANTED[kind]}."
    if literal.kind == "string" and kind != "text":
        message = f"{name} is compared with {WANTED[kind]}, without quotes."
    report.add(literal.span, message, hint, replacement=mended)
    return False


def _mended(kind: str, literal: Literal) -> str | None:
    """The constant as it must be spelled, where that can be told."""
    text = literal.text
    bare = text[1:-1] if literal.kind == "string" else text
    match kind:
        case "text":
            return quote(bare) if literal.kind != "string" else None
        case "boolean":
            spelled = bare.upper()
            known = {"1": "TRUE", "0": "FALSE", "YES": "TRUE", "NO": "FALSE"}
            return spelled if spelled in ("TRUE", "FALSE") else known.get(spelled)
        case "number":
            return bare if NUMBER.fullmatch(bare) else None
        case "date":
            return bare[:10] if DATE.match(bare) and (len(bare) == 10 or DATETIME.fullmatch(bare)) else None
        case "datetime":
            if DATETIME.fullmatch(bare):
                return bare
            return f"{bare}T00:00:00Z" if DATE.fullmatch(bare) else None
        case _:
            return None


def _check_content(field: FieldDescription, operator: str, literal: Literal, report: Report) -> None:
    """Look into a text: whether it can be an Id, or is a value of the picklist."""
    if literal.kind != "string":
        return
    value = str(literal_value(literal))
    if field.type in IDS and value and not ID.fullmatch(value):
        report.add(literal.span, f"{literal.text[:40]} is no Id.", "Ids have 15 or 18 letters and digits.")
    elif field.type in PICKLISTS and operator != "LIKE" and value:
        values = [choice.value for choice in field.picklist_values]
        _check_choice(f"The picklist {field.name} has no value", values, value, literal, report)


def _check_choice(told: str, known: list[str], value: str, literal: Literal, report: Report) -> None:
    folded = {each.lower() for each in known}
    parts = value.split(";")
    wrong = [part for part in parts if part.strip().lower() not in folded]
    if not folded or not wrong:
        return
    meant = closest(wrong[0], known)
    mended = quote(";".join(meant if part == wrong[0] else part for part in parts)) if meant else None
    hint = f"Did you mean {quote(meant)}?" if meant else f"Known are {', '.join(map(quote, known[:4]))} …"
    message = f"{told} {quote(wrong[0])[:60]}."
    report.add(literal.span, message, hint, severity="warning", replacement=mended)


def _check_function(select: Select, function: Function, comparison: Comparison, report: Report) -> None:
    name = function.name.upper()
    if name == "DISTANCE" and comparison.operator not in ("<", ">"):
        report.add(function.span, "A distance is compared by < or > only.", "Write < or >.")
    elif name == "TOLABEL":
        _check_labels(select, function, comparison, report)
    elif name == "DAY_ONLY" or name in NUMBERS:
        kind = "date" if name == "DAY_ONLY" else "number"
        for literal in _literals(comparison):
            _check_kind(f"{function.name}(…)", kind, literal, report)


def _check_labels(select: Select, function: Function, comparison: Comparison, report: Report) -> None:
    argument = function.arguments[0] if function.arguments else None
    field = select.scope.field(argument.parts) if isinstance(argument, Path) else None
    if field is None or field.type not in PICKLISTS or comparison.operator == "LIKE":
        return
    labels = [choice.label or choice.value for choice in field.picklist_values]
    for literal in _literals(comparison):
        if literal.kind == "string" and len(literal.text) > 2:
            _check_choice(
                f"No value of the picklist {field.name} has the label",
                labels,
                str(literal_value(literal)),
                literal,
                report,
            )
