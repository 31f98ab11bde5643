"""A request as a command of curl, without its token: that comes from a variable of the person's shell."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from sfexplorer.client.tracing import RequestSent

TOKEN = "SF_TOKEN"  # noqa: S105  # the name of a variable, not a token
# What curl or the connection itself sends.
_ITS_OWN = ("host", "content-length", "connection", "accept-encoding", "user-agent")


def as_curl(sent: RequestSent) -> str:
    """The command; what is secret in the request is masked in it, the token is `$SF_TOKEN`."""
    body = sent.body.text()
    parts = [f"curl {shlex.quote(sent.url)}", *_method(sent, body), *_headers(sent)]
    if body:
        parts.append(f"--data-raw {shlex.quote(body)}")
    return " \\\n  ".join(parts)


def _method(sent: RequestSent, body: str) -> Iterator[str]:
    if sent.method != ("POST" if body else "GET"):
        yield f"-X {sent.method}"
    if sent.headers.get("accept-encoding"):
        yield "--compressed"


def _headers(sent: RequestSent) -> Iterator[str]:
    for name, value in sent.headers.items():
        if name == "authorization":
            # In double quotes, so that the shell puts the token in.
            yield f'-H "Authorization: Bearer ${TOKEN}"'
        elif name not in _ITS_OWN:
            yield f"-H {shlex.quote(f'{name}: {value}')}"
