"""Reading the SOAP envelope that a request carries: by namespace, whatever the prefixes; never a DTD."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
LARGEST = 256 * 1024
_MOST_ELEMENTS = 5_000
_SEPARATOR = " "


class BadEnvelope(Exception):
    """A text that is no SOAP envelope; the message says why."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One call.

    Attributes:
        operation: the name of the first element in the body.
        namespace: that element's namespace.
        arguments: the texts of the elements directly within it.
        headers: the texts of the elements within each header, by `Header.element`.
    """

    operation: str
    namespace: str
    arguments: Mapping[str, str]
    headers: Mapping[str, str]

    def as_dict(self) -> dict[str, dict[str, str]]:
        """The call as JSON: the headers by their own names, and the arguments by the operation's."""
        headers = {path.rpartition(".")[2]: text for path, text in self.headers.items()}
        return {"headers": headers, self.operation: dict(self.arguments)}


@dataclass(slots=True)
class _Reader:
    """What expat tells, gathered by path: names without namespaces, outermost first."""

    path: list[str] = field(default_factory=list)
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)
    operation: tuple[str, str] = ("", "")
    count: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(_SEPARATOR)
        place = len(self.path)
        if place == 0 and (namespace, local) != (SOAP, "Envelope"):
            raise BadEnvelope("the message is no SOAP envelope")
        self.path.append(local)
        self.count += 1
        if self.count > _MOST_ELEMENTS:
            raise BadEnvelope("the message has too many elements")
        if place == 2 and self.path[1] == "Body" and not self.operation[1]:
            self.operation = (namespace, local)
        if place == 3:
            self.texts.setdefault(tuple(self.path), "")

    def text(self, content: str) -> None:
        if len(self.path) == 4:
            self.texts[tuple(self.path)] += content

    def end(self, name: str) -> None:
        self.path.pop()


def read_envelope(content: bytes) -> Envelope:
    """The call that an envelope holds.

    Raises:
        BadEnvelope: When it is none, or brings a document type, through which entities could be smuggled in.
    """
    if len(content) > LARGEST:
        raise BadEnvelope("the message is too large")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _no_document_type
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadEnvelope(f"the message is no XML: {error}") from None
    namespace, operation = reader.operation
    if not operation:
        raise BadEnvelope("the message has no operation in its body")
    within = ("Envelope", "Body", operation)
    return Envelope(
        operation,
        namespace,
        {path[3]: text for path, text in reader.texts.items() if path[:3] == within},
        {f"{path[2]}.{path[3]}": text for path, text in reader.texts.items() if path[1] == "Header"},
    )


def _no_document_type(*_: object) -> None:
    raise BadEnvelope("DOCTYPE is disallowed")
