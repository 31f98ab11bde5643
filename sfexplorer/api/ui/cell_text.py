"""The whole value of a cell to be read: JSON laid out, HTML as the text it means, all else line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from sfexplorer.api.ui.display import NULL
from sfexplorer.api.ui.raw_values import plain, raw_text

MOST_CHARACTERS = 1_000_000
"""The longest fields of Salesforce have 131,072; what a hostile org sends beyond is cut."""

_HTML = re.compile(r"</(?:p|div|span|a|b|i|u|em|strong|ul|ol|li|table|h[1-6]|body)>|<br\s*/?>", re.IGNORECASE)
_BLOCKS = frozenset(
    {"p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
)
_UNSEEN = frozenset({"script", "style", "head", "title"})
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")


@dataclass(frozen=True, slots=True)
class CellText:
    """A value to be read.

    Attributes:
        kind: What it was taken for: `JSON`, `HTML` or `text`.
        text: The value as a person reads it; not yet safe for the terminal.
        source: The value as it came.
    """

    kind: str
    text: str
    source: str


def cell_text(value: object) -> CellText:
    """A value to be read."""
    match value:
        case None:
            return CellText("text", f"{NULL} (no value)", "")
        case "":
            return CellText("text", '"" (empty)', "")
        case Mapping():
            return _json(plain(value))
        case str():
            return _string(value[:MOST_CHARACTERS])
        case Sequence() if not isinstance(value, bytes | bytearray):
            return _json(plain(value))
    text = raw_text(value) or ""
    return CellText("text", text, text)


def _json(value: object) -> CellText:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)[:MOST_CHARACTERS]
    return CellText("JSON", text, raw_text(value) or "")


def _string(text: str) -> CellText:
    if text.lstrip()[:1] in ("{", "["):
        try:
            # Recursion is the parser's only answer to what is nested too deep.
            pretty = json.dumps(json.loads(text, strict=False), ensure_ascii=False, indent=2)
        except (ValueError, RecursionError):
            return CellText("text", text, text)
        return CellText("JSON", pretty[:MOST_CHARACTERS], text)
    if _HTML.search(text):
        return CellText("HTML", html_as_text(text), text)
    return CellText("text", text, text)


def html_as_text(html: str) -> str:
    """What a reader of the page would see, roughly: paragraphs, lists, and where links lead."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = "".join(reader.parts).replace("\xa0", " ").split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(" ".join(line.split(" ")).rstrip() for line in lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br" or tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        elif tag == "img":
            self.parts.append(f"[{dict(attrs).get('alt') or 'image'}]")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "a" and self._links and (link := self._links.pop()):
            self.parts.append(f" <{link}>")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))
