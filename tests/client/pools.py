"""What goes on in the HTTP library's pools, which it shows to nobody."""

from __future__ import annotations

from sfexplorer.client.routes import Routes


def connections_in_use(routes: Routes) -> list[str]:
    """The connections that are neither free nor closed, in the library's own words."""
    return [
        each.info()
        for pool in routes._pools.values()
        for each in pool._pool.connections
        if not each.is_idle() and not each.is_closed()
    ]
