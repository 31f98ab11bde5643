"""What diagnosis tells, and where: findings in the text as it was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal as OneOf

from sfexplorer.soql.errors import line_and_column
from sfexplorer.soql.suggest import closest
from sfexplorer.soql.tokens import tokens
from sfexplorer.soql.tree import Path, Span

Severity = OneOf["error", "warning"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something that is wrong with a statement, or probably not meant.

    Attributes:
        message: what is wrong, in plain words.
        line: line of the place, from 1.
        column: column of the place in its line, from 1.
        offset: offset of the place in the text, from 0.
        length: how many characters are meant; 0 at the end of the text.
        severity: an error is refused by every org, a warning is not.
        hint: what to do about it, or None where nothing is near.
        replacement: the text that mends it, or None where there is none.
        replace: the offsets that the replacement goes to: where it begins and where it ends.
    """

    message: str
    line: int
    column: int
    offset: int
    length: int
    severity: Severity = "error"
    hint: str | None = None
    replacement: str | None = None
    replace: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Patch:
    """A change to a text that let it be read on: offsets in the changed text, and before."""

    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(slots=True)
class Report:
    """The findings so far. Places are told in `text`, which may be a mended copy of the `original`."""

    original: str
    text: str
    patches: tuple[Patch, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        span: Span,
        message: str,
        hint: str | None = None,
        *,
        severity: Severity = "error",
        replacement: str | None = None,
        replace: Span | None = None,
    ) -> None:
        """Tell a finding, unless there is one at that place already."""
        if self._is_put_in(span):
            return
        start, end = self._at(span.start), self._end(span)
        if any(
            each.offset == start or (each.offset < end and start < each.offset + each.length)
            for each in self.found
        ):
            return
        target = replace or span
        line, column = line_and_column(self.original, start)
        spot = (self._at(target.start), self._end(target))
        self.found.append(
            Diagnostic(message, line, column, start, end - start, severity, hint, replacement, spot)
        )

    def add_name(self, span: Span, message: str, names: Iterable[str], hint: str | None = None) -> None:
        """Tell of a name that is unknown, with the one that may be meant."""
        meant = closest(self.text[span.start : span.end], names)
        told = f"Did you mean {meant}?" if meant else hint
        self.add(span, message, told, replacement=meant)

    def part(self, path: Path, number: int) -> Span:
        """Where a part of a path stands."""
        start = path.span.start
        words = [token for token in tokens(self.text[start : path.span.end]) if token.kind == "word"]
        if number >= len(words):
            return path.span
        return Span(words[number].start + start, words[number].end + start)

    def shown(self, span: Span) -> str:
        """The text of a place, shortened for a message."""
        text = self.text[span.start : span.end]
        return text if len(text) <= 40 else f"{text[:39]}…"

    def _is_put_in(self, span: Span) -> bool:
        """Whether the place was only put in to read on."""
        return any(
            patch.start < span.start < patch.end
            or (patch.start == span.start < patch.end and patch.original_start == patch.original_end)
            for patch in self.patches
        )

    def _end(self, span: Span) -> int:
        return self._at(span.end) if span.end > span.start else self._at(span.start)

    def _at(self, offset: int) -> int:
        for patch in reversed(self.patches):
            if offset >= patch.end:
                offset = offset - patch.end + patch.original_end
            elif offset > patch.start:
                offset = patch.original_start
        return offset
