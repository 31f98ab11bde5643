"""How requests reach the org: the listener's gate, the request log, faults on demand, bodies and answers."""
