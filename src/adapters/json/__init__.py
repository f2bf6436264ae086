"""JSON as clients read it."""
