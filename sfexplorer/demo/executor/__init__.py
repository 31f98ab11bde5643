"""The SOQL executor: a query's tree to SQL with bound parameters, its rows to the JSON of the REST API.

    tree -> scope (names to columns) -> conditions, ordering, selection, grouping (SQL) -> pages, shape (JSON)

No value of a query ever becomes part of an SQL text; names do, after the schema has known them.
"""
