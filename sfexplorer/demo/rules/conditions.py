"""Validation rules: conditions in SOQL's words, asked of a record once it is written.

The record is there by then, with its computed fields and all its relations; a rule that holds takes back the
transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sfexplorer.demo.errors import Fault, Refusal
from sfexplorer.demo.executor.conditions import where
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.scope import Scope, query_scope
from sfexplorer.demo.executor.sql import Sql
from sfexplorer.demo.fieldtypes import SObjectType, ValidationRule
from sfexplorer.demo.storage import Store
from sfexplorer.soql import SoqlError, parse
from sfexplorer.soql.tree import Query


def rule_faults(store: Store, context: Context, type: SObjectType, record_id: str) -> Iterator[Fault]:
    """The rules that refuse a record."""
    for rule in type.rules:
        scope, condition = _compiled(context, type, rule)
        query = f'SELECT 1 FROM {scope.source} WHERE {scope.alias}."Id" = ? AND {condition.text}'  # noqa: S608
        if store.select(query, (record_id, *condition.params)):
            fields = () if rule.field is None else (rule.field,)
            yield Fault("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, fields)


def rule_problem(context: Context, type: SObjectType, rule: ValidationRule) -> str | None:
    """Why a rule can't be asked, if it can't."""
    try:
        _compiled(context, type, rule)
    except SoqlError as error:
        return str(error)
    except Refusal as refused:
        return refused.faults[0].message.strip().splitlines()[-1]
    return None


def _compiled(context: Context, type: SObjectType, rule: ValidationRule) -> tuple[Scope, Sql]:
    query = _parsed(f"SELECT Id FROM {type.name} WHERE {rule.when}")  # noqa: S608 - SOQL, of the schema
    scope = query_scope(context, query)
    return scope, where(scope, query)


@cache
def _parsed(text: str) -> Query:
    return parse(text)
