"""Which queries a PushTopic can have, looked at before the org is asked (WIRE streaming.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.client.streaming.topicproblem import TopicProblem
from sfexplorer.soql import SoqlError, parse
from sfexplorer.soql.errors import line_and_column
from sfexplorer.soql.tree import (
    NOWHERE,
    And,
    ChildQuery,
    Comparison,
    Condition,
    Expression,
    Field,
    FieldsOf,
    Function,
    Literal,
    Not,
    Or,
    Path,
    Query,
    SemiJoin,
    Span,
    TypeOf,
)

LONGEST_QUERY = 1_300
# The standard objects that a topic can be about; every custom one can.
OBJECTS = frozenset(
    [
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
    ]
)
_KNOWN = frozenset(name.lower() for name in OBJECTS)
_AGGREGATES = frozenset({"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX", "GROUPING"})
_Found = tuple[str, Span]


def problems_of(soql: str) -> tuple[TopicProblem, ...]:
    """What `topic_problems` gives."""
    try:
        query = parse(soql)
    except SoqlError as error:
        return (TopicProblem(error.message, error.line, error.column),)
    found = [
        *_of_selection(query),
        *_of_source(query),
        *_of_conditions(query.where, query),
        *_of_clauses(query),
    ]
    problems = [TopicProblem(message, *line_and_column(soql, span.start)) for message, span in found]
    if len(soql) > LONGEST_QUERY:
        problems.append(TopicProblem(f"the query has more than {LONGEST_QUERY} characters"))
    return tuple(problems)


def _of_selection(query: Query) -> Iterator[_Found]:
    has_id = False
    for item in query.select:
        match item:
            case Field(expression=Path(parts=parts)):
                has_id = has_id or parts[-1].lower() == "id"
                yield from _of_expression(item.expression, query)
            case Field():
                yield from _of_expression(item.expression, query)
            case ChildQuery():
                yield "relationships are not supported", item.span
            case TypeOf() | FieldsOf():
                yield "only fields can be selected", item.span
    if not has_id:
        yield "Id must be selected", query.select[0].span if query.select else NOWHERE


def _of_expression(expression: Expression, query: Query) -> Iterator[_Found]:
    if isinstance(expression, Function):
        if _is_aggregate(expression):
            yield "Aggregate queries are not supported", expression.span
        else:
            yield "functions are not supported", expression.span
    elif len(expression.parts) > 1 and not _is_own(expression, query):
        yield "relationships are not supported", expression.span


def _is_own(path: Path, query: Query) -> bool:
    """Whether what stands before a field is the object itself: `Account.Name`, `a.Name`."""
    own = {query.source.path.text.lower(), (query.source.alias or "").lower()}
    return len(path.parts) == 2 and path.parts[0].lower() in own


def _is_aggregate(expression: Expression | Literal) -> bool:
    return isinstance(expression, Function) and (
        expression.name.upper() in _AGGREGATES or any(map(_is_aggregate, expression.arguments))
    )


def _of_source(query: Query) -> Iterator[_Found]:
    name = query.source.path.text
    if len(query.sources) > 1:
        yield "relationships are not supported", query.sources[1].span
    if name.lower() not in _KNOWN and not name.lower().endswith("__c"):
        yield f"the org tells of no {name} by PushTopic", query.source.span


def _of_conditions(condition: Condition | None, query: Query) -> Iterator[_Found]:
    match condition:
        case And(conditions=parts) | Or(conditions=parts):
            for part in parts:
                yield from _of_conditions(part, query)
        case Not():
            yield "'NOT' is not supported", condition.span
        case Comparison(right=SemiJoin()):
            yield "semi/anti join sub-selects are not supported", condition.right.span
        case Comparison(left=expression):
            yield from _of_expression(expression, query)


def _of_clauses(query: Query) -> Iterator[_Found]:
    for is_there, message in (
        (query.group_by is not None or query.having is not None, "Aggregate queries are not supported"),
        (bool(query.order_by), "'ORDER BY' clause is not allowed"),
        (query.limit is not None or query.limit_bind is not None, "'LIMIT' is not allowed"),
        (query.offset is not None or query.offset_bind is not None, "'OFFSET' is not allowed"),
    ):
        if is_there:
            yield message, query.span
