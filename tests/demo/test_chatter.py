"""Chatter: people, the feeds of records, posts with their segments, comments and likes."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

CHATTER = f"{V}/chatter"


@pytest.fixture
def account(http: httpx.Client) -> str:
    """The id of a new account."""
    return str(http.post(f"{V}/sobjects/Account", json={"Name": "Talked about"}).json()["id"])


def text(words: str) -> dict[str, Any]:
    return {"messageSegments": [{"type": "Text", "text": words}]}


def post(http: httpx.Client, subject: str, body: dict[str, Any]) -> dict[str, Any]:
    sent = {"feedElementType": "FeedItem", "subjectId": subject, "body": body}
    response = http.post(f"{CHATTER}/feed-elements", json=sent)
    assert response.status_code == 201, response.text
    element: dict[str, Any] = response.json()
    return element


def refused(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()[0]["errorCode"]


def test_me_is_the_user_of_the_session(http: httpx.Client) -> None:
    me = http.get(f"{CHATTER}/users/me").json()
    assert (me["type"], me["name"], me["isActive"]) == ("User", "Ada Lovelace", True)
    assert {"firstName", "lastName", "username", "email", "title", "companyName", "displayName"} <= set(me)
    assert set(me["photo"]) >= {"smallPhotoUrl", "largePhotoUrl"}
    assert http.get(me["url"]).json() == me
    assert me in http.get(f"{CHATTER}/users").json()["users"]
    assert refused(http.get(f"{CHATTER}/users/0055g00000zzzzz")) == (404, "NOT_FOUND")


def test_a_post_comes_back_with_all_that_belongs_to_it(http: httpx.Client, account: str) -> None:
    element = post(http, account, text("Hello"))
    assert element["id"].startswith("0D5")
    assert (element["feedElementType"], element["type"]) == ("FeedItem", "TextPost")
    assert element["body"]["text"] == "Hello"
    assert element["parent"]["id"] == account
    assert (element["parent"]["type"], element["parent"]["name"]) == ("Account", "Talked about")
    assert element["actor"]["name"] == "Ada Lovelace"
    assert element["capabilities"]["comments"]["page"] == {
        "currentPageToken": None,
        "items": [],
        "nextPageToken": None,
        "nextPageUrl": None,
        "total": 0,
    }
    assert element["capabilities"]["chatterLikes"]["isLikedByCurrentUser"] is False
    assert element["createdDate"].endswith("Z")
    assert http.get(element["url"]).json() == element
    record = http.get(f"{V}/sobjects/FeedItem/{element['id']}").json()
    assert (record["ParentId"], record["Body"], record["Type"]) == (account, "Hello", "TextPost")


def test_segments_keep_their_kinds(http: httpx.Client, account: str) -> None:
    me = http.get(f"{CHATTER}/users/me").json()["id"]
    body = {
        "messageSegments": [
            {"type": "Text", "text": "Hi "},
            {"type": "Mention", "id": me},
            {"type": "Text", "text": ", see "},
            {"type": "Link", "url": "https://example.com/a?b=1"},
            {"type": "Text", "text": " "},
            {"type": "Hashtag", "tag": "news"},
        ]
    }
    told = post(http, account, body)["body"]
    assert told["text"] == "Hi @Ada Lovelace, see https://example.com/a?b=1 #news"
    kinds = [each["type"] for each in told["messageSegments"]]
    assert kinds == ["Text", "Mention", "Text", "Link", "Text", "Hashtag"]
    assert told["messageSegments"][1]["record"]["id"] == me


def test_markup_is_kept_as_html(http: httpx.Client, account: str) -> None:
    body = {
        "messageSegments": [
            {"type": "MarkupBegin", "markupType": "Paragraph"},
            {"type": "Text", "text": "a < b & "},
            {"type": "MarkupBegin", "markupType": "Bold"},
            {"type": "Text", "text": "<i>"},
            {"type": "MarkupEnd", "markupType": "Bold"},
            {"type": "MarkupEnd", "markupType": "Paragraph"},
        ]
    }
    element = post(http, account, body)
    kinds = [each.get("markupType", each["text"]) for each in element["body"]["messageSegments"]]
    assert kinds == ["Paragraph", "a < b & ", "Bold", "<i>", "Bold", "Paragraph"]
    record = http.get(f"{V}/sobjects/FeedItem/{element['id']}").json()
    assert (record["Body"], record["IsRichText"]) == ("<p>a &lt; b &amp; <b>&lt;i&gt;</b></p>", True)


def test_a_feed_is_paged_the_newest_first(http: httpx.Client, account: str) -> None:
    ids = [post(http, account, text(f"Number {number}"))["id"] for number in range(5)]
    url = f"{CHATTER}/feeds/record/{account}/feed-elements?pageSize=2"
    seen = []
    while url:
        page = http.get(url).json()
        assert len(page["elements"]) <= 2
        seen += [each["id"] for each in page["elements"]]
        url = page["nextPageUrl"]
    assert seen == ids[::-1]
    whole = http.get(f"{CHATTER}/feeds/record/{account}/feed-elements").json()
    assert (len(whole["elements"]), whole["nextPageToken"]) == (5, None)


def test_seeded_records_have_feeds(http: httpx.Client) -> None:
    page = http.get(f"{CHATTER}/feeds/news/me/feed-elements", params={"pageSize": 100}).json()
    assert len(page["elements"]) > 50
    assert any(each["capabilities"]["comments"]["page"]["total"] for each in page["elements"])
    assert any(each["capabilities"]["chatterLikes"]["page"]["total"] for each in page["elements"])


def test_who_writes_to_me_writes_under_the_user(http: httpx.Client) -> None:
    element = post(http, "me", text("Note to myself"))
    assert element["parent"]["type"] == "User"
    feed = http.get(f"{CHATTER}/feeds/user-profile/me/feed-elements").json()
    assert feed["elements"][0]["id"] == element["id"]


def test_comments_are_counted_and_deleted(http: httpx.Client, account: str) -> None:
    element = post(http, account, text("Discuss"))
    path = f"{element['url']}/capabilities/comments/items"
    made = [http.post(path, json={"body": text(words)}).json() for words in ("first", "second")]
    assert made[0]["id"].startswith("0D7")
    assert [each["body"]["text"] for each in http.get(path).json()["items"]] == ["first", "second"]
    page = http.get(element["url"]).json()["capabilities"]["comments"]["page"]
    assert (page["total"], page["items"][0]["user"]["name"]) == (2, "Ada Lovelace")
    assert http.delete(made[0]["url"]).status_code == 204
    assert http.get(path).json()["total"] == 1
    assert refused(http.delete(made[0]["url"])) == (404, "NOT_FOUND")


def test_a_like_counts_once_for_each_user(server: DemoServer, http: httpx.Client, account: str) -> None:
    element = post(http, account, text("Like me"))
    path = f"{element['url']}/capabilities/chatter-likes/items"
    first, again = http.post(path).json(), http.post(path).json()
    assert first == again
    other = server.org.sessions.open("0055g0000000002AAA").token
    hers = httpx.post(f"{server.url}{path}", headers={"Authorization": f"Bearer {other}"})
    assert hers.status_code == 201
    assert [each["id"] for each in http.get(path).json()["items"]] == [first["id"], hers.json()["id"]]
    capability = http.get(element["url"]).json()["capabilities"]["chatterLikes"]
    assert (capability["isLikedByCurrentUser"], capability["page"]["total"]) == (True, 2)
    assert http.delete(first["url"]).status_code == 204
    capability = http.get(element["url"]).json()["capabilities"]["chatterLikes"]
    assert (capability["isLikedByCurrentUser"], capability["page"]["total"]) == (False, 1)


def test_a_post_can_be_deleted(http: httpx.Client, account: str) -> None:
    element = post(http, account, text("Gone soon"))
    http.post(f"{element['url']}/capabilities/comments/items", json={"body": text("me too")})
    assert http.delete(element["url"]).status_code == 204
    assert refused(http.get(element["url"])) == (404, "NOT_FOUND")
    assert http.get(f"{CHATTER}/feeds/record/{account}/feed-elements").json()["elements"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"body": None},
        {"body": text(" ")},
        {"body": text("x" * 10_001)},
        {"body": {"messageSegments": [{"type": "Mention", "id": "0055g00000zzzzz"}]}},
        {"body": {"messageSegments": [{"type": "Smile"}]}},
        {"body": {"messageSegments": [{"type": "MarkupBegin", "markupType": "Blink"}]}},
        {"body": {"messageSegments": ["x"]}},
        {"body": {"messageSegments": [{"type": "Text", "text": 5}]}},
        {"body": text("x"), "feedElementType": "Bundle"},
    ],
)
def test_a_post_that_says_nothing_is_refused(http: httpx.Client, account: str, body: dict[str, Any]) -> None:
    response = http.post(f"{CHATTER}/feed-elements", json={"subjectId": account, **body})
    assert refused(response) == (400, "INVALID_API_INPUT")


def test_a_feed_needs_a_record(http: httpx.Client) -> None:
    for record in ("0015g00000zzzzz", "nonsense", "zzz5g0000000001AAA"):
        assert refused(http.get(f"{CHATTER}/feeds/record/{record}/feed-elements")) == (404, "NOT_FOUND")
    body = {"subjectId": "0015g00000zzzzz", "body": text("x")}
    assert http.post(f"{CHATTER}/feed-elements", json=body).status_code == 400
    assert http.post(f"{CHATTER}/feed-elements", json={"body": text("x")}).status_code == 400


@pytest.mark.parametrize("size", ["0", "101", "x", "-1"])
def test_a_page_has_a_size_in_bounds(http: httpx.Client, account: str, size: str) -> None:
    path = f"{CHATTER}/feeds/record/{account}/feed-elements"
    assert refused(http.get(path, params={"pageSize": size})) == (400, "INVALID_API_INPUT")


def test_the_text_of_a_post_is_never_read_as_a_pattern(http: httpx.Client, account: str) -> None:
    words = "@Ada [a-z]+ (x #1 https:// 'quoted' <b>bold</b> \\d"
    assert post(http, account, text(words))["body"]["text"] == words
