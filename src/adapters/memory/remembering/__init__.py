"""Answers of the storage remembered between requests, until they change."""
