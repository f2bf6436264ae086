"""Emporia's cloud, the links to it, and what is kept of both."""
