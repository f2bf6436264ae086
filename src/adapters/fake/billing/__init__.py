"""Stand-ins for what billing asks of others."""
