"""What is asked of a request before a handler sees it."""
