"""Tariffs in SQL."""
