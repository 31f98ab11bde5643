"""Records found by some letters of their name, for a field that is to point to one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sfexplorer.client import Org, SearchedObject, SObject, SObjectDescribe
from sfexplorer.soql import quote

_MOST = 20

# What SOSL reads as a word of its own, and the characters that it obeys.
_OPERATORS = frozenset({"and", "or", "not"})
_OBEYED = re.compile(r"""[?&|!{}\[\]()^~*:\\"'+\-]""")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that may be meant: its Id, and what a person calls it."""

    id: str
    name: str


async def find_records(org: Org, type: str, letters: str) -> list[Hit]:
    """The records of an object whose name has these letters, first those that begin with them.

    Without letters, those that the user has seen last, or the first by name. Names are found by SOQL from
    their beginning, which an org answers by its index however many there are, and by SOSL within.

    Raises:
        SalesforceError: The org answered neither.
    """
    describe = await org.describe(type)
    letters = letters.strip()
    asked = (_beginning(org, describe, letters), _within(org, describe, letters))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    told = [answer for answer in answers if not isinstance(answer, BaseException)]
    if not told:
        raise next(answer for answer in answers if isinstance(answer, BaseException))
    hits = {hit.id: hit for each in told for hit in each}
    return list(hits.values())[:_MOST]


async def _beginning(org: Org, describe: SObjectDescribe, letters: str) -> list[Hit]:
    name = _name_of(describe)
    if letters:
        return await _ask(org, describe, f"WHERE {name} LIKE {pattern(letters)} ORDER BY {name}")
    seen: list[Hit] = []
    if describe.field("LastViewedDate"):
        seen = await _ask(org, describe, "WHERE LastViewedDate != NULL ORDER BY LastViewedDate DESC")
    return seen or await _ask(org, describe, f"ORDER BY {name}")


async def _ask(org: Org, describe: SObjectDescribe, rest: str) -> list[Hit]:
    name = _name_of(describe)
    selected = "Id" if name == "Id" else f"Id, {name}"
    soql = f"SELECT {selected} FROM {describe.name} {rest} LIMIT {_MOST}"  # noqa: S608 - names from the describe
    return _hits((await org.query(soql).first_page()).records, name)


async def _within(org: Org, describe: SObjectDescribe, letters: str) -> list[Hit]:
    name, words = _name_of(describe), search_words(letters)
    # An org refuses to look for a single letter.
    if not describe.searchable or len(words) < 3 or name == "Id":
        return []
    searched = SearchedObject(describe.name, ("Id", name), _MOST)
    return _hits(await org.parameterized_search(words, sobjects=[searched], scope="NAME"), name)


def _name_of(describe: SObjectDescribe) -> str:
    return describe.name_field.name if describe.name_field else "Id"


def _hits(records: Iterable[SObject], name: str) -> list[Hit]:
    return [Hit(record.id, str(record.get(name) or record.id)) for record in records if record.id]


def pattern(letters: str) -> str:
    """The literal of a LIKE that finds what begins with `letters`, whatever these are."""
    return re.sub(r"([%_])", r"\\\1", quote(letters)[:-1]) + "%'"


def search_words(letters: str) -> str:
    """`letters` as words of a SOSL search that obeys none of them; the last word may be a beginning."""
    words = [_OBEYED.sub(r"\\\g<0>", word) for word in letters.split() if word.lower() not in _OPERATORS]
    return f"{' '.join(words)}*" if words else ""
