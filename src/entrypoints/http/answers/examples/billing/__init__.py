"""What the routes of statements and of the utility's readings answer."""
