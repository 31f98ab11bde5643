"""A small part of Apex, enough for `executeAnonymous`: declarations, expressions, debug, asserts, throw."""
