"""Groups of Salesforce's field types that the languages treat alike."""

from __future__ import annotations

NUMERIC = frozenset({"int", "double", "currency", "percent", "long"})
DATES = frozenset({"date", "datetime"})
TEXTS = frozenset({"string", "textarea", "email", "phone", "url", "encryptedstring", "picklist", "combobox"})
PICKLISTS = frozenset({"picklist", "multipicklist", "combobox"})
IDS = frozenset({"id", "reference"})
PLACES = frozenset({"location", "address"})
# What toLabel translates, and what FORMAT writes in the user's way.
LABELLED = frozenset({"picklist", "multipicklist"})
FORMATTED = NUMERIC | DATES | {"time"}
