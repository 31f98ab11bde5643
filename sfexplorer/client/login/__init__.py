"""Ways to log in, each a module of its own; the grants that are one request are together in `grants`."""
