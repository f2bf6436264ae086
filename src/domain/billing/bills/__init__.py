"""Bills: what was priced, rounded to money and told by time, circuit and line."""
