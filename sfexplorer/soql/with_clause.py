"""Parsing of the WITH clause."""

from __future__ import annotations

from typing import Literal as OneOf

from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tree import CategoryFilter, Setting, With, WithCategories, WithMode, WithSettings
from sfexplorer.soql.values import literal

MODES = ("SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE")
SELECTORS: dict[str, OneOf["AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW"]] = {
    "AT": "AT",
    "ABOVE": "ABOVE",
    "BELOW": "BELOW",
    "ABOVE_OR_BELOW": "ABOVE_OR_BELOW",
}


def with_clause(stream: TokenStream) -> With:
    """What stands behind WITH."""
    start = stream.advance().start
    token = stream.token
    if token.word in MODES:
        stream.advance()
        return WithMode(token.word, span=stream.span(start))
    if token.word == "DATA":
        return categories(stream, start)
    if token.kind != "word":
        stream.unexpected("SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE or DATA CATEGORY")
    if stream.ahead().word == "(":
        stream.advance()
        return WithSettings(token.text, settings(stream), span=stream.span(start))
    if stream.ahead().word == "=":
        return WithSettings("", (_setting(stream),), span=stream.span(start))
    stream.unexpected("SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE or DATA CATEGORY", keywords=(*MODES, "DATA"))


def categories(stream: TokenStream, start: int) -> WithCategories:
    """`DATA CATEGORY group AT category AND …`; the start is that of the whole WITH."""
    stream.advance()
    stream.expect("CATEGORY")
    filters = [_category_filter(stream)]
    while stream.accept("AND"):
        filters.append(_category_filter(stream))
    return WithCategories(tuple(filters), span=stream.span(start))


def settings(stream: TokenStream) -> tuple[Setting, ...]:
    """`(a = 1, b = 2)`."""
    opened = stream.expect("(")
    found = [_setting(stream)]
    while stream.accept(","):
        found.append(_setting(stream))
    stream.close(opened)
    return tuple(found)


def _setting(stream: TokenStream) -> Setting:
    name = stream.token
    if name.kind != "word":
        stream.unexpected("the name of a setting")
    stream.advance()
    stream.expect("=")
    return Setting(name.text, literal(stream), span=stream.span(name.start))


def _category_filter(stream: TokenStream) -> CategoryFilter:
    group = stream.token
    if group.kind != "word":
        stream.unexpected("a category group")
    stream.advance()
    if stream.token.word not in SELECTORS:
        stream.unexpected("AT, ABOVE, BELOW or ABOVE_OR_BELOW", keywords=tuple(SELECTORS))
    selector = SELECTORS[stream.advance().word]
    if stream.token.word != "(":
        return CategoryFilter(group.text, selector, (_category(stream),), span=stream.span(group.start))
    opened = stream.advance()
    categories = [_category(stream)]
    while stream.accept(","):
        categories.append(_category(stream))
    stream.close(opened)
    return CategoryFilter(group.text, selector, tuple(categories), span=stream.span(group.start))


def _category(stream: TokenStream) -> str:
    if stream.token.kind != "word":
        stream.unexpected("a category")
    return stream.advance().text
