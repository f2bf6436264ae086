"""Emporia's cloud in a box, spoken to over HTTP only."""
