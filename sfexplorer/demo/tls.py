"""HTTPS for the org: a certificate authority of its own, made at each start.

Some clients insist on https or on Salesforce's host names. They need to trust the authority and to be told
that those names lead to this machine, as with `curl --resolve login.salesforce.com:PORT:127.0.0.1`.
"""

from __future__ import annotations

import ssl
from pathlib import Path

from sfexplorer.demo.options import LOOPBACK

NAMES = (LOOPBACK, "::1", "localhost", "login.salesforce.com", "test.salesforce.com", "*.my.salesforce.com")


def server_context(ca_file: Path, host: str = LOOPBACK) -> ssl.SSLContext:
    """What a TLS listener needs: a certificate for `NAMES` and for the host.

    Args:
        ca_file: where the authority's certificate goes, for clients to trust; only its owner may read it.
        host: the address listened on.
    """
    # Only now: its cryptography takes longer to import than the org to start.
    import trustme

    authority = trustme.CA(organization_name="sfexplorer demo")
    certificate = authority.issue_cert(*dict.fromkeys((*NAMES, host)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    certificate.configure_cert(context)
    ca_file.touch(mode=0o600)
    authority.cert_pem.write_to_path(str(ca_file))
    return context
