"""Changing the records of a result: values over many rows, one save for all, deletes."""
