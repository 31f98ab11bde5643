"""The accounts: the pioneers' own first, then companies from all over the world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sfexplorer.demo.seednames import address, company_name, domain_of
from sfexplorer.demo.seedworld import NOW, Company, Place, Row, World, read_seeds
from sfexplorer.demo.storage import stamp

ACCOUNTS = 1200
_STARTED = datetime(2021, 11, 8, 9, 0, tzinfo=UTC)
_PIONEERS_CAME = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
# One account in so many belongs to an earlier one.
_SUBSIDIARY = 0.08


def seed_companies(world: World) -> None:
    """Fill Account."""
    words, cultures = read_seeds("companies"), read_seeds("cultures")
    texts = read_seeds("work")["sentences"]
    rows = [_pioneer(world, each, number) for number, each in enumerate(_pioneers())]
    taken = {str(row["Name"]) for row in rows}
    step = (NOW - timedelta(days=3) - _STARTED) / ACCOUNTS
    weights = [culture["weight"] for culture in cultures]
    while len(rows) < ACCOUNTS:
        index = world.dice.choices(range(len(cultures)), weights)[0]
        created = _STARTED + step * len(rows) + timedelta(milliseconds=world.between(0, 10_000_000))
        name, trade = company_name(world, cultures[index], words, taken)
        row = _company(world, cultures, index, name, created)
        row |= _business(world, words, trade["industry"], texts)
        rows.append(row)
        taken.add(name)
    world.add("Account", rows)


def _pioneers() -> list[dict[str, Any]]:
    return [each for each in read_seeds("pioneers") if each["account"]]


def _pioneer(world: World, facts: dict[str, Any], number: int) -> Row:
    place = Place(*facts["place"])
    created = _PIONEERS_CAME + timedelta(hours=26.43 * number, milliseconds=world.between(0, 999))
    street = f"{world.between(1, 40)} Store Street"
    company = Company(
        world.store.new_id(world.store.schema["Account"]),
        facts["account"],
        facts["people"][0][2].split("@")[1],
        0,
        place,
        street,
        world.users[number % 2],
        created,
    )
    world.companies.append(company)
    return {
        **_identity(company),
        **address("Billing", place, street),
        "Industry": facts["industry"],
        "Type": "Customer - Direct",
        "Rating": "Hot",
        "AnnualRevenue": float(world.between(1, 900) * 100_000),
        "NumberOfEmployees": world.between(2, 900),
        "Ownership": "Private",
        "AccountNumber": f"PIO-{number + 1:03}",
        "External_Id__c": f"PIONEER-{number + 1:03}",
        "Active__c": "Yes",
    }


def _company(world: World, cultures: list[dict[str, Any]], index: int, name: str, created: datetime) -> Row:
    culture = cultures[index]
    place = Place(*world.one_of(culture["places"]))
    street = world.one_of(culture["street"]).format(n=world.between(1, 980), s=world.between(2, 60))
    number = len(world.companies)
    parent = world.one_of(world.companies).id if world.chance(_SUBSIDIARY) else None
    company = Company(
        world.store.new_id(world.store.schema["Account"]),
        name,
        domain_of(name, number),
        index,
        place,
        street,
        world.one_of(world.sellers),
        created,
    )
    world.companies.append(company)
    return {
        **_identity(company),
        **address("Billing", place, street),
        **(address("Shipping", place, street) if world.chance(0.4) else {}),
        "ParentId": parent,
        "Phone": world.digits(culture["phone"]),
        "Fax": world.maybe(0.3, world.digits(culture["phone"])),
        "External_Id__c": world.maybe(0.7, f"ERP-{number + 10_000}"),
    }


def _identity(company: Company) -> Row:
    return {
        "Id": company.id,
        "Name": company.name,
        "Website": f"https://www.{company.domain}",
        "OwnerId": company.owner,
        "CreatedDate": stamp(company.created),
    }


def _business(world: World, words: dict[str, Any], industry: str, texts: list[str]) -> Row:
    public = world.chance(0.2)
    sic, sic_description = world.one_of(words["sic"])
    known = world.chance(0.8)
    return {
        "Type": world.maybe(0.85, world.picked("Account", "Type", weights=(8, 6, 3, 1, 1, 1, 1))),
        "Industry": industry if known else None,
        "Sic": world.maybe(0.3, sic),
        "SicDesc": world.maybe(0.2, sic_description),
        "AnnualRevenue": world.maybe(0.75, float(round(10 ** (5 + world.dice.random() * 5), -3))),
        "NumberOfEmployees": world.maybe(0.8, int(10 ** (0.5 + world.dice.random() * 4.3))),
        "Ownership": "Public"
        if public
        else world.maybe(0.6, world.one_of(("Private", "Subsidiary", "Other"))),
        "TickerSymbol": world.one_of(words["tickers"]) if public else None,
        "Rating": world.maybe(0.7, world.picked("Account", "Rating")),
        "AccountSource": world.maybe(0.6, world.picked("Account", "AccountSource")),
        "AccountNumber": world.maybe(0.7, world.digits("AC{6}")),
        "Site": world.maybe(0.2, world.one_of(("Headquarters", "Plant 2", "Werk Süd", "Nave 3"))),
        "YearStarted": world.maybe(0.4, str(world.between(1871, 2024))),
        "DunsNumber": world.maybe(0.2, world.digits("{9}")),
        "CustomerPriority__c": world.maybe(0.5, world.picked("Account", "CustomerPriority__c")),
        "SLA__c": world.maybe(0.5, world.picked("Account", "SLA__c")),
        "SLAExpirationDate__c": world.maybe(0.4, world.day(0, -600)),
        "SLASerialNumber__c": world.maybe(0.4, world.digits("{4}")),
        "Active__c": world.maybe(0.8, world.picked("Account", "Active__c", weights=(1, 6))),
        "NumberofLocations__c": world.maybe(0.5, float(world.between(1, 40))),
        "UpsellOpportunity__c": world.maybe(0.4, world.picked("Account", "UpsellOpportunity__c")),
        "Description": world.remarks(texts),
    }
