"""The sending of a statement in a query language, with mistakes placed in the text as it was written."""

from __future__ import annotations

from collections.abc import Mapping

from sfexplorer.client.errors import QueryRejected
from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.session import Session


async def ask(
    session: Session, resource: str, statement: str, headers: Mapping[str, str] | None = None
) -> Reply:
    """The first answer to a SOQL query or a SOSL search: `ask(session, "query", "SELECT ...")`.

    Raises:
        QueryRejected: the statement is wrong; line and column count in the statement as given.
    """
    # Salesforce drops leading empty lines before it counts; sent without them, the count is known.
    text = statement.lstrip()
    lead = statement[: len(statement) - len(text)]
    path = await session.path(resource)
    try:
        return await session.send(
            Call("GET", path, params={"q": text.rstrip()}, headers=headers or {}, purpose="query")
        )
    except QueryRejected as error:
        if error.line == 1 and error.column is not None:
            error.column += len(lead) - lead.rfind("\n") - 1
        if error.line is not None:
            error.line += lead.count("\n")
        raise
