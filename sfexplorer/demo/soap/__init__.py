"""The SOAP that clients sign in by: reading and writing envelopes, and the faults."""
