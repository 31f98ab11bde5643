"""What is wrong with a query: where in the text, what, and what may be meant instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sfexplorer.client import Org, QueryRejected, SalesforceError
from sfexplorer.soql import SoqlError, closest
from sfexplorer_query.mending import Mend, mend_of
from sfexplorer_query.run import Statement

_NO_FIELD = re.compile(r"No such column '(?P<name>[^']*)' on entity '(?P<object>[^']*)'")
_NO_PARENT = re.compile(r"Didn't understand relationship '(?P<name>[^']*)' in field path")
_NO_CHILDREN = re.compile(r"Didn't understand relationship '(?P<name>[^']*)' in FROM part of query call")
_NO_OBJECT = re.compile(r"sObject type '(?P<name>[^']*)' is not supported")

_MEANT = re.compile(r"Did you mean (?P<meant>\w+)\?")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"'[^'\r\n]*'?|[\w.]+|\S")
# What the caret block of a rejected query ends with; the text behind it is the message.
_CARET_BLOCK = re.compile(r"ERROR at Row:\d+:Column:\d+\s*")
# The org's long advice on custom names; the suggestion says it better.
_ADVICE = re.compile(r"\s*If you are attempting to use a custom .*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a query.

    Attributes:
        message: What is wrong.
        hint: What to do about it, or "".
        start: The offset of the place in the editor's text; None where the org did not say.
        end: The offset behind it.
        line: The line of the place in the editor's text, from 1.
        column: The column of the place, from 1.
        mend: What would mend it, where that is known.
    """

    message: str
    hint: str = ""
    start: int | None = None
    end: int = 0
    line: int = 0
    column: int = 0
    mend: Mend | None = None

    def __str__(self) -> str:
        place = f"{self.line}:{self.column}  " if self.start is not None else ""
        return f"{place}{self.message} {self.hint}".rstrip()


def of_text(error: SoqlError, text: str, base: int) -> Fault:
    """What the parser found.

    Args:
        error: What it raised.
        text: The editor's text.
        base: Where the text that it parsed starts in it.
    """
    start = base + error.offset
    end = start + error.length
    meant = _MEANT.fullmatch(error.hint or "")
    mend = Mend(start, end, meant["meant"]) if meant else None
    return _placed(Fault(error.message, error.hint or "", mend=mend), text, start, end)


def of_rejection(error: QueryRejected, text: str, sent: str, base: int) -> Fault:
    """What the org found.

    Args:
        error: What the client raised.
        text: The editor's text.
        sent: What was sent, without blank lines before it, which the org would not count.
        base: Where that starts in the editor's text.
    """
    message = _CARET_BLOCK.split(error.message)[-1].strip() or error.message
    if found := _NO_FIELD.search(message):
        message = f"{found['object']} has no field {found['name']}."
    fault = Fault(_ADVICE.sub("", message))
    if error.line is None or error.column is None:
        return fault
    start = base + min(_offset(sent, error.line, error.column), len(sent))
    word = _WORD.match(text, start)
    return _placed(fault, text, start, word.end() if word else start)


async def with_suggestion(
    fault: Fault, error: QueryRejected, org: Org, statement: Statement, text: str
) -> Fault:
    """The same with what may have been meant, where the describes know something close.

    Args:
        fault: What is shown already.
        error: What the client raised.
        org: The org, whose describes are asked.
        statement: What was sent.
        text: The editor's text.
    """
    try:
        name, meant = await _meant(error.message, org, statement.source)
    except SalesforceError:
        # The query's own error is on the screen; that nothing better is known needs no second one.
        return fault
    if meant is None:
        return fault
    span = (statement.start, statement.start + len(statement.text))
    return replace(fault, hint=f"Did you mean {meant}?", mend=mend_of(name, meant, text, span, fault.start))


async def _meant(message: str, org: Org, source: str) -> tuple[str, str | None]:
    names: Sequence[str | None]
    if found := _NO_FIELD.search(message):
        names = [field.name for field in (await org.describe(found["object"])).fields]
    elif found := _NO_CHILDREN.search(message):
        names = [child.relationship_name for child in (await org.describe(source)).child_relationships]
    elif found := _NO_PARENT.search(message):
        names = [field.relationship_name for field in (await org.describe(source)).fields]
    elif found := _NO_OBJECT.search(message):
        names = [info.name for info in await org.sobjects()]
    else:
        return "", None
    return found["name"], closest(found["name"], [name for name in names if name])


def _placed(fault: Fault, text: str, start: int, end: int) -> Fault:
    before = _LINE_END.split(text[:start])
    return replace(fault, start=start, end=end, line=len(before), column=len(before[-1]) + 1)


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for number, ending in enumerate(_LINE_END.finditer(text), 2):
        if number > line:
            break
        start = ending.end()
    return start + max(column - 1, 0)
