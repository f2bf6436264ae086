"""One poll an account, fanned out."""
