"""The parser of SOSL: text to a `Search`, or a `SoqlError` that says what is wrong and where.

sosl         the order of clauses
  search_text     what FIND looks for
  returning       the sObjects and their fields, with the clauses of SOQL
  search_options  WITH
"""

from __future__ import annotations

from typing import Literal as OneOf
from typing import NoReturn

from sfexplorer.soql.clauses import row_count
from sfexplorer.soql.parser import begin
from sfexplorer.soql.returning import returning
from sfexplorer.soql.search_options import option
from sfexplorer.soql.search_text import search_text
from sfexplorer.soql.sosl_tree import Search, With
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tail import UPDATE_WORDS, update

SCOPES: dict[str, OneOf["ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"]] = {
    "ALL": "ALL",
    "NAME": "NAME",
    "EMAIL": "EMAIL",
    "PHONE": "PHONE",
    "SIDEBAR": "SIDEBAR",
}
MANNERS: dict[str, OneOf["PHRASE", "ADVANCED"]] = {"PHRASE": "PHRASE", "ADVANCED": "ADVANCED"}
# USING stands behind RETURNING and WITH as well, as the sources differ.
CLAUSES = ("IN", "RETURNING", "WITH", "LIMIT", "UPDATE")


def parse_sosl(text: str) -> Search:
    """The tree of one SOSL search.

    Raises:
        SoqlError: the text is not a search; the error has the place and, where one is near, a hint.
    """
    stream = begin(text, "search", "For example FIND {Acme} RETURNING Account.")
    if stream.token.word != "FIND":
        stream.unexpected("FIND", "A search starts with FIND.", ("FIND",))
    start = stream.advance().start
    found = search_text(stream)
    scope = _scope(stream)
    using = _using(stream)
    returned = returning(stream) if stream.accept("RETURNING") else ()
    options: list[With] = []
    while stream.token.word == "WITH":
        options.append(option(stream, options))
    using = using or _using(stream)
    limit, limit_bind = row_count(stream) if stream.token.word == "LIMIT" else (None, None)
    updates = update(stream) if stream.token.word == "UPDATE" and stream.ahead().word in UPDATE_WORDS else ()
    if stream.token.kind != "end":
        _refuse_rest(stream)
    span = stream.span(start)
    return Search(found, scope, using, returned, tuple(options), limit, limit_bind, updates, span=span)


def _scope(stream: TokenStream) -> OneOf["ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"] | None:
    """`IN NAME FIELDS`."""
    if not stream.accept("IN"):
        return None
    if stream.token.word not in SCOPES:
        stream.unexpected("ALL, NAME, EMAIL, PHONE or SIDEBAR", "For example IN ALL FIELDS.", tuple(SCOPES))
    scope = SCOPES[stream.advance().word]
    stream.expect("FIELDS", f"Write IN {scope} FIELDS.")
    return scope


def _using(stream: TokenStream) -> OneOf["PHRASE", "ADVANCED"] | None:
    """`USING PHRASE SEARCH`."""
    if not stream.accept("USING"):
        return None
    if stream.token.word not in MANNERS:
        stream.unexpected("PHRASE or ADVANCED", keywords=tuple(MANNERS))
    manner = MANNERS[stream.advance().word]
    stream.expect("SEARCH")
    return manner


def _refuse_rest(stream: TokenStream) -> NoReturn:
    """Complain about what stands behind the last clause that could be read."""
    word = stream.token.word
    if word == ";":
        stream.fail("A search ends without a semicolon.", hint="Remove it.")
    if word in ("WHERE", "ORDER", "OFFSET"):
        hint = "It stands in the parentheses of an object behind RETURNING."
        stream.fail(f"{word} can't stand here.", hint=hint)
    if word == "UPDATE" and stream.ahead().word not in UPDATE_WORDS:
        stream.advance()
        stream.unexpected("TRACKING or VIEWSTAT", keywords=tuple(UPDATE_WORDS))
    if word in CLAUSES or word == "USING":
        hint = f"The order is {', '.join(CLAUSES)}."
        stream.fail(f"{word} comes too late, or for the second time.", hint=hint)
    stream.unexpected("the end of the search or another clause", keywords=(*CLAUSES, "USING"))
