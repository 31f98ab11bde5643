"""What PushTopics and streaming channels must be like to be saved (streaming.md section 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sfexplorer.demo.errors import Fault, Refusal
from sfexplorer.demo.executor.conditions import where
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.operands import has_aggregate
from sfexplorer.demo.executor.problems import unreadable
from sfexplorer.demo.executor.scope import query_scope
from sfexplorer.demo.executor.selection import Selection
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.storage import Store, Stored
from sfexplorer.demo.streaming.topicqueries import comparisons, filtered_fields, selected_fields
from sfexplorer.soql import SoqlError, parse
from sfexplorer.soql.tree import And, ChildQuery, Condition, Field, Not, Or, Path, Query, SemiJoin

_GENERIC_NAME = re.compile(r"/u/(?:[^*?/]+/)*[^*?/]+")
_LONGEST_QUERY = 1_300
# The standard sObjects that a topic can be about; every custom one can.
_ENTITIES = frozenset(
    {
        "Account",
        "Campaign",
        "Case",
        "Contact",
        "ContractLineItem",
        "Entitlement",
        "Lead",
        "LiveChatTranscript",
        "MessagingSession",
        "Opportunity",
        "Quote",
        "QuoteLineItem",
        "ServiceAppointment",
        "ServiceContract",
        "Task",
        "UserServicePresence",
        "WorkOrder",
        "WorkOrderLineItem",
    }
)


def own_faults(
    store: Store, type: SObjectType, values: Mapping[str, Stored], before: Mapping[str, Stored] | None
) -> list[Fault]:
    """What is wrong with a record by the rules of its own sObject; most have none."""
    check = _CHECKS.get(type.name)
    if check is None:
        return []
    return list(check(store.schema, {**(before or store.with_defaults(type, {})), **values}))


def _channel_faults(schema: Schema, row: Mapping[str, Stored]) -> Iterator[Fault]:
    name = row.get("Name")
    # Somebody else says that it is missing.
    if name is not None and not _GENERIC_NAME.fullmatch(str(name)):
        message = "Streaming channel name must start with /u/ and name one channel"
        yield Fault("FIELD_INTEGRITY_EXCEPTION", message, ("Name",))


def _topic_faults(schema: Schema, row: Mapping[str, Stored]) -> Iterator[Fault]:
    text = str(row.get("Query") or "")
    if not text or len(text) > _LONGEST_QUERY or row.get("Name") is None:
        # Somebody else says what is missing or too long.
        return
    try:
        query = _parsed(text)
        problem = _problem(query) or _meaning(schema, text, query, str(row.get("NotifyForFields")))
    except Refusal as refused:
        yield from (replace(fault, fields=("Query",)) for fault in refused.faults)
        return
    if problem is not None:
        yield Fault("INVALID_FIELD", problem, ("Query",))


def _parsed(text: str) -> Query:
    try:
        return parse(text)
    except SoqlError as error:
        raise unreadable(text, error) from None


def _problem(query: Query) -> str | None:
    """What no topic's query may have, in whatever sObject."""
    for is_there, message in (
        (_has_relationship(query), "relationships are not supported"),
        (_has_semi_join(query), "semi/anti join sub-selects are not supported"),
        (_has_aggregate(query), "Aggregate queries are not supported"),
        (query.limit is not None or query.limit_bind is not None, "'LIMIT' is not allowed"),
        (bool(query.order_by), "'ORDER BY' clause is not allowed"),
        (_has_not(query.where), "'NOT' is not supported"),
        (query.offset is not None or query.offset_bind is not None, "'OFFSET' is not allowed"),
        (not all(isinstance(item, Field) for item in query.select), "only fields can be selected"),
        (_has_function(query), "functions are not supported"),
    ):
        if is_there:
            return message
    return None


def _has_relationship(query: Query) -> bool:
    paths = [item.expression for item in query.select if isinstance(item, Field)]
    paths += [each.left for each in comparisons(query.where)]
    named = {query.source.path.text.lower(), (query.source.alias or "").lower()}
    return (
        len(query.sources) > 1
        or any(isinstance(item, ChildQuery) for item in query.select)
        or any(
            isinstance(path, Path)
            and len(path.parts) > 1
            and not (len(path.parts) == 2 and path.parts[0].lower() in named)
            for path in paths
        )
    )


def _has_semi_join(query: Query) -> bool:
    return any(isinstance(each.right, SemiJoin) for each in comparisons(query.where))


def _has_aggregate(query: Query) -> bool:
    selected = [item.expression for item in query.select if isinstance(item, Field)]
    return query.group_by is not None or query.having is not None or any(map(has_aggregate, selected))


def _has_function(query: Query) -> bool:
    selected = [item.expression for item in query.select if isinstance(item, Field)]
    return not all(
        isinstance(each, Path) for each in (*selected, *(one.left for one in comparisons(query.where)))
    )


def _has_not(condition: Condition | None) -> bool:
    match condition:
        case And(conditions=parts) | Or(conditions=parts):
            return any(map(_has_not, parts))
        case Not():
            return True
    return False


def _meaning(schema: Schema, text: str, query: Query, fields: str) -> str | None:
    """What is wrong with the fields that a query names.

    Raises:
        Refusal: When there is no such sObject or field.
    """
    scope = query_scope(Context(schema, text), query)
    type = scope.type
    if type.name not in _ENTITIES and not type.custom:
        return f"Entity {type.name} is not supported in a PushTopic"
    selection = Selection(scope)
    for item in query.select:
        if isinstance(item, Field):
            selection.add(item, query)
    where(scope, query)
    selected, filtered = selected_fields(query, type), filtered_fields(query, type)
    if "Id" not in selected:
        return "Id must be selected"
    for name in sorted(filtered):
        field = type.field(name)
        if field is not None and (field.type == "textarea" or field.calculated or field.computed):
            return f"field '{name}' can not be filtered in a PushTopic"
    others = {"Select": selected - {"Id"}, "Where": filtered - {"Id"}}.get(
        fields, (selected | filtered) - {"Id"}
    )
    if fields != "All" and not others:
        return f"NotifyForFields {fields} needs a field other than Id"
    return None


_CHECKS: Mapping[str, Callable[[Schema, Mapping[str, Stored]], Iterator[Fault]]] = {
    "PushTopic": _topic_faults,
    "StreamingChannel": _channel_faults,
}
