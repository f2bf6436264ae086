"""Commands about what is kept in DATA_DIR."""
