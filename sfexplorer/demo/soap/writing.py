"""Writing SOAP answers: unprefixed elements in the namespace of their kind, all on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from starlette.responses import Response

if TYPE_CHECKING:
    from sfexplorer.demo.soap.faults import SoapFault

_XML = "text/xml;charset=UTF-8"
# What can't stand in XML, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of API: the letter of its path, and what its namespaces end with."""

    letter: str
    name: str

    @property
    def namespace(self) -> str:
        """The namespace of calls and replies."""
        return f"urn:{self.name}.soap.sforce.com"


KINDS = (Kind("u", "partner"), Kind("c", "enterprise"))


def text(value: str) -> str:
    """A text as XML."""
    return escape(_UNWRITABLE.sub("�", value))


def element(name: str, content: str) -> str:
    """An element around XML that is written already; markup in plain texts must be gone (`text`)."""
    return f"<{name}>{content}</{name}>" if content else f"<{name}/>"


def soap_answer(kind: Kind, operation: str, content: str) -> Response:
    """The answer to a call."""
    head = f'xmlns="{kind.namespace}"'
    return _answer(head, element(f"{operation}Response", content), 200)


def fault_answer(kind: Kind, fault: SoapFault) -> Response:
    """The answer to a call that fails."""
    body = element("faultcode", text(fault.code)) + element("faultstring", text(fault.told))
    if fault.kind:
        body += (
            f'<detail><sf:{fault.kind} xsi:type="sf:{fault.kind}">'
            f"<sf:exceptionCode>{fault.code.removeprefix('sf:')}</sf:exceptionCode>"
            f"<sf:exceptionMessage>{text(fault.message)}</sf:exceptionMessage>"
            f"</sf:{fault.kind}></detail>"
        )
    return _answer(f'xmlns:sf="urn:fault.{kind.name}.soap.sforce.com"', element("soapenv:Fault", body), 500)


def _answer(namespace: str, body: str, status: int) -> Response:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
        f'{namespace} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    )
    return Response(content, status, media_type=_XML)
