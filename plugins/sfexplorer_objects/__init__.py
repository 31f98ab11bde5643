"""A bundled plugin."""
