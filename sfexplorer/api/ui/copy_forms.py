"""The forms in which values are copied: plain text, TSV, CSV (RFC 4180), JSON, Markdown. No screen in it.

Values go out as the org has them, null as nothing (in JSON as null). What begins with `=` stays as it is: a
value that was changed for a spreadsheet's sake would be a wrong one everywhere else.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sfexplorer.api.ui.grid_source import Column
from sfexplorer.api.ui.raw_values import plain, raw_text

Columns = Sequence[Column]
Values = Sequence[object]


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write values.

    Attributes:
        title: What a person calls it.
        value: A single value.
        head: What stands before rows.
        row: A row among others.
        between: What stands between two rows.
        tail: What stands behind the last.
        item: A value of a list; None writes a list as a table of one column.
        alone: A row that is not among others; None writes it as a table of one row.
    """

    title: str
    value: Callable[[object], str]
    row: Callable[[Columns, Values], str]
    head: Callable[[Columns], str] = lambda columns: ""
    between: str = "\n"
    tail: str = ""
    item: Callable[[object], str] | None = None
    alone: Callable[[Columns, Values], str] | None = None


def _text(value: object) -> str:
    return raw_text(value) or ""


def _titles(columns: Columns) -> list[str]:
    return [column.title or column.key for column in columns]


def _facts(columns: Columns, values: Values) -> str:
    lines = zip(_titles(columns), values, strict=True)
    return "".join(f"{title}: {_text(value)}\n" for title, value in lines)


def _separated(texts: Sequence[str], delimiter: str, end: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator=end).writerow(texts)
    return line.getvalue()


def _separating(title: str, delimiter: str, end: str) -> Form:
    return Form(
        title,
        value=lambda value: _separated([_text(value)], delimiter, "") if _text(value) else "",
        row=lambda columns, values: _separated([_text(value) for value in values], delimiter, end),
        head=lambda columns: _separated(_titles(columns), delimiter, end),
        between="",
    )


def _json(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False, default=str)


def _object(columns: Columns, values: Values) -> str:
    return _json({column.key or column.title: value for column, value in zip(columns, values, strict=True)})


def _cells(texts: Sequence[str]) -> str:
    cells = (text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)
    return f"| {' | '.join('<br>'.join(cell.splitlines()) for cell in cells)} |"


def _markdown_head(columns: Columns) -> str:
    rule = ["---:" if column.align == "right" else "---" for column in columns]
    return f"{_cells(_titles(columns))}\n| {' | '.join(rule)} |\n"


FORMS = (
    Form("text", value=_text, row=_facts, item=_text, alone=_facts),
    _separating("TSV", "\t", "\n"),
    _separating("CSV", ",", "\r\n"),
    Form(
        "JSON",
        value=_json,
        row=_object,
        head=lambda columns: "[\n",
        between=",\n",
        tail="\n]\n",
        item=_json,
        alone=_object,
    ),
    Form(
        "Markdown",
        value=lambda value: _cells([_text(value)])[2:-2],
        row=lambda columns, values: _cells([_text(value) for value in values]),
        head=_markdown_head,
        tail="\n",
    ),
)
"""All forms; the first is what a key copies that asks nothing."""
