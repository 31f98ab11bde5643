"""Faults on demand: what the org does wrong because a test asked it to.

A fault stands for requests whose path (with query) matches its pattern, `count` times, then it is spent:

    {"path": "/query", "count": 1, "latency_ms": 200, "status": 503, "body": [...], "headers": {...},
     "drop": true | "half", "expire_session": true}

`drop: true` cuts the connection before an answer, `"half"` in the middle of its body.

With `"streaming"` it stands for something else than requests. Where the path matches an event's channel:
`"duplicate"`, the event comes twice; `"late"`, it comes after `latency_ms` and behind later ones; where it
matches the channel that a client subscribes to: `"busy"`, the client is refused. Where it matches the path of
a Bayeux request: `"lost_client"`, the org no longer knows the client that sends it; `"restart"`, it no longer
knows any, and those that wait are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec

from sfexplorer.demo.errors import Refusal, refusal


class FaultRule(msgspec.Struct, forbid_unknown_fields=True):
    """One fault, and how often it still happens."""

    path: str = ""
    method: str | None = None
    count: Annotated[int, msgspec.Meta(ge=1)] = 1
    latency_ms: Annotated[float, msgspec.Meta(ge=0, le=600_000)] = 0
    status: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    body: Any = None
    headers: dict[str, str] = {}
    drop: bool | Literal["half"] = False
    expire_session: bool = False
    streaming: Literal["duplicate", "late", "busy", "lost_client", "restart"] | None = None

    def matches(self, method: str, target: str) -> bool:
        """Whether the fault stands for this request."""
        return (
            self.streaming is None
            and (self.method is None or self.method.upper() == method)
            and bool(re.search(self.path, target))
        )

    def as_dict(self) -> dict[str, Any]:
        """The rule as JSON."""
        return msgspec.structs.asdict(self)


class Faults:
    """The faults that are switched on."""

    def __init__(self) -> None:
        self._rules: list[FaultRule] = []

    def take(self, method: str, target: str) -> FaultRule | None:
        """The first fault that stands for this request, counted down."""
        return self._take(lambda rule: rule.matches(method, target)) if self._rules else None

    def take_streaming(self, target: str, *kinds: str) -> FaultRule | None:
        """The first of some faults of streaming that stands for a channel or path, counted down."""
        if not self._rules:
            return None
        return self._take(lambda rule: rule.streaming in kinds and bool(re.search(rule.path, target)))

    def _take(self, is_meant: Callable[[FaultRule], bool]) -> FaultRule | None:
        for rule in self._rules:
            if is_meant(rule):
                rule.count -= 1
                if rule.count <= 0:
                    self._rules.remove(rule)
                return rule
        return None

    def add(self, rules: list[FaultRule]) -> None:
        """Switch on more faults, behind those that are on already."""
        self._rules.extend(rules)

    def clear(self) -> None:
        """Switch all faults off."""
        self._rules.clear()

    def rules(self) -> list[FaultRule]:
        """The faults that are on."""
        return list(self._rules)


def rules_from(value: Any) -> list[FaultRule]:
    """The rules that a JSON value describes: one object or a list of them.

    Raises:
        Refusal: When a key is unknown or a value cannot be used.
    """
    items = value if isinstance(value, list) else [value]
    return [_rule_from(item) for item in items]


def _rule_from(item: Any) -> FaultRule:
    try:
        rule = msgspec.convert(item, FaultRule)
        re.compile(rule.path)
    except msgspec.ValidationError as error:
        raise _bad(f"this is no fault: {error}") from None
    except re.error as error:
        raise _bad(f"the path is no regular expression: {error}") from None
    for name, text in rule.headers.items():
        if not (re.fullmatch(r"[A-Za-z0-9-]+", name) and text.isascii() and text.isprintable()):
            raise _bad(f"this can't be a header: {name}")
    return rule


def _bad(message: str) -> Refusal:
    return refusal(400, "INVALID_INPUT", message)
