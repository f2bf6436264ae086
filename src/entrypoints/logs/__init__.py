"""What the process says on stderr: one line a record, in UTC, and nothing that is secret."""
