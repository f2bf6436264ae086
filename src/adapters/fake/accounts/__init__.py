"""Stand-ins for the ports of accounts."""
