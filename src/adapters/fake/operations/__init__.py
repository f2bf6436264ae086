"""Stand-ins for the ports of operations."""
