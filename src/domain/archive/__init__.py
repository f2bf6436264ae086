"""What was measured, by buckets of time."""
