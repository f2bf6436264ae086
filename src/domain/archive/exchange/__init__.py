"""What was measured, on its way out of the archive and into it, as files."""
