"""Ways to spoil the answer to a connect that brings events; the server takes all of these for told."""

from __future__ import annotations

from collections.abc import Mapping

from tests.client.streaming.feed import STOP, UNKNOWN, Cut, Feed, Message, Spoil, event, http


def lost(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    raise Cut


def cut_in_the_middle(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    whole = http(answers)
    raise Cut(whole[: len(whole) // 2])


def silent(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    raise Cut(hang_up=False)


def stalled(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    raise Cut(http(answers)[:-20], hang_up=False)


def restarted(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    feed.listeners.clear()
    raise Cut


def forgotten(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    return http([_reply(said) | UNKNOWN])


def expired(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    feed.token += "0"
    feed.listeners.clear()
    return http(
        [_reply(said) | {"successful": False, "error": "401::Authentication invalid", "advice": STOP}]
    )


def expired_by_status(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    feed.token += "0"
    return http([{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}], 401)


def without_reply(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    return http(answers[:-1])


def doubled(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    *events, reply = answers
    earlier = [event(number) for number in range(1, int(events[0]["data"]["sobject"]["Name"]))]
    return http([*earlier[-30:], *(each for one in events for each in (one, one)), reply])


def mixed_with_others(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    others: list[Message] = [
        {"channel": "/meta/unheard-of", "data": 1, "successful": False, "error": "500::no"},
        event(7, "/topic/Others"),
        {"channel": "/topic/Numbers"},
        {"nothing": True},
    ]
    return http([*others, *answers, *others])


def advising_nonsense(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    advice = [{"interval": -5, "timeout": "long", "reconnect": 7}, "retry", {"interval": True}, None]
    answers[-1]["advice"] = advice[feed.spoiled % 4]
    return http(answers)


def advising_a_handshake(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    answers[-1]["advice"] = {"reconnect": "handshake"}
    return http(answers)


def malformed(feed: Feed, said: Message, answers: list[Message]) -> bytes:
    return MALFORMED[feed.spoiled % len(MALFORMED)]


def _reply(said: Message) -> Message:
    return {"channel": said["channel"], "id": said["id"]}


MALFORMED = [
    http(b'[{"channel":'),
    http({}),
    http([1, 2]),
    http(b""),
    http([]),
    http(b"[" * 100_000),
    http(b'[{"channel": "\xff\xfe"}]'),
    http(b"<html>down for maintenance</html>", 503),
    http([{"error": "400::", "channel": "/meta/connect"}], 400),
    b"HTTP/1.1 302 Found\r\nLocation: https://login.example.com/\r\nContent-Length: 0\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.6\r\n",
]
WAYS: Mapping[str, Spoil] = {
    way.__name__: way
    for way in (
        lost,
        cut_in_the_middle,
        silent,
        stalled,
        restarted,
        forgotten,
        expired,
        expired_by_status,
        without_reply,
        doubled,
        mixed_with_others,
        advising_nonsense,
        advising_a_handshake,
        malformed,
    )
}
