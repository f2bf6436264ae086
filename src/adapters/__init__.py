"""One folder a technology: each implements a port or stands in for the outside."""
