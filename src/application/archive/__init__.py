"""What was measured, read back."""
