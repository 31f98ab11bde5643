"""Trees of any query and search, made up: strategies for laws that hold for all of them."""

from __future__ import annotations

from typing import Literal as OneOf

from hypothesis import strategies as st

from sfexplorer.soql import (
    And,
    CategoryFilter,
    ChildQuery,
    Comparison,
    Condition,
    Expression,
    Field,
    FieldsOf,
    Function,
    GroupBy,
    Literal,
    Not,
    Or,
    OrderBy,
    Path,
    Query,
    SemiJoin,
    Setting,
    Source,
    TypeOf,
    ValueList,
    When,
    WithCategories,
    WithMode,
    WithSettings,
    quote,
)
from sfexplorer.soql.words import AGGREGATES, COUNTED_DATE_LITERALS, DATE_FUNCTIONS, PLAIN_DATE_LITERALS

# Names that look like keywords are the hard ones.
NAMES = ["Id", "Name", "Owner", "Account", "ns__Field__c", "Parent__r", "Order__c", "count", "a", "Typ3"]
LOOKALIKES = [
    "Group",
    "Order",
    "Case",
    "Limit",
    "Offset",
    "End",
    "Scope",
    "Today",
    "Find",
    "Fields",
    "Rollup",
]
ALIASES = ["a", "alias1", "count", "today", "scope", "end", "rollup", "cube", "fields", "typ", "name__c"]

names = st.sampled_from(NAMES)
paths = st.lists(names, min_size=1, max_size=6).map(lambda parts: Path(tuple(parts)))
aliases = st.none() | st.sampled_from(ALIASES)
numbers = st.sampled_from(["0", "1", "-1", "+2.50", "10.5", "123456789"])
strings = st.text(max_size=8).map(lambda text: Literal("string", quote(text)))
binds = st.sampled_from([":a", ":account.Id", ":ids[0] + 1", ":new Set<Id>{a, b}", ":f('x, y').z"])

literals = st.one_of(
    strings,
    numbers.map(lambda text: Literal("number", text)),
    st.sampled_from(["USD5", "eur-12.50"]).map(lambda text: Literal("currency", text)),
    st.sampled_from(["TRUE", "FALSE"]).map(lambda text: Literal("boolean", text)),
    st.just(Literal("null", "NULL")),
    st.dates().map(lambda day: Literal("date", quote(day))),
    st.datetimes(timezones=st.timezones()).map(lambda moment: Literal("datetime", quote(moment))),
    st.times().map(lambda moment: Literal("time", quote(moment))),
    st.sampled_from(sorted(PLAIN_DATE_LITERALS)).map(lambda text: Literal("date literal", text)),
    st.tuples(st.sampled_from(sorted(COUNTED_DATE_LITERALS)), st.integers(0, 999)).map(
        lambda pair: Literal("date literal", f"{pair[0]}:{pair[1]}")
    ),
    binds.map(lambda text: Literal("bind", text)),
)
value_lists = st.lists(literals, min_size=1, max_size=12).map(lambda values: ValueList(tuple(values)))


def call(name: str, *arguments: Path | Function | Literal) -> Function:
    return Function(name, arguments)


zoned = paths.map(lambda path: call("convertTimezone", path))
date_calls = st.builds(call, st.sampled_from(sorted(DATE_FUNCTIONS)), paths | zoned)
aggregates = st.builds(call, st.sampled_from(sorted(AGGREGATES)), paths)
places = st.builds(
    lambda latitude, longitude: call(
        "GEOLOCATION", Literal("number", latitude), Literal("number", longitude)
    ),
    numbers,
    numbers,
)
distances = st.builds(
    lambda path, place, unit: call("DISTANCE", path, place, Literal("string", unit)),
    paths,
    paths | places,
    st.sampled_from(["'km'", "'mi'"]),
)
inner_calls = date_calls | aggregates
renderings = st.builds(
    call, st.sampled_from(["toLabel", "FORMAT", "convertCurrency"]), st.one_of(paths, inner_calls)
)
calls = st.one_of(inner_calls, renderings, distances, paths.map(lambda path: call("GROUPING", path)))
expressions: st.SearchStrategy[Expression] = st.one_of(paths, paths, calls)

fields = st.builds(Field, expressions, aliases)
# What a search may return, which has no aggregates.
plain_fields = st.builds(Field, st.one_of(paths, date_calls, distances), aliases)
branches = st.builds(When, names, st.lists(paths, min_size=1, max_size=4).map(tuple))
typeofs = st.builds(
    TypeOf,
    paths,
    st.lists(branches, min_size=1, max_size=3).map(tuple),
    st.lists(paths, max_size=3).map(tuple),
)
fields_of = st.sampled_from(["ALL", "STANDARD", "CUSTOM"]).map(FieldsOf)

comparisons = st.one_of(
    st.builds(Comparison, expressions, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), literals),
    st.builds(Comparison, expressions, st.just("LIKE"), strings),
    st.builds(
        Comparison, expressions, st.sampled_from(["IN", "NOT IN", "INCLUDES", "EXCLUDES"]), value_lists
    ),
)


def compound(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Conditions made of others; a NOT stands in no NOT that is not in parentheses, which the text tells."""
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(several.map(And), several.map(Or), inner.map(Not))


def conditions_of(leaves: st.SearchStrategy[Comparison]) -> st.SearchStrategy[Condition]:
    plain: st.SearchStrategy[Condition] = leaves
    return st.recursive(plain, compound, max_leaves=6)


plain_conditions = conditions_of(comparisons)
orders = st.lists(
    st.builds(OrderBy, expressions, st.booleans(), st.sampled_from(["", "FIRST", "LAST"])), max_size=4
).map(tuple)
counts = st.none() | st.integers(0, 3_000)
filters = st.builds(
    CategoryFilter,
    names,
    st.sampled_from(["AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW"]),
    st.lists(names, min_size=1, max_size=3).map(tuple),
)
settings = st.builds(Setting, names, literals)
categories = st.lists(filters, min_size=1, max_size=3).map(lambda found: WithCategories(tuple(found)))
modes = st.sampled_from(["SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE"]).map(WithMode)
withs = st.one_of(
    st.none(),
    modes,
    categories,
    st.builds(WithSettings, st.just("RecordVisibilityContext"), st.lists(settings, min_size=1).map(tuple)),
    st.builds(WithSettings, st.just(""), st.tuples(st.builds(Setting, st.just("UserId"), literals))),
)
semi_joins = st.builds(
    Query,
    select=st.tuples(st.builds(Field, paths)),
    sources=st.tuples(st.builds(Source, names.map(lambda name: Path((name,))), aliases)),
    where=st.none() | plain_conditions,
)
joined = st.builds(Comparison, paths, st.sampled_from(["IN", "NOT IN"]), semi_joins.map(SemiJoin))
conditions = conditions_of(st.one_of(comparisons, comparisons, joined))


def queries_from(
    items: st.SearchStrategy[object], source: st.SearchStrategy[Source], *, is_root: bool
) -> st.SearchStrategy[Query]:
    return st.builds(
        Query,
        select=st.lists(items, min_size=1, max_size=6).map(tuple),
        sources=st.tuples(source),
        scope=st.sampled_from([None, "mine", "Delegated"]) if is_root else st.none(),
        where=st.none() | conditions,
        order_by=orders,
        limit=counts,
        offset=counts,
        with_clause=withs,
        for_clauses=st.lists(st.sampled_from(["VIEW", "REFERENCE", "UPDATE"]), max_size=2).map(tuple),
        updates=st.lists(st.sampled_from(["TRACKING", "VIEWSTAT"]), max_size=2).map(tuple),
    )


child_sources = st.builds(Source, st.lists(names, min_size=1, max_size=2).map(tuple).map(Path), aliases)
children = queries_from(st.one_of(fields, typeofs), child_sources, is_root=False).map(ChildQuery)
objects = st.sampled_from([*NAMES, *LOOKALIKES]).map(lambda name: Path((name,)))
root_items = st.one_of(fields, fields, fields, typeofs, fields_of, children)
plain_queries = queries_from(root_items, st.builds(Source, objects, aliases), is_root=True)


@st.composite
def grouped(draw: st.DrawFn) -> Query:
    forms: list[OneOf["", "ROLLUP", "CUBE"]] = ["", "ROLLUP", "CUBE"]
    form = draw(st.sampled_from(forms))
    keys = tuple(draw(st.lists(paths | date_calls, min_size=1, max_size=3)))
    return Query(
        select=tuple(draw(st.lists(fields, min_size=1, max_size=5))),
        sources=(Source(draw(objects), "x"), *draw(st.lists(st.builds(Source, paths, aliases), max_size=2))),
        group_by=GroupBy(keys, form),
        having=draw(st.none() | plain_conditions),
        order_by=draw(orders),
        limit_bind=draw(st.none() | binds.map(lambda text: Literal("bind", text))),
        all_rows=draw(st.booleans()),
        options=tuple(draw(st.lists(settings, max_size=2))),
    )


counting = st.builds(
    Query,
    select=st.tuples(st.builds(Field, st.just(Function("COUNT", ())), aliases)),
    sources=st.tuples(st.builds(Source, objects, aliases)),
    where=st.none() | conditions,
    limit=counts,
)
queries = st.one_of(plain_queries, plain_queries, grouped(), counting)
