"""Stand-ins for the ports of the live stream."""
