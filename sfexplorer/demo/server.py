"""An org in a thread of this process: what tests of clients and panes run against."""

from __future__ import annotations

import asyncio
import threading
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sfexplorer.demo.credentials import Facts
from sfexplorer.demo.listener import OrgServer, running_server
from sfexplorer.demo.options import Options
from sfexplorer.demo.org import Org
from sfexplorer.demo.web.faults import rules_from
from sfexplorer.demo.writing import touch, undelete_record


class DemoServer(AbstractContextManager["DemoServer"]):
    """An org in a thread of this process, with records of its own, for as long as the `with` block lasts."""

    def __init__(self, keep: Path | None = None, latency_ms: float = 0, **others: Any) -> None:
        """Choose what `Options` offers.

        Args:
            keep: a file that holds the records, and keeps them.
            latency_ms: how long each request waits before it is answered.
            others: the further fields of `Options`: `schema`, `data`, `rows`, `tls`, `host`, `port`,
                `hold_seconds`.
        """
        self._options = Options(keep=keep, latency_ms=latency_ms, **others)
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="sfexplorer-demo", daemon=True)
        self._server: OrgServer | None = None
        self._org: Org | None = None
        self._facts: Facts | None = None
        self._failure: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.should_exit = True
        self._thread.join()

    def _serve(self) -> None:
        def note(org: Org, facts: Facts) -> None:
            self._org, self._facts = org, facts
            self._started.set()

        try:
            with running_server(self._options, note) as server:
                self._server = server
                asyncio.run(server.listen())
        except BaseException as failure:  # noqa: BLE001 - it is raised again in the thread that waits
            self._failure = failure
        finally:
            self._started.set()

    @property
    def org(self) -> Org:
        """The running org."""
        if self._org is None:
            raise RuntimeError("the demo org runs only inside its with block")
        return self._org

    @property
    def facts(self) -> Facts:
        """What a client needs to know: what the first line on stdout tells."""
        return self._facts or self.org.facts

    @property
    def url(self) -> str:
        """Where the org listens, without a slash at its end."""
        return self.facts.url

    @property
    def tls_url(self) -> str | None:
        """Where the org listens for HTTPS, if `tls` was chosen."""
        return self.facts.tls_url

    @property
    def ca(self) -> str | None:
        """The file of the certificate authority to trust, if `tls` was chosen."""
        return self.facts.ca

    @property
    def username(self) -> str:
        """The user that may sign in."""
        return self.facts.username

    @property
    def password(self) -> str:
        """The user's password, without the security token."""
        return self.facts.password

    @property
    def security_token(self) -> str:
        """What clients append to the password."""
        return self.facts.security_token

    @property
    def client_id(self) -> str:
        """The consumer key of the connected app."""
        return self.facts.client_id

    @property
    def client_secret(self) -> str:
        """The consumer secret of the connected app."""
        return self.facts.client_secret

    @property
    def access_token(self) -> str:
        """A session that is open from the start."""
        return self.facts.access_token

    @property
    def refresh_token(self) -> str:
        """A refresh token that is good from the start."""
        return self.facts.refresh_token

    def log(self) -> list[dict[str, Any]]:
        """The requests so far, oldest first: method, path, query, body, status, milliseconds."""
        return [entry.as_dict() for entry in self.org.log.entries()]

    def clear_log(self) -> None:
        """Forget the requests so far."""
        self.org.log.clear()

    def faults(self, *rules: dict[str, Any]) -> None:
        """Switch on faults, as `POST /__demo__/faults` takes them; none switches all off."""
        if rules:
            self.org.faults.add(rules_from(list(rules)))
        else:
            self.org.faults.clear()

    def expire(self, token: str | None = None) -> int:
        """Make a token expire or, without one, all sessions, as `POST /__demo__/expire` does."""
        return self.org.expire(token)

    def touch(self, record_id: str, **fields: Any) -> None:
        """Change a record as another user would."""
        with self.org.store.transaction():
            touch(self.org, record_id, fields)

    def undelete(self, record_id: str) -> None:
        """Take a record out of the recycle bin, as a user does; the REST API knows no such call."""
        with self.org.store.transaction():
            undelete_record(self.org, record_id, self.org.administrator.id)
