"""What makes a record valid: which fields may be written, with which values, and what else then changes."""
