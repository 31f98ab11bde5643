"""Bulk API 2.0 behind its resources: jobs, and what they do with tables of CSV (streaming.md section 5)."""
