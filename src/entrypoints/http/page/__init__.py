"""The dashboard, and the pages that describe the API."""
