"""What was measured, as files over HTTP."""
