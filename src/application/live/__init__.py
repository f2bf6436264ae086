"""One poll an account, fanned out to everybody who watches."""
