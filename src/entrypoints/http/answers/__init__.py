"""What the gateway answers: shapes, failures, headers."""
