"""Bulk API 2.0: queries and saves as jobs, for more rows than pages and single calls should carry."""
