"""What is wrong with a text: where, what, and what mends it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sfexplorer.client import QueryRejected
from sfexplorer.soql import Diagnostic, SoqlError
from sfexplorer.soql.diagnosis import Severity

_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"'[^'\r\n]*'?|[\w.]+|\S")
_NO_FIELD = re.compile(r"No such column '(?P<name>[^']*)' on entity '(?P<object>[^']*)'")
# What the caret block of a rejected query ends with; the text behind it is the message.
_CARET_BLOCK = re.compile(r"ERROR at Row:\d+:Column:\d+\s*")
# The org's long advice on custom names; the suggestion says it better.
_ADVICE = re.compile(r"\s*If you are attempting to use a custom .*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mend:
    """A change of the editor's text that would mend it.

    Attributes:
        start: The offset of what is wrong.
        end: The offset behind it.
        text: What to put there.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a text, or probably not meant.

    Attributes:
        message: What is wrong.
        hint: What to do about it, or "".
        start: The offset of the place in the editor's text; None where the org did not say.
        end: The offset behind it.
        severity: An error is refused by the org, a warning is not.
        mend: What would mend it, where that is known.
    """

    message: str
    hint: str = ""
    start: int | None = None
    end: int = 0
    severity: Severity = "error"
    mend: Mend | None = None

    def told_in(self, text: str) -> str:
        """What is told of it: its line and column in the text, what is wrong, what to do."""
        place = ""
        if self.start is not None:
            before = _LINE_END.split(text[: self.start])
            place = f"{len(before)}:{len(before[-1]) + 1}  "
        return f"{place}{self.message} {self.hint}".rstrip()

    def touches(self, offset: int) -> bool:
        """Whether a cursor there stands at the place, or right behind it."""
        return self.start is not None and self.start <= offset <= self.end

    @property
    def reach(self) -> tuple[int, int]:
        """The offsets between which the text must stay as it is for this to be true and to be mended."""
        if self.start is None:
            return 0, sys.maxsize
        # Of what is missing at the end nobody knows once there is more.
        end = self.end if self.end > self.start else sys.maxsize
        if self.mend is None:
            return self.start, end
        return min(self.start, self.mend.start), max(end, self.mend.end)

    def shifted(self, by: int) -> Finding:
        """The same, so many characters further on."""
        mend = self.mend and Mend(self.mend.start + by, self.mend.end + by, self.mend.text)
        return replace(
            self, start=None if self.start is None else self.start + by, end=self.end + by, mend=mend
        )

    def is_unfinished_at(self, offset: int, text: str) -> bool:
        """Whether something is only missing at the end of what a cursor there may be about to type."""
        if self.start is None or self.start != self.end or self.severity != "error":
            return False
        return offset >= self.start and not text[self.start : offset].strip()


def of_diagnostic(found: Diagnostic | SoqlError, base: int) -> Finding:
    """A finding of the languages.

    Args:
        found: What was found, with places in one statement.
        base: Where that starts in the editor's text.
    """
    start = base + found.offset
    finding = Finding(found.message, found.hint or "", start, start + found.length)
    if isinstance(found, SoqlError):
        return finding
    mend = None
    if found.replacement is not None:
        first, last = found.replace
        mend = Mend(base + first, base + last, found.replacement)
    return replace(finding, severity=found.severity, mend=mend)


def of_rejection(error: QueryRejected, text: str, sent: str, base: int) -> Finding:
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
    finding = Finding(_ADVICE.sub("", message))
    if error.line is None or error.column is None:
        return finding
    start = base + min(_offset(sent, error.line, error.column), len(sent))
    word = _WORD.match(text, start)
    return replace(finding, start=start, end=word.end() if word else start)


def explained(finding: Finding, own: Iterable[Finding], text: str) -> Finding:
    """What the org found, with the place and the mend that the languages know for the same thing.

    Args:
        finding: What the org found; it may tell the start of what is wrong, or name it only.
        own: What the languages find in the same statement.
        text: The editor's text.
    """
    errors = [each for each in own if each.severity == "error" and each.start is not None]
    names = {name.lower() for name in re.findall(r"\w+", finding.message)}
    same = [each for each in errors if text[each.start : each.end].strip("'").lower() in names]
    if not same and finding.start is not None:
        same = [each for each in errors if each.touches(finding.start)]
    if not same:
        return finding
    nearest = min(same, key=lambda each: abs((each.start or 0) - (finding.start or 0)))
    return replace(
        finding, hint=nearest.hint, start=nearest.start, end=nearest.end, mend=finding.mend or nearest.mend
    )


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for number, ending in enumerate(_LINE_END.finditer(text), 2):
        if number > line:
            break
        start = ending.end()
    return start + max(column - 1, 0)
