"""One request and its answer: what goes in, what comes out, and what listeners hear of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from sfexplorer.client.errors import RequestRefused, UnexpectedReply

T = TypeVar("T")
Purpose = Literal["read", "save", "query", "login"]
Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
JSON = {"Content-Type": "application/json"}

_USAGE = re.compile(r"api-usage=(\d{1,15})/(\d{1,15})")


class Content(Protocol):
    """A body that is made while it is sent, and from its start again for each try."""

    @property
    def size(self) -> int:
        """How many bytes it has in all."""
        ...

    def pieces(self) -> AsyncIterator[bytes]:
        """Its bytes. An error of ours raised here ends the request before the org has all of it."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """A request to be sent; `purpose` says what a refusal would be a refusal of.

    `patience` is how many seconds may pass without a byte, for what the org holds until it has something to
    tell; such a call takes none of the places for requests that are under way.
    """

    method: Method
    path: str
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | Content | None = field(default=None, repr=False)
    purpose: Purpose = "read"
    patience: float | None = None

    @property
    def query(self) -> str:
        """The parameters as they stand behind the path, `?q=SELECT...`; "" where there are none.

        Raises:
            RequestRefused: a text can't be sent.
        """
        try:
            return f"?{urlencode(self.params, quote_via=quote)}" if self.params else ""
        except UnicodeEncodeError:
            raise _unsendable() from None

    @property
    def idempotent(self) -> bool:
        """Whether sending it twice does no more than sending it once."""
        return self.method == "GET" and self.purpose != "save"

    @property
    def saves_what_is_there(self) -> bool:
        """Whether it changes or deletes a record that is named: refused once, it may be asked for again."""
        return self.purpose == "save" and self.method in ("PATCH", "DELETE")


def json_call(method: Method, path: str, body: object, purpose: Purpose = "save") -> Call:
    """A request with a JSON body."""
    return Call(method, path, headers=JSON, content=encoded(body), purpose=purpose)


def encoded(body: object) -> bytes:
    """A value as JSON.

    Raises:
        RequestRefused: a text in it can't be sent.
        TypeError: JSON has nothing for it.
    """
    try:
        return msgspec.json.encode(body)
    except UnicodeEncodeError:
        raise _unsendable() from None


def _unsendable() -> RequestRefused:
    # Terminals and file names have them: bytes that are no text, as surrogates.
    return RequestRefused("a text holds half of a character, and can't be sent", hint="Write it anew.")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came, whole. Headers are lower-case; a body may hold tokens and is never printed.

    `packed` is the body as it was on the wire, where that was gzip.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    packed: bytes | None = field(default=None, repr=False)

    def decode(self, kind: type[T]) -> T:
        """The body's JSON as that type.

        Raises:
            UnexpectedReply: it is no JSON, of another shape, or nested too deep.
        """
        try:
            return msgspec.json.decode(self.body, type=kind)
        except msgspec.ValidationError as error:
            failure = UnexpectedReply(f"the org's answer has an unknown shape: {error}", status=self.status)
        except RecursionError:
            failure = UnexpectedReply("the answer is nested too deep", status=self.status)
        except (msgspec.MsgspecError, ValueError):
            failure = UnexpectedReply("the answer is not JSON", status=self.status)
        raise failure

    @property
    def api_usage(self) -> tuple[int | None, int | None]:
        """API calls used and allowed, from `Sforce-Limit-Info: api-usage=18/5000`."""
        return usage_in(self.headers)


def usage_in(headers: Mapping[str, str]) -> tuple[int | None, int | None]:
    """API calls used and allowed, as an answer's headers tell them."""
    told = _USAGE.search(headers.get("sforce-limit-info", ""))
    return (int(told[1]), int(told[2])) if told else (None, None)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What there is to tell of one request: neither host, nor parameters, nor anything secret.

    `status` is None when no answer came; `api_used` of `api_limit` calls are used up today, where the org
    said so. `attempt` counts from 1; `because` says why it was sent again.
    """

    method: str
    path: str
    status: int | None
    seconds: float
    bytes_received: int
    api_used: int | None
    api_limit: int | None
    attempt: int = 1
    because: str = ""


Listener = Callable[[Exchange], None]
