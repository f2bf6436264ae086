"""Accounts, links, budgets and the archive in one PostgreSQL database, for many gateways."""
