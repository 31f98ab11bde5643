"""The `userInfo` of a login: who the user is, and what their organization is like."""

from __future__ import annotations

import asyncio

from sfexplorer.demo.credentials import ORG_ID
from sfexplorer.demo.org import Org
from sfexplorer.demo.sessions import LIFETIME_SECONDS
from sfexplorer.demo.soap.writing import element, text
from sfexplorer.demo.users import User

_FIXED_BEFORE = {
    "accessibilityMode": "false",
    "chatterExternal": "false",
    "currencySymbol": "$",
    "orgAttachmentFileSizeLimit": "26214400",
    "orgDefaultCurrencyIsoCode": "USD",
    "orgDefaultCurrencyLocale": "en_US",
    "orgDisallowHtmlAttachments": "false",
    "orgHasPersonAccounts": "false",
}


async def user_info(org: Org, user: User) -> str:
    """The elements within `userInfo`, in Salesforce's order."""
    name = await asyncio.to_thread(_organization_name, org)
    told = {
        **_FIXED_BEFORE,
        "organizationId": ORG_ID,
        "organizationMultiCurrency": "false",
        "organizationName": name,
        "profileId": user.profile_id,
        "roleId": user.role_id or "",
        "sessionSecondsValid": str(LIFETIME_SECONDS),
        "userDefaultCurrencyIsoCode": "",
        "userEmail": user.email,
        "userFullName": user.name,
        "userId": user.id,
        "userLanguage": user.language,
        "userLocale": user.locale,
        "userName": user.username,
        "userTimeZone": user.time_zone,
        "userType": "Standard",
        "userUiSkin": "Theme3",
    }
    return "".join(element(key, text(value)) for key, value in told.items())


def _organization_name(org: Org) -> str:
    rows = org.store.select('SELECT "Name" FROM "Organization" WHERE "Id" = ?', (ORG_ID,))
    return str(rows[0][0]) if rows else ""
