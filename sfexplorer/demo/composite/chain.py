"""Subrequests that follow each other, each of which may refer to the answers before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sfexplorer.demo.composite.dispatch import Answer, Asked, answer, refused_answer
from sfexplorer.demo.composite.references import References
from sfexplorer.demo.composite.shapes import Subrequest
from sfexplorer.demo.errors import Refusal, refusal, unreadable_json
from sfexplorer.demo.web.call import Call

# What a subrequest has from the call that it is part of.
_INHERITED = frozenset({"accept", "authorization", "content-type"})
# From this version on a reference id that can't be referred to is refused before anything is done.
_VERSION_WITH_STRICT_NAMES = 52.0
_ROLLED_BACK = "The transaction was rolled back since another operation in the same transaction failed."


class _Undone(Exception):
    """A part of a transaction has failed, and nothing of the rest must stay."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Some subrequests of a call, and their answers in the same order."""

    call: Call
    subrequests: Sequence[Subrequest]

    async def each(self) -> list[Answer]:
        """The answers, each subrequest standing for itself."""
        references = References(self.call.version)
        return [await self._answer(each, references, all_or_none=False) for each in self.subrequests]

    async def all_or_none(self) -> tuple[list[Answer], bool]:
        """The answers, and whether all is done; where one fails, all others are halted and nothing is."""
        references = References(self.call.version)
        answers: list[Answer] = []
        try:
            async with self.call.org.transaction():
                for each in self.subrequests:
                    answers.append(await self._answer(each, references, all_or_none=True))
                    if answers[-1].failed:
                        raise _Undone
        except _Undone:
            halted = refused_answer(refusal(400, "PROCESSING_HALTED", _ROLLED_BACK))
            return [
                answers[-1] if place == len(answers) - 1 else halted for place in range(len(self.subrequests))
            ], False
        return answers, True

    async def _answer(self, subrequest: Subrequest, references: References, *, all_or_none: bool) -> Answer:
        try:
            asked = Asked(
                subrequest.method,
                references.in_url(subrequest.url),
                references.in_body(subrequest.body),
                references.in_headers(subrequest.http_headers or {}),
                all_or_none,
            )
        except Refusal as refused:
            return refused_answer(refused)
        given = await answer(self.call.request, asked)
        if given.status < 400:
            references.answers[subrequest.reference_id] = given.body
        return given


def check(call: Call, subrequests: Sequence[Subrequest]) -> None:
    """See to it that subrequests can be told apart and ask for nothing that their call decides.

    Raises:
        Refusal: When they can't or do.
    """
    known: set[str] = set()
    for each in subrequests:
        name = each.reference_id
        strict = float(call.version) >= _VERSION_WITH_STRICT_NAMES
        if strict and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_]*", name):
            raise unreadable_json(
                f"Provided referenceId ('{name}') must start with a letter or a number, and it can contain "
                "only letters, numbers and underscores ('_')."
            )
        if name in known:
            raise refusal(400, "INVALID_INPUT", "Duplicate ReferenceId provided in the request.")
        known.add(name)
        for header in each.http_headers or {}:
            if header.lower() in _INHERITED:
                message = f"The {header} header can't be specified in a subrequest."
                raise refusal(400, "INVALID_INPUT", message)


def told(reference_ids: Sequence[str | None], answers: Sequence[Answer]) -> dict[str, Any]:
    """The answers as a composite response."""
    return {
        "compositeResponse": [
            {
                "body": given.body,
                "httpHeaders": given.headers,
                "httpStatusCode": given.status,
                "referenceId": reference_id,
            }
            for reference_id, given in zip(reference_ids, answers, strict=True)
        ]
    }
