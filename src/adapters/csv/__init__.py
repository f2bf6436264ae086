"""Tables as text, one line a row."""
