"""The organisation, its profiles and roles, and the twelve people who work in it."""

from __future__ import annotations

from sfexplorer.demo.seedworld import Row, World, read_seeds
from sfexplorer.demo.storage import Stored

_FOUNDED = "2021-10-04T08:00:00.000"
_ADMINISTRATOR = "System Administrator"
_PROFILES = (
    _ADMINISTRATOR,
    "Standard User",
    "Marketing User",
    "Contract Manager",
    "Integration User",
    "Read Only",
)
_ROLES = (
    ("CEO", None),
    ("CTO", "CEO"),
    ("VP Sales", "CEO"),
    ("Sales EMEA", "VP Sales"),
    ("Sales APAC", "VP Sales"),
    ("Sales Americas", "VP Sales"),
    ("Marketing", "CEO"),
    ("Operations", "CEO"),
    ("Support", "CTO"),
)
_POWERS = (
    "ApiEnabled",
    "ModifyAllData",
    "ViewAllData",
    "ViewSetup",
    "ManageUsers",
    "RunReports",
    "ExportReport",
)


def seed_users(world: World) -> None:
    """Fill Organization, Profile, UserRole, User, UserLogin and Group."""
    schema = world.store.schema
    people = read_seeds("users")
    # Everything is made by someone, so the ids come before the rows.
    world.users = [world.store.new_id(schema["User"]) for _ in people]
    _seed_organization(world)
    profiles = _seed_profiles(world)
    roles = _seed_roles(world)
    world.add("User", [_user(world, number, each, profiles, roles) for number, each in enumerate(people)])
    _seed_logins(world)
    named = dict(zip([each[2] for each in people], world.users, strict=True))
    world.sellers = [named[each] for each in ("kenji", "zoe", "maria", "noor", "derek", "ada")]
    world.supporters = [named[each] for each in ("lukasz", "chinwe", "grace")]
    queue: Row = {"Name": "Inbound", "DeveloperName": "Inbound", "Type": "Queue", "CreatedDate": _FOUNDED}
    world.queue = str(world.add("Group", [queue])[0]["Id"])


def _seed_logins(world: World) -> None:
    """Whether each user may come in: an administrator freezes one by `UserLogin.IsFrozen`."""
    login = world.store.schema["UserLogin"]
    known: Row = {"LastModifiedById": world.users[0], "LastModifiedDate": _FOUNDED}
    # Not by `world.add`, whose dice would then fall otherwise for all that follows.
    rows = [world.store.with_defaults(login, {"UserId": each, **known}) for each in world.users]
    world.store.insert_many(login, [{"Id": world.store.new_id(login), **row} for row in rows])


def _seed_organization(world: World) -> None:
    row: Row = {
        "Name": "Acme",
        "Street": "12 St James's Square",
        "City": "London",
        "PostalCode": "SW1Y 4LB",
        "Country": "United Kingdom",
        "Phone": "+44 20 7946 0000",
        "PrimaryContact": "Ada Lovelace",
        "TimeZoneSidKey": "Europe/London",
        "DefaultLocaleSidKey": "en_GB",
        "FiscalYearStartMonth": 1,
        "InstanceName": "DEMO1",
        "CreatedDate": _FOUNDED,
    }
    world.add("Organization", [row])


def _seed_profiles(world: World) -> dict[str, str]:
    rows: list[Row] = []
    for name in _PROFILES:
        full = name == _ADMINISTRATOR
        powers: Row = {
            f"Permissions{power}": int(full or power in ("ApiEnabled", "RunReports")) for power in _POWERS
        }
        rows.append(
            {"Name": name, "CreatedDate": _FOUNDED, "PermissionsLightningExperienceUser": 1, **powers}
        )
    return {str(row["Name"]): str(row["Id"]) for row in world.add("Profile", rows)}


def _seed_roles(world: World) -> dict[str, str]:
    ids: dict[str, str] = {}
    for name, parent in _ROLES:
        row: Row = {
            "Name": name,
            "DeveloperName": name.replace(" ", ""),
            "RollupDescription": name,
            "ParentRoleId": ids.get(parent or ""),
            "LastModifiedDate": _FOUNDED,
            "SystemModstamp": _FOUNDED,
        }
        ids[name] = str(world.add("UserRole", [row])[0]["Id"])
    return ids


def _user(
    world: World, number: int, facts: list[str], profiles: dict[str, str], roles: dict[str, str]
) -> Row:
    first, last, alias, title, profile, role, zone, locale, language, active = facts
    manager: Stored = world.users[0] if 0 < number < len(world.users) - 1 else None
    return {
        "Id": world.users[number],
        "Username": f"{alias}@acme.example",
        "Email": f"{alias}@acme.example",
        "FirstName": first or None,
        "LastName": last,
        "Alias": alias[:8],
        "CommunityNickname": alias,
        "CompanyName": "Acme",
        "Title": title,
        "Department": role or None,
        "ProfileId": profiles[profile],
        "UserRoleId": roles.get(role),
        "ManagerId": manager,
        "TimeZoneSidKey": zone,
        "LocaleSidKey": locale,
        "LanguageLocaleKey": language,
        "IsActive": int(bool(active)),
        "ForecastEnabled": int("Sales" in role),
        "UserPermissionsMarketingUser": int(role == "Marketing"),
        "UserPermissionsSupportUser": int(role == "Support"),
        "UserPreferencesLightningExperiencePreferred": 1,
        "EmployeeNumber": f"{1000 + number}",
        "LastLoginDate": f"2026-{'10' if active else '03'}-30T08:{10 + number}:00.000",
        "CreatedDate": _FOUNDED,
        "CreatedById": world.users[0],
        "LastModifiedById": world.users[0],
    }
