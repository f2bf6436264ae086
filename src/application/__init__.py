"""The use-cases, over the ports they declare."""
