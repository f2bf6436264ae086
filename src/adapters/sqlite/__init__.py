"""Accounts, links and budgets in one SQLite file."""
