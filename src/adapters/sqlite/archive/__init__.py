"""The archive's own file."""
