"""What billing asks of others."""
