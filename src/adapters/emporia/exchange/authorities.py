"""Whom to believe that the cloud is the cloud."""

import ssl
from collections.abc import Sequence
from pathlib import Path

import httpx


def trusting(ca_files: Sequence[Path]) -> ssl.SSLContext:
    """The usual authorities, the operator's in the environment, and those in `ca_files` (PEM)."""
    context = httpx.create_ssl_context()
    for ca_file in ca_files:
        context.load_verify_locations(ca_file)
    return context
