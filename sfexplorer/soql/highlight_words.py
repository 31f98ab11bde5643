"""Which words are keywords where, for the colours of half-typed text."""

from __future__ import annotations

from sfexplorer.soql.words import DATE_LITERALS, FUNCTIONS

# Keywords in every place but behind a dot.
KEYWORDS = frozenset(
    {
        *("SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "IN", "LIKE", "INCLUDES", "EXCLUDES", "HAVING"),
        *("USING", "WITH", "LIMIT", "NULL", "TRUE", "FALSE"),
    }
)
# Words that are keywords only beside each other.
PAIRS = frozenset(
    {
        *(("GROUP", "BY"), ("ORDER", "BY"), ("USING", "SCOPE"), ("ALL", "ROWS"), ("DATA", "CATEGORY")),
        *(("NULLS", "FIRST"), ("NULLS", "LAST"), ("SET", "OPTIONS")),
        *(("FOR", "VIEW"), ("FOR", "REFERENCE"), ("FOR", "UPDATE")),
        *(("UPDATE", "TRACKING"), ("UPDATE", "VIEWSTAT")),
        *(("WITH", "SECURITY_ENFORCED"), ("WITH", "USER_MODE"), ("WITH", "SYSTEM_MODE")),
    }
)
SEARCH_PAIRS = frozenset(
    {
        *(("IN", scope) for scope in ("ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR")),
        *((scope, "FIELDS") for scope in ("ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR")),
        *(("USING", "PHRASE"), ("USING", "ADVANCED"), ("PHRASE", "SEARCH"), ("ADVANCED", "SEARCH")),
        *(("USING", "LISTVIEW"), ("TARGET_LENGTH", "=")),
        *(("WITH", "DIVISION"), ("WITH", "SNIPPET"), ("WITH", "NETWORK"), ("WITH", "PRICEBOOKID")),
        *(("WITH", "METADATA"), ("WITH", "HIGHLIGHT"), ("WITH", "SPELL_CORRECTION")),
    }
)
PAIRED = frozenset(word for pair in PAIRS for word in pair)
SEARCH_PAIRED = frozenset(word for pair in SEARCH_PAIRS for word in pair)
TYPEOF_WORDS = frozenset({"TYPEOF", "WHEN", "THEN", "ELSE", "END"})
# Words that are keywords in one clause only.
CLAUSE_KEYWORDS: dict[str, frozenset[str]] = {
    "SELECT": TYPEOF_WORDS,
    "RETURNED": TYPEOF_WORDS,
    "FIELDS": frozenset({"ALL", "STANDARD", "CUSTOM"}),
    "WITH": frozenset({"AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW"}),
    "LIMIT": frozenset({"TRACKING", "VIEWSTAT"}),
    "FROM": frozenset({"AS"}),
}
STARTERS = frozenset(
    {"SELECT", "FROM", "WHERE", "HAVING", "GROUP", "ORDER", "LIMIT", "WITH", "USING", "RETURNING"}
)
CONDITIONS = frozenset({"WHERE", "HAVING"})
OBJECT_CLAUSES = frozenset({"FROM", "RETURNING"})

# Every word that may be something else than a name; of the others a glance must do.
TELLING = (
    KEYWORDS
    | PAIRED
    | SEARCH_PAIRED
    | FUNCTIONS
    | DATE_LITERALS
    | STARTERS
    | frozenset[str]().union(*CLAUSE_KEYWORDS.values())
    | {"OFFSET", "ROLLUP", "CUBE", "NULLS", "ASC", "DESC", "FIND", "FIELDS"}
)
