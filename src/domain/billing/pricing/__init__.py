"""Pricing: what the rules of a tariff make of a stretch of hours, exactly."""
