"""What is true of homes, energy and accounts, whatever carries it."""
