"""Diagnosis: what is wrong with a statement, before anything is sent.

diagnosis           the order of the checks
  syntax  mends     the grammar's own errors, and reading on behind them
  names             objects, fields and relationships that the org does not know
  fields  values    what a field can't do, and what it is not compared with
  grouping  rules  joins  search    what counts, compares or needs meaning
    walk  report    the SELECTs of a tree, and the findings
"""

from __future__ import annotations

from sfexplorer.soql.diagnosis_fields import check_fields
from sfexplorer.soql.diagnosis_grouping import check_grouping
from sfexplorer.soql.diagnosis_joins import check_joins
from sfexplorer.soql.diagnosis_names import check_sources
from sfexplorer.soql.diagnosis_report import Diagnostic, Report, Severity
from sfexplorer.soql.diagnosis_rules import check_rules
from sfexplorer.soql.diagnosis_search import check_search, search_selects
from sfexplorer.soql.diagnosis_syntax import has_statement, read
from sfexplorer.soql.diagnosis_values import check_values
from sfexplorer.soql.diagnosis_walk import Select, selects
from sfexplorer.soql.schema import Schema
from sfexplorer.soql.schema_scope import Asking
from sfexplorer.soql.sosl_tree import Search
from sfexplorer.soql.statements import strip_comments

__all__ = ["Diagnostic", "Severity", "diagnose", "undescribed"]


def diagnose(text: str, schema: Schema | None = None) -> list[Diagnostic]:
    """All that is wrong with one statement, in the order of the text; nothing for a text without one.

    Without a schema only the language is judged. What a schema does not know yet is not judged:
    `undescribed` tells which objects are to be fetched.

    Args:
        text: the statement; it may have comments, which are left out before it is sent.
        schema: what is known of the org.
    """
    return _diagnose(text, Asking(schema))


def undescribed(text: str, schema: Schema) -> tuple[str, ...]:
    """The objects that diagnosis of a statement would like to know and that are not fetched yet.

    Args:
        text: the statement.
        schema: what is known of the org.
    """
    asking = Asking(schema)
    _diagnose(text, asking)
    return tuple(asking.wanted)


def _diagnose(text: str, schema: Asking) -> list[Diagnostic]:
    bare = strip_comments(text)
    if not has_statement(bare):
        return []
    reading = read(bare, text)
    report = reading.report
    if isinstance(reading.tree, Search):
        check_search(reading.tree, schema, report)
        for select in search_selects(reading.tree, schema):
            _check_meaning(select, report)
    elif reading.tree is not None:
        for select in list(selects(reading.tree, schema)):
            check_sources(select, report)
            _check_meaning(select, report)
    return sorted(report.found, key=lambda each: (each.offset, each.length))


def _check_meaning(select: Select, report: Report) -> None:
    check_fields(select, report)
    check_values(select, report)
    check_grouping(select, report)
    check_rules(select, report)
    check_joins(select, report)
