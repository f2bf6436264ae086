"""Client apps that share one gateway, each with users of its own."""
