"""Refusing what is more than one call may hold."""

from __future__ import annotations

from sfexplorer.demo.errors import Refusal, refusal


def too_many(what: str) -> Refusal:
    """A call that holds more than it may: `what` tells how much that is."""
    return refusal(400, "LIMIT_EXCEEDED", f"The request can\u2019t contain more than {what}.")
