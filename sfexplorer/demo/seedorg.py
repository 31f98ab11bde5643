"""Fills an empty org with believable records, the same each time."""

from __future__ import annotations

from sfexplorer.demo.seedcatalogue import seed_catalogue
from sfexplorer.demo.seedcode import seed_code
from sfexplorer.demo.seedcompanies import seed_companies
from sfexplorer.demo.seedcustom import seed_custom
from sfexplorer.demo.seeddeals import seed_deals
from sfexplorer.demo.seedfeeds import seed_feeds
from sfexplorer.demo.seedfiles import seed_files
from sfexplorer.demo.seedpeople import seed_people
from sfexplorer.demo.seedsales import seed_sales
from sfexplorer.demo.seedservice import seed_service
from sfexplorer.demo.seedsetup import seed_record_types, seed_setup
from sfexplorer.demo.seedusers import seed_users
from sfexplorer.demo.seedworld import World
from sfexplorer.demo.storage import Store

# What each opportunity would have been made as.
_RECORD_TYPES = """UPDATE Opportunity SET RecordTypeId = (
    SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName =
      CASE WHEN Opportunity.Type LIKE 'Existing%' THEN 'Renewal' ELSE 'New_Business' END)"""
# Sums and latest days over other records, which the org keeps in fields of their own.
_ROLL_UPS = (
    """UPDATE Account SET LastActivityDate = (
        SELECT max(ActivityDate) FROM Task WHERE AccountId = Account.Id AND Status = 'Completed')""",
    """UPDATE Contact SET LastActivityDate = (
        SELECT max(ActivityDate) FROM Task WHERE Task.WhoId = Contact.Id AND Task.Status = 'Completed')""",
    """UPDATE Opportunity SET LastActivityDate = (
        SELECT max(ActivityDate) FROM Task WHERE Task.WhatId = Opportunity.Id AND Task.Status = 'Completed'),
      TotalOpportunityQuantity = (
        SELECT sum(Quantity) FROM OpportunityLineItem WHERE OpportunityId = Opportunity.Id),
      HasOpenActivity = EXISTS (
        SELECT 1 FROM Task WHERE Task.WhatId = Opportunity.Id AND Task.Status <> 'Completed')""",
    """UPDATE Campaign SET
        (NumberOfLeads, NumberOfContacts, NumberOfResponses) = (
          SELECT count(LeadId), count(ContactId), coalesce(sum(HasResponded), 0)
          FROM CampaignMember WHERE CampaignMember.CampaignId = Campaign.Id),
        (NumberOfOpportunities, AmountAllOpportunities, NumberOfWonOpportunities, AmountWonOpportunities) = (
          SELECT count(*), round(coalesce(sum(Amount), 0), 2), coalesce(sum(IsWon), 0),
            round(coalesce(sum(Amount * IsWon), 0), 2)
          FROM Opportunity WHERE Opportunity.CampaignId = Campaign.Id)""",
)


def seed(store: Store) -> None:
    """Fill an empty store: 12 users, 1,200 accounts, 5,000 contacts, 3,000 opportunities, and more."""
    world = World(store)
    with store.transaction():
        seed_users(world)
        seed_companies(world)
        seed_people(world)
        seed_catalogue(world)
        seed_deals(world)
        seed_service(world)
        seed_files(world)
        for statement in _ROLL_UPS:
            store.execute(statement)
        seed_record_types(world)
        store.execute(_RECORD_TYPES)
        seed_setup(world)
        seed_sales(world)
        seed_custom(world)
        seed_code(world)
        seed_feeds(world)
    store.execute("ANALYZE")
