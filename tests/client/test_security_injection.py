"""Values stay values: in queries by `quote`, in paths by escaping."""

from __future__ import annotations

import ast
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from sfexplorer.client import Connection, OAuth, Org, SalesforceError, SObject
from sfexplorer.soql import quote

from .conftest import MakeHost, answer

ROOT = Path(__file__).parents[2]
HOSTILE = [
    "' OR Name LIKE '%",
    "\\' OR Name LIKE '%",
    "x' LIMIT 0 --",
    "') OR (Name != '",
    "O'Hara \\ \n\t\"",
    "\u2028' OR Name != '",
    "\u202e%_",
]


def query_texts() -> Iterator[tuple[str, ast.JoinedStr]]:
    """Each text with a query in it that is made of parts, and where it stands."""
    for folder in ("sfexplorer/client", "sfexplorer/app", "sfexplorer/api", "plugins"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.JoinedStr):
                    plain = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
                    if any(word in plain for word in ("SELECT ", "WHERE ", "FIND {", "RETURNING ")):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_no_query_puts_quotes_around_a_value_by_hand() -> None:
    found = []
    for place, node in query_texts():
        for before, after in zip(node.values, node.values[1:], strict=False):
            by_hand = isinstance(before, ast.Constant) and str(before.value).endswith(("'", "{"))
            if by_hand and isinstance(after, ast.FormattedValue):
                found.append(place)
    assert found == [], "these are to use sfexplorer.soql.quote"


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_quoted_value_finds_itself_and_nothing_else(org: Org, text: str) -> None:
    made = await org.insert(SObject("Account", Name=f"x{text}x"))
    page = await org.query(f"SELECT Id FROM Account WHERE Name = {quote(f'x{text}x')}").first_page()
    assert [record.id for record in page.records] == [made.id]
    nothing = await org.query(f"SELECT Id FROM Account WHERE Name = {quote(text)}").first_page()
    assert len(nothing) == 0


@pytest.mark.parametrize(
    "evil",
    ["../../User", "a/b", "a?q=1", "a#b", "%2e%2e/x", "a b", "..", "\r\nX-Evil: 1", "@evil.example", ""],
)
async def test_no_name_or_id_leaves_its_place_in_a_path(
    connect: Callable[..., Connection], make_host: MakeHost, evil: str
) -> None:
    host = await make_host(answer(200, {}))
    org = connect(api_version="60.0").org(OAuth("00Dxx!token-in-hand", host.url))
    calls: list[Callable[[], Awaitable[object]]] = [
        lambda: org.metadata(evil),
        lambda: org.layouts("Account", evil),
        lambda: org.retrieve("Account", evil, ["Name"]),
        lambda: org.retrieve_by("Account", "Key__c", evil, ["Name"]),
        lambda: org.password_status(evil),
        lambda: org.delete(SObject("Account", Id=evil)),
    ]
    for call in calls:
        try:
            await call()
        except (SalesforceError, ValueError):
            continue
    for seen in host.seen:
        path, _, query = seen.target.partition("?")
        assert path.startswith("/services/data/v60.0/sobjects/")
        assert path.count("/") <= 8
        assert "/../" not in f"{path}/"
        assert not query or query.startswith("fields=")
        assert "x-evil" not in seen.headers
