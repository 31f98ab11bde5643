"""Trees of any search, made up."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from sfexplorer.soql import (
    Alternatives,
    Conjunction,
    Literal,
    Phrase,
    Returning,
    Search,
    SearchOption,
    SearchText,
    ValueList,
    Word,
)
from sfexplorer.soql.sosl_tree import Term, With
from tests.soql.trees import (
    binds,
    categories,
    conditions,
    counts,
    modes,
    names,
    orders,
    plain_fields,
    strings,
)

RESERVED = re.compile(r'[\\"(){}|&!\[\]^~]')


def escaped(text: str) -> str:
    return RESERVED.sub(lambda match: f"\\{match.group()}", text)


def spelled(term: Term) -> str:
    """The text of a term, each compound in parentheses."""
    match term:
        case Word(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Alternatives(terms):
            return " OR ".join(map(operand, terms))
        case Conjunction(terms, joins):
            pieces = [operand(terms[0])]
            pieces += [f"{join} {operand(term)}" for join, term in zip(joins, terms[1:], strict=True)]
            return " ".join(pieces)


def operand(term: Term) -> str:
    return spelled(term) if isinstance(term, Word | Phrase) else f"({spelled(term)})"


letters = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=6).map(escaped)
words = letters.filter(lambda text: text.upper() not in ("AND", "OR", "NOT")).map(Word)
phrases = st.lists(letters, min_size=1, max_size=3).map(lambda found: Phrase(" ".join(found)))


def compound(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    joined = several.flatmap(
        lambda terms: st.builds(
            Conjunction,
            st.just(terms),
            st.tuples(*(st.sampled_from(["AND", "AND NOT", ""]) for _ in terms[1:])),
        )
    )
    return several.map(Alternatives) | joined


simple: st.SearchStrategy[Term] = words | phrases
terms = st.recursive(simple, compound, max_leaves=6)
texts = st.one_of(
    terms.map(lambda term: SearchText("braces", spelled(term), term)),
    binds.map(lambda text: SearchText("bind", text, None)),
)
returnings = st.one_of(
    st.builds(Returning, names),
    st.builds(
        Returning,
        names,
        st.lists(plain_fields, min_size=1, max_size=5).map(tuple),
        list_view=st.none() | names,
        where=st.none() | conditions,
        order_by=orders,
        limit=counts,
        offset=counts,
    ),
)
options = st.one_of(
    st.just(SearchOption("HIGHLIGHT")),
    st.builds(SearchOption, st.sampled_from(["DIVISION", "METADATA", "PricebookId", "NETWORK"]), strings),
    st.just(SearchOption("SNIPPET")),
    st.just(SearchOption("SNIPPET", Literal("number", "120"))),
    st.just(SearchOption("SPELL_CORRECTION", Literal("boolean", "FALSE"))),
    st.lists(strings, min_size=1).map(lambda found: SearchOption("NETWORK", ValueList(tuple(found)))),
    categories,
    modes,
)


def kind(option: With) -> str:
    """What must differ between the WITHs of a search."""
    return option.name if isinstance(option, SearchOption) else type(option).__name__


searches = st.builds(
    Search,
    texts,
    scope=st.sampled_from([None, "ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"]),
    using=st.sampled_from([None, "PHRASE", "ADVANCED"]),
    returning=st.lists(returnings, max_size=3).map(tuple),
    options=st.lists(options, max_size=3, unique_by=kind).map(tuple),
    limit=counts,
    updates=st.lists(st.sampled_from(["TRACKING", "VIEWSTAT"]), max_size=2).map(tuple),
)
