"""The frozen tree of a SOSL search. What a search shares with a query is made of the same nodes as there.

Search
  text       SearchText(form, text, term)
    term     Word | Phrase | Conjunction(terms, joins) | Alternatives(terms)
  returning  Returning(object, fields, where, order_by, ...)
  options    SearchOption(name, value) | WithCategories | WithMode
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from sfexplorer.soql.tree import (
    Condition,
    Field,
    FieldsOf,
    Literal,
    Node,
    OrderBy,
    TypeOf,
    ValueList,
    WithCategories,
    WithMode,
)


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A word to find, as it was spelled: with wildcards `*` and `?`, and a backslash before plain signs."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Words that must follow each other, as they were spelled within the quotes."""

    text: str


Join = OneOf["AND", "AND NOT", ""]


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """Two or more terms and what stands between them; Salesforce reads it from the right.

    An empty join means that the terms merely stand side by side, which most sObjects take for AND.
    """

    terms: tuple[Term, ...]
    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True)
class Alternatives(Node):
    """Two or more terms joined by OR."""

    terms: tuple[Term, ...]


Term = Word | Phrase | Conjunction | Alternatives


@dataclass(frozen=True, slots=True)
class SearchText(Node):
    """What stands behind FIND: `{text}`, in Apex also `'text'` or `:variable`.

    The text is told as it was spelled, without braces or quotes; a variable has no term: only Apex knows it.
    """

    form: OneOf["braces", "quotes", "bind"]
    text: str
    term: Term | None


ReturnedItem = Field | FieldsOf | TypeOf


@dataclass(frozen=True, slots=True)
class Returning(Node):
    """An sObject behind RETURNING, with what is wanted of it. Without fields its records come as Ids."""

    object: str
    fields: tuple[ReturnedItem, ...] = ()
    list_view: str | None = None
    where: Condition | None = None
    order_by: tuple[OrderBy, ...] = ()
    limit: int | None = None
    offset: int | None = None
    limit_bind: Literal | None = None
    offset_bind: Literal | None = None


OptionName = OneOf[
    "DIVISION", "SNIPPET", "NETWORK", "PricebookId", "METADATA", "HIGHLIGHT", "SPELL_CORRECTION"
]


@dataclass(frozen=True, slots=True)
class SearchOption(Node):
    """A `WITH name`, `WITH name = value` or `WITH NETWORK IN (…)`; SNIPPET's value is its target length."""

    name: OptionName
    value: Literal | ValueList | None = None


With = SearchOption | WithCategories | WithMode


@dataclass(frozen=True, slots=True)
class Search(Node):
    """A whole FIND statement."""

    text: SearchText
    scope: OneOf["ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"] | None = None
    using: OneOf["PHRASE", "ADVANCED"] | None = None
    returning: tuple[Returning, ...] = ()
    options: tuple[With, ...] = ()
    limit: int | None = None
    limit_bind: Literal | None = None
    updates: tuple[OneOf["TRACKING", "VIEWSTAT"], ...] = ()
