"""The Tooling API: the verbs of records for code and metadata, and Apex (WIRE streaming.md, section 6)."""

from __future__ import annotations

from typing import Any

import msgspec

from sfexplorer.client.exchange import Call
from sfexplorer.client.verbs import Verbs


class ApexResult(msgspec.Struct, frozen=True, rename="camel"):
    """What became of a piece of Apex; line and column count from 1, and are -1 where there is no place."""

    compiled: bool
    success: bool
    line: int = -1
    column: int = -1
    compile_problem: str | None = None
    exception_message: str | None = None
    exception_stack_trace: str | None = None


class Tooling(Verbs):
    """Records below `/tooling`: ApexClass, ApexLog, CustomField, and so on."""

    async def execute_anonymous(self, apex: str) -> ApexResult:
        """Run a piece of Apex. Never sent twice, although it goes by GET."""
        path = await self._session.path("executeAnonymous/")
        call = Call("GET", path, params={"anonymousBody": apex}, purpose="save")
        return (await self._session.send(call)).decode(ApexResult)

    async def completions(self, kind: str = "apex") -> dict[str, Any]:
        """The names that an editor may complete, as the org writes them."""
        path = await self._session.path("completions")
        return (await self._session.send(Call("GET", path, params={"type": kind}))).decode(dict[str, Any])
