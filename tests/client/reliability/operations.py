"""All operations that are tried, in the order of the page."""

from __future__ import annotations

from .files import FILES, JOBS
from .reads import READS
from .saves import SAVES

OPERATIONS = (*READS, *SAVES, *FILES, *JOBS)
