"""Diagnosis beside the typing: what is wrong is marked in the text and told below it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sfexplorer.api.ui.background import run_beside
from sfexplorer.client import QueryRejected
from sfexplorer.soql import SoqlError, Span, diagnose, statement_at, statement_spans, undescribed
from sfexplorer_query.findings import Finding, explained, of_diagnostic, of_rejection
from sfexplorer_query.known_objects import KnownObjects
from sfexplorer_query.rule import Kind, QueryRule

if TYPE_CHECKING:
    from sfexplorer_query.editor import SoqlEditor

SECONDS_TO_JUDGE = 0.15
"""So long no key must come before the text is judged."""

SECONDS_TO_SPEAK = 0.6
"""So long the person must pause before being told of what the cursor stands at: it may be half typed."""

LONGEST_WHOLE = 20_000
"""Of a longer text only the statement that the cursor is in is judged."""

SEND_ANYWAY = "F5 again sends it anyway"


class Diagnosing:
    """What is known to be wrong with the text of an editor.

    Args:
        editor: The text; it marks the places.
        rule: Where one of them is told: that at the cursor, else the first.
        known: What is known of the org.
    """

    def __init__(self, editor: SoqlEditor, rule: QueryRule, known: KnownObjects) -> None:
        self._editor = editor
        self._rule = rule
        self._known = known
        self._note: tuple[str, str | None, int] = ("", None, 0)
        self._withheld: Sequence[Finding] = ()
        self._held: str | None = None
        self._held_start = 0
        self._answered: str | None = None
        self._taken = ""

    def changed(self) -> None:
        """The text is another: judge it in a moment."""
        text = self._editor.text
        self._withheld = ()
        self._held = self._held if self._held == text else None
        self._answered = self._answered if self._answered == text else None
        self.tell()
        run_beside(self._editor, self._judge_soon, "diagnosis")

    def tell(self) -> None:
        """Tell the finding at the cursor, else the first; nothing where all is well."""
        if self._withheld and not self._editor.completing.is_open:
            self._editor.find(self._withheld)
            self._withheld = ()
        finding, text = self._editor.at_hand, self._editor.text
        note, *place = self._note
        if place == [text, self._editor.offset_of_cursor]:
            self._rule.blame(note, "note")
            return
        if finding is None:
            self._rule.blame("")
            return
        tab_mends = finding.mend and self._editor.has_focus and not self._editor.completing.is_open
        keys = ["Tab mends"] if tab_mends else []
        if text == self._held != self._answered:
            keys.append(SEND_ANYWAY)
        is_note = self._held != text and finding.is_unfinished_at(self._editor.offset_of_cursor, text)
        kind: Kind = "note" if is_note else finding.severity
        is_whole = text in (self._held, self._answered)
        self._rule.blame(finding.told_in(text), kind, "   ".join(keys), is_whole=is_whole)

    def note(self, note: str) -> None:
        """Say something else, until the text or the cursor is another."""
        self._note = (note, self._editor.text, self._editor.offset_of_cursor)
        self.tell()

    def is_held(self, text: str, span: Span) -> bool:
        """Whether this statement was kept from being sent, and the person was told so."""
        return self._held == text and self._held_start == span.start

    async def hold(self, error: SoqlError, text: str, span: Span) -> None:
        """Say why a statement was not sent.

        Args:
            error: What the parser says.
            text: The editor's text.
            span: Where the statement stands in it.
        """
        findings = await self._findings(text, span.start)
        in_it = [each for each in findings if each.severity == "error" and _is_within(each, span)]
        if not in_it:
            in_it = [of_diagnostic(error, span.start)]
            findings = [*in_it, *findings]
        # Without a statement there is nothing to send.
        self._held, self._held_start = (text if span.end > span.start else None), span.start
        self._show(findings, text, in_it[0])

    async def reject(self, error: QueryRejected, text: str, span: Span, sent: str) -> None:
        """Say what the org did not like, with what mends it where that is known."""
        finding = of_rejection(error, text, sent, span.start)
        self._answered = text
        self._show([finding], text, finding)
        while await self._learn(text, [span]):
            pass  # What has come may ask for more: a path leads from object to object.
        own = await self._findings(text, span.start)
        better = explained(finding, [each for each in own if _is_within(each, span)], text)
        others = [each for each in own if not _overlaps(each, better)]
        if self._editor.text == text:
            self._show([better, *others], text, better)

    def accept(self, text: str, span: Span) -> None:
        """The org took a statement: what was held to be an error of it is none."""
        self._taken = text[span.start : span.end]
        self._known.ask_again()
        if self._editor.text == text:
            findings = self._editor.findings
            self._editor.find([each for each in findings if not (_is_error(each) and _is_within(each, span))])
        self.tell()

    def _show(self, findings: Sequence[Finding], text: str, told: Finding) -> None:
        if self._editor.text != text:
            return
        self._editor.find(findings)
        if told.start is not None:
            self._editor.go_to(told.start)
        self.tell()

    async def _judge_soon(self) -> None:
        await asyncio.sleep(SECONDS_TO_JUDGE)
        text = self._editor.text
        if not text.strip():
            return
        came = True
        while came:
            findings = await self._findings(text, self._editor.offset_of_cursor)
            self._find_calmly(findings, text)
            came = await self._learn(text, self._spans(text, self._editor.offset_of_cursor))
        await asyncio.sleep(SECONDS_TO_SPEAK)
        if self._editor.completing.is_open:
            # Who chooses how a word goes on has not finished it; and the list covers the line.
            self._withheld = findings
        else:
            self._find(findings, text)

    def _find_calmly(self, findings: Sequence[Finding], text: str) -> None:
        """Show the findings but for those at the cursor: what is being typed is not finished."""
        offset, told = self._editor.offset_of_cursor, self._editor.findings
        calm = [
            each
            for each in findings
            if each in told or not (each.touches(offset) or each.is_unfinished_at(offset, text))
        ]
        self._find(calm, text)

    def _find(self, findings: Sequence[Finding], text: str) -> None:
        if self._editor.text == text and text not in (self._held, self._answered):
            self._editor.find(findings)
            self.tell()

    async def _learn(self, text: str, spans: Sequence[Span]) -> bool:
        """Fetch what is missed to judge statements; whether anything came."""
        came = await self._known.learn_names()
        statements = [text[span.start : span.end] for span in spans]
        wanted = await asyncio.to_thread(_undescribed, statements, self._known)
        return await self._known.learn(wanted) or came

    async def _findings(self, text: str, offset: int) -> list[Finding]:
        spans = self._spans(text, offset)
        found = await asyncio.to_thread(_judged, text, spans, self._known)
        return [
            each
            for span, each in found
            if not (_is_error(each) and text[span.start : span.end] == self._taken)
        ]

    def _spans(self, text: str, offset: int) -> list[Span]:
        return statement_spans(text) if len(text) <= LONGEST_WHOLE else [statement_at(text, offset)]


def _judged(text: str, spans: Sequence[Span], known: KnownObjects) -> list[tuple[Span, Finding]]:
    return [
        (span, of_diagnostic(found, span.start))
        for span in spans
        for found in diagnose(text[span.start : span.end], known)
    ]


def _undescribed(statements: Sequence[str], known: KnownObjects) -> list[str]:
    return [name for statement in statements for name in undescribed(statement, known)]


def _is_error(finding: Finding) -> bool:
    return finding.severity == "error"


def _is_within(finding: Finding, span: Span) -> bool:
    return finding.start is None or span.start <= finding.start <= span.end


def _overlaps(one: Finding, other: Finding) -> bool:
    if one.start is None or other.start is None:
        return False
    return one.start <= other.end and other.start <= one.end
