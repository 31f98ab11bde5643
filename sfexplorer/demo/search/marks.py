"""HIGHLIGHT and SNIPPET: found words shown in their text, `<mark>Acme</mark> Power`."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.search.index import searched_fields
from sfexplorer.demo.search.terms import Matching, folded
from sfexplorer.demo.storage import quoted

# Records of an sObject in which words are marked.
MOST_MARKED = 25
_MARKED = frozenset({"string", "email", "textarea", "combobox"})
_WORD = re.compile(r"[^\W_]+")


def marked(text: str, match: Matching) -> str | None:
    """The text with its found words marked; None where none of them is in it."""
    found = 0

    def mark(word: re.Match[str]) -> str:
        nonlocal found
        if folded(word[0]) not in match.shown:
            return word[0]
        found += 1
        return f"<mark>{word[0]}</mark>"

    shown = _WORD.sub(mark, text)
    return shown if found else None


def highlight(records: Sequence[dict[str, Any]], fields: Mapping[str, FieldType], match: Matching) -> None:
    """Add a `highlight.Name` to the records for each of their texts that holds a found word."""
    names = [name for name, field in fields.items() if field.type in _MARKED]
    for record in records[:MOST_MARKED]:
        for name in names:
            if (shown := marked(record[name] or "", match)) is not None:
                record[f"highlight.{name}"] = shown


def add_snippets(
    connection: sqlite3.Connection,
    type: SObjectType,
    numbers: Sequence[int],
    records: Sequence[dict[str, Any]],
    match: Matching,
    length: int,
) -> None:
    """Add a `snippet.text` to the records in whose long texts a word was found."""
    fields = searched_fields(type)["long"]
    if not fields or not records:
        return
    columns = ", ".join(f"found.{quoted(field.name)}" for field in fields)
    rows = connection.execute(
        f"SELECT {columns} FROM json_each(?) AS page CROSS JOIN {quoted(type.name)} AS found "  # noqa: S608
        "ON found.rowid = page.value ORDER BY page.key",
        (json.dumps(list(numbers)),),
    )
    for record, texts in zip(records, rows, strict=True):
        excerpts = (_excerpt(str(text), match, length) for text in texts if text is not None)
        if (first := next(filter(None, excerpts), None)) is not None:
            record["snippet.text"] = first


def _excerpt(text: str, match: Matching, length: int) -> str | None:
    """The part of a text around its first found word."""
    word = next((each for each in _WORD.finditer(text) if folded(each[0]) in match.shown), None)
    if word is None:
        return None
    start = max(0, min(word.start() - length // 3, len(text) - length))
    part = text[start : start + length]
    shown = marked(part, match) or part
    return f"{'...' if start else ''}{shown}{'...' if start + length < len(text) else ''}"
