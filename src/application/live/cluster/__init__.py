"""One account polled by one node, and watched on any."""
