"""What is known to be wrong with a text, kept at its places while the text is typed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sfexplorer_query.findings import Finding


class Marks:
    """The findings of a text.

    Args:
        text: The text, of which nothing is known yet.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._findings: Sequence[Finding] = ()

    def put(self, findings: Sequence[Finding], text: str) -> bool:
        """Know this of a text; whether it was not known."""
        if (list(findings), text) == (list(self._findings), self._text):
            return False
        self._findings, self._text = findings, text
        return True

    def of(self, text: str) -> Sequence[Finding]:
        """What is known to be wrong with a text that came of the last one."""
        if text != self._text:
            self._findings, self._text = moved(self._findings, self._text, text), text
        return self._findings

    def at(self, offset: int, text: str) -> Finding | None:
        """What is wrong at a place, else the first that is."""
        findings = self.of(text)
        return next((each for each in findings if each.touches(offset)), findings[0] if findings else None)


def moved(findings: Sequence[Finding], before: str, after: str) -> list[Finding]:
    """The findings at their places in a text that was changed; those whose own place was changed are gone.

    Args:
        findings: What is wrong with the text as it was.
        before: The text as it was.
        after: The text as it is.
    """
    if not findings:
        return []
    kept = _alike(before, after)
    most = min(len(before), len(after)) - kept
    edited = len(before) - min(_alike(reversed(before), reversed(after)), most)
    found = []
    for each in findings:
        start, end = each.reach
        if end < kept:
            found.append(each)
        elif start > edited:
            found.append(each.shifted(len(after) - len(before)))
    return found


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters are the same from the start."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
