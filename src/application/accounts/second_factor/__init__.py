"""A code beside the password: set up, asked for, renewed and switched off."""
