"""Chatter: what people write under records, its comments and likes (streaming.md section 6)."""
