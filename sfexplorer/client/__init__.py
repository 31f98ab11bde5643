"""The shared async Salesforce client core."""
