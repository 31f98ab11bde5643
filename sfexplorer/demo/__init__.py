"""The embedded org: a Salesforce-compatible server on SQLite, over loopback HTTP."""
