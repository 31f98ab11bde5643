"""Faults on demand: what the org does wrong because a test asked it to.

A fault stands for requests whose path (with query) matches its pattern, `count` times, then it is spent:

    {"path": "/query", "method": "GET", "after": 0, "count": 1, what happens}

    "fault": "lock_row"                 one that has a name, see `namedfaults`
    "latency_ms": 200                   it waits before it is handled
    "expire_session": true              its session has ended
    "expire_locators": true             all locators are too old
    "touch": {"id", "fields"}           another user has just changed a record; without an id that of the path
    "status": 503, "body": [...]        this is the answer
    "headers": {...}                    the answer has these headers
    "spoil": "truncated_json", "invalid_json" or "truncated_gzip"    its body is damaged, its length right
    "drop": true or "half"              the connection is cut before the answer, or in the middle of its body
    "stall": true or "half"             from there no byte comes more until the client leaves

With `"streaming"` it stands for something else than requests. Where the path matches an event's channel:
`"duplicate"`, the event comes twice; `"late"`, it comes after `latency_ms` and behind later ones; where it
matches the channel that a client subscribes to: `"busy"`, the client is refused. Where it matches the path of
a Bayeux request: `"lost_client"`, the org no longer knows the client that sends it; `"restart"`, it no longer
knows any, and those that wait are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import msgspec

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.web.answers import encoded
from sfexplorer.demo.web.namedfaults import spelt_out

# The listener tells these itself, from what it sends.
_LISTENERS_OWN = ("content-length", "transfer-encoding")


class Touch(msgspec.Struct, forbid_unknown_fields=True):
    """An edit by another user."""

    id: str | None = None
    fields: dict[str, Any] = {}


class FaultRule(msgspec.Struct, forbid_unknown_fields=True):
    """One fault, and how often it still happens."""

    path: str = ""
    method: str | None = None
    after: Annotated[int, msgspec.Meta(ge=0)] = 0
    count: Annotated[int, msgspec.Meta(ge=1)] = 1
    latency_ms: Annotated[float, msgspec.Meta(ge=0, le=600_000)] = 0
    status: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    body: Any = None
    headers: dict[str, str] = {}
    spoil: Literal["truncated_json", "invalid_json", "truncated_gzip"] | None = None
    drop: bool | Literal["half"] = False
    stall: bool | Literal["half"] = False
    expire_session: bool = False
    expire_locators: bool = False
    touch: Touch | None = None
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
        rule: dict[str, Any] = msgspec.to_builtins(self)
        return rule


class Faults:
    """The faults that are switched on."""

    def __init__(self) -> None:
        self._rules: list[FaultRule] = []
        self._stalls: set[Callable[[], None]] = set()

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
            if not is_meant(rule):
                continue
            if rule.after:
                rule.after -= 1
                continue
            rule.count -= 1
            if rule.count <= 0:
                self._rules.remove(rule)
            return rule
        return None

    def add(self, rules: list[FaultRule]) -> None:
        """Switch on more faults, behind those that are on already."""
        self._rules.extend(rules)

    def clear(self) -> None:
        """Switch all faults off, and end what is stalled."""
        self._rules.clear()
        for end in list(self._stalls):
            end()

    @contextmanager
    def stalled(self, end: Callable[[], None]) -> Iterator[None]:
        """While the block lasts, have `end` called when the faults are switched off, by whatever thread."""
        self._stalls.add(end)
        try:
            yield
        finally:
            self._stalls.discard(end)

    @property
    def stalls(self) -> int:
        """How many requests are stalled."""
        return len(self._stalls)

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
        rule = msgspec.convert(spelt_out(item) if isinstance(item, dict) else item, FaultRule)
        re.compile(rule.path)
        encoded(rule)
    except msgspec.ValidationError as error:
        raise _bad(f"this is no fault: {error}") from None
    except re.error as error:
        raise _bad(f"the path is no regular expression: {error}") from None
    except (OverflowError, RecursionError, UnicodeError) as error:
        raise _bad(f"this can't be: {error}") from None
    for name, text in rule.headers.items():
        if name.lower() in _LISTENERS_OWN or not (
            re.fullmatch(r"[A-Za-z0-9-]+", name) and text.isascii() and text.isprintable()
        ):
            raise _bad(f"this can't be a header: {name}")
    return rule


def _bad(message: str) -> Refusal:
    return refusal(400, "INVALID_INPUT", message)
