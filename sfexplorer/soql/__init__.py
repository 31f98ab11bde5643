"""The query languages SOQL and SOSL, offline: text to frozen trees."""
