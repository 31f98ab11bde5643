"""References to earlier answers, `@{Account.records[0].Id}`, and putting what they mean into their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from sfexplorer.demo.composite.shapes import too_deep
from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.web.answers import encoded
from sfexplorer.demo.web.bodies import LARGEST_BODY

_REFERENCE = re.compile(r"@\{([^{}]*)\}")
_PATH = re.compile(r"(\w+)((?:\.\w+|\[\d{1,9}\])*)", re.ASCII)
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]", re.ASCII)
_MISSING = object()
# From this version on a reference to a field that is null gives null.
_VERSION_WITH_NULL = 52.0


@dataclass(slots=True)
class References:
    """What the answers so far can be referred to by.

    Attributes:
        version: the version of the call, by which a reference to null is one or none.
        answers: the bodies of the answers that were no errors, by reference id.
    """

    version: str
    answers: dict[str, Any] = field(default_factory=dict)
    _written: int = 0

    def in_url(self, url: str) -> str:
        """A URL with its references resolved; what they mean can't lead it elsewhere.

        Raises:
            Refusal: `PROCESSING_HALTED` when a reference means nothing.
        """
        # A reference that the URL begins with stands for a path: `@{A.attributes.url}`.
        return _REFERENCE.sub(
            lambda found: quote(self._text(found[1]), safe="/?&=" if found.start() == 0 else ""), url
        )

    def in_headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Headers with the references in their values resolved."""
        return {name: self._filled(value) for name, value in headers.items()}

    def in_body(self, value: Any) -> Any:
        """A body with the references in its strings resolved; a string that is one reference takes its type.

        Raises:
            Refusal: `PROCESSING_HALTED` when a reference means nothing, `JSON_PARSER_ERROR` when the body is
                nested too deep.
        """
        try:
            return self._resolved(value)
        except RecursionError:
            raise too_deep() from None

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, str):
            whole = _REFERENCE.fullmatch(value)
            return self._filled(value) if whole is None else self._value(whole[1])
        if isinstance(value, list):
            return [self._resolved(each) for each in value]
        if isinstance(value, dict):
            return {name: self._resolved(each) for name, each in value.items()}
        return value

    def _filled(self, text: str) -> str:
        return _REFERENCE.sub(lambda found: self._text(found[1]), text)

    def _text(self, reference: str) -> str:
        value = self._value(reference)
        if value is None:
            return ""
        return value if isinstance(value, str) else encoded(value).decode()

    def _value(self, reference: str) -> Any:
        found = _PATH.fullmatch(reference)
        value = _MISSING if found is None else self._walked(found[1], found[2])
        if value is _MISSING or isinstance(value, list | dict):
            raise _meaningless(reference)
        if value is None and float(self.version) < _VERSION_WITH_NULL:
            raise _meaningless(reference)
        self._written += len(value) if isinstance(value, str) else 0
        if self._written > LARGEST_BODY:
            raise refusal(413, "REQUEST_ENTITY_TOO_LARGE", "the request body is larger than 50 MB")
        return value

    def _walked(self, name: str, steps: str) -> Any:
        value = self.answers.get(name, _MISSING)
        for key, index in _STEP.findall(steps):
            value = _inner(value, key) if key else _item(value, int(index))
        return value


def _inner(value: Any, key: str) -> Any:
    return value.get(key, _MISSING) if isinstance(value, dict) else _MISSING


def _item(value: Any, index: int) -> Any:
    return value[index] if isinstance(value, list) and index < len(value) else _MISSING


def _meaningless(reference: str) -> Refusal:
    name = re.split(r"[.\[]", reference, maxsplit=1)[0]
    message = f"Invalid reference specified. No value for {reference} found in {name}"
    return refusal(400, "PROCESSING_HALTED", message)
