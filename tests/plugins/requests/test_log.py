"""The request log: what was sent is listed, shown in full without secrets, and copied for curl."""

from __future__ import annotations

import shlex
from pathlib import Path

from textual.widgets import Static

from sfexplorer.api.requestlog import RequestLog
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui import Grid
from sfexplorer.client.audience import Audience
from sfexplorer.client.exchange import Call, Method, Reply
from sfexplorer.demo.server import DemoServer
from sfexplorer_requests.curl import as_curl
from sfexplorer_requests.detail import RequestDetail, detail_text
from sfexplorer_requests.rows import request_rows, short_path
from sfexplorer_requests.settings import RequestsSettings

URL = "https://acme.my.salesforce.com/services/data/v60.0/query?q=SELECT+Id%2C+Name+FROM+Account"
HEADERS = {"Authorization": "Bearer 00D1!x", "Accept-Encoding": "gzip", "Host": "acme", "X-It's": "a 'b' $c"}


def log_of(
    count: int, answered: bytes, *, most: int = 1000, method: Method = "GET", body: bytes = b""
) -> RequestLog:
    """The log of some requests that were all answered alike."""
    log, audience = RequestLog(most, 1000), Audience()
    log.follow(audience)
    for _ in range(count):
        call = Call(method, "/query", content=body)
        request = audience.sent(call, URL, HEADERS, None, attempt=1, because="")
        audience.arrived(request, Reply(200, {"content-type": "application/json"}, answered), 0.25, None)
    return log


def test_a_long_log_keeps_the_last_requests_and_fewer_of_their_bodies() -> None:
    log = log_of(20, b'"%s"' % (b"x" * 298), most=10)
    assert [entry.sent.number for entry in log.entries] == list(range(11, 21))
    assert [entry.kept for entry in log.entries] == [False] * 7 + [True] * 3
    assert {entry.size for entry in log.entries} == {300}
    assert "let go" in detail_text(log.entries[0]).plain
    log.clear()
    assert log.entries == []


def test_a_row_says_what_was_asked_as_a_person_reads_it() -> None:
    (row,) = request_rows(log_of(1, b"{}").entries, RequestsSettings("utc")).rows
    assert row[1:] == ["GET", "200", "250", "2", "v60.0/query?q=SELECT Id, Name FROM Account"]
    assert short_path("https://acme.example/services/oauth2/token") == "/services/oauth2/token"


def test_curl_gets_the_request_as_it_was_and_the_token_from_the_shell() -> None:
    (entry,) = log_of(1, b"", method="PATCH", body=b"""{"Name": "O'Hara $HOME"}""").entries
    command = as_curl(entry.sent)
    assert '-H "Authorization: Bearer $SF_TOKEN"' in command
    words = shlex.split(command.replace("\\\n", " "))
    assert words[:5] == ["curl", URL, "-X", "PATCH", "--compressed"]
    assert words[-2:] == ["--data-raw", """{"Name": "O'Hara $HOME"}"""]
    assert "x-it's: a 'b' $c" in words
    assert "host: acme" not in words
    assert "00D1!x" not in command


async def test_the_log_follows_what_goes_on_and_shows_no_secret(
    explorer_app: ExplorerApp, demo_org: DemoServer, explorer_home: Path
) -> None:
    (explorer_home / "config").mkdir(parents=True)
    (explorer_home / "config" / "config.toml").write_text('[requests]\ntimes = "utc"\n')
    async with explorer_app("SELECT Id, Name FROM Account LIMIT 3") as pilot:
        await pilot.press("f12")
        await settled(pilot)
        grid = pilot.app.screen.query_one("#requests", Grid)
        asked = [str(grid.source.cells(row)[5]) for row in range(grid.source.row_count)]
        query = next(row for row, path in enumerate(asked) if "SELECT Id, Name FROM Account" in path)
        grid.move_to(query)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, RequestDetail)
        told = str(pilot.app.screen.query_one("#request-text", Static).content)
        assert '"totalSize": 3' in told
        assert "authorization: ***" in told
        assert demo_org.access_token not in told
        await pilot.press("escape", "c")
        assert "SF_TOKEN" in pilot.app.clipboard
        assert demo_org.access_token not in pilot.app.clipboard
        await pilot.press("o")
        await pilot.press("end", "enter")
        await settled(pilot)
        assert grid.source.row_count == 0
