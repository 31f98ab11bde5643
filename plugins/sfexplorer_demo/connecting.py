"""Starts the demo org as a process of its own and logs in to it as any client would."""

from __future__ import annotations

from contextlib import AsyncExitStack

from sfexplorer.api import SalesforceError, Session
from sfexplorer.demo import process


async def connect() -> Session:
    """A session on a fresh demo org; closing it ends the org.

    Raises:
        SalesforceError: the org can't be started; the message says why.
    """
    try:
        demo = await process.start()
    except process.DemoStartError as error:
        raise SalesforceError(
            f"The demo org didn't start: {error}", hint="Mend that, then try again."
        ) from None
    # Not before: while this is imported the org is starting.
    from sfexplorer.client import Connection, PasswordGrant
    from sfexplorer.client.describefiles import kept_by_user

    facts = demo.facts
    # Until the session is there, whatever happens ends the org.
    async with AsyncExitStack() as until_then:
        until_then.push_async_callback(demo.stop)
        connection = await until_then.enter_async_context(
            Connection(
                client_id=facts["client_id"],
                client_secret=facts["client_secret"],
                login_url=facts["url"],
                # Each demo org has a port of its own, and all have the same objects.
                describe_cache=kept_by_user(known_as="demo"),
            )
        )
        org = await connection.login(
            PasswordGrant(facts["username"], facts["password"], facts["security_token"])
        )
        return Session(
            connection=connection,
            org=org,
            title="Acme (demo)",
            environment="demo",
            close=until_then.pop_all().aclose,
        )
