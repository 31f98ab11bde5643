"""The parser of SOQL: text to a `Query`, or a `SoqlError` that says what is wrong and where.

It is written by hand, one function for each rule of the language. A grammar for a parser generator was
weighed and left: importing lark costs more than this whole package may (31 ms, and 500 ms for a grammar of
this size read from text), most words of SOQL are names or keywords depending on their place, and the messages
that help are those which know the rule that failed.

    parser      the order of clauses
      selection   fields, COUNT(), sub-selects, TYPEOF, FIELDS
      clauses     FROM, GROUP BY, ORDER BY, LIMIT      tail   WITH, FOR, UPDATE
      conditions  WHERE, HAVING
        expressions  paths and functions               values constants
          stream       the cursor                      mistakes, suggest   messages
"""

from __future__ import annotations

from typing import NoReturn

from sfexplorer.soql.clauses import group_by, order_by, row_count, scope, sources, starts_clause
from sfexplorer.soql.conditions import condition
from sfexplorer.soql.errors import fail
from sfexplorer.soql.selection import selection
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tail import tail
from sfexplorer.soql.tree import Condition, Query, SelectItem, Source
from sfexplorer.soql.with_clause import with_clause
from sfexplorer.soql.words import CLAUSE_NAMES, CLAUSES

# Salesforce takes no longer statement; it also bounds how long a parse can last.
LONGEST = 100_000
END_WORDS = (*CLAUSES, "AND", "OR", "ASC", "DESC", "NULLS")


def parse(text: str) -> Query:
    """The tree of one SOQL query.

    Raises:
        SoqlError: the text is not a query; the error has the place and, where one is near, a hint.
    """
    stream = begin(text, "query", "For example SELECT Id FROM Account.")
    query = _query(stream, "query")
    if stream.token.kind != "end":
        stream.unexpected("the end of the query")
    return query


def begin(text: str, noun: str, hint: str) -> TokenStream:
    """The tokens of a text that is neither too long nor empty; the noun says what it should be."""
    if len(text) > LONGEST:
        fail(text, LONGEST, LONGEST, f"A {noun} has at most {LONGEST:,} characters, this one {len(text):,}.")
    stream = TokenStream(text, _query, noun)
    if stream.token.kind == "end":
        stream.fail(f"There is no {noun}.", hint=hint)
    return stream


def _query(stream: TokenStream, form: str) -> Query:
    """A SELECT up to its end or closing parenthesis. The form is `query`, `sub-select` or `semi-join`."""
    stream.enter()
    first = stream.index
    start = stream.token.start
    selected, read_from = _selected(stream, form)
    if form == "sub-select" and (stream.token.word == "USING" or stream.at_pair("GROUP", "BY")):
        stream.fail(f"{CLAUSE_NAMES[stream.token.word]} can't stand in a sub-select.")
    used_scope = scope(stream)
    where = _condition(stream, "WHERE")
    restriction = with_clause(stream) if stream.token.word == "WITH" else None
    grouped = group_by(stream) if stream.at_pair("GROUP", "BY") else None
    having = _condition(stream, "HAVING") if grouped else None
    ordered = order_by(stream) if stream.at_pair("ORDER", "BY") else ()
    limit, limit_bind = row_count(stream) if stream.token.word == "LIMIT" else (None, None)
    offset, offset_bind = row_count(stream) if stream.token.word == "OFFSET" else (None, None)
    end = tail(stream)
    if stream.token.kind != "end" and not (form != "query" and stream.token.word == ")"):
        _refuse_rest(stream, first)
    stream.leave()
    return Query(
        select=selected,
        sources=read_from,
        scope=used_scope,
        where=where,
        group_by=grouped,
        having=having,
        order_by=ordered,
        limit=limit,
        offset=offset,
        with_clause=restriction,
        limit_bind=limit_bind,
        offset_bind=offset_bind,
        for_clauses=end.for_clauses,
        updates=end.updates,
        all_rows=end.all_rows,
        options=end.options,
        span=stream.span(start),
    )


def _selected(stream: TokenStream, form: str) -> tuple[tuple[SelectItem, ...], tuple[Source, ...]]:
    if stream.token.word != "SELECT":
        stream.unexpected("SELECT", "A query starts with SELECT.", ("SELECT",))
    stream.advance()
    selected = selection(stream, form)
    if stream.token.word != "FROM":
        _refuse_missing_from(stream)
    stream.advance()
    return selected, sources(stream, form)


def _condition(stream: TokenStream, keyword: str) -> Condition | None:
    if not stream.accept(keyword):
        return None
    if stream.token.kind == "end" or (starts_clause(stream) and stream.token.word != "NOT"):
        stream.unexpected(f"a condition behind {keyword}")
    return condition(stream)


def _refuse_missing_from(stream: TokenStream) -> NoReturn:
    """Complain where FROM should stand."""
    if stream.token.kind == "end" or starts_clause(stream):
        stream.unexpected("FROM", "FROM names the object to read.", ("FROM",))
    hint = "An alias follows its field without AS." if stream.token.word == "AS" else None
    stream.unexpected("a comma or FROM", hint, ("FROM",))


def _refuse_rest(stream: TokenStream, first: int) -> NoReturn:
    """Complain about what stands behind the last clause that could be read."""
    word = stream.token.word
    if word == ";":
        stream.fail("A query ends without a semicolon.", hint="Remove it.")
    if word in ("GROUP", "ORDER") and stream.ahead().word != "BY":
        stream.advance()
        stream.unexpected(f"BY behind {word}")
    if word in CLAUSES and starts_clause(stream):
        _refuse_order(stream, first)
    if word in ("AND", "OR"):
        stream.unexpected("the end of the query", f"{word} joins conditions of WHERE and HAVING.")
    hint = f"Write {word[:-6]}." if word in ("ASCENDING", "DESCENDING") else None
    closing = ")" if stream.depth > 1 else "the end of the query"
    stream.unexpected(f"{closing} or another clause", hint, END_WORDS)


def _refuse_order(stream: TokenStream, first: int) -> NoReturn:
    """Complain about a clause that comes too late, or twice."""
    word = stream.token.word
    name = CLAUSE_NAMES.get(word, word)
    depth = 0
    for token in stream.tokens[first : stream.index]:
        depth += (token.word == "(") - (token.word == ")")
        if depth or token.word not in CLAUSES:
            continue
        if token.word == word:
            stream.fail(f"{name} stands here for the second time.", hint="Each clause stands once.")
        if CLAUSES.index(token.word) > CLAUSES.index(word):
            later = CLAUSE_NAMES.get(token.word, token.word)
            stream.fail(f"{name} comes too late.", hint=f"It stands before {later}.")
    hint = "It needs a GROUP BY before it." if word == "HAVING" else None
    stream.unexpected("the end of the query", hint)
