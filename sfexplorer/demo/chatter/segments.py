"""The text of a post: in segments, as Chatter carries it, and in one piece, as a record keeps it.

Plain text is kept as it is. Text with markup is kept as HTML of a few tags, as `FeedItem.Body` has it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from sfexplorer.demo.errors import Refusal, refusal

LONGEST = 10_000
_MOST_SEGMENTS = 1_000
_TAGS = {
    "Bold": "b",
    "Code": "code",
    "Italic": "i",
    "ListItem": "li",
    "OrderedList": "ol",
    "Paragraph": "p",
    "Strikethrough": "s",
    "Underline": "u",
    "UnorderedList": "ul",
}
_MARKUP = {tag: name for name, tag in _TAGS.items()}
_TAG = re.compile(rf"<(/?)({'|'.join(_MARKUP)})>")
_LINK = r"(?P<Link>https?://[^\s<>\"]+)"
_HASHTAG = r"(?P<Hashtag>#\w+)"


class Segment(msgspec.Struct):
    """One segment as a client writes it."""

    type: str
    text: str = ""
    id: str = ""
    url: str = ""
    tag: str = ""
    markupType: str = ""  # noqa: N815 - the API's word


class Body(msgspec.Struct):
    """The body of a post or comment as a client writes it."""

    messageSegments: list[Segment] = []  # noqa: N815


def kept_text(body: Any, name_of: Callable[[str], str | None]) -> tuple[str, bool]:
    """The text that a record keeps for a body, and whether it is HTML.

    Args:
        body: as JSON.
        name_of: gives the name of the user of an id.

    Raises:
        Refusal: When it is no body, says nothing, or too much.
    """
    try:
        segments = msgspec.convert(body, Body).messageSegments
    except msgspec.ValidationError as error:
        raise invalid(f"The body is not valid: {error}") from None
    rich = any(each.type.startswith("Markup") for each in segments)
    pieces = [_kept(each, name_of, rich=rich) for each in segments[: _MOST_SEGMENTS + 1]]
    text = "".join(pieces)
    if not text.strip():
        raise invalid("A post or comment needs a message segment that says something")
    if len(text) > LONGEST or len(segments) > _MOST_SEGMENTS:
        raise invalid(f"The message is longer than {LONGEST:,} characters")
    return text, rich


def invalid(message: str) -> Refusal:
    """The refusal of input that Chatter can't take."""
    return refusal(400, "INVALID_API_INPUT", message)


def _kept(segment: Segment, name_of: Callable[[str], str | None], *, rich: bool) -> str:
    match segment.type:
        case "MarkupBegin" | "MarkupEnd":
            tag = _TAGS.get(segment.markupType)
            if tag is None:
                raise invalid(f"Unknown markupType: {segment.markupType}")
            return f"</{tag}>" if segment.type == "MarkupEnd" else f"<{tag}>"
        case "Text":
            text = segment.text
        case "Link":
            text = segment.url
        case "Hashtag":
            text = f"#{segment.tag}"
        case "Mention":
            name = name_of(segment.id)
            if name is None:
                raise invalid(f"Nobody can be mentioned by this id: {segment.id}")
            text = f"@{name}"
        case _:
            raise invalid(f"Unknown message segment type: {segment.type}")
    return html.escape(text, quote=False) if rich else text


def body_json(text: str, people: Mapping[str, str], *, rich: bool) -> dict[str, Any]:
    """A kept text as Chatter gives it.

    Args:
        text: what the record keeps.
        people: the ids of users by name, who may be mentioned.
        rich: whether it is HTML.
    """
    segments = list(_segments(text, people, rich=rich))
    return {
        "isRichText": rich,
        "messageSegments": segments,
        "text": "".join(each["text"] for each in segments),
    }


def _segments(text: str, people: Mapping[str, str], *, rich: bool) -> Iterator[dict[str, Any]]:
    if not rich:
        yield from _plain(text, people)
        return
    at = 0
    for match in _TAG.finditer(text):
        yield from _plain(html.unescape(text[at : match.start()]), people)
        kind = "MarkupEnd" if match[1] else "MarkupBegin"
        told = "\n" if match[1] and match[2] in ("p", "li") else ""
        yield {"htmlTag": match[2], "markupType": _MARKUP[match[2]], "text": told, "type": kind}
        at = match.end()
    yield from _plain(html.unescape(text[at:]), people)


def _plain(text: str, people: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    names = "|".join(re.escape(each) for each in sorted(people, key=len, reverse=True))
    mention = f"|(?P<Mention>@(?:{names}))" if names else ""
    at = 0
    for match in re.finditer(f"{_LINK}|{_HASHTAG}{mention}", text):
        if match.start() > at:
            yield {"text": text[at : match.start()], "type": "Text"}
        yield {**_found(match, people), "text": match[0], "type": match.lastgroup}
        at = match.end()
    if at < len(text):
        yield {"text": text[at:], "type": "Text"}


def _found(match: re.Match[str], people: Mapping[str, str]) -> dict[str, Any]:
    word = match[0][1:]
    match match.lastgroup:
        case "Link":
            return {"url": match[0]}
        case "Hashtag":
            return {"tag": word, "topicUrl": None, "url": None}
    return {"accessible": True, "name": word, "record": {"id": people[word], "type": "User"}}
