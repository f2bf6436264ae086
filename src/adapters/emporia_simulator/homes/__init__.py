"""The customers and their homes, one home a file."""
