"""Stands in for what keeps the archive."""
