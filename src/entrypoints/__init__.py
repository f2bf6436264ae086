"""How the outside reaches the use-cases; holds the one composition root."""
