"""Who calls, from where, and how long they wait."""
