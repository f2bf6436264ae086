"""The utility's own readings, and how the home's agree with them."""
