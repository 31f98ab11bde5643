"""The contacts, the pioneers of computing first, and the leads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sfexplorer.demo.options import CONTACTS
from sfexplorer.demo.seednames import address, company_name, domain_of, person_name
from sfexplorer.demo.seedworld import Company, Person, Place, Row, World, read_seeds
from sfexplorer.demo.storage import stamp

LEADS = 800
_PIONEERS_CAME = datetime(2026, 3, 1, 9, 14, tzinfo=UTC)
_FIRST_LINE = "First line of a long text"
_BIOGRAPHY = (
    f"{_FIRST_LINE}: Ada wrote the first program for a machine that was never finished.\n\n"
    "Her notes on the Sketch of the Analytical Engine are three times as long as the Sketch.\n"
    'Note G: "It is desirable to guard against the possibility of exaggerated ideas."'
)


def seed_people(world: World) -> None:
    """Fill Contact and Lead."""
    cultures, work, words = read_seeds("cultures"), read_seeds("work"), read_seeds("companies")
    rows = _pioneers(world)
    while len(rows) < CONTACTS:
        rows.append(_contact(world, cultures, work, rows))
    for row in world.add("Contact", rows):
        account = row["AccountId"]
        world.people.append(
            Person(str(row["Id"]), str(account) if account else None, str(row["OwnerId"]), row)
        )
    world.leads = world.add("Lead", [_lead(world, cultures, work, words, number) for number in range(LEADS)])


def _pioneers(world: World) -> list[Row]:
    accounts = {company.name: company for company in world.companies}
    rows: list[Row] = []
    for group in read_seeds("pioneers"):
        company = accounts.get(group["account"])
        for first, last, email, title, born in group["people"]:
            place = company.place if company else None
            rows.append(
                {
                    "FirstName": first,
                    "LastName": last,
                    "Email": email,
                    "Title": title,
                    "Birthdate": born or None,
                    "AccountId": company.id if company else None,
                    "OwnerId": company.owner if company else world.users[0],
                    "LeadSource": "Web" if last == "Lovelace" else world.picked("Contact", "LeadSource"),
                    "Description": _BIOGRAPHY if last == "Lovelace" else None,
                    "CreatedDate": stamp(_PIONEERS_CAME + timedelta(hours=26, minutes=26) * len(rows)),
                    **(address("Mailing", place, company.street) if company and place else {}),
                }
            )
    return rows


def _contact(world: World, cultures: list[dict[str, Any]], work: dict[str, Any], earlier: list[Row]) -> Row:
    company = world.maybe(0.97, world.one_of(world.companies))
    culture = cultures[
        company.culture if company and world.chance(0.85) else world.between(0, len(cultures) - 1)
    ]
    first, last, plain_first, plain_last = person_name(world, culture)
    title, department = world.one_of(work["titles"])
    place = company.place if company else Place(*world.one_of(culture["places"]))
    created = world.since(company.created) if company else world.moment(1500, 5)
    nameless = world.chance(0.02)
    return {
        "FirstName": None if nameless else first,
        "LastName": last,
        "Salutation": world.maybe(0.45, world.picked("Contact", "Salutation", weights=(10, 10, 3, 3, 1, 1))),
        "AccountId": company.id if company else None,
        "OwnerId": company.owner if company else world.one_of(world.sellers),
        "Email": world.maybe(0.92, _email(plain_first, plain_last, company, len(earlier))),
        "Title": world.maybe(0.85, title),
        "Department": world.maybe(0.6, department),
        "CreatedDate": stamp(created),
        **_telephones(world, culture),
        **_details(world, place, company, work["sentences"]),
    }


def _email(first: str, last: str, company: Company | None, number: int) -> str:
    # The number keeps namesakes apart.
    return f"{first}.{last}{number}@{company.domain if company else 'mail.example'}"


def _telephones(world: World, culture: dict[str, Any]) -> Row:
    pattern = culture["phone"]
    return {
        "Phone": world.maybe(0.85, world.digits(pattern)),
        "MobilePhone": world.maybe(0.5, world.digits(pattern)),
        "Fax": world.maybe(0.15, world.digits(pattern)),
        "HomePhone": world.maybe(0.1, world.digits(pattern)),
        "AssistantPhone": world.maybe(0.05, world.digits(pattern)),
    }


def _details(world: World, place: Place, company: Company | None, texts: list[str]) -> Row:
    street = company.street if company else None
    addressed = street is not None and world.chance(0.8)
    bounced = world.chance(0.015)
    return {
        **(address("Mailing", place, str(street)) if addressed else {"MailingCountry": place.country}),
        "LeadSource": world.maybe(0.7, world.picked("Contact", "LeadSource", weights=(5, 3, 2, 1, 1))),
        "Birthdate": world.maybe(0.35, world.day(26000, 8000)),
        "AssistantName": world.maybe(0.06, world.one_of(("Jean Marie", "Žofie K.", "Mr. O'Shea", "佐藤"))),
        "Level__c": world.maybe(0.4, world.picked("Contact", "Level__c")),
        "Languages__c": world.maybe(0.3, world.one_of(("English", "English, Français", "日本語", "Deutsch"))),
        "EmailBouncedReason": "550 5.1.1 The email account does not exist" if bounced else None,
        "EmailBouncedDate": stamp(world.moment(300, 2)) if bounced else None,
        "Description": world.remarks(texts),
    }


def _lead(
    world: World, cultures: list[dict[str, Any]], work: dict[str, Any], words: dict[str, Any], number: int
) -> Row:
    culture = world.dice.choices(cultures, [each["weight"] for each in cultures])[0]
    first, last, plain_first, plain_last = person_name(world, culture)
    company, trade = company_name(world, culture, words, set())
    street = world.one_of(culture["street"]).format(n=world.between(1, 980), s=world.between(2, 60))
    created = world.moment(720, 0)
    return {
        "FirstName": world.maybe(0.97, first),
        "LastName": last,
        "Salutation": world.maybe(0.4, world.picked("Lead", "Salutation")),
        "Company": company,
        "Title": world.maybe(0.8, world.one_of(work["titles"])[0]),
        "Email": world.maybe(0.9, f"{plain_first}.{plain_last}@{domain_of(company, number)}"),
        "Phone": world.maybe(0.8, world.digits(culture["phone"])),
        "Website": world.maybe(0.3, f"https://{domain_of(company, number)}"),
        "OwnerId": world.queue if world.chance(0.1) else world.one_of(world.sellers),
        "Industry": world.maybe(0.7, trade["industry"]),
        "LeadSource": world.maybe(0.8, world.picked("Lead", "LeadSource")),
        "Rating": world.maybe(0.6, world.picked("Lead", "Rating")),
        "NumberOfEmployees": world.maybe(0.5, int(10 ** (0.5 + world.dice.random() * 4))),
        "AnnualRevenue": world.maybe(0.5, float(round(10 ** (5 + world.dice.random() * 4), -3))),
        "ProductInterest__c": world.maybe(0.5, world.picked("Lead", "ProductInterest__c")),
        "IsUnreadByOwner": int(world.chance(0.2)),
        "Description": world.remarks(work["sentences"]),
        "CreatedDate": stamp(created),
        **address("", Place(*world.one_of(culture["places"])), street),
        **_outcome(world, created),
    }


def _outcome(world: World, created: datetime) -> Row:
    status = world.picked("Lead", "Status", weights=(4, 4, 2, 2))
    if status != "Closed - Converted":
        return {"Status": status}
    person = world.one_of([each for each in world.people[:400] if each.account])
    return {
        "Status": status,
        "IsConverted": 1,
        "ConvertedDate": world.since(created).date().isoformat(),
        "ConvertedAccountId": person.account,
        "ConvertedContactId": person.id,
    }
