"""Requests to the device API and their answers, within limits of time and size."""
