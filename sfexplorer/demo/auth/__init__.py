"""Signing in: connected apps, the grants of OAuth, and what they hand out; the resources are next door."""
