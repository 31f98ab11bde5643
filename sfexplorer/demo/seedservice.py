"""The cases with their comments, and the tasks and events of everyone's calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sfexplorer.demo.seedworld import NOW, Person, Row, World, read_seeds
from sfexplorer.demo.storage import stamp

CASES = 900
TASKS = 2400
EVENTS = 500
_FIRST_CASE = 1000
# The first contact, Ada Lovelace, has three.
_ADAS_CASES = 3


def seed_service(world: World) -> None:
    """Fill Case, CaseComment, Task and Event."""
    work = read_seeds("work")
    world.cases = world.add("Case", [_case(world, number, work) for number in range(CASES)])
    world.add("CaseComment", _comments(world, work["replies"]))
    world.add("Task", [_task(world, work) for _ in range(TASKS)])
    world.add("Event", [_event(world, work["meetings"]) for _ in range(EVENTS)])


def _case(world: World, number: int, work: dict[str, Any]) -> Row:
    person = world.people[0] if number < _ADAS_CASES else world.one_of(world.people)
    subject, kind, reason = world.one_of(work["complaints"])
    created = NOW - timedelta(days=900 * (1 - number / CASES), milliseconds=world.between(0, 60_000_000))
    recent = created > NOW - timedelta(days=45)
    status = world.picked("Case", "Status", weights=(4, 4, 1, 2) if recent else (0.3, 0.5, 0.2, 9))
    unknown = world.chance(0.08) and number >= _ADAS_CASES
    supplied: Row = {"SuppliedName": "J. Doe", "SuppliedEmail": "someone@mail.example"} if unknown else {}
    known: Row = {} if unknown else _contact_details(person)
    return {
        "CaseNumber": f"{_FIRST_CASE + number:08}",
        "Subject": subject,
        "Type": world.maybe(0.85, kind),
        "Reason": world.maybe(0.8, reason),
        "Status": status,
        "Origin": world.picked("Case", "Origin", weights=(5, 3, 4)),
        "Priority": world.picked("Case", "Priority", weights=(2, 6, 2)),
        "Description": world.remarks(work["sentences"]),
        "OwnerId": world.queue if status == "New" else world.one_of(world.supporters),
        "IsEscalated": int(status == "Escalated"),
        "Product__c": world.maybe(0.6, world.picked("Case", "Product__c")),
        "SLAViolation__c": world.maybe(0.4, world.picked("Case", "SLAViolation__c", weights=(5, 1))),
        "PotentialLiability__c": world.maybe(
            0.3, world.picked("Case", "PotentialLiability__c", weights=(6, 1))
        ),
        "EngineeringReqNumber__c": world.maybe(0.15, world.digits("{6}")),
        "CreatedDate": stamp(created),
        "ClosedDate": stamp(world.since(created)) if status == "Closed" else None,
        **supplied,
        **known,
    }


def _contact_details(person: Person) -> Row:
    return {
        "ContactId": person.id,
        "AccountId": person.account,
        "ContactPhone": person.row.get("Phone"),
        "ContactMobile": person.row.get("MobilePhone"),
        "ContactEmail": person.row.get("Email"),
        "ContactFax": person.row.get("Fax"),
    }


def _comments(world: World, replies: list[str]) -> list[Row]:
    return [
        {
            "ParentId": case["Id"],
            "CommentBody": world.one_of(replies),
            "IsPublished": int(world.chance(0.4)),
            "CreatedDate": case["ClosedDate"] or case["CreatedDate"],
            "CreatedById": world.one_of(world.supporters),
        }
        for case in world.cases
        if world.chance(0.5)
    ]


def _about(world: World) -> Row:
    """Whom and what an activity is about; Ada Lovelace is left in peace."""
    person = world.one_of(world.people[1:])
    roll = world.dice.random()
    if roll < 0.12:
        return {"WhoId": world.one_of(world.leads)["Id"], "OwnerId": world.one_of(world.sellers)}
    what: Row = {"WhatId": person.account, "AccountId": person.account}
    if roll < 0.45:
        deal = world.one_of(world.deals)
        what = {"WhatId": deal["Id"], "AccountId": deal["AccountId"]}
    elif roll < 0.6:
        case = world.one_of(world.cases)
        what = {"WhatId": case["Id"], "AccountId": case.get("AccountId")}
    elif roll < 0.65:
        what = {"WhatId": world.one_of(world.campaigns)}
    return {"WhoId": world.maybe(0.8, person.id), "OwnerId": person.owner, **what}


def _task(world: World, work: dict[str, Any]) -> Row:
    due = world.day(500, -60)
    past = due < NOW.date().isoformat()
    status = world.picked("Task", "Status", weights=(2, 1, 12, 1, 1) if past else (8, 2, 0.5, 2, 1))
    created = world.moment(560, 505) if past else world.moment(40, 1)
    done = status == "Completed"
    call = world.chance(0.3)
    return {
        "Subject": "Call" if call else world.one_of(work["tasks"]),
        "ActivityDate": world.maybe(0.95, due),
        "Status": status,
        "Priority": world.picked("Task", "Priority", weights=(2, 7, 1)),
        "TaskSubtype": "Call" if call else "Task",
        "CallDurationInSeconds": world.between(20, 3000) if call and done else None,
        "CallType": world.one_of(("Inbound", "Outbound")) if call and done else None,
        "CompletedDateTime": f"{due}T15:30:00.000" if done and past else None,
        "Description": world.remarks(work["sentences"]),
        "CreatedDate": stamp(created),
        **_about(world),
    }


def _event(world: World, subjects: list[str]) -> Row:
    start = world.moment(400, -90).replace(minute=world.one_of((0, 15, 30)), second=0, microsecond=0)
    start = start.replace(hour=world.between(7, 17))
    whole_day = world.chance(0.08)
    length = 1440 if whole_day else world.one_of((15, 30, 45, 60, 90, 120))
    if whole_day:
        start = start.replace(hour=0, minute=0)
    end = start + timedelta(minutes=length)
    return {
        "Subject": world.one_of(subjects),
        "StartDateTime": stamp(start),
        "EndDateTime": stamp(end),
        "ActivityDateTime": stamp(start),
        "ActivityDate": start.date().isoformat(),
        "EndDate": (start if whole_day else end).date().isoformat(),
        "DurationInMinutes": length,
        "IsAllDayEvent": int(whole_day),
        "Location": world.maybe(0.5, world.one_of(("Room 1.04", "Café Zimmermann", "Online", "会議室 3"))),
        "ShowAs": world.picked("Event", "ShowAs", weights=(8, 1, 2)),
        **_about(world),
    }
