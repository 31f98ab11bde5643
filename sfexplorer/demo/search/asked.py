"""A search as it is answered, whichever way it was asked: what to find, in which sObjects, how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sfexplorer.demo.errors import refusal
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.problems import no_such_type
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.search.index import is_searchable, searchable
from sfexplorer.demo.search.problems import malformed_search, misplaced, no_term, unreadable_search
from sfexplorer.demo.search.terms import leaves
from sfexplorer.soql import SoqlError, parse_sosl
from sfexplorer.soql.literals import literal_value
from sfexplorer.soql.sosl_tree import Conjunction, Join, Phrase, Returning, Search, SearchOption, Term
from sfexplorer.soql.tree import Field, Literal, Node, Path, Query, Source, Span, ValueList, WithCategories

LARGEST_OFFSET = 2000
LONGEST_STATEMENT = 100_000
# Beyond the first, a text loses its operators; beyond the second, it finds nothing.
LONGEST_WITH_OPERATORS, LONGEST_TEXT = 4_000, 10_000
_ID = Field(Path(("Id",)))
_BIND = "Bind variables only allowed in Apex code"


@dataclass(frozen=True, slots=True)
class Sought:
    """An sObject to search, and what is wanted of it.

    Attributes:
        query: the fields, conditions and order; its LIMIT is that sObject's own.
        text: where the query stands, for the places of errors.
        recent: whether only records count that the user has seen lately.
    """

    type: SObjectType
    query: Query
    text: str = ""
    recent: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A search.

    Attributes:
        term: what to find; None where the text is too long to be searched.
        scope: the fields that are searched: ALL, NAME, EMAIL, PHONE or SIDEBAR.
        sought: the sObjects, in the order of their records.
        limit: how many records in all, where that is said.
        highlight: whether found words are marked.
        snippet: how long an excerpt is wanted of a long text.
        labels: whether the labels of the fields are told.
        pricebook: the price book in which a product must be.
    """

    term: Term | None
    scope: str
    sought: tuple[Sought, ...]
    limit: int | None = None
    highlight: bool = False
    snippet: int | None = None
    labels: bool = False
    pricebook: str | None = None


def asked(context: Context) -> Asked:
    """What a SOSL statement asks.

    Raises:
        Refusal: When the text is no search, or one that can't be answered.
    """
    text = context.text
    if len(text) > LONGEST_STATEMENT:
        raise malformed_search(f"SOSL statements cannot be longer than {LONGEST_STATEMENT} characters")
    tree = _parsed(text)
    options = {each.name: each for each in tree.options if isinstance(each, SearchOption)}
    return Asked(
        term=searched_term(tree),
        scope=tree.scope or "ALL",
        sought=_sought(context, tree),
        limit=tree.limit,
        highlight="HIGHLIGHT" in options,
        snippet=_snippet(options.get("SNIPPET")),
        labels=_is_labels(text, options.get("METADATA")),
        pricebook=_text(options.get("PricebookId")),
    )


def searched_term(tree: Search) -> Term | None:
    """What a search looks for, as far as its text is searched at all."""
    text, term = tree.text.text, tree.text.term
    if term is None or len(text) > LONGEST_TEXT:
        return None
    if tree.using == "PHRASE":
        return Phrase(text)
    return without_operators(term) if len(text) > LONGEST_WITH_OPERATORS else term


def without_operators(term: Term) -> Term:
    """All words of a term side by side."""
    found = tuple(leaves(term))
    aside: Join = ""
    return Conjunction(found, (aside,) * (len(found) - 1)) if len(found) > 1 else term


def everything(context: Context) -> tuple[Sought, ...]:
    """All sObjects that can be searched, of which come the ids."""
    return tuple(
        Sought(each, Query((_ID,), (Source(Path((each.name,))),))) for each in searchable(context.schema)
    )


def searched_type(context: Context, name: str, offset: int) -> SObjectType:
    """The sObject of a name, if its records can be searched.

    Raises:
        Refusal: `INVALID_TYPE` when there is none, or its records can't.
    """
    found = context.schema.get(name)
    if found is None:
        raise no_such_type(context.text, offset, name)
    if not is_searchable(found):
        message = f"entity type {found.name} does not support search"
        raise refusal(400, "INVALID_TYPE", message)
    return found


def check_offset(offset: int | None, count: int) -> None:
    """An OFFSET has a most, and goes with one sObject only.

    Raises:
        Refusal: When it breaks one of these.
    """
    if offset is None:
        return
    if offset > LARGEST_OFFSET:
        message = f"SOSL offset should be between 0 to {LARGEST_OFFSET}"
        raise refusal(400, "NUMBER_OUTSIDE_VALID_RANGE", message)
    if count > 1:
        raise malformed_search("OFFSET can be specified only when the search returns a single object")


def _parsed(text: str) -> Search:
    try:
        tree = parse_sosl(text)
    except SoqlError as error:
        raise unreadable_search(text, error) from None
    if tree.text.form != "braces":
        raise no_term()
    if any(isinstance(each, Literal) and each.kind == "bind" for each in _constants(tree)):
        raise malformed_search(_BIND)
    return tree


def _constants(tree: Search) -> Iterator[Node | None]:
    """What stands where only Apex may have a variable."""
    yield tree.limit_bind
    for entry in tree.returning:
        yield from (entry.limit_bind, entry.offset_bind)
    for option in tree.options:
        if isinstance(option, SearchOption):
            yield from option.value.values if isinstance(option.value, ValueList) else (option.value,)


def _sought(context: Context, tree: Search) -> tuple[Sought, ...]:
    if not tree.returning:
        found = everything(context)
    else:
        found = tuple(_one(context, each) for each in tree.returning)
    seen: set[str] = set()
    for each, entry in zip(found, tree.returning, strict=False):
        if each.type.name in seen:
            raise misplaced(
                context.text, entry.span.start, f"duplicate entity in RETURNING: {each.type.name}"
            )
        seen.add(each.type.name)
        check_offset(entry.offset, len(found))
    if any(isinstance(each, WithCategories) for each in tree.options):
        # Articles alone have data categories, and the org has no articles.
        raise malformed_search("Data category filters are supported for knowledge articles only")
    return found


def _one(context: Context, entry: Returning) -> Sought:
    start = entry.span.start
    span = Span(start, start + len(entry.object))
    type = searched_type(context, entry.object, start)
    recent = (entry.list_view or "").lower() == "recent"
    if entry.list_view is not None and not recent:
        # The org has no list views of its own.
        raise misplaced(context.text, start, "Invalid using expr")
    query = Query(
        entry.fields or (_ID,),
        (Source(Path((entry.object,), span=span), span=span),),
        where=entry.where,
        order_by=entry.order_by,
        limit=entry.limit,
        offset=entry.offset,
        span=entry.span,
    )
    return Sought(type, query, context.text, recent)


def _snippet(option: SearchOption | None) -> int | None:
    if option is None:
        return None
    return clipped_snippet(int(option.value.text) if isinstance(option.value, Literal) else None)


def clipped_snippet(length: int | None) -> int:
    """The length of an excerpt within what Salesforce gives."""
    return 300 if length is None else min(500, max(100, length))


def _text(option: SearchOption | None) -> str | None:
    return str(literal_value(option.value)) if option and isinstance(option.value, Literal) else None


def _is_labels(text: str, option: SearchOption | None) -> bool:
    value = _text(option)
    if option is not None and (value or "").upper() != "LABELS":
        raise misplaced(text, option.span.start, f"Invalid metadata type: {value}")
    return option is not None
