"""What is kept in memory so that it need not be looked up."""
