"""Whether the gateway does its work."""
