"""The words that the languages know: functions, date literals and keywords, in upper case."""

from __future__ import annotations

AGGREGATES = frozenset({"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"})

DATE_FUNCTIONS = frozenset(
    {
        *(f"{year}_{unit}" for year in ("CALENDAR", "FISCAL") for unit in ("MONTH", "QUARTER", "YEAR")),
        *(
            "DAY_IN_WEEK",
            "DAY_IN_MONTH",
            "DAY_IN_YEAR",
            "DAY_ONLY",
            "HOUR_IN_DAY",
            "WEEK_IN_MONTH",
            "WEEK_IN_YEAR",
        ),
    }
)

RENDERING_FUNCTIONS = frozenset({"TOLABEL", "FORMAT", "CONVERTCURRENCY"})

FUNCTIONS = (
    AGGREGATES
    | DATE_FUNCTIONS
    | RENDERING_FUNCTIONS
    | {"GROUPING", "DISTANCE", "GEOLOCATION", "CONVERTTIMEZONE"}
)

# How the reference spells those that are not all capitals.
FUNCTION_SPELLINGS = {
    "TOLABEL": "toLabel",
    "CONVERTCURRENCY": "convertCurrency",
    "CONVERTTIMEZONE": "convertTimezone",
}

UNITS = ("WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR")

PLAIN_DATE_LITERALS = frozenset(
    {
        *("YESTERDAY", "TODAY", "TOMORROW", "LAST_90_DAYS", "NEXT_90_DAYS"),
        *(f"{when}_{unit}" for when in ("LAST", "THIS", "NEXT") for unit in UNITS),
    }
)

COUNTED_DATE_LITERALS = frozenset(
    shape.format(unit) for unit in ("DAY", *UNITS) for shape in ("LAST_N_{}S", "NEXT_N_{}S", "N_{}S_AGO")
)

DATE_LITERALS = PLAIN_DATE_LITERALS | COUNTED_DATE_LITERALS

# Words that can't be aliases: those that the reference forbids, and AS, FOR and UPDATE, which begin what
# was not finished. Every other word may be a name, where a name is expected.
RESERVED = frozenset(
    {
        *(
            "AND",
            "AS",
            "ASC",
            "DESC",
            "EXCLUDES",
            "FIRST",
            "FOR",
            "FROM",
            "GROUP",
            "HAVING",
            "IN",
            "INCLUDES",
        ),
        *(
            "LAST",
            "LIKE",
            "LIMIT",
            "NOT",
            "NULL",
            "NULLS",
            "OR",
            "SELECT",
            "UPDATE",
            "USING",
            "WHERE",
            "WITH",
        ),
    }
)

# Words that never begin a name in a list of fields, a condition or a FROM: the name was left out before them.
NEVER_NAMES = frozenset(
    {"AND", "FROM", "HAVING", "IN", "LIKE", "NOT", "OR", "SELECT", "USING", "WHERE", "WITH"}
)

# The clauses behind FROM, in the order that the language demands.
CLAUSES = (
    "USING",
    "WHERE",
    "WITH",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "FOR",
    "UPDATE",
    "ALL",
    "SET",
)

CLAUSE_NAMES = {"USING": "USING SCOPE", "GROUP": "GROUP BY", "ORDER": "ORDER BY", "ALL": "ALL ROWS"}
