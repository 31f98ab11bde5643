"""Rules of searches, and their objects as SELECTs of their own."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.soql.diagnosis_names import check_object
from sfexplorer.soql.diagnosis_report import Report
from sfexplorer.soql.diagnosis_walk import Select, selects
from sfexplorer.soql.schema_scope import Asking, Scope
from sfexplorer.soql.sosl_tree import Alternatives, Conjunction, Phrase, Returning, Search, Term, Word
from sfexplorer.soql.tree import Path, Query, SelectItem, Source, Span

LARGEST_OFFSET = 2000
MOST_ROWS = 2000


def search_selects(search: Search, schema: Asking) -> Iterator[Select]:
    """The objects behind RETURNING, each as a SELECT; what has no fields of its own is none."""
    for entry in search.returning:
        if entry.fields:
            yield from selects(_query(entry), schema)


def check_search(search: Search, schema: Asking, report: Report) -> None:
    """Tell of what a search can't find, or names twice."""
    if search.text.term is not None:
        _check_term(search.text.term, report)
    seen: set[str] = set()
    for entry in search.returning:
        span = _name_span(entry)
        check_object(entry.object, span, Scope(schema, None), report)
        if entry.object.lower() in seen:
            report.add(span, f"{entry.object} is named twice.", "Remove one.")
        seen.add(entry.object.lower())
        if entry.offset is not None and len(search.returning) > 1:
            report.add(span, "OFFSET needs a search that returns one object.")
        elif entry.offset is not None and entry.offset > LARGEST_OFFSET:
            report.add(span, f"OFFSET goes up to {LARGEST_OFFSET:,}.")
        if entry.limit is not None and entry.limit > MOST_ROWS:
            report.add(span, f"A search gives at most {MOST_ROWS:,} records.")


def _check_term(term: Term, report: Report) -> None:
    match term:
        case Word() | Phrase():
            letters = term.text.replace("\\", "").strip("*? ")
            if len(letters) < 2:
                hint = "Type two characters at least."
                report.add(term.span, f"A search can't find the single character '{letters}'.", hint)
            elif isinstance(term, Word) and term.text[0] in "*?":
                report.add(term.span, "A word can't begin with a wildcard.", "Put it behind some letters.")
        case Conjunction() | Alternatives():
            for inner in term.terms:
                _check_term(inner, report)


def _query(entry: Returning) -> Query:
    fields: tuple[SelectItem, ...] = entry.fields
    source = Source(Path((entry.object,), span=_name_span(entry)), span=_name_span(entry))
    return Query(
        fields, (source,), where=entry.where, order_by=entry.order_by, limit=entry.limit, span=entry.span
    )


def _name_span(entry: Returning) -> Span:
    return Span(entry.span.start, entry.span.start + len(entry.object))
