"""Searches over an index of all text: a search's tree to a MATCH of SQLite's FTS5, what it finds to records.

index    which text is found, and how the index is kept true
terms    what FIND looks for, as a MATCH
asked    a search, from SOSL or from parameters: terms, sObjects, how many
found    the records, by the SOQL executor
marks    HIGHLIGHT and SNIPPET
"""
