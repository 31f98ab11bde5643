"""Calls made of calls: how subrequests are read, refer to each other, and are answered in memory."""
