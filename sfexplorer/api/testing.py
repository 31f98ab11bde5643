"""Fixtures for plugin authors: a running demo org and what reaches it."""
