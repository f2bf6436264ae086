"""What the archive needs of others."""
