"""Emporia's own API: customers, devices, their status, and what every channel used."""
