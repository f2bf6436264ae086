"""Passwords: chosen, proved, replaced."""
