"""Logins as sessions: how they begin, go on and end."""
