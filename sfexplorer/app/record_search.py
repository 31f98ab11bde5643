"""Records by their names: one search over all objects, then the names of what it found.

FIND {ada lov*} IN NAME FIELDS LIMIT 50               -> Ids of all kinds
SELECT Id, Name FROM Contact WHERE Id IN ('003...')   -> the names, a query for each kind
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfexplorer.api.references import RecordRef
from sfexplorer.client.errors import SalesforceError
from sfexplorer.soql.quoting import quote, quote_words

if TYPE_CHECKING:
    from sfexplorer.client import Org, SObject

MOST_FOUND = 50
# A search takes two characters at least.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A record that a search found: its name, and what its kind is called."""

    reference: RecordRef
    name: str
    kind: str


def search_for_name(text: str) -> str | None:
    """The search for records called like `text`, whatever it contains; None where it is too short for one."""
    # Control characters and halves of surrogates part words: no request can carry them.
    words = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", text).split()
    if sum(map(str.isalnum, "".join(words))) < SHORTEST:
        return None
    # What is typed may be the beginning of a name.
    return f"FIND {quote_words(words, begins=True)} IN NAME FIELDS LIMIT {MOST_FOUND}"


async def search_records(org: Org, text: str) -> list[Found]:
    """The records whose names are like `text`, those of a kind beside each other.

    Raises:
        SalesforceError: the org can't be asked, or doesn't let this user search.
    """
    if (sosl := search_for_name(text)) is None:
        return []
    found = await org.search(sosl)
    labels = {info.name: info.label or info.name for info in await org.sobjects()}
    kinds = list(found.by_type.items())
    names = await asyncio.gather(*(_names(org, kind, records) for kind, records in kinds))
    return [
        Found(RecordRef(record.id, kind), told.get(record.id, record.id), labels.get(kind, kind))
        for (kind, records), told in zip(kinds, names, strict=True)
        for record in records
        if record.id
    ]


async def _names(org: Org, kind: str, records: Sequence[SObject]) -> dict[str, str]:
    """The names by Id, as far as the org tells them."""
    ids = [record.id for record in records if record.id]
    try:
        name_field = (await org.describe(kind)).name_field
        if name_field is None:
            return {}
        soql = f"SELECT Id, {name_field.name} FROM {kind} WHERE Id IN {quote(ids)}"  # noqa: S608  # names from the describe
        page = await org.query(soql).first_page()
    except SalesforceError:
        return {}  # Found is found: the Id has to do.
    return {str(row.id): str(row.get(name_field.name) or "") or str(row.id) for row in page.records}
