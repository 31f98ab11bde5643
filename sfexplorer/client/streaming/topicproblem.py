"""What keeps a query from being that of a PushTopic, told without the language until it is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicProblem:
    """Why a query can't be watched; the place counts from 1."""

    message: str
    line: int = 1
    column: int = 1


def topic_problems(soql: str) -> tuple[TopicProblem, ...]:
    """All that keeps a query from being that of a PushTopic; nothing where the org alone can tell."""
    from sfexplorer.client.streaming.topicrules import problems_of

    return problems_of(soql)
