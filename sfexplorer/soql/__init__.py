"""The query languages SOQL and SOSL, offline: text to frozen trees.

Names are looked up when first used, so that importing the package costs next to nothing: the tree alone takes
longer to make than a start of the app has for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfexplorer.soql.completion import Completion, complete, missing
    from sfexplorer.soql.dates import date_range
    from sfexplorer.soql.diagnosis import Diagnostic, diagnose, undescribed
    from sfexplorer.soql.errors import SoqlError
    from sfexplorer.soql.formatter import format_soql
    from sfexplorer.soql.highlighter import Highlight, highlight
    from sfexplorer.soql.literals import like_pattern, literal_value
    from sfexplorer.soql.parser import parse
    from sfexplorer.soql.quoting import quote, quote_words
    from sfexplorer.soql.schema import ObjectDescription, Schema
    from sfexplorer.soql.sosl import parse_sosl
    from sfexplorer.soql.sosl_tree import (
        Alternatives,
        Conjunction,
        Phrase,
        Returning,
        Search,
        SearchOption,
        SearchText,
        Word,
    )
    from sfexplorer.soql.statement import is_search, parse_any
    from sfexplorer.soql.statements import statement_at, statement_spans, strip_comments
    from sfexplorer.soql.suggest import closest
    from sfexplorer.soql.tree import (
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
        Node,
        Not,
        Or,
        OrderBy,
        Path,
        Query,
        SelectItem,
        SemiJoin,
        Setting,
        Source,
        Span,
        TypeOf,
        ValueList,
        When,
        With,
        WithCategories,
        WithMode,
        WithSettings,
    )

__all__ = [
    "Alternatives",
    "And",
    "CategoryFilter",
    "ChildQuery",
    "Comparison",
    "Completion",
    "Condition",
    "Conjunction",
    "Diagnostic",
    "Expression",
    "Field",
    "FieldsOf",
    "Function",
    "GroupBy",
    "Highlight",
    "Literal",
    "Node",
    "Not",
    "ObjectDescription",
    "Or",
    "OrderBy",
    "Path",
    "Phrase",
    "Query",
    "Returning",
    "Schema",
    "Search",
    "SearchOption",
    "SearchText",
    "SelectItem",
    "SemiJoin",
    "Setting",
    "SoqlError",
    "Source",
    "Span",
    "TypeOf",
    "ValueList",
    "When",
    "With",
    "WithCategories",
    "WithMode",
    "WithSettings",
    "Word",
    "closest",
    "complete",
    "date_range",
    "diagnose",
    "format_soql",
    "highlight",
    "is_search",
    "like_pattern",
    "literal_value",
    "missing",
    "parse",
    "parse_any",
    "parse_sosl",
    "quote",
    "quote_words",
    "statement_at",
    "statement_spans",
    "strip_comments",
    "undescribed",
]

# The module of each name; those of the tree are most.
HOMES = dict.fromkeys(__all__, "tree") | {
    name: module
    for module, names in {
        "completion": "Completion complete missing",
        "dates": "date_range",
        "diagnosis": "Diagnostic diagnose undescribed",
        "errors": "SoqlError",
        "formatter": "format_soql",
        "highlighter": "Highlight highlight",
        "literals": "like_pattern literal_value",
        "parser": "parse",
        "quoting": "quote quote_words",
        "schema": "ObjectDescription Schema",
        "sosl": "parse_sosl",
        "sosl_tree": "Alternatives Conjunction Phrase Returning Search SearchOption SearchText Word",
        "statement": "is_search parse_any",
        "statements": "statement_at statement_spans strip_comments",
        "suggest": "closest",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> object:
    """A public name of a module that was not needed so far."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    globals()[name] = found
    return found
