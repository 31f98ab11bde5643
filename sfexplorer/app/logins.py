"""The ways to connect that need no plugin: username and password, and an access token in hand.

Nothing typed here is stored; what the org tells of its objects is kept in the user's cache folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sfexplorer.api.contributions import Environment, Login, LoginField, Session
from sfexplorer.client.errors import SalesforceError

if TYPE_CHECKING:
    from sfexplorer.client import Connection, Org

INSTANCE_URL = "SFEXPLORER_INSTANCE_URL"
ACCESS_TOKEN = "SFEXPLORER_ACCESS_TOKEN"  # noqa: S105  # the name of a variable, not a token


def environment_of(url: str) -> Environment:
    """Which kind of org an address belongs to, as its host name tells; production where it tells nothing."""
    host = (urlsplit(url).hostname or "").lower()
    if host in ("localhost", "127.0.0.1", "::1"):
        return "demo"
    sandbox = host == "test.salesforce.com" or ".sandbox." in host or "--" in host or ".scratch." in host
    return "sandbox" if sandbox else "production"


def from_environment() -> Mapping[str, str] | None:
    """The values of the token login that the environment gives, or None where it gives none."""
    instance_url, access_token = os.environ.get(INSTANCE_URL, ""), os.environ.get(ACCESS_TOKEN, "")
    if instance_url and access_token:
        return {"instance_url": instance_url, "access_token": access_token}
    return None


async def connect_by_token(values: Mapping[str, str]) -> Session:
    """A session from an instance URL and an access token; the token is tried at once."""
    from sfexplorer.client import Connection, OAuth
    from sfexplorer.client.describefiles import kept_by_user

    # Until the session is there, whatever happens ends the connection.
    async with AsyncExitStack() as until_then:
        connection = await until_then.enter_async_context(Connection(describe_cache=kept_by_user()))
        org = connection.org(
            OAuth(access_token=values["access_token"].strip(), instance_url=values["instance_url"].strip())
        )
        await org.api_version()
        await org.sobjects()
        return await _session(connection, org, until_then)


async def connect_by_password(values: Mapping[str, str]) -> Session:
    """A session by the OAuth username-password flow."""
    from sfexplorer.client import Connection, PasswordGrant
    from sfexplorer.client.describefiles import kept_by_user

    connection = Connection(
        client_id=values["client_id"].strip(),
        client_secret=values["client_secret"].strip(),
        login_url=values["login_url"].strip(),
        describe_cache=kept_by_user(),
    )
    grant = PasswordGrant(
        username=values["username"].strip(),
        password=values["password"],
        security_token=values["security_token"].strip(),
    )
    async with AsyncExitStack() as until_then:
        await until_then.enter_async_context(connection)
        return await _session(connection, await connection.login(grant), until_then)


async def _session(connection: Connection, org: Org, until_then: AsyncExitStack) -> Session:
    environment = environment_of(org.instance_url)
    host = urlsplit(org.instance_url).hostname or org.instance_url
    title = host.removesuffix(".my.salesforce.com").removesuffix(".salesforce.com")
    try:
        # The org knows better than its address: a sandbox may have any name.
        page = await org.query("SELECT Name, IsSandbox FROM Organization").first_page()
    except SalesforceError:
        pass  # Not every user may read it; the address has to do.
    else:
        for record in page.records:
            title = str(record.get("Name") or title)
            if environment == "production" and record.get("IsSandbox"):
                environment = "sandbox"
    return Session(
        connection=connection,
        org=org,
        title=title,
        environment=environment,
        close=until_then.pop_all().aclose,
    )


PASSWORD = Login(
    id="shell.password",
    title="Username and password",
    connect=connect_by_password,
    fields=(
        LoginField(
            "login_url",
            "Login URL",
            default="https://login.salesforce.com",
            choices=(
                ("Production", "https://login.salesforce.com"),
                ("Sandbox", "https://test.salesforce.com"),
            ),
        ),
        LoginField("username", "Username"),
        LoginField("password", "Password", secret=True),
        LoginField("security_token", "Security token", secret=True, required=False),
        LoginField("client_id", "Client id"),
        LoginField("client_secret", "Client secret", secret=True, required=False),
    ),
)

TOKEN = Login(
    id="shell.token",
    title="Access token",
    connect=connect_by_token,
    fields=(
        LoginField("instance_url", "Instance URL"),
        LoginField("access_token", "Access token", secret=True),
    ),
)
