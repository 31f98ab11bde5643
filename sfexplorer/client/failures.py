"""Requests that got no answer, in our own words: what httpx raises becomes one of our errors."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import httpx

from sfexplorer.client.errors import (
    ConnectionFailed,
    RequestRefused,
    RequestTimeout,
    SalesforceError,
    UnexpectedReply,
)

_TLS_HINT = "Check the address; behind a company proxy set SSL_CERT_FILE to the file with its certificates."


def failure_of(error: Exception, host: str) -> SalesforceError:
    """The error to raise in place of one of httpx's. Its own text is left out: it may quote a header."""
    match error:
        case httpx.ConnectTimeout():
            return RequestTimeout(f"{host} did not answer", hint="Check the address and the network.")
        case httpx.PoolTimeout():
            return RequestTimeout(f"too many requests to {host} are under way")
        case httpx.TimeoutException():
            return RequestTimeout(f"{host} took too long to answer")
        case httpx.ProxyError():
            return ConnectionFailed(
                f"the proxy does not lead to {host}", reason="proxy", hint="Check HTTPS_PROXY and NO_PROXY."
            )
        case httpx.ConnectError():
            return _no_connection(error, host)
        case httpx.DecodingError():
            return UnexpectedReply(f"the answer of {host} is damaged", hint="Try again.")
        case httpx.RemoteProtocolError() if not _broke_off(error):
            return UnexpectedReply(f"{host} does not answer in HTTP")
        case httpx.LocalProtocolError():
            return RequestRefused(
                "the request holds characters that can't be sent", hint="Check the further headers."
            )
        case _:
            return ConnectionFailed(f"the connection to {host} was lost", reason="lost", hint="Try again.")


def _no_connection(error: Exception, host: str) -> ConnectionFailed:
    for cause in causes(error):
        if isinstance(cause, socket.gaierror):
            hint = "Check the spelling of the address, and the network."
            return ConnectionFailed(f"there is no host {host}", reason="unknown host", hint=hint)
        if is_of_tls(cause):
            return ConnectionFailed(f"{host} can't be trusted: {_tls(cause)}", reason="tls", hint=_TLS_HINT)
        if isinstance(cause, ConnectionRefusedError):
            hint = "Check the address and the port, and that the org is running."
            return ConnectionFailed(f"{host} refused the connection", reason="refused", hint=hint)
    return ConnectionFailed(f"{host} can't be reached", reason="lost")


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all behind it; trying several addresses leaves a group of them."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for member in error.exceptions:
                yield from causes(member)
        error = error.__cause__ or error.__context__


def is_of_tls(error: BaseException) -> bool:
    """Whether the TLS library raised it. It isn't loaded before it is needed."""
    ssl = sys.modules.get("ssl")
    return ssl is not None and isinstance(error, ssl.SSLError)


def _tls(error: BaseException) -> str:
    if verified := getattr(error, "verify_message", ""):
        return str(verified)
    wrong = getattr(error, "reason", "") == "WRONG_VERSION_NUMBER"
    return "it does not speak TLS" if wrong else "TLS failed"


def _broke_off(error: Exception) -> bool:
    # httpx has one class for both; only its words tell a dropped connection from a server of another kind.
    return str(error).startswith(("Server disconnected", "peer closed connection"))
