"""The parts of the streaming client that are plain functions and values."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sfexplorer.client import (
    AccessDenied,
    ChangeEvent,
    Event,
    FileReplayStore,
    LimitExceeded,
    ReplayIdInvalid,
    SubscriptionRefused,
    TopicEvent,
    topic_problems,
)
from sfexplorer.client.streaming.cookies import Cookies
from sfexplorer.client.streaming.events import kind_of
from sfexplorer.client.streaming.interruptions import Interrupted
from sfexplorer.client.streaming.messages import Heard
from sfexplorer.client.streaming.refusals import session_refusal, subscription_refusal
from sfexplorer.client.streaming.seen import Seen
from sfexplorer.client.streaming.serverclock import ServerClock
from sfexplorer.client.streaming.timing import Timing

NONE, ANEW = {"reconnect": "none"}, {"reconnect": "handshake"}


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELECT Id, Name FROM Account", ""),
        ("SELECT a.Id FROM Account a WHERE a.Name NOT IN ('x')", ""),
        ("SELECT Id FROM Thing__c", ""),
        ("SELECT Name FROM Account", "Id must be selected"),
        ("SELECT Id, Owner.Name FROM Account", "relationships are not supported"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "relationships are not supported"),
        ("SELECT Id FROM Account WHERE Owner.Name = 'x'", "relationships are not supported"),
        (
            "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)",
            "semi/anti join sub-selects are not supported",
        ),
        ("SELECT Id, COUNT(Name) FROM Account GROUP BY Id", "Aggregate queries are not supported"),
        ("SELECT Id FROM Account LIMIT 1", "'LIMIT' is not allowed"),
        ("SELECT Id FROM Account ORDER BY Name", "'ORDER BY' clause is not allowed"),
        ("SELECT Id FROM Account WHERE NOT Name = 'x'", "'NOT' is not supported"),
        ("SELECT Id FROM Pricebook2", "the org tells of no Pricebook2 by PushTopic"),
        ("SELECT Id, toLabel(Industry) FROM Account", "functions are not supported"),
        (f"SELECT Id FROM Account WHERE Name = '{'x' * 1_300}'", "the query has more than 1300 characters"),
    ],
)
def test_it_is_told_why_a_query_can_not_be_watched(query: str, problem: str) -> None:
    assert {each.message for each in topic_problems(query)} == ({problem} if problem else set())


def test_a_problem_names_its_place() -> None:
    (problem,) = topic_problems("SELECT Id,\n  Owner.Name FROM Account")
    assert (problem.line, problem.column) == (2, 3)
    assert topic_problems("SELECT Id FROM")[0].line == 1


@pytest.mark.parametrize(
    ("error", "advice", "kind"),
    [
        ("403::Unknown client", ANEW, "handshake"),
        ("401:c1:Unknown client", ANEW, "handshake"),
        ("402::Unknown client", None, "handshake"),
        ("401::Authentication invalid", NONE, "renew"),
        ("503::Server is too busy", None, "pause"),
        ("400::Whatever", None, "pause"),
        ("403::Organization total events daily limit exceeded", NONE, LimitExceeded),
        ("403::Handshake denied", NONE, AccessDenied),
    ],
)
def test_a_refusal_is_passing_or_ends_the_stream(error: str, advice: object, kind: object) -> None:
    found = session_refusal(Heard("/meta/connect", error=error, advice=advice))
    assert (found.reaction if isinstance(found, Interrupted) else type(found)) == kind


def test_a_refused_subscription_says_whether_channel_or_place_is_wrong() -> None:
    def refused(error: object, cause: object = None) -> object:
        reply = Heard("/meta/subscribe", error=error, ext={"sfdc": {"failureReason": cause}})
        return type(subscription_refusal(reply, "/u/x", 7))

    assert refused("400::The replayId {7} you provided was invalid.  Please ...") is ReplayIdInvalid
    assert refused("403:denied_by_security_policy:create_denied") is SubscriptionRefused
    assert refused("403:denied_by_security_policy:subscribe_denied", "503::Server is too busy") is Interrupted
    assert refused(17) is SubscriptionRefused


def test_events_of_any_shape_have_all_their_parts() -> None:
    for channel in ("/topic/x", "/u/x", "/event/x", "/data/x", "/systemTopic/x", "/other/x", "/"):
        kind = kind_of(channel)
        shapes: list[Any] = [None, 7, [], {}]
        for raw in (*shapes, {"event": 1, "sobject": 1, "payload": {"ChangeEventHeader": 3}}):
            event = kind(channel, None, raw)
            assert (event.created, event.type) == (None, "")
            assert event.payload is None or isinstance(event.payload, dict)
    assert kind_of("/other/x") is Event
    assert TopicEvent("/topic/x", 1, {"event": {"createdDate": "2016-03-29T16:40:08.208Z"}}).created
    header = {"commitTimestamp": 10**30, "recordIds": "001"}
    change = ChangeEvent("/data/x", 1, {"payload": {"ChangeEventHeader": header}})
    assert (change.created, change.record_ids) == (None, ())


def test_what_was_seen_stays_seen_in_bounded_memory() -> None:
    seen = Seen(5)
    assert not seen.add(5)
    assert all(seen.add(number) for number in range(10, 30_010))
    assert not any(seen.add(number) for number in range(5, 30_010, 7))
    assert len(seen._ids) <= 8_192
    assert seen.add(30_010)


def test_the_org_clock_is_told_too_early_rather_than_too_late() -> None:
    clock = ServerClock(is_here=False)
    assert clock.at(1000.0) == 1000.0
    for received, date in (
        (1000.9, "Thu, 01 Jan 1970 01:16:40 GMT"),
        (1002.1, "Thu, 01 Jan 1970 01:16:42 GMT"),
    ):
        clock.hear(received, date)
    assert clock.at(1001.0) == pytest.approx(1001.0 + 3599.9, abs=0.01)
    here = ServerClock(is_here=True)
    here.hear(1000.9, "Thu, 01 Jan 1970 00:16:40 GMT")
    here.hear(1000.9, "nonsense")
    assert here.at(1000.5) == 1000.5


def test_cookies_are_kept_replaced_and_ended() -> None:
    cookies = Cookies()
    cookies.keep(
        {"set-cookie": "A=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/, B=2; HttpOnly, bad, C=\x01"}
    )
    cookies.keep({"set-cookie": "A=3"})
    assert cookies.header == {"Cookie": "A=3; B=2"}
    cookies.keep({"set-cookie": "A=gone; Max-Age=0"})
    assert (cookies.header, repr(cookies)) == ({"Cookie": "B=2"}, "<Cookies B>")


def test_pauses_grow_and_are_left_to_chance() -> None:
    pauses = [Timing().pause(failures) for failures in range(1, 2_000)]
    assert len(set(pauses)) > 1_000
    assert max(pauses[:1]) <= 0.5
    assert 30 < max(pauses) <= 60


def test_a_place_survives_the_end_of_its_process_by_force(tmp_path: Path) -> None:
    store = FileReplayStore(tmp_path)
    assert store.load("00D", "/u/a") is None
    program = (
        "import sys; from sfexplorer.client.streaming.replaystore import FileReplayStore\n"
        "store, number = FileReplayStore(sys.argv[1]), 0\n"
        "while True:\n"
        "    number += 1; store.save('00D', '/u/a', number)\n"
        "    number == 1000 and print('here', flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    assert (store.load("00D", "/u/a") or 0) >= 1000
    assert (store.load("00D", "/U/A"), store.load("00E", "/u/a")) == (None, None)
    for path in (tmp_path / "00D").iterdir():
        path.write_text("12")
    with pytest.raises(ReplayIdInvalid):
        store.load("00D", "/u/a")
