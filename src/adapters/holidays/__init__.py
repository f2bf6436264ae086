"""Public holidays, by the holidays package."""
