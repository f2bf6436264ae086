"""The archive in a database of its own."""
