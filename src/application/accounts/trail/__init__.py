"""What happened to an account, for its owner and the operator to read."""
