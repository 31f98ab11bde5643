"""How the org is set up: record types, permission sets, business hours, templates, reports, logins."""

from __future__ import annotations

from sfexplorer.demo.seedworld import Row, World, read_seeds
from sfexplorer.demo.storage import stamp

_FOUNDED = "2021-10-04T08:00:00.000"
_LOGINS = 240
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def seed_record_types(world: World) -> None:
    """Fill RecordType with what the schema defines, an sObject's default first."""
    rows: list[Row] = [
        {
            "Name": each.name,
            "DeveloperName": each.developer_name,
            "Description": each.description,
            "SobjectType": object_type.name,
            "IsActive": 1,
            "CreatedDate": _FOUNDED,
        }
        for object_type in world.store.schema
        for each in sorted(object_type.record_types, key=lambda one: not one.default)
    ]
    world.add("RecordType", rows)


def seed_setup(world: World) -> None:
    """Fill PermissionSet with its assignments, and what else administrators look after."""
    setup = read_seeds("setup")
    _seed_permission_sets(world, setup["permission_sets"])
    members: list[Row] = [{"GroupId": world.queue, "UserOrGroupId": each} for each in world.supporters]
    world.add("GroupMember", members)
    world.add("BusinessHours", [_hours(*each) for each in setup["business_hours"]])
    world.add("EmailTemplate", [_template(world, *each) for each in setup["templates"]])
    world.add("Report", [_report(world, *each) for each in setup["reports"]])
    world.add("LoginHistory", [_login(world) for _ in range(_LOGINS)])


def _seed_permission_sets(world: World, named: list[list[str]]) -> None:
    rows: list[Row] = [
        {"Name": name, "Label": label, "Description": text, "IsCustom": 1, power: 1, "CreatedDate": _FOUNDED}
        for name, label, text, power in named
    ]
    stored = world.add("PermissionSet", rows)
    assignments: list[Row] = [
        {"PermissionSetId": each["Id"], "AssigneeId": user, "IsActive": 1}
        for each in stored
        for user in world.dice.sample(world.users[1:], 3)
    ]
    world.add("PermissionSetAssignment", assignments)


def _hours(name: str, zone: str, opens: str, closes: str) -> Row:
    row: Row = {
        "Name": name,
        "TimeZoneSidKey": zone,
        "IsActive": 1,
        "IsDefault": int(name == "Default"),
        "CreatedDate": _FOUNDED,
    }
    for day in _WEEK:
        row |= {f"{day}StartTime": opens, f"{day}EndTime": closes}
    return row


def _template(world: World, name: str, subject: str, body: str) -> Row:
    return {
        "Name": name,
        "DeveloperName": name.replace(" ", "_"),
        "FolderId": world.users[0],
        "OwnerId": world.users[7],
        "TemplateType": "text",
        "IsActive": 1,
        "Subject": subject,
        "Body": body,
        "TimesUsed": world.between(0, 900),
        "LastUsedDate": stamp(world.moment(60, 1)),
    }


def _report(world: World, name: str, form: str) -> Row:
    return {
        "Name": name,
        "DeveloperName": name.replace(" ", "_"),
        "OwnerId": world.users[0],
        "FolderName": "Public Reports",
        "Format": form,
        "LastRunDate": stamp(world.moment(30, 0)),
    }


def _login(world: World) -> Row:
    failed = world.chance(0.04)
    programmatic = world.chance(0.3)
    return {
        "UserId": world.one_of(world.users),
        "LoginTime": stamp(world.moment(90, 0)),
        "LoginType": "OauthPassword" if programmatic else "Application",
        "SourceIp": f"192.0.2.{world.between(1, 254)}",
        "Application": "sfexplorer" if programmatic else "Browser",
        "Browser": "Unknown" if programmatic else world.one_of(("Firefox 148", "Chrome 150", "Safari 26")),
        "Platform": world.one_of(("Linux", "Mac OSX", "Windows 11")),
        "Status": "Invalid Password" if failed else "Success",
        "ApiType": "REST API" if programmatic else None,
        "ApiVersion": "60.0" if programmatic else None,
        "CountryIso": world.one_of(("GB", "US", "DE", "JP")),
    }
