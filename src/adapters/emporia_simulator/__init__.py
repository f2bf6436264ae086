"""A simulator of Emporia's cloud, spoken to over HTTP only: a user pool that verifies SRP, a device
API, homes whose energy is a formula of time. Who can sign in stands in `homes/customers.py`."""
