"""What operators do with a database: look at it, have it alone, move another into it."""
