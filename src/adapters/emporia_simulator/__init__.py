"""Emporia's cloud in a box, spoken to over HTTP only: a user pool that verifies SRP, a device API,
homes whose energy is a formula of time. The people who can sign in are in `customers.py`."""
