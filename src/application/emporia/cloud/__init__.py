"""Calls of the cloud: within the budget, by whoever's link works, spared in an outage."""
