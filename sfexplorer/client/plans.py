"""How an org would run a query: GET V/query?explain=... (WIRE rest.md, section 2)."""

from __future__ import annotations

import msgspec

from sfexplorer.client.exchange import Call
from sfexplorer.client.session import Session


class PlanNote(msgspec.Struct, frozen=True, rename="camel"):
    """Why the org does not use what would be quicker."""

    description: str
    fields: tuple[str, ...] = ()
    table_enum_or_id: str = ""


class QueryPlan(msgspec.Struct, frozen=True, rename="camel"):
    """One way to run a query.

    `relative_cost` is 1 where the org would scan the table rather than go by an index; `cardinality` are the
    records that it expects to read, of `sobject_cardinality` that there are.
    """

    leading_operation_type: str
    relative_cost: float
    cardinality: int = 0
    sobject_cardinality: int = 0
    sobject_type: str = ""
    fields: tuple[str, ...] = ()
    notes: tuple[PlanNote, ...] = ()


class _Told(msgspec.Struct, frozen=True):
    plans: list[QueryPlan]


async def query_plan(session: Session, soql: str) -> list[QueryPlan]:
    """The ways to run a query, the cheapest first."""
    call = Call("GET", await session.path("query"), params={"explain": soql.strip()}, purpose="query")
    plans = (await session.send(call)).decode(_Told).plans
    return sorted(plans, key=lambda plan: plan.relative_cost)
