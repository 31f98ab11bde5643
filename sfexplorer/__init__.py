"""A terminal explorer for Salesforce."""

__version__ = "0.1.0"
