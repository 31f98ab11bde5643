"""A search whose clauses are given one by one: the members of a JSON object, or of a query string.

{"q": "Acme", "in": "NAME", "sobjects": [{"name": "Account", "fields": ["Name"], "limit": 5}], ...}
?q=Acme&in=NAME&sobject=Account&Account.fields=Name&Account.limit=5
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from sfexplorer.demo.errors import unreadable_json
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.problems import unreadable
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.search.asked import (
    LONGEST_TEXT,
    Asked,
    Sought,
    check_offset,
    clipped_snippet,
    everything,
    searched_term,
    searched_type,
)
from sfexplorer.demo.search.problems import as_search, malformed_search, no_term
from sfexplorer.soql import SoqlError, parse, parse_sosl
from sfexplorer.soql.quoting import RESERVED
from sfexplorer.soql.sosl import SCOPES
from sfexplorer.soql.sosl_tree import Search, Term
from sfexplorer.soql.tree import ChildQuery, Path, Query, Source

# The members of an sObject's own, which a query string writes as `Account.fields`.
_OWN = ("fields", "limit", "where", "orderBy")


class _Wanted(msgspec.Struct, rename="camel", frozen=True):
    name: str
    fields: list[str] = []
    limit: int | None = None
    where: str = ""
    order_by: str = ""


class Parameters(msgspec.Struct, rename="camel", frozen=True):
    """The clauses of a search; those about divisions, networks and spelling change nothing in this org."""

    q: str = ""
    fields: list[str] = []
    sobjects: list[_Wanted] = []
    scope: str = msgspec.field(name="in", default="ALL")
    overall_limit: int | None = None
    default_limit: int | None = None
    offset: int | None = None
    metadata: str = ""
    snippet: int | None = None
    highlight: bool = False
    pricebook_id: str | None = None


def from_json(value: object) -> Parameters:
    """The parameters of a JSON object.

    Raises:
        Refusal: `JSON_PARSER_ERROR` when a member can't be used.
    """
    try:
        return msgspec.convert(value, Parameters, strict=False)
    except msgspec.ValidationError as error:
        raise unreadable_json(f"{error} at [line:1, column:1]") from None


def from_query(pairs: Iterable[tuple[str, str]]) -> Parameters:
    """The parameters of a query string, in which `sobject` may stand several times."""
    found: dict[str, Any] = {}
    names: list[str] = []
    for key, value in pairs:
        if key == "sobject":
            names += [each.strip() for each in value.split(",")]
        else:
            found[key] = _listed(value) if key.rpartition(".")[2] == "fields" else value
    found["sobjects"] = [_own(name, found) for name in names]
    return from_json(found)


def _listed(value: str) -> list[str]:
    return [each.strip() for each in value.split(",") if each.strip()]


def _own(name: str, found: Mapping[str, Any]) -> dict[str, Any]:
    given = {key: found[f"{name}.{key}"] for key in _OWN if f"{name}.{key}" in found}
    return {"name": name, **given}


def asked_by(context: Context, parameters: Parameters) -> Asked:
    """What some parameters ask.

    Raises:
        Refusal: When they name what isn't there, or break a rule.
    """
    if not parameters.q.strip():
        raise no_term()
    scope = parameters.scope.upper()
    if scope not in SCOPES:
        raise malformed_search(f"Invalid search group: {parameters.scope}")
    wanted = {each.name.lower(): each for each in parameters.sobjects}
    found = tuple(_sought(context, parameters, each) for each in wanted.values())
    check_offset(parameters.offset, len(found) or 2)
    return Asked(
        term=_term(parameters.q),
        scope=scope,
        sought=found or everything(context),
        limit=_count(parameters.overall_limit),
        highlight=parameters.highlight,
        snippet=None if parameters.snippet is None else clipped_snippet(parameters.snippet),
        labels=parameters.metadata.upper() == "LABELS",
        pricebook=parameters.pricebook_id,
    )


def _term(text: str) -> Term | None:
    """What is looked for: a text with wildcards and operators or, if it is none, its words as they stand."""
    if len(text) > LONGEST_TEXT:
        return None
    tree = _search_for(text) or _search_for(RESERVED.sub(r"\\\g<0>", text))
    if tree is None:
        raise no_term()
    return searched_term(tree)


def _search_for(text: str) -> Search | None:
    try:
        # A brace within the text would end it, and leave the one behind it without a beginning.
        return parse_sosl(f"FIND {{{text}}}")
    except SoqlError:
        return None


def _sought(context: Context, parameters: Parameters, wanted: _Wanted) -> Sought:
    type = searched_type(replace(context, text=wanted.name), wanted.name, 0)
    fields = wanted.fields or parameters.fields or ["Id"]
    text = f"SELECT {', '.join(fields)} FROM {type.name}"  # noqa: S608 - SOQL, which is parsed
    text += f" WHERE {wanted.where}" if wanted.where.strip() else ""
    text += f" ORDER BY {wanted.order_by}" if wanted.order_by.strip() else ""
    limit = parameters.default_limit if wanted.limit is None else wanted.limit
    query = replace(_query(text, type, wanted), limit=_count(limit), offset=_count(parameters.offset))
    return Sought(type, query, text)


def _query(text: str, type: SObjectType, wanted: _Wanted) -> Query:
    """The query of a text that was put together of parts, none of which may bring in another clause."""
    try:
        query = parse(text)
    except SoqlError as error:
        raise as_search(unreadable(text, error)) from None
    plain = Query(
        query.select,
        (Source(Path((type.name,))),),
        where=query.where if wanted.where.strip() else None,
        order_by=query.order_by if wanted.order_by.strip() else (),
    )
    if query != plain or any(isinstance(each, ChildQuery) for each in query.select):
        raise malformed_search(f"Invalid parameters for {wanted.name}")
    return query


def _count(value: int | None) -> int | None:
    if value is not None and value < 0:
        raise malformed_search(f"Invalid limit: {value}")
    return value
